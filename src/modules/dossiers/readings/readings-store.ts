import type { Queryable } from '../../../kernel/db.ts'
import { quarterOf, type ReadBy, type Reading } from './reading.ts'

/** Writes readings down; what stands there for the same quarter of an hour stays as it was. */
export async function insertReadings(db: Queryable, readings: readonly Reading[]): Promise<void> {
  if (readings.length === 0) return
  const column = <T>(of: (reading: Reading) => T): T[] => readings.map(of)
  await db.query({
    name: 'dossiers.insert-readings',
    text: `insert into dossiers.reading (dossier_id, quarter, reader_kind, reader_id, how, authority, post, task, read_at)
           select r.* from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
             $7::text[], $8::int[], $9::timestamptz[]) as r
           on conflict do nothing`,
    values: [
      column(({ dossierId }) => dossierId),
      column(({ at }) => quarterOf(at)),
      column(({ readerKind }) => readerKind),
      column(({ readerId }) => readerId),
      column(({ how }) => how),
      column(({ authority }) => authority),
      column(({ post }) => post),
      column(({ task }) => task),
      column(({ at }) => at),
    ],
  })
}

/** Writes down that a file which names the people of some dossiers was taken out, before it is handed over. */
export async function recordExport(
  db: Queryable,
  { readerKind, readerId, authority, post }: ReadBy,
  { codes, at }: { codes: readonly string[]; at: Date },
): Promise<void> {
  await db.query({
    name: 'dossiers.record-export',
    text: `insert into dossiers.reading (dossier_id, quarter, reader_kind, reader_id, how, authority, post, read_at)
           select id, $2, $3, $4, 'exported', $5, $6, $7 from dossiers.dossier where code = any ($1)
           on conflict do nothing`,
    values: [codes, quarterOf(at), readerKind, readerId, authority, post, at],
  })
}

/** One reader of a dossier: how often, when last, and whether it was work of theirs. */
export interface Reader extends ReadBy, Pick<Reading, 'how'> {
  times: number
  lastAt: string
  /** Whether a task that was theirs waited in it on any of these occasions. */
  atWork: boolean
}

const mostReaders = 200

/** Who read a dossier, whoever read last first. */
export async function readersOf(db: Queryable, dossierId: string): Promise<Reader[]> {
  const { rows } = await db.query({
    name: 'dossiers.readers-of',
    text: `select reader_kind as "readerKind", reader_id as "readerId", how, authority, post, count(*)::int as times,
             max(read_at) as "lastAt", bool_or(task is not null) as "atWork"
           from dossiers.reading where dossier_id = $1
           group by reader_kind, reader_id, how, authority, post order by max(read_at) desc limit $2`,
    values: [dossierId, mostReaders],
  })
  return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }))
}
