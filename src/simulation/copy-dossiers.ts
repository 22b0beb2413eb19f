import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import { type Db, inTransaction } from '../kernel/db.ts'
import { dossierColumns, taskColumns, toPartyRow, toRow, toTaskRow } from '../modules/dossiers/index.ts'
import type { SimulatedDossier } from './simulate-dossier.ts'

const entryColumns = [
  'stream',
  'sequence',
  'stream_kind',
  'kind',
  'data',
  'actor',
  'at',
  'previous_hash',
  'hash',
]
const partyColumns = [
  'dossier_id',
  'person_id',
  'name',
  'search_name',
  'personal_id',
  'phone',
  'email',
  'lookup_secret',
  'filed_for',
]
const otherPartyColumns = ['dossier_id', 'no', 'name', 'personal_id', 'phone']
const privateColumns = ['dossier_id', 'id', 'field', 'content', 'salt']

/** Stores a batch by COPY in one transaction: rows, journal entries, tasks and what stands beside them. */
export async function copyDossiers(db: Db, batch: readonly SimulatedDossier[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    await copy(
      tx,
      'dossiers.dossier',
      dossierColumns,
      batch.map(({ dossier }) => toRow(dossier)),
    )
    await copy(
      tx,
      'dossiers.party',
      partyColumns,
      batch.map(({ dossier, party }) => ({ dossier_id: dossier.id, ...toPartyRow(party) })),
    )
    await copy(
      tx,
      'dossiers.other_party',
      otherPartyColumns,
      batch.flatMap(({ dossier, otherParties }) =>
        // Nobody is told about somebody who does not exist.
        otherParties.map(({ no, name, personalId }) => ({
          ...{ dossier_id: dossier.id, no, name, personal_id: personalId, phone: null },
        })),
      ),
    )
    await copy(
      tx,
      'dossiers.task',
      taskColumns,
      batch.flatMap(({ dossier }) => dossier.tasks.map((task) => toTaskRow(dossier, task))),
    )
    await copy(
      tx,
      'dossiers.private',
      privateColumns,
      batch.flatMap(({ dossier, privates }) => privates.map((kept) => toPrivateRow(dossier.id, kept))),
    )
    await copy(
      tx,
      'journal.entry',
      entryColumns,
      batch.flatMap(({ entries }) => entries.map(toEntryRow)),
    )
  })
}

// The content of a text is a JSON string: it must arrive with its quotes.
const toPrivateRow = (dossierId: string, { content, ...kept }: SimulatedDossier['privates'][number]) => ({
  ...kept,
  dossier_id: dossierId,
  content: JSON.stringify(content),
})

const toEntryRow = ({
  stream,
  sequence,
  kind,
  data,
  actor,
  at,
  previousHash,
  hash,
}: SimulatedDossier['entries'][number]) => ({
  stream,
  sequence,
  stream_kind: 'dossier',
  kind,
  data,
  actor,
  at,
  previous_hash: previousHash,
  hash,
})

type Row = Record<string, unknown>

async function copy(
  tx: PoolClient,
  table: string,
  columns: readonly string[],
  rows: readonly object[],
): Promise<void> {
  const target = tx.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
  await pipeline(Readable.from(lines(columns, rows as readonly Row[])), target)
}

function* lines(columns: readonly string[], rows: readonly Row[]): Generator<string> {
  for (let start = 0; start < rows.length; start += 200)
    yield rows
      .slice(start, start + 200)
      .map((row) => `${columns.map((column) => field(row[column])).join('\t')}\n`)
      .join('')
}

// The text format of COPY: \N is null; tab, line ends and backslash are escaped.
function field(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!)
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
