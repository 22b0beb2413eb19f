import { createHash } from 'node:crypto'
import type { Queryable } from '../../kernel/db.ts'
import { verifyTheseDossiers } from '../dossiers/index.ts'
import { type Check, purgedOf } from './retention-store.ts'

/** Checks the journals of some dossiers against their rows and what is kept beside; with what they were found by. */
export async function checkJournals(db: Queryable, ids: readonly string[], now: Date): Promise<Check> {
  const inOrder = ids.toSorted()
  const { streams, entries, chainFaults, differingRows } = await verifyTheseDossiers(db, inOrder, (some) =>
    purgedOf(db, some),
  )
  return {
    ...{ streams, entries, faults: chainFaults.length + differingRows.length, at: now.toISOString() },
    heads: await headsOf(db, inOrder),
  }
}

// SHA-256 over the heads: the same before and after means that not one entry changed.
async function headsOf(db: Queryable, ids: readonly string[]): Promise<string> {
  const { rows } = await db.query(
    'select id, sequence, head_hash from dossiers.dossier where id = any ($1) order by id',
    [ids],
  )
  const text = rows
    .map(({ id, sequence, head_hash }) => `${id} ${sequence} ${head_hash.toString('hex')}\n`)
    .join('')
  return createHash('sha256').update(text).digest('hex')
}

/** What `motcua verify` asks of this module. */
export interface RetentionFaults {
  /** Content that should have left the store long ago. */
  lingering: number
  /** Lines that say purged without an entry, and entries without a line. */
  unexplained: string[]
}

const dayMs = 86_400_000

/** Finds destruction that the journal does not tell of, and content that outlived its dossier. */
export async function verifyRetention(db: Queryable, now: Date): Promise<RetentionFaults> {
  const { rows: lines } = await db.query(
    `select l.code from retention.line l where l.state = 'purged' and not exists (
       select from journal.entry e where e.kind = 'retention.purged' and e.data ->> 'dossier' = l.dossier_id::text
         and e.stream = l.batch_id)
     union select e.data ->> 'dossier' from journal.entry e where e.kind = 'retention.purged' and not exists (
       select from retention.line l where l.dossier_id::text = e.data ->> 'dossier' and l.state = 'purged')
     limit 1000`,
  )
  // Papers of a dossier with answers but no rows beside it are found by the answers; papers alone by this.
  const { rows: doomed } = await db.query(
    'select count(*)::int as n from retention.doomed where removed_at is null and doomed_at < $1',
    [new Date(now.getTime() - dayMs)],
  )
  return { lingering: doomed[0].n, unexplained: lines.map(({ code }) => code) }
}
