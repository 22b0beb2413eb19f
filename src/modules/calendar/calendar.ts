import { z } from 'zod'
import { ImpossibleClockFacts, MissingCalendarYear } from './errors.ts'

// Law counts in the time of Việt Nam, which has been UTC+7 without summer time since 1975:
// inside this module a moment is that wall clock as whole milliseconds, so that sums stay exact.
const offsetMs = 7 * 3_600_000
const dayMs = 86_400_000
const minuteMs = 60_000

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
  /** Years whose days off were published, also those without any; those of `days` when not stated. */
  years?: readonly number[]
  /** Who publishes them; national when not stated. */
  territory?: string
}

/** Working time of one authority, with running sums that make every question a look-up. */
export interface Calendar {
  readonly version: string
  readonly territory: string
  /** Years it can answer for, in order; a question that needs another year throws `MissingCalendarYear`. */
  readonly years: readonly number[]
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
  /** Day number of the first day of the first year. */
  readonly first: number
  /** Index of the last day before the next year that is not known; -1 on the days of such a year. */
  readonly lastKnown: Int32Array
  /** 1 on working days. */
  readonly working: Uint8Array
  /** Days of `holidays` by day number. */
  readonly special: ReadonlyMap<number, SpecialDay>
  /** Working days before the day at this index. */
  readonly daysBefore: Int32Array
  /** Day number of the nth working day. */
  readonly workingDays: Int32Array
  /** Sessions in milliseconds of the day. */
  readonly sessions: readonly (readonly [number, number])[]
  /** Working time of a full day, in milliseconds. */
  readonly dayLength: number
}

/**
 * Builds a calendar; days that are only announced (`pending`) change nothing.
 * @throws ImpossibleClockFacts when the office never works or its sessions are out of order
 */
export function makeCalendar(source: CalendarSource): Calendar {
  const sessions = source.sessions.map(
    ([from, to]) => [minuteOf(from) * minuteMs, minuteOf(to) * minuteMs] as const,
  )
  if (source.weekdays.length === 0 || !inOrder(sessions))
    throw new ImpossibleClockFacts('sessions', 'a calendar needs weekdays and working sessions in order')
  const holidays = new Map(source.days.filter(isLaw).map((day) => [day.date, day]))
  const years = [...new Set(source.years ?? source.days.map(({ date }) => yearOf(dayOf(date))))].sort(
    (a, b) => a - b,
  )
  return {
    version: source.version,
    territory: source.territory ?? 'VN',
    years,
    weekdays: source.weekdays,
    hours: source.sessions,
    saturdayDesk: source.saturdayDesk ?? null,
    holidays,
    minutesPerDay: lengthOf(sessions) / minuteMs,
    table: dayTable({ years, weekdays: new Set(source.weekdays), holidays, sessions }),
  }
}

function isLaw(day: SpecialDay): boolean {
  return day.status !== 'pending'
}

function inOrder(sessions: readonly (readonly [number, number])[]): boolean {
  const times = sessions.flat()
  return times.length > 0 && times.every((time, i) => i === 0 || time > times[i - 1]!)
}

function dayTable(source: {
  years: readonly number[]
  weekdays: ReadonlySet<number>
  holidays: ReadonlyMap<string, SpecialDay>
  sessions: readonly (readonly [number, number])[]
}): DayTable {
  const { years, weekdays, holidays, sessions } = source
  const first = years.length > 0 ? firstDayOf(years[0]!) : 0
  const size = years.length > 0 ? firstDayOf(years.at(-1)! + 1) - first : 0
  const lastKnown = lastKnownDays(years, first, size)
  const working = new Uint8Array(size)
  for (let i = 0; i < size; i += 1)
    working[i] = lastKnown[i]! >= 0 && weekdays.has(weekdayOf(first + i)) ? 1 : 0
  const special = new Map([...holidays].map(([date, day]) => [dayOf(date), day]))
  for (const [number, day] of special) {
    const i = number - first
    if (i >= 0 && i < size && lastKnown[i]! >= 0) working[i] = day.kind === 'makeup_workday' ? 1 : 0
  }
  const daysBefore = new Int32Array(size + 1)
  for (let i = 0; i < size; i += 1) daysBefore[i + 1] = daysBefore[i]! + working[i]!
  const workingDays = new Int32Array(daysBefore[size]!)
  for (let i = 0; i < size; i += 1) if (working[i]) workingDays[daysBefore[i]!] = first + i
  return {
    first,
    lastKnown,
    working,
    special,
    daysBefore,
    workingDays,
    sessions,
    dayLength: lengthOf(sessions),
  }
}

function lastKnownDays(years: readonly number[], first: number, size: number): Int32Array {
  const known = new Int32Array(size).fill(-1)
  let last = -1
  for (const year of years.toReversed()) {
    const [from, next] = [firstDayOf(year) - first, firstDayOf(year + 1) - first]
    if (next === size || known[next] === -1) last = next - 1
    known.fill(last, from, next)
  }
  return known
}

function firstDayOf(year: number): number {
  return Math.round(Date.UTC(year, 0, 1) / dayMs)
}

/** Calendar year of a day number. */
export function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear()
}

function lengthOf(sessions: readonly (readonly [number, number])[]): number {
  return sessions.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** Day number (days since 1 January 1970) of a date of law. */
export function dayOf(date: string): number {
  const day = Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs)
  // 30 February would be read as 2 March.
  if (Number.isNaN(day) || dateOf(day) !== date) throw new ImpossibleClockFacts('date', `not a date: ${date}`)
  return day
}

// A date is written thousands of times, and writing it is most of the work of an explanation.
const datesWritten = new Map<number, string>()

