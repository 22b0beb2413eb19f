import { readFileSync } from 'node:fs'
import { parseCsv } from '../../src/kernel/csv.ts'
import { type Calendar, makeCalendar, SpecialDay } from '../../src/modules/calendar/index.ts'

const file = new URL('../../db/reference/holidays.csv', import.meta.url)

/** The days off that come with the platform. */
export const realDays = parseCsv(readFileSync(file, 'utf8')).map((row) =>
  SpecialDay.parse({ ...row, name: row.name_vi }),
)

/** A calendar of the real days off with the hours of phường Hoa Sen, unless a test states others. */
export function aCalendar(stated: Partial<Parameters<typeof makeCalendar>[0]> = {}): Calendar {
  return makeCalendar({
    version: 'VN-test.1',
    weekdays: [1, 2, 3, 4, 5],
    sessions: [
      ['07:30', '11:30'],
      ['13:30', '17:30'],
    ],
    days: realDays,
    ...stated,
  })
}
