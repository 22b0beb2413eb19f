import type { Db, Queryable } from '../../kernel/db.ts'
import { findAuthority, type WorkingHours } from '../directory/index.ts'
import { type Calendar, makeCalendar, type SpecialDay } from './calendar.ts'

/** Hours of an authority that states none. */
export const usualHours: WorkingHours = {
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  saturdayDesk: null,
}

interface Published {
  version: string
  years: number[]
  days: SpecialDay[]
}
const remembered = new WeakMap<Db, { published: Promise<Published>; calendars: Map<string, Calendar> }>()

/**
 * The calendar of an authority: its working hours and the newest published days off of every year.
 * `on` is the date of law of the question; hours are those the authority has now. Remembered per process.
 */
export async function loadCalendar(
  db: Db,
  { authorityCode }: { authorityCode: string; on?: string },
): Promise<Calendar> {
  const memory = memoryOf(db)
  const found = memory.calendars.get(authorityCode)
  if (found) return found
  const [published, authority] = await Promise.all([memory.published, findAuthority(db, authorityCode)])
  const hours = authority?.workingHours ?? usualHours
  const calendar = shared(memory.calendars, { ...published, ...hours })
  if (authority) memory.calendars.set(authorityCode, calendar)
  return calendar
}

/** Forgets the calendars of this process, after days or hours were changed. */
export function forgetCalendars(db: Db): void {
  remembered.delete(db)
}

// Most authorities keep the same hours: they share one table of days.
function shared(calendars: Map<string, Calendar>, source: Published & WorkingHours): Calendar {
  const { weekdays, sessions, saturdayDesk } = source
  const key = JSON.stringify([weekdays, sessions, saturdayDesk])
  const calendar = calendars.get(key) ?? makeCalendar(source)
  calendars.set(key, calendar)
  return calendar
}

function memoryOf(db: Db) {
  const found = remembered.get(db)
  if (found) return found
  const made = { published: readPublished(db), calendars: new Map<string, Calendar>() }
  remembered.set(db, made)
  made.published.then(
    ({ years }) => years.length === 0 && remembered.delete(db),
    () => remembered.delete(db),
  )
  return made
}

async function readPublished(db: Db): Promise<Published> {
  const { rows } = await db.pool.query<{ year: number; version: number; days: SpecialDay[] | null }>(
    `select v.year, v.version,
       (select json_agg(json_build_object('date', d.on_date, 'kind', d.kind, 'name', d.name, 'status', d.status,
          'basis', d.basis) order by d.on_date)
        from calendar.special_day d where (d.territory, d.year, d.version) = (v.territory, v.year, v.version)) as days
     from (select territory, year, max(version) as version from calendar.version group by territory, year) v
     where v.territory = 'VN' order by v.year`,
  )
  return {
    version: rows.map(({ year, version }) => `VN-${year}.${version}`).join(' '),
    years: rows.map(({ year }) => year),
    days: rows.flatMap(({ days }) => days ?? []),
  }
}

/** Stores the days of a territory and year as a new version; the same days again change nothing. */
export async function addVersion(
  tx: Queryable,
  published: {
    territory: string
    year: number
    source: string
    hash: string
    days: readonly (SpecialDay & { note?: string | null })[]
  },
): Promise<void> {
  const { territory, year, source, hash, days } = published
  await tx.query(
    `with newest as (
       select version, hash from calendar.version where territory = $1 and year = $2 order by version desc limit 1
     ), added as (
       insert into calendar.version (territory, year, version, source, hash)
       select $1, $2, coalesce((select version from newest), 0) + 1, $3, $4
       where not exists (select from newest where hash = $4)
       returning version
     )
     insert into calendar.special_day (territory, year, version, on_date, kind, name, status, basis, note)
     select $1, $2, added.version, day.date, day.kind, day.name, day.status, day.basis, day.note
     from added, json_to_recordset($5::json) as day (date date, kind text, name text, status text, basis text, note text)`,
    [territory, year, source, hash, JSON.stringify(days)],
  )
}
