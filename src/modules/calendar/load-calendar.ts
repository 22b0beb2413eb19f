import { parseCsv } from '../../kernel/csv.ts'
import type { Db } from '../../kernel/db.ts'
import { loadWhenChanged, referenceText } from '../directory/index.ts'
import { forgetCalendars, usualHours } from './authority-calendar.ts'
import { type Calendar, makeCalendar, SpecialDay } from './calendar.ts'
import { addVersion } from './calendar-store.ts'
import { country } from './versions.ts'

/** Loads the days off that come with the platform; each year whose days changed gets a new version, the old one stays. */
export async function loadCalendars(db: Db): Promise<boolean> {
  const source = { key: 'calendar.vn', edition: 1, names: ['holidays.csv'] }
  const loaded = await loadWhenChanged(db, source, async (tx, [text]) => {
    for (const [year, days] of byYear(text!)) {
      const published = { territory: country, year, source: 'db/reference/holidays.csv', by: null, days }
      await addVersion(tx, published, { onlyNews: true })
    }
  })
  if (loaded) forgetCalendars(db)
  return loaded
}

/**
 * The calendar of an ordinary office from the reference files alone, for questions asked without a database.
 * `hours` replaces the usual working sessions.
 */
export async function shippedCalendar(hours: Partial<Pick<Calendar, 'hours'>> = {}): Promise<Calendar> {
  const days = [...byYear(await referenceText('holidays.csv')).values()].flat()
  const { weekdays, sessions, saturdayDesk } = usualHours
  return makeCalendar({
    version: 'db/reference/holidays.csv',
    weekdays,
    sessions: hours.hours ?? sessions,
    saturdayDesk,
    days,
  })
}

function byYear(text: string): Map<number, (SpecialDay & { note: string | null })[]> {
  const days = parseCsv(text).map((row) => ({
    ...SpecialDay.parse({ ...row, name: row.name_vi }),
    note: row.note || null,
  }))
  return Map.groupBy(days, (day) => Number(day.date.slice(0, 4)))
}
