import type { Db } from '../../src/kernel/db.ts'

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

const ownRow = `
  select r.* from copy join dossiers.dossier d on d.id = copy.pattern, lateral jsonb_populate_record(d,
    jsonb_build_object('id', copy.id, 'code', copy.code, 'submitted_at', d.submitted_at + copy.moved,
      'accepted_at', d.accepted_at + copy.moved, 'due_at', d.due_at + copy.moved,
      'index_due_at', d.index_due_at + copy.moved, 'promised_due_at', d.promised_due_at + copy.moved,
      'decided_at', d.decided_at + copy.moved, 'closed_at', d.closed_at + copy.moved)) r`

const entries = (which: string) => `
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select copy.id, e.sequence, e.stream_kind, e.kind, e.data, e.actor, e.at + copy.moved, e.previous_hash, e.hash
  from copy join journal.entry e on e.stream = copy.pattern ${which} order by copy.n, e.sequence`

const ofTable = (table: string, changes: string) => `
  insert into dossiers.${table} select r.* from copy join dossiers.${table} t on t.dossier_id = copy.pattern,
    lateral jsonb_populate_record(t, jsonb_build_object('dossier_id', copy.id ${changes})) r`

const row = `insert into dossiers.dossier ${ownRow}`
const desk = [
  row,
  ofTable('task', `, 'opened_at', t.opened_at + copy.moved, 'closed_at', t.closed_at + copy.moved`),
  ofTable('party', ''),
]
const statements: Record<Profile, string[]> = {
  lean: [row, entries('and e.sequence = 1')],
  desk,
  whole: [...desk, ofTable('private', ''), entries('')],
}
