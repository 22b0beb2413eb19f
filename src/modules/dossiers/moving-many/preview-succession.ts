import type { Db, Queryable } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { heirOf, type Succession, type SuccessionMove } from './succession.ts'

/** What a reorganisation finds at one of its moves. */
export interface SuccessionPreview extends SuccessionMove {
  /** Open dossiers that it settles, those decided and not yet handed out among them. */
  open: number
  /** Decided, with the result still to be handed out. */
  toHandOut: number
  /** Due on the calendar day after today. */
  dueTomorrow: number
  overdue: number
  /** Open dossiers that it received or helped with and another authority settles. */
  elsewhere: number
  /** Open tasks by role. */
  tasks: { role: string; count: number }[]
  /** Who holds tasks, and whether they keep them. */
  holders: { officer: string; count: number; keeps: boolean }[]
  /** Tasks that nobody holds. */
  unheld: number
}

/** What `followReorganisation` would find now, move by move; nothing is written. */
export async function previewSuccession(
  { pool }: Pick<Db, 'pool'>,
  { moves, officers }: Pick<Succession, 'moves' | 'officers'>,
  now: Date,
): Promise<SuccessionPreview[]> {
  const from = [...new Set(moves.map((move) => move.from))]
  const [settled, elsewhere, tasks] = await Promise.all([
    readSettled(pool, from, now),
    readElsewhere(pool, from),
    readTasks(pool, from),
  ])
  const previews = new Map(moves.map((move) => [move, emptyOf(move)]))
  const at = (authority: string, unitKind: string, procedureCode: string) =>
    previews.get(heirOf(moves, { authority, unitKind, procedureCode })!)
  for (const { authority, procedureCode, ...counts } of settled) {
    const preview = at(authority, 'division', procedureCode)
    if (preview) for (const key of settledCounts) preview[key] += counts[key]
  }
  for (const { authority, procedureCode, count } of elsewhere) {
    const preview = at(authority, 'one-stop', procedureCode)
    if (preview) preview.elsewhere += count
  }
  for (const { authority, unitKind, procedureCode, ...group } of tasks) {
    const preview = at(authority, unitKind, procedureCode)
    if (preview) addTasks(preview, group, officers)
  }
  return [...previews.values()].map(inOrder)
}

const settledCounts = ['open', 'toHandOut', 'dueTomorrow', 'overdue'] as const

const emptyOf = (move: SuccessionMove): SuccessionPreview => ({
  ...move,
  ...{ open: 0, toHandOut: 0, dueTomorrow: 0, overdue: 0, elsewhere: 0, tasks: [], holders: [], unheld: 0 },
})

function addTasks(
  preview: SuccessionPreview,
  { role, assignee, count }: { role: string; assignee: string | null; count: number },
  officers: Succession['officers'],
): void {
  const sameRole = preview.tasks.find((each) => each.role === role)
  if (sameRole) sameRole.count += count
  else preview.tasks.push({ role, count })
  if (assignee === null) {
    preview.unheld += count
    return
  }
  const sameHolder = preview.holders.find(({ officer }) => officer === assignee)
  if (sameHolder) sameHolder.count += count
  else preview.holders.push({ officer: assignee, count, keeps: officers.get(assignee) === preview.to })
}

const inOrder = (preview: SuccessionPreview): SuccessionPreview => ({
  ...preview,
  tasks: preview.tasks.toSorted((a, b) => b.count - a.count),
  holders: preview.holders.toSorted((a, b) => b.count - a.count),
})

type Settled = { authority: string; procedureCode: string } & Record<(typeof settledCounts)[number], number>

async function readSettled(db: Queryable, from: readonly string[], now: Date): Promise<Settled[]> {
  const tomorrow = Temporal.PlainDate.from(dateOfLaw(now)).add({ days: 1 })
  const { rows } = await db.query<Settled>({
    name: 'dossiers.succession-settled',
    text: `select competent as authority, procedure_code as "procedureCode", count(*)::int as open,
        (count(*) filter (where decided_at is not null))::int as "toHandOut",
        (count(*) filter (where decided_at is null and due_at < $2))::int as overdue,
        (count(*) filter (where decided_at is null and due_at >= $3 and due_at < $4))::int as "dueTomorrow"
      from dossiers.dossier where closed_at is null and competent = any($1) group by 1, 2`,
    values: [from, now, midnight(tomorrow), midnight(tomorrow.add({ days: 1 }))],
  })
  return rows
}

const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime('Asia/Ho_Chi_Minh').toInstant().toString()

async function readElsewhere(db: Queryable, from: readonly string[]) {
  const { rows } = await db.query<{ authority: string; procedureCode: string; count: number }>({
    name: 'dossiers.succession-elsewhere',
    text: `select authority, procedure_code as "procedureCode", count(distinct id)::int as count from (
        select received_by as authority, procedure_code, id from dossiers.dossier
          where closed_at is null and received_by <> competent and received_by = any($1)
        union all select helped_by, procedure_code, id from dossiers.dossier
          where closed_at is null and helped_by is not null and helped_by <> competent and helped_by = any($1)
      ) e group by 1, 2`,
    values: [from],
  })
  return rows
}

interface TaskGroup {
  authority: string
  unitKind: string
  procedureCode: string
  role: string
  assignee: string | null
  count: number
}

async function readTasks(db: Queryable, from: readonly string[]): Promise<TaskGroup[]> {
  const { rows } = await db.query<TaskGroup>({
    name: 'dossiers.succession-tasks',
    text: `select authority, unit_kind as "unitKind", procedure_code as "procedureCode", role, assignee,
        count(*)::int as count
      from dossiers.task where closed_at is null and authority = any($1) group by 1, 2, 3, 4, 5`,
    values: [from],
  })
  return rows
}
