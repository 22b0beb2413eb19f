import {
  type Calendar,
  closing,
  dateOf,
  dayOfMoment,
  instantOf,
  isWorkingDay,
  momentAt,
  opening,
  type SpecialDay,
  specialDay,
  workedBetween,
} from './calendar.ts'
import type { Cause, ClosedSpan, Course, Leg, Start } from './course.ts'
import type { DueFacts } from './due-facts.ts'
import { type Rule, rules } from './rules.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export type StepKind =
  | 'received'
  | 'after-cut-off'
  | 'on-day-off'
  | 'outside-hours'
  | 'receipt-day-not-counted'
  | 'counted'
  | 'weekend'
  | 'holiday'
  | 'compensatory-off'
  | 'rest-of-day'
  | 'moved-to-working-day'
  | 'addition'
  | 'paused'
  | 'void'
  | 'restarted'
  | 'extension'
  | 'due'

/**
 * One step of "why this date". `from` and `to` are dates for whole days and instants for moments; `amount` is in
 * `unit`; `reason` is the name of a holiday or the reason of a pause or addition.
 *
 * Steps that cover time follow each other without a gap from receipt to due. `addition`, `extension` and `paused`
 * say why more is counted; the steps after them count it. Amounts of `counted` sum to limit, additions, extension and
 * what pauses give back.
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

/** The steps of a course, in order. */
export function stepsOf(facts: DueFacts, course: Course): ExplanationStep[] {
  const steps = course.legs.flatMap((leg) => legSteps(facts, leg))
  const due = course.due === null ? [] : [step('due', instantOf(course.due), null)]
  return [
    step('received', instantOf(course.received), null, { rule: rules.fromCompleteDossier }),
    ...steps,
    ...due,
  ]
}

function legSteps(facts: DueFacts, leg: Leg): ExplanationStep[] {
  const { calendar } = facts
  switch (leg.is) {
    case 'begun':
      return begunSteps(facts, leg.at, leg.start)
    case 'working-days':
      return [
        ...causeSteps(facts, leg.cause, dateOf(leg.after), dateOf(leg.last)),
        ...countedDays(calendar, leg.after + 1, leg.last),
      ]
    case 'days':
      return [
        ...causeSteps(facts, leg.cause, dateOf(leg.after), dateOf(leg.last)),
        step('counted', dateOf(leg.after + 1), dateOf(leg.last), {
          amount: leg.last - leg.after,
          unit: 'day',
        }),
      ]
    case 'rest-of-day':
      return [step('rest-of-day', instantOf(leg.from), instantOf(leg.to), { rule: rules.firstDayNotCounted })]
    case 'moved':
      return [step('moved-to-working-day', dateOf(leg.last), dateOf(leg.due), { rule: rules.dayOff })]
    case 'time':
      return [
        ...causeSteps(facts, leg.cause, instantOf(leg.from), instantOf(leg.to)),
        ...countedTime(calendar, leg),
      ]
    case 'paused':
      return [givenStep(facts, leg.pause, leg.given)]
    case 'void':
      return voidSteps(leg.from, leg.pause)
    case 'stands': {
      const { from, reason, mode } = leg.pause
      return [step('paused', instantOf(from), null, { reason, rule: rules[mode] })]
    }
    default:
      return leg satisfies never
  }
}

function begunSteps(facts: DueFacts, at: number, start: Start): ExplanationStep[] {
  const cutOff = facts.cutOff ?? '15:00'
  const opens = instantOf(start.moment)
  const later = {
    'after-cut-off': { reason: cutOff, rule: rules.cutOff },
    'on-day-off': { rule: rules.cutOff },
    'outside-hours': { rule: rules.outsideHours },
  }
  const begins = start.why ? [step(start.why, instantOf(at), opens, later[start.why])] : []
  const { unit } = facts.limit
  if (unit === 'working-hour' || unit === 'same-day') return begins
  const day = dateOf(start.day)
  return [...begins, step('receipt-day-not-counted', day, day, { rule: rules.firstDayNotCounted })]
}

function causeSteps({ limit }: DueFacts, cause: Cause, from: string, to: string): ExplanationStep[] {
  const unit = limit.unit === 'day' ? 'day' : 'working-day'
  if (cause.is === 'addition') {
    const { days, reason, rule = rules.addition } = cause.addition
    return [step('addition', from, to, { amount: days, unit, reason, rule })]
  }
  if (cause.is === 'extension')
    return [step('extension', from.slice(0, 10), to, { amount: cause.days, unit, rule: rules.extension })]
  return []
}

