import { type Db, inTransaction } from '../../kernel/db.ts'
import { defaultLocale, type Locale, messages } from '../../kernel/i18n.ts'
import { dateOfLaw, zoned } from '../../kernel/time.ts'
import { type Calendar, isWorkingDate, loadCalendar, MissingCalendarYear } from '../calendar/index.ts'
import {
  type NotificationsParts,
  plainLetters,
  type Reminder,
  remindPerson,
  smsLimit,
} from '../notifications/index.ts'
import { type Booking, findBooking, startingBetween } from './bookings-store.ts'

/** Name of the job that reminds people of their bookings; a crontab allows no dot in it. */
export const remindBookingsTask = 'remind-bookings'
/** Every morning at eight in Hà Nội, when people look at their phones. */
export const remindBookingsCrontab = `0 1 * * * ${remindBookingsTask}`

// The longest rest that a calendar knows, Tết with its compensated days, is shorter.
const daysAhead = 16
const dayMs = 86_400_000

/**
 * Reminds people once of each open booking, on the working day before it or, where that morning was missed, later as
 * long as it has not begun. Who booked on that day or after knows. A booking that moved is another one to remember.
 */
export async function remindBookings(db: Db, parts: NotificationsParts): Promise<number> {
  const now = parts.now()
  const today = dateOfLaw(now)
  const coming = await startingBetween(db.pool, {
    from: now,
    to: new Date(now.getTime() + daysAhead * dayMs),
  })
  const calendars = new Map<string, Calendar>()
  let told = 0
  for (const booking of coming) {
    const { authority } = booking
    const calendar = calendars.get(authority) ?? (await loadCalendar(db, { authorityCode: authority }))
    calendars.set(authority, calendar)
    const eve = workingDayBefore(calendar, dateOfLaw(booking.startsAt))
    if (eve <= today && dateOfLaw(booking.bookedAt) < eve && (await tell(db, parts, booking))) told += 1
  }
  return told
}

/** The last working day before a date; the day before where the days off of that year are not published. Pure. */
export function workingDayBefore(calendar: Calendar, date: string): string {
  const day = Temporal.PlainDate.from(date)
  for (let back = 1; back < daysAhead; back++) {
    const before = day.subtract({ days: back }).toString()
    try {
      if (isWorkingDate(calendar, before)) return before
    } catch (error) {
      if (!(error instanceof MissingCalendarYear)) throw error
      break
    }
  }
  return day.subtract({ days: 1 }).toString()
}

// It may be cancelled or moved while the list is walked: only what still stands is told.
async function tell(db: Db, parts: NotificationsParts, { code, startsAt }: Booking): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const booking = await findBooking(tx, code, { forUpdate: true })
    if (booking?.state !== 'booked' || booking.startsAt !== startsAt) return false
    return remindPerson(tx, await reminderOf(parts, booking), parts.now())
  })
}

async function reminderOf({ names, baseUrl }: NotificationsParts, booking: Booking): Promise<Reminder> {
  const { id, personId, phone, authority, code, startsAt } = booking
  const language = (await names.language?.(personId)) ?? defaultLocale
  const { name, shortName } = (await names.authority(authority)) ?? { name: authority, shortName: authority }
  const params = { code, when: whenText(startsAt, language), site: new URL(baseUrl).host }
  const t = messages(language)
  return {
    ...{
      personId,
      phone,
      kind: 'booking-reminder',
      key: `booking:${id}:${startsAt}`,
      href: '/hen',
      language,
    },
    subject: t('appointments.reminder.subject', params),
    text: t('appointments.reminder.text', { ...params, authority: name }),
    sms: oneSegment((office) => t('appointments.reminder.sms', { ...params, authority: office }), shortName),
  }
}

// The office's name gives way when the rest needs the room.
function oneSegment(words: (office: string) => string, office: string): string {
  const plain = plainLetters(office)
  const room = smsLimit - plainLetters(words('')).length
  return plainLetters(
    words(plain.length > room ? `${plain.slice(0, Math.max(0, room - 1)).trimEnd()}.` : plain),
  )
}

function whenText(instant: string, language: Locale): string {
  const { hour, minute, day, month, year } = zoned(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${two(day)}/${two(month)}/${year}`
  return messages(language)('notifications.time.short', { time: `${two(hour)}:${two(minute)}`, date })
}
