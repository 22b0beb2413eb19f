import { z } from 'zod'
import {
  addWorked,
  type Calendar,
  closing,
  dateOf,
  dayOf,
  dayOfMoment,
  instantOf,
  isWorkingDay,
  isWorkingMoment,
  minuteOf,
  momentAt,
  momentOf,
  opening,
  workedBetween,
  workingDayAfter,
  workingDayFrom,
  yearOf,
} from './calendar.ts'
import { MissingCalendarYear } from './missing-year.ts'
import { type Rule, rules } from './rules.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const LimitUnit = z.enum(['working-hour', 'working-day', 'day', 'same-day'])
export type LimitUnit = z.infer<typeof LimitUnit>

export const Limit = z.object({ amount: z.number().min(0).max(2000), unit: LimitUnit })
export type Limit = z.infer<typeof Limit>

/** A span that does not count; `to` null while it lasts. Instants. */
export interface Pause {
  from: string
  to: string | null
  reason: string
}

export interface DueFacts {
  /** When a complete, valid dossier was received: an instant. */
  acceptedAt: string
  limit: Limit
  /** Wall time after which a dossier counts as received on the next working day; same-day procedures: 15:00. */
  cutOff?: string | null
  pauses?: readonly Pause[]
  /** Extension in days: working days, or calendar days when the limit counts those. */
  extensionDays?: number
  calendar: Calendar
  /** `restart`: the count begins anew when the last pause ends. `subtract`: paused time is given back. */
  restart?: 'restart' | 'subtract'
}

export type StepKind =
  | 'received'
  | 'after-cut-off'
  | 'outside-hours'
  | 'receipt-day-not-counted'
  | 'counted'
  | 'weekend'
  | 'holiday'
  | 'compensatory-off'
  | 'moved-to-working-day'
  | 'paused'
  | 'restarted'
  | 'extension'
  | 'due'

/**
 * One step of "why this date". `from` and `to` are dates for whole days and instants for moments;
 * `amount` is in `unit`; `reason` is the name of a holiday or the reason of a pause.
 */
export interface ExplanationStep {
  kind: StepKind
  from: string
  to: string | null
  amount?: number
  unit?: 'working-hour' | 'working-day' | 'day' | 'minute'
  reason?: string
  rule?: Rule
}

export interface Due {
  /** Instant; null while the clock stands. */
  dueAt: string | null
  explanation: ExplanationStep[]
  /** Versions of the calendar it was computed with. */
  calendarVersion: string
}

interface Start {
  /** The moment from which time counts. */
  moment: number
  /** The day that counts as the day of receipt. */
  day: number
  steps: ExplanationStep[]
}

interface Deadline {
  moment: number
  steps: ExplanationStep[]
}

/**
 * When a dossier is due, and why. The day of receipt is not counted; a limit in working days ends with the
 * authority's working time; a limit in days that ends on a day off ends on the next working day.
 * @throws MissingCalendarYear when the count reaches a year whose days off were not published
 */
export function computeDue(facts: DueFacts): Due {
  const spans = mergePauses(facts.pauses ?? [])
  const pauses = spans.filter(isOver)
  const open = spans.find((pause) => pause.to === null)
  if (!open) return running(facts, deadline(facts, pauses))
  const late = facts.restart === 'restart' ? undefined : deadlineBefore(open.from, facts, pauses)
  return late ? running(facts, late) : standing(facts, open, pauses)
}

// A dossier that was late before the pause began stays late; one due in a year not published yet was not late.
function deadlineBefore(
  moment: number,
  facts: DueFacts,
  pauses: readonly ClosedSpan[],
): Deadline | undefined {
  try {
    const due = deadline(facts, pauses)
    return due.moment <= moment ? due : undefined
  } catch (error) {
    if (error instanceof MissingCalendarYear && error.year > yearOf(dayOfMoment(moment))) return undefined
    throw error
  }
}

function running(facts: DueFacts, due: Deadline): Due {
  const dueAt = instantOf(due.moment)
  const explanation = [received(facts), ...due.steps, step('due', dueAt, null)]
  return { dueAt, explanation, calendarVersion: facts.calendar.version }
}

function deadline(facts: DueFacts, pauses: readonly ClosedSpan[]): Deadline {
  const begun = facts.restart === 'restart' ? restarted(facts, pauses) : undefined
  const start = startOf(facts, begun?.moment ?? momentOf(facts.acceptedAt))
  const plain = deadlineOf(facts, start)
  const extended = extend(facts, plain)
  const due = begun ? extended : giveBack(facts, start, extended, pauses)
  return { moment: due.moment, steps: [...(begun?.steps ?? []), ...start.steps, ...due.steps] }
}

// While a pause lasts there is no due date, only what has happened so far.
function standing(facts: DueFacts, open: Span, pauses: readonly ClosedSpan[]): Due {
  const past = pauses.map((pause) => pausedStep(facts, pause))
  const now = step('paused', instantOf(open.from), null, { reason: open.reason, rule: pauseRule(facts) })
  return {
    dueAt: null,
    explanation: [received(facts), ...past, now],
    calendarVersion: facts.calendar.version,
  }
}

