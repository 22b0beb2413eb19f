import type { Db } from '../../kernel/db.ts'
import { type Authority, findAuthority, listAuthorities, type WorkingHours } from '../directory/index.ts'
import type { Calendar } from './calendar.ts'
import { countVersions, newestYears, yearsNamed } from './calendar-store.ts'
import { assemble, country, readVersionText, versionText, type YearOfDays } from './versions.ts'

/** Hours of an authority that states none. */
export const usualHours: WorkingHours = {
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  saturdayDesk: null,
}

interface Memory {
  versions: number
  newest: Map<string, YearOfDays[]>
  calendars: WeakMap<Authority, Calendar>
  byVersion: Map<string, Calendar>
}

/** For so long a process may not know what another one published. */
const recheckMs = 2000
const remembered = new WeakMap<Db, { memory: Promise<Memory>; checkedAt: number }>()

/**
 * The calendar of an authority: its working hours, the newest published days off of the country and those of its
 * parents and its own. Remembered, and made anew within two seconds after any process publishes days.
 */
export async function loadCalendar(db: Db, { authorityCode }: { authorityCode: string }): Promise<Calendar> {
  const [memory, authority] = await Promise.all([memoryOf(db), findAuthority(db, authorityCode)])
  const found = authority && memory.calendars.get(authority)
  if (found) return found
  const chain = await territoriesOf(db, authority)
  const years = chain.flatMap((territory) => memory.newest.get(territory) ?? [])
  const calendar = shared(memory, years, authority?.workingHours ?? usualHours)
  if (authority) memory.calendars.set(authority, calendar)
  return calendar
}

/** The calendar that an authority would have if a territory published these days: nothing is stored. */
export async function draftCalendar(
  db: Db,
  { authorityCode, draft }: { authorityCode: string; draft: Pick<YearOfDays, 'territory' | 'year' | 'days'> },
): Promise<Calendar> {
  const [memory, authority] = await Promise.all([memoryOf(db), findAuthority(db, authorityCode)])
  const years = (await territoriesOf(db, authority)).flatMap((territory) => {
    const newest = memory.newest.get(territory) ?? []
    if (territory !== draft.territory) return newest
    const others = newest.filter(({ year }) => year !== draft.year)
    return [...others, { ...draft, version: 'draft' as const }].sort((a, b) => a.year - b.year)
  })
  return assemble(years, authority?.workingHours ?? usualHours)
}

/**
 * The calendar that a version text names, so that an old due date can still be explained; undefined when something
 * in it was never published. Texts without hours take those that the authority has now.
 */
export async function calendarOfVersions(
  db: Db,
  { authorityCode, version }: { authorityCode: string; version: string },
): Promise<Calendar | undefined> {
  const newest = await loadCalendar(db, { authorityCode })
  if (newest.version === version) return newest
  const memory = await memoryOf(db)
  const named = readVersionText(version)
  if (!named) return undefined
  const years = await yearsNamed(db, named.years)
  if (years.length < named.years.length) return undefined
  const own = (await findAuthority(db, authorityCode))?.workingHours ?? usualHours
  return shared(memory, years, { ...own, ...named.hours })
}

/** Codes of the authorities whose calendar has the days of a territory: all for the country, else it and those under it. */
export async function authoritiesOf(db: Db, territory: string): Promise<string[]> {
  const all = await listAuthorities(db)
  if (territory === country) return all.map(({ code }) => code)
  const chains = await Promise.all(all.map((authority) => territoriesOf(db, authority)))
  return all.filter((_, i) => chains[i]!.includes(territory)).map(({ code }) => code)
}

/** Forgets the calendars of this process, after days were published. */
export function forgetCalendars(db: Db): void {
  remembered.delete(db)
}

// From the widest to the nearest, so that the nearest has the last word.
async function territoriesOf(db: Db, authority: Authority | undefined): Promise<string[]> {
  const chain: string[] = []
  for (let at = authority; at && !chain.includes(at.code); ) {
    chain.unshift(at.code)
    at = at.parentCode === null ? undefined : await findAuthority(db, at.parentCode)
  }
  return [country, ...chain]
}

// Most authorities keep the same hours and publish no days: they share one table of days.
function shared(memory: Memory, years: readonly YearOfDays[], hours: WorkingHours): Calendar {
  const key = `${versionText(years, hours)} ${hours.saturdayDesk ?? ''}`
  const calendar = memory.byVersion.get(key) ?? assemble(years, hours)
  memory.byVersion.set(key, calendar)
  return calendar
}

function memoryOf(db: Db): Promise<Memory> {
  const known = remembered.get(db)
  const now = performance.now()
  if (known && now - known.checkedAt < recheckMs) return known.memory
  const next = { memory: renew(db, known?.memory), checkedAt: now }
  remembered.set(db, next)
  const forget = () => remembered.get(db) === next && remembered.delete(db)
  // Nothing is remembered before the first days are there, so that a start does not keep an empty calendar.
  next.memory.then(({ versions }) => versions === 0 && forget(), forget)
  return next.memory
}

async function renew(db: Db, before: Promise<Memory> | undefined): Promise<Memory> {
  const [versions, known] = await Promise.all([countVersions(db), before])
  if (known?.versions === versions) return known
  const newest = await newestYears(db)
  return { versions, newest, calendars: new WeakMap(), byVersion: new Map() }
}
