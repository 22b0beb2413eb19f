import {
  addWorked,
  type Calendar,
  dayOf,
  instantOf,
  isWorkingDay,
  momentOf,
  workedBetween,
} from './calendar.ts'
import { ImpossibleClockFacts } from './errors.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * Working minutes from `a` to `b`; negative when `b` is earlier. Whole minutes, towards zero.
 * @throws MissingCalendarYear
 */
export function workingMinutesBetween(calendar: Calendar, a: string, b: string): number {
  return Math.trunc(workedBetween(calendar, momentOf(a), momentOf(b)) / minuteMs)
}

/**
 * The instant that many working hours after another; none more: the instant itself.
 * @throws MissingCalendarYear
 */
export function addWorkingHours(calendar: Calendar, from: string, hours: number): string {
  if (!Number.isFinite(hours)) throw new ImpossibleClockFacts('hours', `not a number of hours: ${hours}`)
  return instantOf(addWorked(calendar, momentOf(from), hours * hourMs))
}

/**
 * True when the office works on this date of law.
 * @throws MissingCalendarYear
 */
export function isWorkingDate(calendar: Calendar, date: string): boolean {
  return isWorkingDay(calendar, dayOf(date))
}