function restarted(facts: DueFacts, pauses: readonly ClosedSpan[]): Deadline | undefined {
  const last = pauses.at(-1)
  if (!last) return undefined
  const steps = [
    ...pauses.map((pause) => pausedStep(facts, pause)),
    step('restarted', instantOf(last.to), null, { rule: rules.restart }),
  ]
  return { moment: last.to, steps }
}

function startOf(facts: DueFacts, moment: number): Start {
  const { calendar, limit } = facts
  const day = dayOfMoment(moment)
  const cutOff = facts.cutOff ?? (limit.unit === 'same-day' ? '15:00' : undefined)
  if (cutOff && isWorkingDay(calendar, day) && moment > momentAt(day, minuteOf(cutOff))) {
    const next = workingDayAfter(calendar, day, 1)
    const opens = opening(calendar, next)
    const steps = [
      step('after-cut-off', instantOf(moment), instantOf(opens), { reason: cutOff, rule: rules.cutOff }),
    ]
    return { moment: countsHours(limit.unit) ? opens : momentAt(next + 1, 0), day: next, steps }
  }
  if (countsHours(limit.unit)) return startInHours(calendar, moment, day)
  return { moment: momentAt(day + 1, 0), day, steps: [] }
}

function countsHours(unit: LimitUnit): boolean {
  return unit === 'working-hour' || unit === 'same-day'
}

// Hours run only while the office works: what comes outside starts when it opens again.
function startInHours(calendar: Calendar, moment: number, day: number): Start {
  if (isWorkingMoment(calendar, moment)) return { moment, day, steps: [] }
  const opens = nextOpening(calendar, moment)
  const steps = [step('outside-hours', instantOf(moment), instantOf(opens), { rule: rules.outsideHours })]
  return { moment: opens, day: dayOfMoment(opens), steps }
}

function nextOpening(calendar: Calendar, moment: number): number {
  const day = dayOfMoment(moment)
  const later = isWorkingDay(calendar, day)
    ? calendar.table.sessions.map(([from]) => momentAt(day, 0) + from).find((opens) => opens >= moment)
    : undefined
  if (later !== undefined) return later
  return opening(calendar, workingDayAfter(calendar, day, 1))
}

function deadlineOf(facts: DueFacts, start: Start): Deadline {
  const { calendar, limit } = facts
  switch (limit.unit) {
    case 'working-hour': {
      const moment = addWorked(calendar, start.moment, limit.amount * hourMs)
      return { moment, steps: [countedHours(start.moment, moment, limit.amount)] }
    }
    case 'same-day':
      return { moment: closing(calendar, start.day), steps: countedDays(calendar, start.day, start.day) }
    case 'working-day': {
      const last = workingDayAfter(calendar, start.day, Math.max(1, limit.amount))
      const steps = [notCounted(start.day), ...countedDays(calendar, start.day + 1, last)]
      return { moment: closing(calendar, last), steps }
    }
    case 'day':
      return calendarDays(calendar, start.day, limit.amount, [notCounted(start.day)])
    default:
      return limit.unit satisfies never
  }
}

function calendarDays(calendar: Calendar, day: number, amount: number, before: ExplanationStep[]): Deadline {
  const last = day + amount
  const due = workingDayFrom(calendar, last)
  const counted =
    amount > 0 ? [step('counted', dateOf(day + 1), dateOf(last), { amount, unit: 'day' as const })] : []
  const moved =
    due > last ? [step('moved-to-working-day', dateOf(last), dateOf(due), { rule: rules.dayOff })] : []
  return { moment: closing(calendar, due), steps: [...before, ...counted, ...moved] }
}

function extend(facts: DueFacts, plain: Deadline): Deadline {
  const days = facts.extensionDays ?? 0
  if (days <= 0) return plain
  const { calendar, limit } = facts
  const day = dayOfMoment(plain.moment)
  const unit = limit.unit === 'day' ? 'day' : 'working-day'
  const to = unit === 'day' ? workingDayFrom(calendar, day + days) : workingDayAfter(calendar, day, days)
  const extension = step('extension', dateOf(day), dateOf(to), { amount: days, unit, rule: rules.extension })
  return { moment: closing(calendar, to), steps: [...plain.steps, extension] }
}

// A pause that begins after the due moment changes nothing: the dossier was late already.
function giveBack(facts: DueFacts, start: Start, plain: Deadline, pauses: readonly ClosedSpan[]): Deadline {
  return pauses.reduce((sofar, pause) => {
    if (pause.from >= sofar.moment) return sofar
    const moment =
      facts.limit.unit === 'day'
        ? givenBackDays(facts.calendar, sofar.moment, pause)
        : givenBackTime(facts.calendar, start.moment, sofar.moment, pause)
    return { moment, steps: [...sofar.steps, pausedStep(facts, pause, start.moment)] }
  }, plain)
}