/** Date of law of a day number. */
export function dateOf(day: number): string {
  const written = datesWritten.get(day)
  if (written !== undefined) return written
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  if (datesWritten.size < 100_000) datesWritten.set(day, date)
  return date
}

/** ISO weekday of a day number; Monday is 1. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

const [firstInstant, lastInstant] = [Date.UTC(1901, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)]

/** The moment of an instant of the years 1901 to 9999. */
export function momentOf(instant: string): number {
  const ms = Date.parse(instant)
  if (!(ms >= firstInstant && ms <= lastInstant))
    throw new ImpossibleClockFacts('instant', `not an instant: ${instant}`)
  return ms + offsetMs
}

/** The instant (UTC, ISO 8601) of a moment. */
export function instantOf(moment: number): string {
  const ms = moment - offsetMs
  const day = dayOfMoment(ms)
  const minute = (ms - day * dayMs) / minuteMs
  // Years of four digits only, and whole minutes, as due dates have them.
  if (!Number.isInteger(minute) || day < 0 || day > 2_000_000) return new Date(ms).toISOString()
  return dateOf(day) + timesOfDay[minute]!
}

const twoDigits = (number: number) => String(number).padStart(2, '0')
const timesOfDay = Array.from(
  { length: 24 * 60 },
  (_, minute) => `T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:00.000Z`,
)

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
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    throw new ImpossibleClockFacts('time', `not a time of day: ${time}`)
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** True on a day on which the office works, make-up days included. */
export function isWorkingDay(calendar: Calendar, day: number): boolean {
  return calendar.table.working[indexOf(calendar, day)] === 1
}

/** What was published for a day, if anything. */
export function specialDay(calendar: Calendar, day: number): SpecialDay | undefined {
  return calendar.table.special.get(day)
}

/** The nth working day after a day, the day itself not counted; n ≥ 1. */
export function workingDayAfter(calendar: Calendar, day: number, n: number): number {
  const from = indexOf(calendar, day + 1)
  return workingDayNumber(calendar, from, calendar.table.daysBefore[from]! + n - 1)
}

/** The day itself when the office works, else the next day on which it does. */
export function workingDayFrom(calendar: Calendar, day: number): number {
  const from = indexOf(calendar, day)
  return workingDayNumber(calendar, from, calendar.table.daysBefore[from]!)
}

// The whole way from the day at index `from` must be known: every working day on it was counted.
function workingDayNumber(calendar: Calendar, from: number, n: number): number {
  const { workingDays, lastKnown, first } = calendar.table
  const day = workingDays[n]
  const end = first + lastKnown[from]!
  if (day === undefined || day > end) throw missing(calendar, end + 1)
  return day
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

/** Working time from one moment to another, in milliseconds; negative when the second is earlier. */
export function workedBetween(calendar: Calendar, from: number, to: number): number {
  if (to < from) return 0 - workedBetween(calendar, to, from)
  const { first, lastKnown } = calendar.table
  const end = first + lastKnown[indexOf(calendar, dayOfMoment(from))]!
  if (dayOfMoment(to) > end) throw missing(calendar, end + 1)
  return workedUntil(calendar, to) - workedUntil(calendar, from)
}

/** The earliest moment by which that much more working time (ms) has passed; none more: the moment itself. */
export function addWorked(calendar: Calendar, moment: number, ms: number): number {
  if (ms <= 0) return moment
  const { dayLength, sessions } = calendar.table
  const target = workedUntil(calendar, moment) + Math.round(ms)
  const whole = Math.ceil(target / dayLength) - 1
  const day = workingDayNumber(calendar, indexOf(calendar, dayOfMoment(moment)), whole)
  let left = target - whole * dayLength
  for (const [from, to] of sessions) {
    if (left <= to - from) return momentAt(day, 0) + from + left
    left -= to - from
  }
  return closing(calendar, day)
}

/** The latest moment from which that much working time (ms) is left until another; none: the moment itself. */
export function takeOffWorked(calendar: Calendar, moment: number, ms: number): number {
  if (ms <= 0) return moment
  const { dayLength, sessions, workingDays, first } = calendar.table
  const target = workedUntil(calendar, moment) - Math.round(ms)
  const whole = Math.floor(target / dayLength)
  const day = workingDays[whole]
  if (day === undefined) throw missing(calendar, first - 1)
  let left = target - whole * dayLength
  for (const [from, to] of sessions) {
    const at = momentAt(day, 0) + from + left
    // Every day between the two must be known.
    if (left < to - from && workedBetween(calendar, at, moment) >= 0) return at
    left -= to - from
  }
  return closing(calendar, day)
}

// Running sum since the first day; only differences inside known years mean something.
function workedUntil(calendar: Calendar, moment: number): number {
  const { daysBefore, working, dayLength } = calendar.table
  const day = dayOfMoment(moment)
  const index = indexOf(calendar, day)
  const whole = daysBefore[index]! * dayLength
  return working[index] ? whole + workedInto(calendar, moment - momentAt(day, 0)) : whole
}

function workedInto(calendar: Calendar, into: number): number {
  let sum = 0
  for (const [from, to] of calendar.table.sessions) sum += Math.max(0, Math.min(into, to) - from)
  return sum
}

function indexOf(calendar: Calendar, day: number): number {
  const { first, lastKnown } = calendar.table
  const index = day - first
  if (!(index >= 0 && index < lastKnown.length && lastKnown[index]! >= 0)) throw missing(calendar, day)
  return index
}

function missing(calendar: Calendar, day: number): MissingCalendarYear {
  return new MissingCalendarYear(calendar.territory, yearOf(day))
}
