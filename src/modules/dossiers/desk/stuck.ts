import type { Dossier, Task } from '../dossier.ts'
import { openTasks } from '../dossier.ts'
import { differingWord } from '../partner-word.ts'

/** Why an open dossier stands on the alarm list; the gravest first. */
export const stuckReasons = [
  'no-task',
  'calendar-missing',
  'overdue',
  'apology-passed',
  'not-taken-over',
  'task-overdue',
  'consult-unanswered',
  'question-unanswered',
  'partner-differs',
  'holder-left',
  'unheld',
  'party-silent',
  'supplement-unanswered',
  'obligation-long',
  'not-collected',
  'no-movement',
] as const
export type StuckReason = (typeof stuckReasons)[number]

/**
 * How long each may last before it is an alarm: our own planning, except the legal date, which nobody may miss
 * without an apology. Hours and days are working time of the authority that holds the task.
 */
export const patience = {
  taskOverdueHours: 4,
  unheldHours: 8,
  takeOverHours: 8,
  questionDays: 1,
  noMovementDays: 5,
  /** Where the request named no day. */
  supplementDays: 20,
  obligationDays: 10,
  collectDays: 10,
  /** What is on its way between two systems is no difference yet. */
  partnerHours: 8,
} as const

/** What the rules need to know of one open dossier. */
export interface StuckFacts {
  dossier: Pick<
    Dossier,
    | 'closedAt'
    | 'decidedAt'
    | 'dueAt'
    | 'apologisedAt'
    | 'apologisedUntil'
    | 'explainedUntil'
    | 'threadAwaits'
    | 'submittedAt'
    | 'state'
    | 'acceptedAt'
    | 'partnerWord'
    | 'tasks'
  >
  /** When the last entry was made. */
  lastMovedAt: string
  /** When the applicant asked what is not answered yet. */
  askedAt: string | null
  /** Numbers of open tasks whose officer works there no more. */
  left: ReadonlySet<number>
  /** The day by which the open request for papers wants its answer; an instant. */
  answerBy: string | null
}

/** Working time as the rules ask for it; both throw nothing: a year without a calendar counts as endless. */
export interface Time {
  now: Date
  /** Working minutes from an instant until now, at an authority. */
  minutesSince(authority: string, instant: string): number
  minutesPerDay(authority: string): number
}

/** One alarm: since when it holds, and the task it is about. */
export interface Alarm {
  reason: StuckReason
  since: string
  taskNo: number | null
}

/** Why a dossier is silently stuck; none when all is well, or when somebody explained it until a day to come. Pure. */
export function alarmsOf(facts: StuckFacts, time: Time): Alarm[] {
  const { dossier } = facts
  if (dossier.closedAt !== null) return []
  const alarms = [
    ...ofDossier(facts, time),
    ...openTasks(dossier).flatMap((task) => ofTask(task, facts, time)),
  ]
  return alarms.toSorted((a, b) => stuckReasons.indexOf(a.reason) - stuckReasons.indexOf(b.reason))
}

/** Whether the delay was explained until a moment that has not passed. */
export const isExplained = (
  { explainedUntil }: Pick<Dossier, 'explainedUntil'>,
  { now }: Pick<Time, 'now'>,
): boolean => explainedUntil !== null && Date.parse(explainedUntil) > now.getTime()

function ofDossier({ dossier, askedAt, lastMovedAt }: StuckFacts, time: Time): Alarm[] {
  const { dueAt, decidedAt, apologisedAt, apologisedUntil, tasks } = dossier
  const alarm = (reason: StuckReason, since: string): Alarm => ({ reason, since, taskNo: null })
  const open = openTasks(dossier)
  const at = open.find(({ role }) => role !== 'applicant')?.authority ?? tasks[0]?.authority ?? ''
  const undecided = decidedAt === null
  const differing = differingWord(dossier)
  const passed = (instant: string | null): instant is string =>
    instant !== null && Date.parse(instant) < time.now.getTime()
  return [
    ...(open.length === 0 ? [alarm('no-task', lastMovedAt)] : []),
    ...(undecided && apologisedAt === null && passed(dueAt) ? [alarm('overdue', dueAt)] : []),
    ...(undecided && passed(apologisedUntil) ? [alarm('apology-passed', apologisedUntil)] : []),
    ...(dossier.threadAwaits === 'officer' &&
    askedAt &&
    isOlder(at, askedAt, { days: patience.questionDays }, time)
      ? [alarm('question-unanswered', askedAt)]
      : []),
    ...(differing && isOlder(at, differing.receivedAt, { hours: patience.partnerHours }, time)
      ? [alarm('partner-differs', differing.receivedAt)]
      : []),
  ]
}

function ofTask(task: Task, facts: StuckFacts, time: Time): Alarm[] {
  const waiting = waitingTooLong(task, facts, time)
  if (!facts.left.has(task.no)) return waiting
  return [...waiting, { reason: 'holder-left', since: task.openedAt, taskNo: task.no }]
}

function waitingTooLong(task: Task, { answerBy, lastMovedAt }: StuckFacts, time: Time): Alarm[] {
  const { now } = time
  const alarm = (reason: StuckReason, since: string): Alarm => ({ reason, since, taskNo: task.no })
  const older = (instant: string, span: Span) => isOlder(task.authority, instant, span, time)
  const isPast = task.dueAt !== null && Date.parse(task.dueAt) < now.getTime()
  const when = (condition: boolean, reason: StuckReason, since: string | null) =>
    condition && since !== null ? [alarm(reason, since)] : []
  switch (task.kind) {
    case 'intake':
      if (task.dueAt === null) return [alarm('calendar-missing', task.openedAt)]
      return when(older(task.dueAt, { hours: patience.taskOverdueHours }), 'task-overdue', task.dueAt)
    case 'step':
    case 'visit': {
      const unheld = task.assignee === null && older(task.openedAt, { hours: patience.unheldHours })
      const still = older(lastMovedAt, { days: patience.noMovementDays })
      const late = task.dueAt !== null && older(task.dueAt, { hours: patience.taskOverdueHours })
      return [
        ...when(late, 'task-overdue', task.dueAt),
        ...when(unheld, 'unheld', task.openedAt),
        ...when(still, 'no-movement', lastMovedAt),
      ]
    }
    case 'wait':
    case 'compensation':
      return when(isPast, 'task-overdue', task.dueAt)
    case 'consult':
      return when(isPast, 'consult-unanswered', task.dueAt)
    case 'transfer':
    case 'handover':
      return when(older(task.openedAt, { hours: patience.takeOverHours }), 'not-taken-over', task.openedAt)
    case 'confirm':
      return when(isPast, 'party-silent', task.dueAt)
    case 'supplement':
      if (answerBy !== null)
        return when(Date.parse(answerBy) < now.getTime(), 'supplement-unanswered', answerBy)
      return when(
        older(task.openedAt, { days: patience.supplementDays }),
        'supplement-unanswered',
        task.openedAt,
      )
    case 'obligation':
      return when(older(task.openedAt, { days: patience.obligationDays }), 'obligation-long', task.openedAt)
    case 'return':
      return when(older(task.openedAt, { days: patience.collectDays }), 'not-collected', task.openedAt)
    default:
      return task.kind satisfies never
  }
}

type Span = { hours: number } | { days: number }

function isOlder(authority: string, instant: string, span: Span, time: Time): boolean {
  if (Date.parse(instant) >= time.now.getTime()) return false
  const minutes = 'hours' in span ? span.hours * 60 : span.days * time.minutesPerDay(authority)
  return time.minutesSince(authority, instant) > minutes
}
