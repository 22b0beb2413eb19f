import { at, dateOfLaw, zoned } from '../../kernel/time.ts'
import { type Calendar, isWorkingDate, MissingCalendarYear } from '../calendar/index.ts'

/** How a counter takes bookings for one procedure. */
export interface Opening {
  isOpen: boolean
  /** Minutes of one time, and how many people may come at it. */
  slotMinutes: number
  capacity: number
  /** Calendar days ahead that can be booked. */
  daysAhead: number
  /** Minutes before a time begins at which it can be booked last. */
  noticeMinutes: number
}

export interface Slot {
  /** Instants. */
  startsAt: string
  endsAt: string
  /** Seats that are still free. */
  free: number
}

export interface SlotDay {
  date: string
  slots: Slot[]
}

/** Whole times of the sessions of a date on which the office receives people; none on days off. Pure. */
export function slotsOn(calendar: Calendar, date: string, { slotMinutes }: Pick<Opening, 'slotMinutes'>) {
  return sessionsOn(calendar, date).flatMap(([from, to]) => {
    const [start, end] = [at(date, from).getTime(), at(date, to).getTime()]
    const length = slotMinutes * 60_000
    return Array.from({ length: Math.floor((end - start) / length) }, (_, i) => ({
      startsAt: new Date(start + i * length).toISOString(),
      endsAt: new Date(start + (i + 1) * length).toISOString(),
    }))
  })
}

function sessionsOn(calendar: Calendar, date: string): readonly (readonly [string, string])[] {
  try {
    if (isWorkingDate(calendar, date)) return calendar.hours
  } catch (error) {
    // Nobody promises a time in a year whose days off are not published.
    if (error instanceof MissingCalendarYear) return []
    throw error
  }
  const isSaturday = zoned(at(date, '12:00')).dayOfWeek === 6
  const isHoliday = calendar.holidays.has(date)
  return isSaturday && !isHoliday && calendar.saturdayDesk ? [calendar.saturdayDesk] : []
}

/** The days that can be booked as of now, each with its times; days without any are left out. Pure. */
export function bookableDays(
  calendar: Calendar,
  opening: Opening,
  { taken, now }: { taken: ReadonlyMap<string, number>; now: Date },
): SlotDay[] {
  if (!opening.isOpen) return []
  const first = Temporal.PlainDate.from(dateOfLaw(now))
  const earliest = new Date(now.getTime() + opening.noticeMinutes * 60_000).toISOString()
  return Array.from({ length: opening.daysAhead + 1 }, (_, i) => first.add({ days: i }).toString())
    .map((date) => ({
      date,
      slots: slotsOn(calendar, date, opening)
        .filter(({ startsAt }) => startsAt >= earliest)
        .map((slot) => ({ ...slot, free: Math.max(0, opening.capacity - (taken.get(slot.startsAt) ?? 0)) })),
    }))
    .filter(({ slots }) => slots.length > 0)
}
