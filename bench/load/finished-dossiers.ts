import type { Db } from '../../src/kernel/db.ts'
import { dossierColumns, taskColumns } from '../../src/modules/dossiers/index.ts'

/**
 * How much of a dossier is stored: everything; the row with its first entry, to reach ten millions; or what a queue
 * looks into, without journal and contents.
 */
export type Profile = 'whole' | 'lean' | 'desk'

const atOnce = 20_000

/**
 * Stores copies of a finished dossier, `from` the first number up to the last: its row, tasks, party, erasable
 * contents and journal under ids and codes of their own, spread over the years before. Made by the database itself;
 * the hashes of the entries are those of the pattern.
 */
export async function loadFinishedDossiers(
  db: Db,
  pattern: string,
  { from, to, profile }: { from: number; to: number; profile: Profile },
): Promise<void> {
  // What a crash would lose is made again; the pool has one connection.
  await db.pool.query('set synchronous_commit = off')
  for (let first = from; first < to; first += atOnce) {
    const last = Math.min(to, first + atOnce)
    for (const statement of statements[profile])
      await db.pool.query(`with copy as (${copies}) ${statement}`, [pattern, first, last - 1])
    process.stderr.write(`\rstored ${last} of ${to}${last === to ? '\n' : ''}`)
  }
  await db.pool.query('vacuum analyze dossiers.dossier, dossiers.task, dossiers.party, dossiers.private')
  await db.pool.query('checkpoint')
}

// As if filed one after the other in the past, in the order of their ids, as real ones are.
const copies = `
  select $1::uuid as pattern, n,
    ('0190' || lpad(to_hex(n), 8, '0') || '70008000' || lpad(to_hex(n * 7919 % 4294967296), 12, '0'))::uuid as id,
    'H99.12-' || to_char(date '2023-01-01' + (n / 5000)::int, 'YYMMDD') || '-' || lpad(n::text, 8, '0') as code,
    (n % 40_000_000) * interval '3 seconds' - interval '4 years' as moved
  from generate_series($2::bigint, $3::bigint) n`

/** Copies rows of the pattern, column by column; `own` says what each copy has of its own. */
function rowsOf(table: string, columns: readonly string[], own: Record<string, string>): string {
  const values = columns.map((column) => own[column] ?? `t.${column}`)
  const key = table === 'dossier' ? 'id' : 'dossier_id'
  return `insert into dossiers.${table} (${columns.join(', ')})
    select ${values.join(', ')} from copy join dossiers.${table} t on t.${key} = copy.pattern`
}

const moved = (...columns: string[]) =>
  Object.fromEntries(columns.map((column) => [column, `t.${column} + copy.moved`]))
const ofCopy = { dossier_id: 'copy.id' }

const row = rowsOf('dossier', dossierColumns, {
  ...{ id: 'copy.id', code: 'copy.code' },
  ...moved('submitted_at', 'accepted_at', 'promised_due_at', 'due_at', 'index_due_at'),
  ...moved('decided_at', 'closed_at'),
})
const tasks = rowsOf('task', taskColumns, { ...ofCopy, ...moved('opened_at', 'closed_at') })
const parties = rowsOf(
  'party',
  [
    'dossier_id',
    'person_id',
    'name',
    'search_name',
    'personal_id',
    'phone',
    'email',
    'lookup_secret',
    'filed_for',
  ],
  ofCopy,
)
const contents = rowsOf('private', ['dossier_id', 'id', 'field', 'content', 'salt'], ofCopy)

const entries = (which: string) => `
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select copy.id, e.sequence, e.stream_kind, e.kind, e.data, e.actor, e.at + copy.moved, e.previous_hash, e.hash
  from copy join journal.entry e on e.stream = copy.pattern ${which} order by copy.n, e.sequence`

const desk = [row, tasks, parties]
const statements: Record<Profile, string[]> = {
  lean: [row, entries('and e.sequence = 1')],
  desk,
  whole: [...desk, contents, entries('')],
}