function givenStep({ limit }: DueFacts, pause: ClosedSpan, given: number): ExplanationStep {
  const about = { reason: pause.reason, rule: rules.subtract }
  const amount =
    limit.unit === 'day'
      ? { amount: given, unit: 'day' as const }
      : { amount: Math.round(given / minuteMs), unit: 'minute' as const }
  return step('paused', instantOf(pause.from), instantOf(pause.to), { ...about, ...amount })
}

function voidSteps(from: number, { from: pausedAt, to, reason }: ClosedSpan): ExplanationStep[] {
  const ran =
    pausedAt > from ? [step('void', instantOf(from), instantOf(pausedAt), { rule: rules.restart })] : []
  return [
    ...ran,
    step('paused', instantOf(pausedAt), instantOf(to), { reason, rule: rules.restart }),
    step('restarted', instantOf(to), null, { rule: rules.restart }),
  ]
}

// Neighbouring days of one kind become one step, so that a long limit stays readable.
function countedDays(calendar: Calendar, first: number, last: number): ExplanationStep[] {
  const steps: ExplanationStep[] = []
  for (let from = first; from <= last; ) {
    const works = isWorkingDay(calendar, from)
    const special = specialDay(calendar, from)
    let to = from
    while (
      to < last &&
      isWorkingDay(calendar, to + 1) === works &&
      sameDayOff(special, specialDay(calendar, to + 1))
    )
      to += 1
    steps.push(dayStep(works, special, from, to))
    from = to + 1
  }
  return steps
}

function sameDayOff(one: SpecialDay | undefined, other: SpecialDay | undefined): boolean {
  return one?.kind === other?.kind && one?.name === other?.name
}

function dayStep(works: boolean, special: SpecialDay | undefined, from: number, to: number): ExplanationStep {
  const amount = to - from + 1
  const [first, last] = [dateOf(from), dateOf(to)]
  if (works) {
    const makeUp = special?.kind === 'makeup_workday' ? { reason: special.name } : {}
    return step('counted', first, last, { amount, unit: 'working-day', ...makeUp })
  }
  if (!special) return step('weekend', first, last, { amount, unit: 'day' })
  const kind = special.kind === 'statutory_holiday' ? 'holiday' : 'compensatory-off'
  return step(kind, first, last, { amount, unit: 'day', reason: special.name, rule: rules.holiday })
}

// Time is told in stretches of neighbouring working days; nights and breaks are not listed, days off are.
function countedTime(calendar: Calendar, { from, to, ms, cause }: Leg & { is: 'time' }): ExplanationStep[] {
  const stretches = stretchesOf(calendar, from, to)
  const [only] = stretches
  if (stretches.length === 1 && only?.works && cause.is === 'limit')
    return [step('counted', instantOf(from), instantOf(to), { amount: ms / hourMs, unit: 'working-hour' })]
  return stretches.flatMap((stretch) =>
    stretch.works
      ? [countedStretch(calendar, from, stretch)]
      : countedDays(calendar, dayOfMoment(stretch.from), dayOfMoment(stretch.to)),
  )
}

interface Stretch {
  works: boolean
  from: number
  to: number
}

function stretchesOf(calendar: Calendar, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let day = dayOfMoment(from); day <= dayOfMoment(to); day += 1) {
    const works = isWorkingDay(calendar, day)
    const begins = works ? Math.max(from, opening(calendar, day)) : momentAt(day, 0)
    const ends = works ? Math.min(to, closing(calendar, day)) : momentAt(day, 0)
    if (works && workedBetween(calendar, begins, Math.max(begins, ends)) === 0) continue
    const previous = stretches.at(-1)
    if (previous?.works === works) previous.to = ends
    else stretches.push({ works, from: begins, to: ends })
  }
  return stretches
}

// Rounded on the running sum, so that the minutes of all stretches sum to those of the whole.
function countedStretch(calendar: Calendar, start: number, { from, to }: Stretch): ExplanationStep {
  const until = (moment: number) => Math.round(workedBetween(calendar, start, moment) / minuteMs)
  return step('counted', instantOf(from), instantOf(to), { amount: until(to) - until(from), unit: 'minute' })
}

function step(
  kind: StepKind,
  from: string,
  to: string | null,
  more: Omit<ExplanationStep, 'kind' | 'from' | 'to'> = {},
): ExplanationStep {
  return { kind, from, to, ...more }
}
