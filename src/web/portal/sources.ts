import type { Db } from 'motcua/kernel/db'
import { isRefusal } from 'motcua/kernel/errors'
import type { Locale } from 'motcua/kernel/i18n'
import { searchable } from 'motcua/kernel/text'
import { dateOfLaw } from 'motcua/kernel/time'
import { findListedProcedure, lifeEvents, searchProcedures } from 'motcua/modules/catalogue'
import { type Authority, listAuthorities, resolveAuthority, unitsOf } from 'motcua/modules/directory'
import { openingView } from './home.view'
import type { Centre } from './nearest-centre'
import { type Hit, toHit } from './search.view'

/** The commonest reasons to come (certified copies are about a quarter of all dossiers). */
const oftenDone = ['2.000815', '1.001193', '1.004194', '1.004873']

/** Procedures that stand under the search box. */
export async function oftenDoneProcedures(db: Db, locale: Locale): Promise<Hit[]> {
  const found = await Promise.all(oftenDone.map((code) => findListedProcedure(db, code)))
  return found.filter((procedure) => procedure !== undefined).map((procedure) => toHit(procedure, locale))
}

const counts = new WeakMap<Db, { count: number; until: number }>()
const countKeptMs = 60_000

/** How many procedures the list holds; the home page may be a minute late. */
export async function countProcedures(db: Db, now: Date): Promise<number> {
  const known = counts.get(db)
  if (known && known.until > now.getTime()) return known.count
  const page = await searchProcedures(db, { limit: 1 })
  const count = isRefusal(page) ? 0 : page.total
  if (count > 0) counts.set(db, { count, until: now.getTime() + countKeptMs })
  return count
}

/** Procedures that can be filed here, for the site map. */
export async function filedHere(db: Db, locale: Locale): Promise<Hit[]> {
  const page = await searchProcedures(db, { filedHere: true, limit: 100 })
  return isRefusal(page) ? [] : page.items.map((procedure) => toHit(procedure, locale))
}

export interface EventLine {
  key: string
  slug: string
  title: string
  /** The first things done in this event. */
  text: string
}

/** The eight life events, as the home page shows them. */
export async function eventLines(db: Db, locale: Locale): Promise<EventLine[]> {
  const events = await lifeEvents(db)
  return events.map(({ key, name, nameEn, entries }) => ({
    key,
    slug: slugOf(name),
    title: locale === 'en' ? nameEn : name,
    text: entries
      .slice(0, 3)
      .map(({ plainName }) => plainName)
      .join(', '),
  }))
}

/** The name of an event as it stands in an address: "co-con-nho". */
export function slugOf(name: string): string {
  return searchable(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Where people are received: the provincial centre and the one-stop unit of each commune that stands today. */
export async function receptionPlaces(db: Db, now: Date): Promise<Authority[]> {
  return listAuthorities(db, { kinds: ['provincial-centre', 'commune'], on: dateOfLaw(now) })
}

/** The counter that a visitor chose before, else the first commune. */
export async function nearestCentre(
  db: Db,
  chosen: string | undefined,
  now: Date,
  locale: Locale,
): Promise<Centre | null> {
  const places = await receptionPlaces(db, now)
  const authority =
    (chosen && (await resolveAuthority(db, chosen, dateOfLaw(now)))?.authority) ||
    places.find(({ kind }) => kind === 'commune') ||
    places[0]
  return authority ? toCentre(db, authority, now, locale) : null
}

export async function toCentre(db: Db, authority: Authority, now: Date, locale: Locale): Promise<Centre> {
  const units = await unitsOf(db, authority.code)
  return {
    code: authority.code,
    name:
      (authority.kind === 'commune' && units.find(({ kind }) => kind === 'one-stop')?.name) || authority.name,
    place: authority.shortName,
    address: authority.address ?? '',
    phone: authority.phone,
    opening: openingView(authority.workingHours, now, locale),
  }
}
