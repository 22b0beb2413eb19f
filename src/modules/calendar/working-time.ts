import {
  addWorked,
  type Calendar,
  closing,
  dayOf,
  instantOf,
  isWorkingDay,
  momentOf,
  takeOffWorked,
  workedBetween,
  workingDayFrom,
} from './calendar.ts'
import { ImpossibleClockFacts, MissingCalendarYear } from './errors.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * Working minutes from `a` to `b`; negative when `b` is earlier. Whole minutes, towards zero.
 * @throws MissingCalendarYear
 */
export function workingMinutesBetween(calendar: Calendar, a: string, b: string): number {
  return Math.trunc(workedBetween(calendar, momentOf(a), momentOf(b)) / minuteMs)
}

/** The same for showing, where a page must go on: NaN when it needs a year whose days off were not published. */
export function workingMinutesOrNone(calendar: Calendar, a: string, b: string): number {
  try {
    return workingMinutesBetween(calendar, a, b)
  } catch (error) {
    if (error instanceof MissingCalendarYear) return Number.NaN
    throw error
  }
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
 * The instant that many working hours before another: the latest from which so much working time is left.
 * @throws MissingCalendarYear
 */
export function workingHoursBefore(calendar: Calendar, until: string, hours: number): string {
  if (!Number.isFinite(hours)) throw new ImpossibleClockFacts('hours', `not a number of hours: ${hours}`)
  return instantOf(takeOffWorked(calendar, momentOf(until), hours * hourMs))
}

/**
 * True when the office works on this date of law.
 * @throws MissingCalendarYear
 */
export function isWorkingDate(calendar: Calendar, date: string): boolean {
  return isWorkingDay(calendar, dayOf(date))
}

/**
 * When work ends on a date of law, as an instant; a day off ends with the next working day
 * (Bộ luật Dân sự 2015, Điều 148).
 * @throws MissingCalendarYear
 */
export function endOfWork(calendar: Calendar, date: string): string {
  return instantOf(closing(calendar, workingDayFrom(calendar, dayOf(date))))
}
