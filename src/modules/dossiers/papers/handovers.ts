import { dateOfLaw } from '../../../kernel/time.ts'
import type { HandoverResult } from '../../documents/index.ts'
import type { Dossier, Task } from '../dossier.ts'
import type { TaskChanges } from '../entries.ts'
import type { HistoryItem } from '../read-dossier.ts'

/** One side of a hand-over: a unit, and the officer when one is known. */
export interface Side {
  authority: string
  unitKind: string
  /** Null while nobody has taken it up. */
  officer: string | null
}

/** A dossier that passed from one to another, as the journal has it. */
export interface Handover {
  giver: Side
  /** `applicant`: the result was given out. */
  taker: Side | 'applicant'
  at: string
  /** How what the giver did stands to its own time. */
  result: HandoverResult
  remark: string
}

/** What others do beside the way of the dossier: opinions and looks at a place do not hand it over. */
const onTheWay = new Set<Task['kind']>(['step', 'return', 'handover', 'transfer'])

/**
 * The hand-overs of a dossier, oldest first: every act of an officer that ended a task of theirs and opened one for
 * somebody else, put a task into other hands, or gave the result out. Pure.
 */
export function handoversOf(
  history: readonly HistoryItem[],
  { tasks, ...dossier }: Pick<Dossier, 'tasks' | 'dueAt' | 'decidedAt'>,
): Handover[] {
  const byNo = new Map(tasks.map((task) => [task.no, task]))
  const found: Handover[] = []
  let opened = 0
  let ended: Task | undefined
  let endedAt = ''
  for (const act of history) {
    const { opens = [], closes = [] } = act.data as TaskChanges
    const news = opens.flatMap((_, i) => byNo.get(opened + i + 1) ?? [])
    opened += opens.length
    const closed = closes.flatMap(({ no }) => byNo.get(no) ?? []).find(({ role }) => role !== 'applicant')
    // The decision follows from the signature in the same instant: the task that ended is the signer's.
    if (closed !== undefined || act.at !== endedAt) ended = closed
    endedAt = act.at
    if (act.actor.kind === 'officer') found.push(...handoversIn(act, { ended, news, byNo, dossier }))
  }
  return found
}

interface Around {
  ended: Task | undefined
  news: readonly Task[]
  byNo: ReadonlyMap<number, Task>
  dossier: Pick<Dossier, 'dueAt' | 'decidedAt'>
}

function handoversIn(act: HistoryItem, { ended, news, byNo, dossier }: Around): Handover[] {
  const officer = act.actor.id
  const { kind, at } = act
  if (kind === 'dossiers.assigned' || kind === 'dossiers.reassigned') {
    const { task: no, assignee } = act.data as { task: number; assignee: string }
    const task = byNo.get(no)
    if (task === undefined || assignee === officer) return []
    return [{ ...between(sideOf(task, officer), sideOf(task, assignee)), at, result: 'none', remark: '' }]
  }
  if (kind === 'dossiers.returned' || kind === 'dossiers.result-delivered')
    return ended ? [{ ...givenOut(ended, officer), at, result: legalResult(dossier), remark: '' }] : []
  // Whoever takes a whole dossier over was named when it was offered.
  if (kind === 'dossiers.transferred') return []
  return news
    .filter((task) => onTheWay.has(task.kind) && task.role !== 'applicant')
    .map((task) => ({
      ...between(
        ended ? sideOf(ended, officer) : sideOf(task, officer),
        sideOf(task, task.closedBy ?? task.assignee),
      ),
      at,
      result: ended ? resultOf(ended, at) : ('none' as const),
      remark: remarkOf(act),
    }))
    .filter(({ giver, taker }) => !isSame(giver, taker))
}

const givenOut = (ended: Task, officer: string) =>
  ({ giver: sideOf(ended, officer), taker: 'applicant' }) as const
// The law asks when it was decided; whoever comes late to fetch it is nobody's delay.
const legalResult = ({ dueAt, decidedAt }: Pick<Dossier, 'dueAt' | 'decidedAt'>) =>
  decidedAt === null ? ('none' as const) : resultOf({ dueAt }, decidedAt)
const between = (giver: Side, taker: Side) => ({ giver, taker })
const sideOf = ({ authority, unitKind, kind, role }: Task, officer: string | null): Side => ({
  authority,
  // Papers are given to a role, not to a step of the process: its unit is where the role sits.
  unitKind: kind === 'handover' ? unitKindOf(role) : unitKind,
  officer,
})

/** The kind of unit in which officers of a role sit. */
export function unitKindOf(role: Task['role']): string {
  if (role === 'reception' || role === 'cashier' || role === 'post') return 'one-stop'
  if (role === 'leader') return 'leadership'
  return role === 'clerk' ? 'clerk-office' : 'division'
}

// One officer at two desks of one authority hands nothing over.
const isSame = (a: Side, b: Side) =>
  a.authority === b.authority && a.officer === b.officer && (a.officer !== null || a.unitKind === b.unitKind)

function resultOf({ dueAt }: Pick<Task, 'dueAt'>, at: string): HandoverResult {
  if (dueAt === null) return 'none'
  if (at > dueAt) return 'late'
  return dateOfLaw(at) < dateOfLaw(dueAt) ? 'early' : 'on-time'
}

function remarkOf({ kind, data, text }: HistoryItem): string {
  const because = text ? `: ${text.slice(0, 200)}` : ''
  if (kind === 'dossiers.sent-back') return `Trả lại để làm lại${because}`
  if (kind === 'dossiers.restored') return `Khôi phục${because}`
  if (kind === 'dossiers.transfer-asked') return `Chuyển cơ quan có thẩm quyền${because}`
  const sheets = kind === 'dossiers.handed-over' ? (data as { sheets: number }).sheets : 0
  return sheets > 0 ? `${sheets} tờ` : ''
}