function givenBackTime(calendar: Calendar, start: number, due: number, pause: ClosedSpan): number {
  return addWorked(calendar, due, timePaused(calendar, start, pause))
}

function givenBackDays(calendar: Calendar, due: number, pause: ClosedSpan): number {
  const days = dayOfMoment(pause.to) - dayOfMoment(pause.from)
  return closing(calendar, workingDayFrom(calendar, dayOfMoment(due) + days))
}

function timePaused(calendar: Calendar, start: number, pause: ClosedSpan): number {
  const from = Math.max(pause.from, start)
  return pause.to <= from ? 0 : workedBetween(calendar, from, pause.to)
}

function pausedStep(facts: DueFacts, pause: ClosedSpan, start = -Infinity): ExplanationStep {
  const from = instantOf(pause.from)
  const to = instantOf(pause.to)
  const about = { reason: pause.reason, rule: pauseRule(facts) }
  if (facts.limit.unit === 'day')
    return step('paused', from, to, {
      ...about,
      amount: dayOfMoment(pause.to) - dayOfMoment(pause.from),
      unit: 'day',
    })
  const amount = Math.round(timePaused(facts.calendar, start, pause) / minuteMs)
  return step('paused', from, to, { ...about, amount, unit: 'minute' })
}

function pauseRule(facts: DueFacts): Rule {
  return facts.restart === 'restart' ? rules.restart : rules.subtract
}

function notCounted(day: number): ExplanationStep {
  return step('receipt-day-not-counted', dateOf(day), dateOf(day), { rule: rules.firstDayNotCounted })
}

function countedHours(from: number, to: number, hours: number): ExplanationStep {
  return step('counted', instantOf(from), instantOf(to), { amount: hours, unit: 'working-hour' })
}

// Neighbouring days of one kind become one step, so that a long limit stays readable.
function countedDays(calendar: Calendar, first: number, last: number): ExplanationStep[] {
  const steps: ExplanationStep[] = []
  for (let day = first; day <= last; day += 1) {
    const next = dayStep(calendar, day)
    const previous = steps.at(-1)
    if (previous && previous.kind === next.kind && previous.reason === next.reason) {
      previous.to = next.to
      previous.amount = (previous.amount ?? 0) + 1
    } else steps.push(next)
  }
  return steps
}

function dayStep(calendar: Calendar, day: number): ExplanationStep {
  const date = dateOf(day)
  const special = calendar.holidays.get(date)
  if (isWorkingDay(calendar, day)) {
    const makeUp = special?.kind === 'makeup_workday' ? { reason: special.name } : {}
    return step('counted', date, date, { amount: 1, unit: 'working-day', ...makeUp })
  }
  if (!special) return step('weekend', date, date, { amount: 1, unit: 'day' })
  const kind = special.kind === 'statutory_holiday' ? 'holiday' : 'compensatory-off'
  return step(kind, date, date, { amount: 1, unit: 'day', reason: special.name, rule: rules.holiday })
}

function step(
  kind: StepKind,
  from: string,
  to: string | null,
  more: Omit<ExplanationStep, 'kind' | 'from' | 'to'> = {},
): ExplanationStep {
  return { kind, from, to, ...more }
}

interface Span {
  from: number
  to: number | null
  reason: string
}

type ClosedSpan = Span & { to: number }

function isOver(span: Span): span is ClosedSpan {
  return span.to !== null
}

function received(facts: DueFacts): ExplanationStep {
  return step('received', facts.acceptedAt, null, { rule: rules.fromCompleteDossier })
}

// Overlapping pauses count once; the first reason stands.
function mergePauses(pauses: readonly Pause[]): Span[] {
  const spans = pauses
    .map((pause) => ({
      from: momentOf(pause.from),
      to: pause.to === null ? null : momentOf(pause.to),
      reason: pause.reason,
    }))
    .filter((span) => span.to === null || span.to > span.from)
    .sort((a, b) => a.from - b.from)
  const merged: Span[] = []
  for (const span of spans) {
    const previous = merged.at(-1)
    if (!previous || (previous.to !== null && previous.to < span.from)) merged.push(span)
    else previous.to = previous.to === null || span.to === null ? null : Math.max(previous.to, span.to)
  }
  return merged
}

/**
 * Working minutes from `a` to `b`; negative when `b` is earlier. Whole minutes, towards zero.
 * @throws MissingCalendarYear
 */
export function workingMinutesBetween(calendar: Calendar, a: string, b: string): number {
  return Math.trunc(workedBetween(calendar, momentOf(a), momentOf(b)) / minuteMs)
}

/**
 * The instant that many working hours after another.
 * @throws MissingCalendarYear
 */
export function addWorkingHours(calendar: Calendar, from: string, hours: number): string {
  return instantOf(addWorked(calendar, momentOf(from), hours * hourMs))
}

/**
 * True when the office works on this date of law.
 * @throws MissingCalendarYear
 */
export function isWorkingDate(calendar: Calendar, date: string): boolean {
  return isWorkingDay(calendar, dayOf(date))
}
