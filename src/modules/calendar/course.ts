import {
  addWorked,
  type Calendar,
  closing,
  dayOfMoment,
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
import { type Addition, checkFacts, type DueFacts, type LimitUnit } from './due-facts.ts'
import { MissingCalendarYear } from './errors.ts'

const hourMs = 3_600_000

/** How a due date came about, in moments and day numbers: the sum without its words. */
export interface Course {
  /** Moment of receipt. */
  received: number
  /** What happened to the count, in order; told by `explain-course.ts`. */
  legs: Leg[]
  /** Due moment; null while the clock stands. */
  due: number | null
}

/** Why a stretch counts. */
export type Cause =
  | { is: 'limit' }
  | { is: 'addition'; addition: Addition }
  | { is: 'extension'; days: number }
  | { is: 'given-back' }

export type Leg =
  /** The count begins; what arrives after the cut-off or outside working hours begins later. */
  | { is: 'begun'; at: number; start: Start }
  /** Working days after one day up to another. */
  | { is: 'working-days'; cause: Cause; after: number; last: number }
  /** Days after one day up to another. */
  | { is: 'days'; cause: Cause; after: number; last: number }
  /** A limit in hours is extended by whole days: the rest of the day on which it ended is not one of them. */
  | { is: 'rest-of-day'; from: number; to: number }
  /** The last day of days is a day off. */
  | { is: 'moved'; last: number; due: number }
  /** Working time from one moment to another. */
  | { is: 'time'; cause: Cause; from: number; to: number; ms: number }
  /** A pause that is given back: so many milliseconds of work, or days. */
  | { is: 'paused'; pause: ClosedSpan; given: number }
  /** What ran before a pause that restarts the count is void. */
  | { is: 'void'; from: number; pause: ClosedSpan }
  /** The clock stands. */
  | { is: 'stands'; pause: Span }

export interface Start {
  /** The moment from which time counts. */
  moment: number
  /** The day that counts as the day of receipt. */
  day: number
  why: 'after-cut-off' | 'on-day-off' | 'outside-hours' | null
}

export interface Span {
  from: number
  to: number | null
  reason: string
  mode: 'restart' | 'subtract'
}
export type ClosedSpan = Span & { to: number }

/** The count so far: when it would end, and how it came there. */
interface Run {
  /** When this count began: receipt, or the end of the pause that restarted it. */
  began: number
  start: Start
  moment: number
  legs: Leg[]
}

/**
 * Counts from receipt to the due moment. Pauses are taken in order: one that begins when the dossier is late already
 * changes nothing, so that nobody becomes punctual by asking for papers too late.
 */
export function courseOf(facts: DueFacts): Course {
  checkFacts(facts)
  const received = momentOf(facts.acceptedAt)
  const spans = facts.pauses?.length ? mergePauses(facts, received) : []
  const voided: Leg[] = []
  let run = countFrom(facts, received, spans)
  for (const span of spans) {
    if (run && span.from >= run.moment) break
    if (!isOver(span))
      return { received, legs: [...voided, ...pausesOf(run), { is: 'stands', pause: span }], due: null }
    if (span.mode === 'restart') {
      voided.push({ is: 'void', from: run?.began ?? received, pause: span })
      run = countFrom(facts, span.to, spans)
    } else if (run) run = giveBack(facts, run, span)
  }
  return { received, legs: [...voided, ...run!.legs], due: run!.moment }
}

// A dossier whose count reaches a year not published yet was not late when the pause that lasts began in an earlier
// one: its clock stands, and no due date is needed.
function countFrom(facts: DueFacts, moment: number, spans: readonly Span[]): Run | undefined {
  try {
    return count(facts, moment)
  } catch (error) {
    const lasting = spans.at(-1)
    if (!(error instanceof MissingCalendarYear) || !lasting || isOver(lasting)) throw error
    if (error.year <= yearOf(dayOfMoment(lasting.from))) throw error
    return undefined
  }
}

function pausesOf(run: Run | undefined): Leg[] {
  return run?.legs.filter((leg) => leg.is === 'paused') ?? []
}

function count(facts: DueFacts, moment: number): Run {
  const start = startOf(facts, moment)
  const run: Run = { began: moment, start, moment: start.moment, legs: [{ is: 'begun', at: moment, start }] }
  addLimit(facts, run)
  if (facts.extensionDays) extend(facts, run, facts.extensionDays)
  return run
}

function startOf(facts: DueFacts, moment: number): Start {
  const { calendar, limit } = facts
  const day = dayOfMoment(moment)
  const cutOff = facts.cutOff ?? (limit.unit === 'same-day' ? '15:00' : undefined)
  if (cutOff && isWorkingDay(calendar, day) && moment > momentAt(day, minuteOf(cutOff))) {
    const next = workingDayAfter(calendar, day, 1)
    return { moment: opening(calendar, next), day: next, why: 'after-cut-off' }
  }
  if (!countsHours(limit.unit)) {
    // What comes on a Saturday must not count as received before what came on Friday after the cut-off.
    if (!cutOff || isWorkingDay(calendar, day)) return { moment, day, why: null }
    const next = workingDayFrom(calendar, day)
    return { moment: opening(calendar, next), day: next, why: 'on-day-off' }
  }
  // Hours run only while the office works: what comes outside starts when it opens again.
  if (isWorkingMoment(calendar, moment)) return { moment, day, why: null }
  const opens = nextOpening(calendar, moment)
  return { moment: opens, day: dayOfMoment(opens), why: 'outside-hours' }
}

function countsHours(unit: LimitUnit): boolean {
  return unit === 'working-hour' || unit === 'same-day'
}

function nextOpening(calendar: Calendar, moment: number): number {
  const day = dayOfMoment(moment)
  const later = isWorkingDay(calendar, day)
    ? calendar.table.sessions.map(([from]) => momentAt(day, 0) + from).find((opens) => opens >= moment)
    : undefined
  if (later !== undefined) return later
  return opening(calendar, workingDayAfter(calendar, day, 1))
}

const limitCause: Cause = { is: 'limit' }

function addLimit(facts: DueFacts, run: Run): void {
  const { limit, calendar } = facts
  const additions = (facts.additions ?? []).filter(({ days }) => days > 0)
  switch (limit.unit) {
    case 'working-hour':
      addTime(calendar, run, limitCause, limit.amount * hourMs)
      for (const addition of additions)
        addTime(calendar, run, { is: 'addition', addition }, addition.days * calendar.table.dayLength)
      return
    case 'same-day':
      endOnDay(calendar, run, limitCause, run.start.day - 1, run.start.day)
      addWorkingDays(calendar, run, additions)
      return
    // A limit of no days ends with the first day that counts.
    case 'working-day': {
      const { day } = run.start
      endOnDay(calendar, run, limitCause, day, workingDayAfter(calendar, day, Math.max(1, limit.amount)))
      addWorkingDays(calendar, run, additions)
      return
    }
    case 'day':
      addDays(calendar, run, run.start.day, [
        [limitCause, Math.max(1, limit.amount)],
        ...additions.map((addition) => [{ is: 'addition' as const, addition }, addition.days] as const),
      ])
      return
    default:
      limit.unit satisfies never
  }
}

function addWorkingDays(calendar: Calendar, run: Run, additions: readonly Addition[]): void {
  for (const addition of additions) {
    const day = dayOfMoment(run.moment)
    endOnDay(calendar, run, { is: 'addition', addition }, day, workingDayAfter(calendar, day, addition.days))
  }
}

function endOnDay(calendar: Calendar, run: Run, cause: Cause, after: number, last: number): void {
  run.moment = closing(calendar, last)
  run.legs.push({ is: 'working-days', cause, after, last })
}

function addTime(calendar: Calendar, run: Run, cause: Cause, ms: number): void {
  const from = run.moment
  run.moment = addWorked(calendar, from, ms)
  run.legs.push({ is: 'time', cause, from, to: run.moment, ms })
}

// Days count whether the office works or not; only the last one moves to a working day.
function addDays(
  calendar: Calendar,
  run: Run,
  day: number,
  amounts: readonly (readonly [Cause, number])[],
): void {
  let last = day
  for (const [cause, amount] of amounts) {
    if (amount > 0) run.legs.push({ is: 'days', cause, after: last, last: last + amount })
    last += amount
  }
  const due = workingDayFrom(calendar, last)
  if (due > last) run.legs.push({ is: 'moved', last, due })
  run.moment = closing(calendar, due)
}

function extend({ calendar, limit }: DueFacts, run: Run, days: number): void {
  const day = dayOfMoment(run.moment)
  const cause: Cause = { is: 'extension', days }
  if (limit.unit === 'day') {
    addDays(calendar, run, day, [[cause, days]])
    return
  }
  const closes = closing(calendar, day)
  if (run.moment < closes) run.legs.push({ is: 'rest-of-day', from: run.moment, to: closes })
  endOnDay(calendar, run, cause, day, workingDayAfter(calendar, day, days))
}

function giveBack({ calendar, limit }: DueFacts, run: Run, pause: ClosedSpan): Run {
  const given =
    limit.unit === 'day'
      ? daysPaused(run.start, pause)
      : timePaused(calendar, countedFrom(limit.unit, run.start), pause)
  const next: Run = { ...run, legs: [...run.legs, { is: 'paused', pause, given }] }
  if (given === 0) return next
  if (limit.unit === 'day') addDays(calendar, next, dayOfMoment(run.moment), [[{ is: 'given-back' }, given]])
  else addTime(calendar, next, { is: 'given-back' }, given)
  return next
}

// The day of receipt does not count, so nothing of it is given back.
function countedFrom(unit: LimitUnit, start: Start): number {
  return unit === 'working-day' ? momentAt(start.day + 1, 0) : start.moment
}

function timePaused(calendar: Calendar, start: number, pause: ClosedSpan): number {
  const from = Math.max(pause.from, start)
  return pause.to <= from ? 0 : workedBetween(calendar, from, pause.to)
}

function daysPaused(start: Start, pause: ClosedSpan): number {
  return Math.max(0, dayOfMoment(pause.to) - Math.max(start.day, dayOfMoment(pause.from)))
}

function isOver(span: Span): span is ClosedSpan {
  return span.to !== null
}

// Overlapping pauses count once; the first reason stands, and what restarts the count restarts it.
function mergePauses({ pauses = [], restart = 'subtract' }: DueFacts, received: number): Span[] {
  const spans = pauses
    .map(({ from, to, reason, mode = restart }) => ({
      from: Math.max(received, momentOf(from)),
      to: to === null ? null : momentOf(to),
      reason,
      mode,
    }))
    .filter((span) => span.to === null || span.to > span.from)
    .sort((a, b) => a.from - b.from)
  const merged: Span[] = []
  for (const span of spans) {
    const previous = merged.at(-1)
    if (!previous || (previous.to !== null && previous.to < span.from)) merged.push(span)
    else {
      previous.to = previous.to === null || span.to === null ? null : Math.max(previous.to, span.to)
      if (span.mode === 'restart') previous.mode = 'restart'
    }
  }
  return merged
}
