import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, type Refusal, refusal } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import {
  authoritiesOf,
  type Calendar,
  calendarRefusals,
  country,
  draftCalendar,
  findYear,
  publishYear,
  readYear,
  type YearToPublish,
} from '../../calendar/index.ts'
import { findAuthority } from '../../directory/index.ts'
import type { Officer } from '../../identity/index.ts'
import { askForRecomputation } from './recomputation-run.ts'
import { type CalendarEffect, previewRecomputation } from './recompute-dates.ts'

/**
 * The territories whose days off an officer publishes: the own authority for procedure control and administrators, and
 * the province for those of its office. The country's days come from the ministry, not from an officer here.
 */
export async function territoriesToPublish(db: Db, { posts }: Officer): Promise<string[]> {
  const may = posts.filter(
    ({ roles, procedures }) =>
      procedures === undefined && roles.some((role) => role === 'control' || role === 'admin'),
  )
  const places = await Promise.all(may.map(({ authorityCode }) => placesOf(db, authorityCode)))
  return [...new Set(places.flat())]
}

async function placesOf(db: Db, authorityCode: string): Promise<string[]> {
  const authority = await findAuthority(db, authorityCode)
  const parent = authority?.kind === 'office' ? authority.parentCode : null
  const province = parent === null ? undefined : await findAuthority(db, parent)
  return province?.kind === 'province' ? [province.code, authorityCode] : [authorityCode]
}

/** Says no to who may not publish for a territory. */
export async function refuseToPublish(
  db: Db,
  officer: Officer,
  territory: string,
): Promise<Refusal | undefined> {
  const may = await territoriesToPublish(db, officer)
  return may.includes(territory)
    ? undefined
    : refusal('forbidden', 'calendarPage.not-your-calendar', { territory })
}

/** A year of days as somebody means to publish it; `seen` is the newest version they know, null for none. */
export interface CalendarDraft extends YearToPublish {
  seen?: number | null
}

export interface Published {
  territory: string
  year: number
  /** Null when the newest version said the same already: nothing is recomputed. */
  version: number | null
  /** The recomputation that was asked for. */
  run: string | null
}

/**
 * Publishes days off and asks for the recomputation of the open dossiers that they concern, both or neither.
 * Who may is for the caller to know (`refuseToPublish`).
 */
export async function publishCalendar(
  db: Db,
  { seen, ...year }: CalendarDraft,
  now: Date,
): Promise<Outcome<Published>> {
  const past = await refusePast(db, year, now)
  if (past) return past
  let run: string | null = null
  const published = await publishYear(db, year, {
    ...(seen !== undefined && { seen }),
    beside: async (tx, { version }) => {
      const { territory, by, source } = year
      const asked = { territory, year: year.year, version, by, source, askedAt: now }
      run = (await askForRecomputation(tx, asked)).id
    },
  })
  return isRefusal(published) ? published : { ...published, run }
}

/**
 * Says no to an authority that adds a day off which has passed: its own late dossiers would become punctual. The
 * province may, as after a flood.
 */
async function refusePast(
  db: Db,
  { territory, year, days }: YearToPublish,
  now: Date,
): Promise<Refusal | undefined> {
  if (territory === country || (await findAuthority(db, territory))?.kind === 'province') return undefined
  const today = dateOfLaw(now)
  const published = new Set((await findYear(db.pool, { territory, year }))?.days.map(({ date }) => date))
  const problems = days.flatMap(({ date, kind }, i) =>
    date < today && kind !== 'makeup_workday' && !published.has(date)
      ? [{ field: `days.${i}.date`, code: 'calendar.day-backdated', params: { date } }]
      : [],
  )
  return problems.length > 0 ? calendarRefusals.invalidYear({ problems }) : undefined
}

/** So many dossiers are looked at by a preview that somebody waits for. */
export const previewedAtMost = 20_000

/** What publishing these days would do to the open dossiers; refuses what publishing would refuse. */
export async function previewCalendar(
  db: Db,
  { seen, ...input }: CalendarDraft,
  { now, atMost = previewedAtMost }: { now: Date; atMost?: number },
): Promise<Outcome<CalendarEffect>> {
  const read = readYear(input)
  if (isRefusal(read)) return read
  const { territory, year, days } = read
  if (territory !== country && !(await findAuthority(db, territory)))
    return calendarRefusals.unknownTerritory({ territory })
  const past = await refusePast(db, read, now)
  if (past) return past
  if (seen !== undefined && ((await findYear(db.pool, { territory, year }))?.version ?? null) !== seen)
    return calendarRefusals.publishedMeanwhile({ territory, year })
  const authorities = territory === country ? undefined : await authoritiesOf(db, territory)
  const drafts = new Map<string, Promise<Calendar>>()
  const calendarFor = (authorityCode: string) => {
    const found =
      drafts.get(authorityCode) ?? draftCalendar(db, { authorityCode, draft: { territory, year, days } })
    drafts.set(authorityCode, found)
    return found
  }
  return previewRecomputation(db, calendarFor, { now: () => now, authorities, atMost })
}
