import type { Queryable } from '../../../kernel/db.ts'
import type { Officer } from '../../identity/index.ts'
import type { Channel, State, Task } from '../dossier.ts'
import { toTask } from '../dossier-row.ts'
import { cursorText, type QueueFilter, type QueueViewName, readCursor } from './queue-filter.ts'
import { allScopes, authoritiesOf, namesOf, type Scope, scopesOf, unitsOfOfficer } from './queue-scope.ts'
import { matchingDossiers, Values } from './queue-search.ts'

export { QueueFilter, type QueueViewName, queryOf, queueViews, readQueueFilter } from './queue-filter.ts'

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
  receivedBy: string
  /** The applicant asked something and has no answer yet. */
  hasQuestion: boolean
  task: Task
}

export type QueueCounts = Record<QueueViewName, number> & {
  overdue: number
  dueToday: number
  /** Whether there is more than was counted: every number then means "at least". */
  capped: boolean
}

export interface When {
  now: Date
  endOfToday: Date
}

export const queuePageSize = 50

/** How many tasks of a role at an authority are counted; beyond that a number means "at least". */
export const mostCounted = 2000

/** The open tasks that concern an officer, the clock that runs out first on top, and where the next page begins. */
export async function readQueue(
  db: Queryable,
  officer: Officer,
  filter: QueueFilter,
  when: When,
): Promise<{ items: QueueItem[]; hasMore: boolean; next?: string }> {
  const values = new Values()
  const found = filter.view === 'messages' ? questions(officer, values) : inScopes(officer, filter, values)
  const { text, order } = pageOf(found, officer, filter, when, values)
  const { rows } = await db.query({
    text: `with found as (${text})
      select t.*, d.code, d.sequence, d.state, d.submitted_at, d.accepted_at, d.due_at as legal_due_at,
        d.competent, d.received_by, d.thread_awaits, coalesce(p.name, '') as applicant_name
      from found f
      join dossiers.task t on t.dossier_id = f.dossier_id and t.no = f.no
      join dossiers.dossier d on d.id = t.dossier_id
      left join dossiers.party p on p.dossier_id = t.dossier_id
      order by ${order}`,
    values: values.list,
  })
  const items = rows.slice(0, queuePageSize).map(toItem)
  const last = items.at(-1)
  if (rows.length <= queuePageSize || !last) return { items, hasMore: false }
  const { task, dossierId } = last
  const at = filter.sort === 'due' ? task.dueAt : task.openedAt
  return { items, hasMore: true, next: cursorText({ at, dossierId, no: task.no }) }
}

/** What a page is taken from: a range of tasks, or the dossiers in question with their first open task. */
interface Found {
  /** A statement over `t` that ends where conditions may be added. */
  from: string
  /** Taken for each scope by itself, so that every range is read in its own order and no further than a page. */
  lateral: string | null
}

function inScopes(officer: Officer, { view }: QueueFilter, values: Values): Found {
  const scopes = values.add(JSON.stringify(scopesOf(officer, view)))
  return {
    lateral: `jsonb_to_recordset(${scopes}::jsonb) as s (authority text, role text, procedures text[])`,
    from: `dossiers.task t where t.closed_at is null and t.authority = s.authority and t.role = s.role
      and (s.procedures is null or t.procedure_code = any (s.procedures))
      and ${ofView(view, officer, values)}`,
  }
}

// A question is the dossier's, not a task's: the line is that of the task which somebody here is most likely to hold.
function questions(officer: Officer, values: Values): Found {
  const here = values.add(authoritiesOf(officer))
  return {
    lateral: null,
    from: `dossiers.dossier d cross join lateral (
        select * from dossiers.task o where o.dossier_id = d.id and o.closed_at is null
        order by (o.role = 'applicant'), o.due_at, o.no limit 1) t
      where d.thread_awaits = 'officer' and (d.competent = any (${here}) or d.received_by = any (${here}))`,
  }
}

function pageOf(
  { from, lateral }: Found,
  officer: Officer,
  filter: QueueFilter,
  when: When,
  values: Values,
): { text: string; order: string } {
  const order = orders[filter.sort]
  const where = [
    `t.dossier_id <> all (array(${conflictsOf(officer, values)}))`,
    ...narrowing(officer, filter, when, values),
    ...(filter.after ? [isAfter(filter, values)] : []),
  ]
  const page = (source: string) =>
    `select t.dossier_id, t.no, t.due_at, t.opened_at from ${source} and ${where.join(' and ')}
     order by ${order} limit ${queuePageSize + 1}`
  if (lateral === null) return { text: page(from), order }
  return {
    text: `select t.* from ${lateral} cross join lateral (${page(from)}) t
      order by ${order} limit ${queuePageSize + 1}`,
    order,
  }
}

const orders = {
  due: 't.due_at, t.dossier_id, t.no',
  oldest: 't.opened_at, t.dossier_id, t.no',
  newest: 't.opened_at desc, t.dossier_id desc, t.no desc',
} as const

function isAfter({ sort, after }: QueueFilter, values: Values): string {
  const { at, dossierId, no } = readCursor(after!)
  const rest = `${values.add(dossierId)}::uuid, ${values.add(no)}::int`
  if (at === null) return `(t.due_at is null and (t.dossier_id, t.no) > (${rest}))`
  const moment = `${values.add(at)}::timestamptz`
  if (sort === 'due') return `((t.due_at, t.dossier_id, t.no) > (${moment}, ${rest}) or t.due_at is null)`
  return `(t.opened_at, t.dossier_id, t.no) ${sort === 'oldest' ? '>' : '<'} (${moment}, ${rest})`
}

