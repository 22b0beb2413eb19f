import { z } from 'zod'
import type { Queryable } from '../../kernel/db.ts'
import { cleanText, searchable } from '../../kernel/text.ts'
import type { Actor } from '../identity/index.ts'
import type { Channel, State, Task } from './dossier.ts'
import { toTask } from './dossier-row.ts'

/** Filters of the desk's queue; they stand in the address bar, so a view can be shared. */
export const QueueFilter = z.object({
  /** `mine`: what I or my role must do; `waiting`: waiting for applicants; `all`: everything open at my authorities. */
  view: z.enum(['mine', 'waiting', 'all', 'sign', 'intake', 'return', 'unheld']).default('mine'),
  procedure: cleanText.pipe(z.string().max(20)).optional(),
  channel: z.enum(['online', 'direct', 'post']).optional(),
  due: z.enum(['overdue', 'today', 'later']).optional(),
  q: cleanText.pipe(z.string().max(200)).optional(),
  page: z.coerce.number().int().min(1).max(1000).default(1),
})
export type QueueFilter = z.infer<typeof QueueFilter>

/** One line of the queue: a task and the dossier it belongs to. */
export interface QueueItem {
  dossierId: string
  code: string
  sequence: number
  state: State
  applicantName: string
  procedureCode: string
  channel: Channel
  submittedAt: string
  acceptedAt: string | null
  /** The legal date in force; null while paused or before acceptance. */
  legalDueAt: string | null
  competent: string
  task: Task
}

export interface QueueCounts {
  mine: number
  overdue: number
  dueToday: number
  intake: number
  waiting: number
  return: number
  all: number
  sign: number
  unheld: number
}

export const queuePageSize = 50

/** The open tasks that concern an officer, the clock that runs out first on top. */
export async function readQueue(
  db: Queryable,
  actor: Extract<Actor, { kind: 'officer' }>,
  filter: QueueFilter,
  { now, endOfToday }: { now: Date; endOfToday: Date },
): Promise<{ items: QueueItem[]; hasMore: boolean }> {
  const { where, values } = conditions(actor, filter, now, endOfToday)
  const { rows } = await db.query({
    text: `select t.*, d.code, d.sequence, d.state, d.procedure_code, d.channel, d.submitted_at, d.accepted_at,
             d.due_at as legal_due_at, d.competent, p.name as applicant_name
           from dossiers.task t
           join dossiers.dossier d on d.id = t.dossier_id
           join dossiers.party p on p.dossier_id = t.dossier_id
           where ${where}
           order by t.due_at nulls last, d.submitted_at, t.dossier_id
           limit ${queuePageSize + 1} offset ${(filter.page - 1) * queuePageSize}`,
    values,
  })
  const items = rows.slice(0, queuePageSize).map(toItem)
  return { items, hasMore: rows.length > queuePageSize }
}

/** The numbers beside the views, in one query. */
export async function countQueue(
  db: Queryable,
  actor: Extract<Actor, { kind: 'officer' }>,
  { now, endOfToday }: { now: Date; endOfToday: Date },
): Promise<QueueCounts> {
  const values = new Values()
  const mine = mineCondition(actor, values)
  const at = authoritiesOf(actor)
  const { rows } = await db.query({
    text: `select
        count(*) filter (where ${mine})::int as mine,
        count(*) filter (where ${mine} and t.due_at < ${values.add(now)})::int as overdue,
        count(*) filter (where ${mine} and t.due_at >= ${values.add(now)} and t.due_at <= ${values.add(endOfToday)})::int as "dueToday",
        count(*) filter (where ${mine} and t.kind = 'intake')::int as intake,
        count(*) filter (where t.kind = 'supplement')::int as waiting,
        count(*) filter (where ${mine} and t.kind = 'return')::int as return,
        count(*)::int as all,
        count(*) filter (where t.step_kind = 'decide')::int as sign,
        count(*) filter (where t.assignee is null and t.role <> 'applicant')::int as unheld
      from dossiers.task t
      where t.closed_at is null and t.authority = any(${values.add(at)})`,
    values: values.list,
  })
  return rows[0]
}

class Values {
  readonly list: unknown[] = []
  add(value: unknown): string {
    return `$${this.list.push(value)}`
  }
}

function conditions(
  actor: Extract<Actor, { kind: 'officer' }>,
  filter: QueueFilter,
  now: Date,
  endOfToday: Date,
) {
  const values = new Values()
  const all = ['t.closed_at is null', ...viewConditions(actor, filter, values)]
  if (filter.procedure) all.push(`d.procedure_code = ${values.add(filter.procedure)}`)
  if (filter.channel) all.push(`d.channel = ${values.add(filter.channel)}`)
  if (filter.due === 'overdue') all.push(`t.due_at < ${values.add(now)}`)
  if (filter.due === 'today')
    all.push(`t.due_at >= ${values.add(now)} and t.due_at <= ${values.add(endOfToday)}`)
  if (filter.due === 'later') all.push(`(t.due_at > ${values.add(endOfToday)} or t.due_at is null)`)
  if (filter.q) all.push(searchCondition(filter.q, values))
  return { where: all.join(' and '), values: values.list }
}

function viewConditions(
  actor: Extract<Actor, { kind: 'officer' }>,
  { view }: QueueFilter,
  values: Values,
): string[] {
  const here = () => `t.authority = any(${values.add(authoritiesOf(actor))})`
  switch (view) {
    case 'mine':
      return [mineCondition(actor, values)]
    case 'intake':
      return [mineCondition(actor, values), `t.kind = 'intake'`]
    case 'return':
      return [mineCondition(actor, values), `t.kind = 'return'`]
    case 'sign':
      return [here(), `t.step_kind = 'decide'`]
    case 'waiting':
      return [here(), `t.kind = 'supplement'`]
    case 'unheld':
      return [here(), `t.assignee is null and t.role <> 'applicant'`]
    case 'all':
      return [here()]
    default:
      return view satisfies never
  }
}

// A role at an authority, written out per pair so that the index on (authority, role, due_at) serves.
function mineCondition(actor: Extract<Actor, { kind: 'officer' }>, values: Values): string {
  const pairs = actor.posts.flatMap((post) => post.roles.map((role) => `${post.authorityCode} ${role}`))
  if (pairs.length === 0) return 'false'
  const held = [...new Set(pairs)].map((pair) => {
    const [authority, role] = pair.split(' ')
    return `(t.authority = ${values.add(authority)} and t.role = ${values.add(role)})`
  })
  return `((${held.join(' or ')}) and (t.assignee is null or t.assignee = ${values.add(actor.officerId)}))`
}

function searchCondition(q: string, values: Values): string {
  const text = q.trim()
  if (/^\d{12}$/.test(text)) return `p.personal_id = ${values.add(text)}`
  const code = values.add(`%${literal(text.toUpperCase())}%`)
  const name = searchable(text)
  if (name === '') return `d.code like ${code}`
  return `(p.search_name like ${values.add(`%${literal(name)}%`)} or d.code like ${code})`
}

// What a person types stands for itself, also % and _.
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

const authoritiesOf = (actor: Extract<Actor, { kind: 'officer' }>) => [
  ...new Set(actor.posts.map((post) => post.authorityCode)),
]

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toItem(row: any): QueueItem {
  return {
    dossierId: row.dossier_id,
    code: row.code,
    sequence: row.sequence,
    state: row.state,
    applicantName: row.applicant_name,
    procedureCode: row.procedure_code,
    channel: row.channel,
    submittedAt: row.submitted_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    legalDueAt: row.legal_due_at?.toISOString() ?? null,
    competent: row.competent,
    task: toTask(row),
  }
}
