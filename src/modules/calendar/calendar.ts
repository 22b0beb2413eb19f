import { z } from 'zod'

// Law counts in the time of Việt Nam, which has been UTC+7 without summer time since 1975:
// inside this module a moment is that wall clock as whole milliseconds, so that sums stay exact.
const offsetMs = 7 * 3_600_000
const dayMs = 86_400_000
const minuteMs = 60_000

/** Days known to every calendar; a due date beyond them is a mistake in its facts. */
const firstYear = 2010
const lastYear = 2060

export const SpecialDayKind = z.enum([
  'statutory_holiday',
  'compensatory_off',
  'swapped_off',
  'makeup_workday',
])
export type SpecialDayKind = z.infer<typeof SpecialDayKind>

export const SpecialDay = z.object({
  date: z.iso.date(),
  kind: SpecialDayKind,
  name: z.string(),
  status: z.enum(['official', 'recalled', 'provisional', 'pending']),
  basis: z.string(),
})
export type SpecialDay = z.infer<typeof SpecialDay>

export interface CalendarSource {
  /** Names the versions used, such as `VN-2026.1`. */
  version: string
  /** ISO weekdays on which the office works; Monday is 1. */
  weekdays: readonly number[]
  /** Working sessions of a day, wall time, in order. */
  sessions: readonly (readonly [string, string])[]
  /** Saturday sessions that receive people; they run no clock. */
  saturdayDesk?: readonly [string, string] | null
  days: readonly SpecialDay[]
}

/** Working time of one authority, with running sums that make every question a look-up. */
export interface Calendar {
  readonly version: string
  readonly weekdays: readonly number[]
  readonly hours: readonly (readonly [string, string])[]
  readonly saturdayDesk: readonly [string, string] | null
  readonly holidays: ReadonlyMap<string, SpecialDay>
  /** Working minutes of a full day: what "one day" means in time left. */
  readonly minutesPerDay: number
  /** @internal */
  readonly table: DayTable
}

interface DayTable {
  readonly first: number
  /** 1 on working days. */
  readonly working: Uint8Array
  /** Working days before the day at this index. */
  readonly daysBefore: Int32Array
  /** Day number of the nth working day. */
  readonly workingDays: Int32Array
  /** Sessions in milliseconds of the day. */
  readonly sessions: readonly (readonly [number, number])[]
  /** Working time of a full day, in milliseconds. */
  readonly dayLength: number
}

/** Builds a calendar; days that are only announced (`pending`) change nothing. */
export function makeCalendar(source: CalendarSource): Calendar {
  const sessions = source.sessions.map(
    ([from, to]) => [minuteOf(from) * minuteMs, minuteOf(to) * minuteMs] as const,
  )
  const holidays = new Map(source.days.filter(isLaw).map((day) => [day.date, day]))
  return {
    version: source.version,
    weekdays: source.weekdays,
    hours: source.sessions,
    saturdayDesk: source.saturdayDesk ?? null,
    holidays,
    minutesPerDay: lengthOf(sessions) / minuteMs,
    table: dayTable(new Set(source.weekdays), holidays, sessions),
  }
}

function isLaw(day: SpecialDay): boolean {
  return day.status !== 'pending'
}

function dayTable(
  weekdays: ReadonlySet<number>,
  holidays: ReadonlyMap<string, SpecialDay>,
  sessions: readonly (readonly [number, number])[],
): DayTable {
  const first = dayOf(`${firstYear}-01-01`)
  const size = dayOf(`${lastYear}-12-31`) - first + 1
  const working = new Uint8Array(size)
  for (let i = 0; i < size; i += 1) working[i] = weekdays.has(weekdayOf(first + i)) ? 1 : 0
  for (const [date, day] of holidays) working[dayOf(date) - first] = day.kind === 'makeup_workday' ? 1 : 0
  const daysBefore = new Int32Array(size + 1)
  for (let i = 0; i < size; i += 1) daysBefore[i + 1] = daysBefore[i]! + working[i]!
  const workingDays = new Int32Array(daysBefore[size]!)
  for (let i = 0; i < size; i += 1) if (working[i]) workingDays[daysBefore[i]!] = first + i
  return { first, working, daysBefore, workingDays, sessions, dayLength: lengthOf(sessions) }
}

