import { dateOfLaw } from 'motcua/kernel/time'
import { listAuthorities } from 'motcua/modules/directory'
import type { Officer } from 'motcua/modules/identity'
import type { ProcessVersion } from 'motcua/modules/processes'
import { lastDays, namedAuthorities, whereTimeGoes } from 'motcua/modules/reform'
import type { PageContext } from 'motcua/web/context'
import { z } from 'zod'
import { officerNames } from './names'
import {
  type FiguresAsked,
  type FiguresFacts,
  type FiguresView,
  figuresHref,
  figuresView,
} from './process-figures.view'

/** So many days are shown to whoever asks for none. */
const usualDays = 90

/** Everything that the page of a process shows of its time. */
export interface ShownFigures extends FiguresView {
  asked: FiguresAsked
  /** The same table as a file. */
  csvHref: string
}

/** Where the time of a process goes, as an officer may see it, for what the address asks. */
export async function processFigures(
  page: PageContext,
  officer: Officer,
  process: ProcessVersion,
  query: URLSearchParams,
): Promise<ShownFigures> {
  const { facts, asked } = await readFigureFacts(page, officer, process, query)
  const path = `/can-bo/quy-trinh/${encodeURIComponent(process.key)}/${process.version}/thoi-gian.csv`
  return { ...figuresView(facts), asked, csvHref: figuresHref(path, asked) }
}

/** The figures themselves with what they are called by. */
export async function readFigureFacts(
  page: PageContext,
  officer: Officer,
  process: ProcessVersion,
  query: URLSearchParams,
): Promise<{ facts: FiguresFacts; asked: FiguresAsked }> {
  const { app, now, locale } = page
  const [all, named] = await Promise.all([listAuthorities(app.db), namedAuthorities(app.db, officer)])
  const asked = askedOf(query, { places: all.map(({ code }) => code), now })
  const { key, version, compiled } = process
  const time = await whereTimeGoes(
    app.db.pool,
    { ...asked.period, key, version, authority: asked.place || null },
    { process: compiled, named, now },
  )
  const ids = time.holders.flatMap(({ officerId }) => (officerId === null ? [] : [officerId]))
  const names = {
    places: Object.fromEntries(all.map(({ code, shortName }) => [code, shortName])),
    officers: await officerNames(page, ids),
  }
  const places = all.map(({ code, shortName }) => ({ value: code, label: shortName }))
  return {
    facts: { time, process: compiled, names, named, locale },
    asked: { ...asked, places: ownFirst(places, officer) },
  }
}

const ownFirst = (places: FiguresAsked['places'], { posts }: Officer) => {
  const own = new Set(posts.map(({ authorityCode }) => authorityCode))
  return [...places].sort((a, b) => Number(own.has(b.value)) - Number(own.has(a.value)))
}

/** What the address asks; what it asks wrongly is left out and said. Pure. */
export function askedOf(
  query: URLSearchParams,
  { places, now }: { places: readonly string[]; now: Date },
): Omit<FiguresAsked, 'places'> {
  const usual = lastDays(usualDays, now)
  const date = (name: string) => {
    const text = query.get(name)
    return text ? z.iso.date().safeParse(text).data : undefined
  }
  const period = { from: date('tu') ?? usual.from, to: date('den') ?? usual.to }
  const stated = ['tu', 'den'].filter((name) => query.get(name))
  const isWrong = stated.some((name) => date(name) === undefined) || period.from > period.to
  const place = query.get('noi') ?? ''
  return {
    place: places.includes(place) ? place : '',
    period: isWrong ? usual : period,
    wrong: isWrong,
    today: dateOfLaw(now),
  }
}
