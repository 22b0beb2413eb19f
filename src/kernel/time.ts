/** Time of law is the time of Hà Nội; instants are kept in UTC. */
export const timeZone = 'Asia/Ho_Chi_Minh'

/** The current instant; the only reader of the wall clock besides the composition root. */
export function currentInstant(): Date {
  return new Date()
}

// Hà Nội has kept UTC+7 without summer time since 13 June 1975; sums are forty times faster than the zone tables.
const fixedSince = Date.UTC(1975, 5, 14)
const offsetMs = 7 * 3_600_000

/** The calendar date of law (`YYYY-MM-DD`) on which an instant falls. */
export function dateOfLaw(instant: Date | string): string {
  const ms = typeof instant === 'string' ? Date.parse(instant) : instant.getTime()
  if (!(ms >= fixedSince)) return zoned(instant).toPlainDate().toString()
  return dateOfDay(Math.floor((ms + offsetMs) / dayMs))
}

/** The number of a date, in days since 1970. */
export const dayOfDate = (date: string): number => Date.parse(date) / dayMs

const dayMs = 86_400_000
// The same few thousand days are asked for again and again, and writing one costs more than all else about it.
const written = new Map<number, string>()
const mostWritten = 20_000

/** The date (`YYYY-MM-DD`) of a day by its number since 1970. */
export function dateOfDay(day: number): string {
  const known = written.get(day)
  if (known !== undefined) return known
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  if (written.size >= mostWritten) written.clear()
  written.set(day, date)
  return date
}

/** The wall time in Hà Nội of an instant. */
export function zoned(instant: Date | string): Temporal.ZonedDateTime {
  const iso = typeof instant === 'string' ? instant : instant.toISOString()
  return Temporal.Instant.from(iso).toZonedDateTimeISO(timeZone)
}

/** The instant at a wall time in Hà Nội: `at('2026-11-21', '07:30')`. */
export function at(date: string, time: string): Date {
  const wall = Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(time),
  })
  return new Date(wall.epochMilliseconds)
}
