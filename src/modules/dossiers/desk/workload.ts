import type { Queryable } from '../../../kernel/db.ts'
import { mostCounted } from './queue.ts'

/** What one officer, or nobody yet, has on the desk at an authority. */
export interface Load {
  /** Null: tasks of the role that nobody holds. */
  officerId: string | null
  role: string
  open: number
  overdue: number
  dueToday: number
  /** When the task that lies longest was opened. */
  oldest: string | null
}

export interface Workload {
  loads: Load[]
  /** Tasks that each officer ended since the week began. */
  finished: Record<string, number>
  /** Whether there is more than was counted. */
  capped: boolean
}

const roles = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post']

/** Who has how much on the desk at an authority, and what was finished since an instant. */
export async function readWorkload(
  db: Queryable,
  authority: string,
  { now, endOfToday, since }: { now: Date; endOfToday: Date; since: Date },
): Promise<Workload> {
  const [open, ended] = await Promise.all([
    db.query({
      name: 'dossiers.workload',
      text: `select t.assignee as "officerId", r.role, count(*)::int as open,
          count(*) filter (where t.due_at < $3)::int as overdue,
          count(*) filter (where t.due_at >= $3 and t.due_at <= $4)::int as "dueToday",
          min(t.opened_at) as oldest
        from unnest($2::text[]) as r (role) cross join lateral (
          select assignee, due_at, opened_at from dossiers.task t
          where t.closed_at is null and t.authority = $1 and t.role = r.role
          order by due_at, dossier_id, no limit ${mostCounted * 5}) t
        group by 1, 2 order by 1 nulls first, 2`,
      values: [authority, roles, now, endOfToday],
    }),
    db.query({
      name: 'dossiers.workload-finished',
      text: `select closed_by, count(*)::int as n from dossiers.task
        where closed_at >= $2 and authority = $1 and role <> 'applicant' and closed_by is not null group by 1`,
      values: [authority, since],
    }),
  ])
  const loads: Load[] = open.rows.map((row) => ({ ...row, oldest: row.oldest?.toISOString() ?? null }))
  const byRole = Object.values(Object.groupBy(loads, ({ role }) => role))
  const sum = (each: Load[] | undefined) => (each ?? []).reduce((all, { open: n }) => all + n, 0)
  return {
    loads,
    finished: Object.fromEntries(ended.rows.map(({ closed_by, n }) => [closed_by, n])),
    capped: byRole.some((each) => sum(each) >= mostCounted * 5),
  }
}

/** The open tasks that an officer holds at an authority, most urgent first: what may be given to somebody else. */
export async function tasksHeldBy(
  db: Queryable,
  authority: string,
  officerId: string | null,
  limit: number,
): Promise<{ code: string; sequence: number; taskNo: number; role: string }[]> {
  const held = officerId === null ? `t.assignee is null and t.role <> 'applicant'` : 't.assignee = $3'
  const { rows } = await db.query({
    text: `select d.code, d.sequence, t.no as "taskNo", t.role
      from dossiers.task t join dossiers.dossier d on d.id = t.dossier_id
      where t.closed_at is null and t.authority = $1 and ${held}
      order by t.due_at, t.dossier_id, t.no limit $2`,
    values: [authority, limit, ...(officerId === null ? [] : [officerId])],
  })
  return rows
}
