import { dateOfLaw } from '../../kernel/time.ts'
import { type Calendar, isWorkingDate } from '../calendar/index.ts'
import type { Edition } from '../catalogue/index.ts'

/** How long a decision waited until the public could read the procedure. */
export interface PublicationClock {
  /** Working days after the day of signing, up to the day of entry. */
  days: number
  /** The most that the index allows. */
  most: number
}

/** Decision 766/QĐ-TTg: entered within ten working days of a minister's decision, five of a province's. */
const mostDays = { national: 10, province: 5 } as const
/** A decision of many years ago says nothing about this installation. */
const furthestDays = 400

/**
 * Working days from the signing of the decision to its entry; none when the edition was shipped, or when the calendar
 * of a year is not known.
 */
export function publicationClock(
  { decision, publishedAt, version }: Pick<Edition, 'decision' | 'publishedAt' | 'version'>,
  calendar: Calendar,
): PublicationClock | null {
  if (decision === null) return null
  const entered = dateOfLaw(publishedAt)
  let day = Temporal.PlainDate.from(decision.on)
  let days = 0
  for (let i = 0; i < furthestDays; i++) {
    if (day.toString() >= entered) return { days, most: mostDays[version.publisher] }
    day = day.add({ days: 1 })
    if (!calendar.years.includes(day.year)) return null
    if (isWorkingDate(calendar, day.toString())) days += 1
  }
  return null
}
