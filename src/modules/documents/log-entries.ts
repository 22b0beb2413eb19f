import type { Queryable } from '../../kernel/db.ts'

/** A dossier that a unit received, to be entered in its log book. */
export interface Received {
  dossierId: string
  authorityCode: string
  /** Date of law on which it was accepted; its year is the book's. */
  receivedOn: string
}

/** The line of the log book that a dossier stands on. */
export interface LogEntry {
  dossierId: string
  year: number
  /** Number in the book of the year. */
  n: number
}

/**
 * Enters dossiers in the log books of their units, in the order given; one that stands there already keeps its
 * line. Call it in a transaction: whoever enters in the same book waits for it, so numbers have no gaps.
 */
export async function enterInLog(tx: Queryable, received: readonly Received[]): Promise<void> {
  if (received.length === 0) return
  const books = new Set(
    received.map((each) => `log-book ${each.authorityCode} ${each.receivedOn.slice(0, 4)}`),
  )
  // In one order for everybody: two who enter in the same two books never wait for each other.
  for (const book of [...books].sort())
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [book])
  await tx.query({
    name: 'documents.enter-in-log',
    text: enterStatement,
    values: [
      received.map((each) => each.dossierId),
      received.map((each) => each.authorityCode),
      received.map((each) => each.receivedOn),
    ],
  })
}

const enterStatement = `
with given as (
  select distinct on (dossier_id) dossier_id, authority_code, received_on,
    extract(year from received_on)::integer as year, place
  from unnest($1::uuid[], $2::text[], $3::date[]) with ordinality as g (dossier_id, authority_code, received_on, place)
  order by dossier_id, place
),
fresh as (
  select g.*, row_number() over book as line, count(*) over (partition by authority_code, year) as lines
  from given g
  where not exists (select from documents.log_entry e where e.dossier_id = g.dossier_id)
  window book as (partition by authority_code, year order by place)
),
counted as (
  insert into documents.register_number as r (authority_code, register, year, last)
  select distinct authority_code, 'log-book', year, lines from fresh
  on conflict (authority_code, register, year) do update set last = r.last + excluded.last
  returning authority_code, year, last
)
insert into documents.log_entry (dossier_id, authority_code, year, n, received_on)
select f.dossier_id, f.authority_code, f.year, c.last - f.lines + f.line, f.received_on
from fresh f join counted c using (authority_code, year)`

/** The lines of some dossiers. */
export async function logEntriesOf(db: Queryable, dossierIds: readonly string[]): Promise<LogEntry[]> {
  const { rows } = await db.query(
    'select dossier_id as "dossierId", year, n from documents.log_entry where dossier_id = any($1::uuid[])',
    [dossierIds],
  )
  return rows
}

/** What a unit entered on some days, the last one included, in the order of the book. */
export async function readLogEntries(
  db: Queryable,
  { authorityCode, from, to, limit }: { authorityCode: string; from: string; to: string; limit: number },
): Promise<LogEntry[]> {
  const { rows } = await db.query(
    `select dossier_id as "dossierId", year, n from documents.log_entry
     where authority_code = $1 and received_on between $2 and $3
     order by year, n limit $4`,
    [authorityCode, from, to, limit],
  )
  return rows
}

/** A number as the log book and the receipt print it. */
export const logNumber = ({ n }: Pick<LogEntry, 'n'>): string => String(n).padStart(5, '0')
/** The volume that a year's lines stand in: one for each year. */
export const logVolume = ({ year }: Pick<LogEntry, 'year'>): string => `01/${year}`
