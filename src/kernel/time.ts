/** Time of law is the time of Hà Nội; instants are kept in UTC. */
export const timeZone = 'Asia/Ho_Chi_Minh'

/** The current instant; the only reader of the wall clock besides the composition root. */
export function currentInstant(): Date {
  return new Date()
}

/** The calendar date of law (`YYYY-MM-DD`) on which an instant falls. */
export function dateOfLaw(instant: Date | string): string {
  return zoned(instant).toPlainDate().toString()
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
