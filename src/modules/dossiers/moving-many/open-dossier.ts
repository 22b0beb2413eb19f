import type { Queryable } from '../../../kernel/db.ts'
import type { Dossier, Task } from '../dossier.ts'
import { limitOf, toTask } from '../dossier-row.ts'

/** An open dossier as far as moving it goes; `tasks` are the open ones alone. */
export type OpenDossier = Pick<
  Dossier,
  | 'id'
  | 'code'
  | 'sequence'
  | 'headHash'
  | 'state'
  | 'procedureCode'
  | 'procedureVersion'
  | 'caseCode'
  | 'formVersion'
  | 'channel'
  | 'limit'
  | 'supplementRule'
  | 'pauses'
  | 'extension'
  | 'indexDueAt'
  | 'processKey'
  | 'processVersion'
  | 'receivedBy'
  | 'competent'
  | 'helpedBy'
  | 'calendarVersion'
  | 'acceptedAt'
  | 'dueAt'
  | 'decidedAt'
  | 'closedAt'
  | 'marking'
  | 'predecessors'
  | 'tasks'
>

/** Which open dossiers: a condition on `d` and its values from $2 on, named to be prepared. */
export interface Chosen {
  name: string
  condition: string
  values: readonly unknown[]
}

const fields = `d.id, d.code, d.sequence, d.head_hash, d.state, d.procedure_code,
  d.procedure_version, d.case_code, d.form_version, d.channel, d.limit_amount, d.limit_unit, d.limit_cut_off,
  d.limit_addition, d.supplement_rule, nullif(d.pauses, '[]') as pauses, d.extension, d.index_due_at, d.process_key, d.process_version,
  d.received_by, d.competent, d.helped_by, d.calendar_version, d.accepted_at, d.due_at, d.decided_at, d.closed_at,
  d.marking, nullif(d.predecessors, '[]') as predecessors`
const ofTask = (column: string) => `t.${column} as task_${column}`
const taskColumns = [
  ...['no', 'kind', 'step_id', 'step_kind', 'name', 'role', 'authority', 'unit_kind', 'assignee', 'subject'],
  ...['opened_at', 'due_at'],
]

const withTasks = `
select o.*, ${taskColumns.map(ofTask).join(', ')}
from (select ${fields} from dossiers.dossier d where d.id = any($1) and d.closed_at is null) o
left join dossiers.task t on t.dossier_id = o.id and t.closed_at is null
order by o.id, t.no`

const firstId = '00000000-0000-0000-0000-000000000000'

/** The ids of the next of those chosen, in their order. */
export async function readIds(
  db: Queryable,
  { name, condition, values }: Chosen,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: `dossiers.to-move-${name}`,
    text: `select d.id from dossiers.dossier d where d.id > $1 and d.closed_at is null and ${condition}
      order by d.id limit $${values.length + 2}`,
    values: [after ?? firstId, ...values, limit],
  })
  return rows.map(({ id }) => id)
}

/** Those of some dossiers that are still open, as they are now. */
export async function readOpen(db: Queryable, ids: readonly string[]): Promise<OpenDossier[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query({ name: 'dossiers.to-move', text: withTasks, values: [ids] })
  return toOpen(rows)
}

/** How many are chosen. */
export async function countOpen(db: Queryable, { name, condition, values }: Chosen): Promise<number> {
  const { rows } = await db.query({
    name: `dossiers.to-move-count-${name}`,
    text: `select count(*)::int as n from dossiers.dossier d
      where d.id > $1 and d.closed_at is null and ${condition}`,
    values: [firstId, ...values],
  })
  return rows[0].n
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
type Row = Record<string, any>

// One row for each open task; those of a dossier follow each other.
function toOpen(rows: readonly Row[]): OpenDossier[] {
  const all: OpenDossier[] = []
  for (const row of rows) {
    if (all.at(-1)?.id !== row.id) all.push(toDossier(row))
    if (row.task_no !== null) all.at(-1)!.tasks.push(taskOf(row))
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
    procedureCode: row.procedure_code,
    procedureVersion: row.procedure_version,
    caseCode: row.case_code,
    formVersion: row.form_version,
    channel: row.channel,
    limit: limitOf(row),
    supplementRule: row.supplement_rule,
    pauses: row.pauses ?? [],
    extension: row.extension,
    indexDueAt: iso(row.index_due_at),
    processKey: row.process_key,
    processVersion: row.process_version,
    receivedBy: row.received_by,
    competent: row.competent,
    helpedBy: row.helped_by,
    calendarVersion: row.calendar_version,
    acceptedAt: iso(row.accepted_at),
    dueAt: iso(row.due_at),
    decidedAt: iso(row.decided_at),
    closedAt: iso(row.closed_at),
    marking: row.marking,
    predecessors: row.predecessors ?? [],
    tasks: [],
  }
}

const iso = (value: Date | null) => value?.toISOString() ?? null

function taskOf(row: Row): Task {
  const columns = Object.fromEntries(taskColumns.map((column) => [column, row[`task_${column}`]]))
  return toTask({ ...columns, closed_at: null, closed_by: null, outcome: null })
}
