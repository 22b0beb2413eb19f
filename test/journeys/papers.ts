import type pg from 'pg'
import { inject } from 'vitest'
import { connect } from '../harness/connect.ts'

/** The verification code printed on each paper of a dossier, by the kind of paper: what a reader would copy from it. */
export async function verifyCodesOf(code: string): Promise<Record<string, string>> {
  const rows = await query<{ kind: string; code: string }>(
    'select kind, verify_code as code from documents.issued_document where dossier_code = $1 order by issued_at',
    [code],
  )
  return Object.fromEntries(rows.map(({ kind, code }) => [kind, code]))
}

/** Looks into the database of the running server. */
export async function query<T extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<T[]> {
  const client = await connect(inject('journeyServer').databaseUrl)
  const { rows } = await client.query<T>(sql, values).finally(() => client.end())
  return rows
}