function ofView(view: QueueViewName, officer: Officer, values: Values): string {
  const free = () => `(t.assignee is null or t.assignee = any (${values.add(namesOf(officer))}))`
  switch (view) {
    case 'mine':
      return free()
    case 'intake':
    case 'return':
    case 'consult':
    case 'visit':
      return `t.kind = '${view}' and ${free()}`
    case 'takeover':
      return `t.kind in ('transfer', 'handover') and ${free()}`
    case 'waiting':
      return `t.kind = 'supplement'`
    case 'obligation':
    case 'confirm':
      return `t.kind = '${view}'`
    case 'sign':
      return `t.step_kind = 'decide'`
    case 'unheld':
      return 't.assignee is null'
    case 'all':
    case 'messages':
      return 'true'
    default:
      return view satisfies never
  }
}

function narrowing(officer: Officer, filter: QueueFilter, { now, endOfToday }: When, values: Values) {
  const all: string[] = []
  if (filter.procedure) all.push(`t.procedure_code = ${values.add(filter.procedure)}`)
  if (filter.channel) all.push(`t.channel = ${values.add(filter.channel)}`)
  if (filter.due === 'overdue') all.push(`t.due_at < ${values.add(now)}`)
  if (filter.due === 'today')
    all.push(`t.due_at >= ${values.add(now)} and t.due_at <= ${values.add(endOfToday)}`)
  if (filter.due === 'later') all.push(`(t.due_at > ${values.add(endOfToday)} or t.due_at is null)`)
  if (filter.assignee === 'none') all.push(`t.assignee is null and t.role <> 'applicant'`)
  else if (filter.assignee)
    all.push(`t.assignee = ${values.add(filter.assignee === 'me' ? officer.officerId : filter.assignee)}`)
  if (filter.label) all.push(hasLabel(filter.label, officer, values))
  if (filter.q?.trim()) all.push(matchingDossiers(filter.q.trim(), values))
  return all
}

const hasLabel = (label: string, officer: Officer, values: Values) => `t.dossier_id = any (array(
  select m.dossier_id from dossiers.dossier_label m join dossiers.label l on l.id = m.label_id
  where l.id = ${values.add(label)} and l.authority || ' ' || l.unit_code = any (${values.add(unitsOfOfficer(officer))})))`

/** Dossiers in which the officer has an interest of their own: they are no work of theirs, and not to be read. */
function conflictsOf({ officerId, personalId }: Officer, values: Values): string {
  const declared = `select id from dossiers.dossier where barred ? ${values.add(officerId)} and barred <> '[]'`
  if (!personalId) return declared
  const own = values.add(personalId)
  return `${declared} union all select dossier_id from dossiers.party where personal_id = ${own}
    union all select o.dossier_id from dossiers.other_party o join dossiers.dossier d on d.id = o.dossier_id
      cross join lateral jsonb_to_recordset(d.other_parties) as x (no int, kind text, "confirmedAt" text)
      where o.personal_id = ${own} and x.no = o.no and (x.kind = 'second-party' or x."confirmedAt" is not null)`
}

/** The numbers beside the views: one pass over the most urgent tasks of each role at the officer's authorities. */
export async function countQueue(db: Queryable, officer: Officer, when: When): Promise<QueueCounts> {
  const values = new Values()
  const scopes = values.add(JSON.stringify(allScopes(officer) satisfies Scope[]))
  const now = values.add(when.now)
  const today = values.add(when.endOfToday)
  const names = values.add(namesOf(officer))
  const here = values.add(authoritiesOf(officer))
  const mine = (condition = 'true') => `count(*) filter (where mine and ${condition})::int`
  const all = (condition = 'true') => `count(*) filter (where ${condition})::int`
  const { rows } = await db.query({
    text: `select
        ${mine()} as mine,
        ${mine(`due_at < ${now}`)} as overdue,
        ${mine(`due_at >= ${now} and due_at <= ${today}`)} as "dueToday",
        ${mine(`kind = 'intake'`)} as intake,
        ${mine(`kind = 'return'`)} as return,
        ${mine(`kind = 'consult'`)} as consult,
        ${mine(`kind in ('transfer', 'handover')`)} as takeover,
        ${mine(`kind = 'visit'`)} as visit,
        ${all(`kind = 'supplement'`)} as waiting,
        ${all(`kind = 'obligation'`)} as obligation,
        ${all(`kind = 'confirm'`)} as confirm,
        ${all(`role = 'leader' and step_kind = 'decide'`)} as sign,
        ${all(`assignee is null and role <> 'applicant'`)} as unheld,
        ${all()} as all,
        (select count(*)::int from (select from dossiers.dossier d where d.thread_awaits = 'officer'
           and (d.competent = any (${here}) or d.received_by = any (${here})) limit ${mostCounted}) q) as messages,
        coalesce(max(place), 0) > ${mostCounted} as capped
      from jsonb_to_recordset(${scopes}::jsonb) as s (authority text, role text, procedures text[], watched text[], own boolean)
      cross join lateral (
        select t.kind, t.step_kind, t.assignee, t.due_at,
          row_number() over (order by t.due_at, t.dossier_id, t.no) as place,
          s.own and (s.procedures is null or t.procedure_code = any (s.procedures))
            and (t.assignee is null or t.assignee = any (${names})) as mine
        from dossiers.task t
        where t.closed_at is null and t.authority = s.authority and t.role = s.role
          and (s.watched is null or t.procedure_code = any (s.watched))
          and t.dossier_id <> all (array(${conflictsOf(officer, values)}))
        order by t.due_at, t.dossier_id, t.no limit ${mostCounted + 1}) t`,
    values: values.list,
  })
  return rows[0]
}

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
    receivedBy: row.received_by,
    hasQuestion: row.thread_awaits === 'officer',
    task: toTask(row),
  }
}
