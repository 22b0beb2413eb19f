import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { country, findYear, yearsPublished } from 'motcua/modules/calendar'
import { type Authority, findAuthority, findOfficer } from 'motcua/modules/directory'
import { recomputations, territoriesToPublish } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import type { Choice } from '../ui/fields'
import { missingYears, runView, sectionView } from './calendar.view'
import { valuesOf } from './calendar-form.view'

const runsShown = 5

/** Everything that the page shows for the territory and year of its address. */
export async function calendarData(page: PageContext, officer: Officer, search: URLSearchParams) {
  const { app, now, locale } = page
  const today = dateOfLaw(now)
  const mine = await territoriesToPublish(app.db, officer)
  const places = await placesOf(page, [...mine, ...officer.posts.map(({ authorityCode }) => authorityCode)])
  const territory = await territoryOf(page, search.get('noi'), mine[0] ?? places[0]?.code ?? country)
  const year = yearOf(search.get('nam'), today)
  const chain = await chainOf(page, territory)
  const [sections, nationalYears, runs] = await Promise.all([
    Promise.all(chain.map((place) => sectionOf(page, place, year))),
    yearsPublished(app.db.pool, country),
    recomputations(app.db.pool, { territories: chain.map(({ code }) => code), limit: runsShown }),
  ])
  const known = new Map(chain.map(({ code, name }) => [code, name]))
  const names = await namesOf(
    page,
    runs.map(({ by }) => by),
  )
  return {
    territory,
    year,
    place: known.get(territory) ?? territory,
    mayChange: mine.includes(territory),
    sections: sections.map(({ view }) => view),
    values: valuesOf(sections[0]?.published, { territory, year }),
    missing: missingYears(nationalYears, today, locale),
    runs: runs.map((run) =>
      runView(
        run,
        { name: names.get(run.by) ?? run.by, place: known.get(run.territory) ?? run.territory },
        locale,
      ),
    ),
    territories: choices(page, [...chain, ...places], mine),
    years: yearChoices(today, nationalYears, year),
  }
}

export type CalendarData = Awaited<ReturnType<typeof calendarData>>

interface Place {
  code: string
  name: string
}

const countryOf = ({ locale }: PageContext): Place => ({
  code: country,
  name: messages(locale)('calendarPage.country'),
})

async function placesOf({ app }: PageContext, codes: readonly string[]): Promise<Authority[]> {
  const found = await Promise.all([...new Set(codes)].map((code) => findAuthority(app.db, code)))
  return found.filter((authority) => authority !== undefined)
}

// Days off are no secret: any authority's may be read.
async function territoryOf({ app }: PageContext, asked: string | null, otherwise: string): Promise<string> {
  if (asked === null) return otherwise
  return asked === country || (await findAuthority(app.db, asked)) ? asked : otherwise
}

function yearOf(asked: string | null, today: string): number {
  return asked !== null && /^(19|20|21)\d{2}$/.test(asked) ? Number(asked) : Number(today.slice(0, 4))
}

/** The territory and those above it, whose days hold there as well; the country last. */
async function chainOf(page: PageContext, territory: string): Promise<Place[]> {
  const chain: Place[] = []
  let at = territory === country ? undefined : await findAuthority(page.app.db, territory)
  while (at && !chain.some(({ code }) => code === at!.code)) {
    chain.push({ code: at.code, name: at.shortName })
    at = at.parentCode === null ? undefined : await findAuthority(page.app.db, at.parentCode)
  }
  return [...chain, countryOf(page)]
}

async function sectionOf(page: PageContext, { code, name }: Place, year: number) {
  const published = await findYear(page.app.db.pool, { territory: code, year })
  const by = published?.by ?? null
  const names = await namesOf(page, by === null ? [] : [by])
  const facts = { territory: code, place: name, year, published, isCountry: code === country }
  return { published, view: sectionView({ ...facts, by: by && (names.get(by) ?? by) }, page.locale) }
}

// Whoever publishes from the command line gives a name, which is no officer's id.
async function namesOf({ app }: PageContext, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, await findOfficer(app.db, id)] as const),
  )
  return new Map(found.flatMap(([id, officer]) => (officer ? [[id, officer.name] as const] : [])))
}

// What this officer may change comes first.
function choices(
  page: PageContext,
  places: readonly (Place & { shortName?: string })[],
  mine: readonly string[],
): Choice[] {
  const unique = new Map(places.map(({ code, name, shortName }) => [code, shortName ?? name]))
  const all = [...unique].map(([value, label]) => ({ value, label }))
  const national = countryOf(page)
  return [
    ...all.filter(({ value }) => mine.includes(value)),
    ...all.filter(({ value }) => !mine.includes(value) && value !== national.code),
    { value: national.code, label: national.name },
  ]
}

function yearChoices(today: string, published: readonly number[], shown: number): number[] {
  const thisYear = Number(today.slice(0, 4))
  return [...new Set([...published, thisYear, thisYear + 1, thisYear + 2, shown])].sort((a, b) => a - b)
}