function lengthOf(sessions: readonly (readonly [number, number])[]): number {
  return sessions.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** Day number (days since 1 January 1970) of a date of law. */
export function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs)
}

/** Date of law of a day number. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** ISO weekday of a day number; Monday is 1. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The moment of an instant. */
export function momentOf(instant: string): number {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`)
  return ms + offsetMs
}

/** The instant (UTC, ISO 8601) of a moment. */
export function instantOf(moment: number): string {
  return new Date(moment - offsetMs).toISOString()
}

/** Day number of a moment. */
export function dayOfMoment(moment: number): number {
  return Math.floor(moment / dayMs)
}

/** The moment at a minute of a day. */
export function momentAt(day: number, minute: number): number {
  return day * dayMs + minute * minuteMs
}

/** Minute of the day of a wall time such as `15:00`. */
export function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return hours! * 60 + minutes!
}

/** True on a day on which the office works, make-up days included. */
export function isWorkingDay(calendar: Calendar, day: number): boolean {
  return calendar.table.working[indexOf(calendar, day)] === 1
}

/** The nth working day after a day, the day itself not counted; n ≥ 1. */
export function workingDayAfter(calendar: Calendar, day: number, n: number): number {
  const { daysBefore, workingDays } = calendar.table
  return inRange(workingDays[daysBefore[indexOf(calendar, day) + 1]! + n - 1])
}

/** The day itself when the office works, else the next day on which it does. */
export function workingDayFrom(calendar: Calendar, day: number): number {
  const { daysBefore, workingDays } = calendar.table
  return inRange(workingDays[daysBefore[indexOf(calendar, day)]!])
}

/** When work begins on a day, in moments. */
export function opening(calendar: Calendar, day: number): number {
  return momentAt(day, 0) + calendar.table.sessions[0]![0]
}

/** When work ends on a day, in moments. */
export function closing(calendar: Calendar, day: number): number {
  return momentAt(day, 0) + calendar.table.sessions.at(-1)![1]
}

/** True while a session runs: opening counts as inside, closing does not. */
export function isWorkingMoment(calendar: Calendar, moment: number): boolean {
  const day = dayOfMoment(moment)
  const into = moment - momentAt(day, 0)
  return (
    isWorkingDay(calendar, day) && calendar.table.sessions.some(([from, to]) => into >= from && into < to)
  )
}

/** Working time from the calendar's first day until a moment, in milliseconds. */
export function workedUntil(calendar: Calendar, moment: number): number {
  const { daysBefore, working, dayLength } = calendar.table
  const day = dayOfMoment(moment)
  const index = indexOf(calendar, day)
  const whole = daysBefore[index]! * dayLength
  return working[index] ? whole + workedInto(calendar, moment - momentAt(day, 0)) : whole
}

/** The earliest moment by which that much more working time (ms) has passed; none more: the moment itself. */
export function addWorked(calendar: Calendar, moment: number, ms: number): number {
  if (ms <= 0) return moment
  const { dayLength, workingDays, sessions } = calendar.table
  const target = workedUntil(calendar, moment) + Math.round(ms)
  const whole = Math.ceil(target / dayLength) - 1
  const day = inRange(workingDays[whole])
  let left = target - whole * dayLength
  for (const [from, to] of sessions) {
    if (left <= to - from) return momentAt(day, 0) + from + left
    left -= to - from
  }
  return closing(calendar, day)
}

function workedInto(calendar: Calendar, into: number): number {
  let sum = 0
  for (const [from, to] of calendar.table.sessions) sum += Math.max(0, Math.min(into, to) - from)
  return sum
}

function indexOf(calendar: Calendar, day: number): number {
  const index = day - calendar.table.first
  if (!(index >= 0 && index < calendar.table.working.length)) throw outOfRange()
  return index
}

function inRange(day: number | undefined): number {
  if (day === undefined) throw outOfRange()
  return day
}

function outOfRange(): RangeError {
  return new RangeError(`calendars hold the days of ${firstYear} to ${lastYear} only`)
}
