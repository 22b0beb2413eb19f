import { createHash } from 'node:crypto'
import { parseCsv } from '../../kernel/csv.ts'
import type { Db } from '../../kernel/db.ts'
import { loadWhenChanged } from '../directory/index.ts'
import { SpecialDay } from './calendar.ts'
import { addVersion, forgetCalendars } from './calendar-store.ts'

/** Loads the published days off; each year whose days changed gets a new version, the old one stays. */
export async function loadCalendars(db: Db): Promise<boolean> {
  const source = { key: 'calendar.vn', edition: 1, names: ['holidays.csv'] }
  const loaded = await loadWhenChanged(db, source, async (tx, [text]) => {
    for (const [year, days] of byYear(text!)) {
      const hash = createHash('sha256').update(JSON.stringify(days)).digest('hex')
      await addVersion(tx, { territory: 'VN', year, source: 'db/reference/holidays.csv', hash, days })
    }
  })
  if (loaded) forgetCalendars(db)
  return loaded
}

function byYear(text: string): Map<number, (SpecialDay & { note: string | null })[]> {
  const days = parseCsv(text).map((row) => ({
    ...SpecialDay.parse({ ...row, name: row.name_vi }),
    note: row.note || null,
  }))
  return Map.groupBy(days, (day) => Number(day.date.slice(0, 4)))
}
