import type { Queryable } from '../../../kernel/db.ts'
import { entryColumns, type NewEntry, seal } from '../../../kernel/journal.ts'
import { limitOf } from '../dossier-row.ts'
import type { EntryData } from '../entries.ts'
import type { DatedDossier } from './moved-dates.ts'

/** An open dossier as far as its dates go. */
export interface OpenDossier extends DatedDossier {
  id: string
  code: string
  sequence: number
  headHash: Buffer
  competent: string
  calendarVersion: string
}

/** A dossier whose dates move, and where to. */
export interface Move {
  dossier: OpenDossier
  data: EntryData['dossiers.due-recomputed']
}

export interface OpenBatch {
  /** The last dossier of the batch before. */
  after: string | null
  limit: number
  authorities?: readonly string[] | undefined
}

// Instants come as numbers: to read them as text and make text of them again would take most of the time.
const seconds = (column: string) => `date_part('epoch', ${column})`
const dossierColumns = `d.id, d.code, d.sequence, d.head_hash, d.state, d.competent, d.calendar_version,
  d.limit_amount, d.limit_unit, d.limit_cut_off, d.limit_addition, d.supplement_rule, d.pauses, d.extension,
  d.accepted_at, d.due_at, d.index_due_at, d.intake_due_at`
const dossierFields = `o.id, o.code, o.sequence, o.head_hash, o.state, o.competent, o.calendar_version,
  o.limit_amount, o.limit_unit, o.limit_cut_off, o.limit_addition, o.supplement_rule,
  nullif(o.pauses, '[]') as pauses, o.extension, ${seconds('o.accepted_at')} as accepted_at,
  ${seconds('o.due_at')} as due_at, ${seconds('o.index_due_at')} as index_due_at,
  ${seconds('o.intake_due_at')} as intake_due_at`
const taskFields = `t.no as task_no, t.kind as task_kind, ${seconds('t.opened_at')} as task_opened_at,
  ${seconds('t.due_at')} as task_due_at`

const withTasks = (chosen: string) => `
select ${dossierFields}, ${taskFields}
from (select ${dossierColumns} from dossiers.dossier d
      where d.decided_at is null and d.closed_at is null and ${chosen}) o
left join dossiers.task t on t.dossier_id = o.id and t.closed_at is null
order by o.id, t.no`

const firstId = '00000000-0000-0000-0000-000000000000'

/** The next open dossiers in the order of their ids. */
export async function readOpen(
  db: Queryable,
  { after, limit, authorities }: OpenBatch,
): Promise<OpenDossier[]> {
  const place = authorities ? 'and d.competent = any($3)' : ''
  const { rows } = await db.query({
    name: authorities ? 'dossiers.open-of' : 'dossiers.open-batch',
    text: withTasks(`d.id > $1 ${place} order by d.id limit $2`),
    values: [after ?? firstId, limit, ...(authorities ? [authorities] : [])],
  })
  return toOpen(rows)
}

/** Those of some dossiers that are still open, as they are now. */
export async function readOpenAgain(db: Queryable, ids: readonly string[]): Promise<OpenDossier[]> {
  const { rows } = await db.query({
    name: 'dossiers.open-again',
    text: withTasks('d.id = any($1)'),
    values: [ids],
  })
  return toOpen(rows)
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
type Row = Record<string, any>

// One row for each open task; those of a dossier follow each other.
function toOpen(rows: readonly Row[]): OpenDossier[] {
  const all: OpenDossier[] = []
  for (const row of rows) {
    if (all.at(-1)?.id !== row.id) all.push(toDossier(row))
    if (row.task_no !== null) all.at(-1)!.tasks.push(toTask(row))
  }
  return all
}

function toDossier(row: Row): OpenDossier {
  return {
    id: row.id,
    code: row.code,
    sequence: row.sequence,
    headHash: row.head_hash,
    state: row.state,
    competent: row.competent,
    calendarVersion: row.calendar_version,
    limit: limitOf(row),
    supplementRule: row.supplement_rule,
    pauses: row.pauses ?? [],
    extension: row.extension,
    acceptedAt: iso(row.accepted_at),
    dueAt: iso(row.due_at),
    indexDueAt: iso(row.index_due_at),
    intakeDueAt: iso(row.intake_due_at),
    tasks: [],
  }
}

const toTask = (row: Row): DatedDossier['tasks'][number] => ({
  no: row.task_no,
  kind: row.task_kind,
  openedAt: iso(row.task_opened_at)!,
  dueAt: iso(row.task_due_at),
  closedAt: null,
})

// Most dossiers are due at the end of work on the same few days.
const known = new Map<number, string>()

function iso(epoch: number | null): string | null {
  if (epoch === null) return null
  const found = known.get(epoch)
  if (found !== undefined) return found
  if (known.size >= 10_000) known.clear()
  const text = new Date(Math.round(epoch * 1000)).toISOString()
  known.set(epoch, text)
  return text
}

/** Writes what moves, each with its entry; gives those written. Who acted on a dossier meanwhile was first: it is left. */
export async function writeMoves(db: Queryable, moves: readonly Move[], now: Date): Promise<Set<string>> {
  if (moves.length === 0) return new Set()
  const entries = moves.map(({ dossier, data }) => {
    const head = { sequence: dossier.sequence, hash: dossier.headHash }
    const stated: NewEntry = {
      kind: 'dossiers.due-recomputed',
      data: data as unknown as Record<string, unknown>,
      actor: { kind: 'system', id: 'calendar' },
      at: now,
    }
    return seal(dossier.id, head, [stated])[0]!
  })
  const tasks = moves.flatMap(({ dossier, data }) => data.tasks.map((task) => ({ ...task, id: dossier.id })))
  const { rows } = await db.query<{ id: string }>({
    name: 'dossiers.recompute',
    text: writeStatement,
    values: [
      ...entryColumns('dossier', entries),
      moves.map(({ data }) => data.dueAt),
      moves.map(({ data }) => data.indexDueAt),
      moves.map(({ data }) => data.intakeDueAt),
      moves.map(({ data }) => data.calendarVersion),
      tasks.map(({ id }) => id),
      tasks.map(({ no }) => no),
      tasks.map(({ dueAt }) => dueAt),
    ],
  })
  return new Set(rows.map(({ id }) => id))
}

const writeStatement = `
with head as (
  update dossiers.dossier d set sequence = c.sequence, head_hash = c.hash, due_at = c.due_at,
    index_due_at = c.index_due_at, intake_due_at = c.intake_due_at, calendar_version = c.calendar_version
  from unnest($1::uuid[], $2::int[], $9::bytea[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[],
    $13::text[]) c (id, sequence, hash, due_at, index_due_at, intake_due_at, calendar_version)
  where d.id = c.id and d.sequence = c.sequence - 1
  returning d.id
),
entries as (
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select e.* from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[],
    $7::timestamptz[], $8::bytea[], $9::bytea[]) e (stream) where e.stream in (select id from head)
),
tasks as (
  update dossiers.task t set due_at = v.due_at
  from unnest($14::uuid[], $15::int[], $16::timestamptz[]) v (id, no, due_at)
  where t.dossier_id = v.id and t.no = v.no and v.id in (select id from head)
)
select id from head`
