import { dateOfLaw } from 'motcua/kernel/time'
import { listAuthorities } from 'motcua/modules/directory'
import {
  type BoardSummary,
  type MonthOfAuthority,
  monthsOfAuthorities,
  rememberedSummary,
  type Usage,
  usage,
} from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { procedureNames } from '../desk/names'
import { type BoardAsk, periodBefore, periodOf } from './board-query'

/** Everything that a board is drawn from. */
export interface BoardFacts {
  summary: BoardSummary
  before: BoardSummary
  months: MonthOfAuthority[]
  usage: Usage & { readAt: string }
  /** Short names of authorities, by code. */
  places: Readonly<Record<string, string>>
  procedures: Readonly<Record<string, string>>
  /** Moves with every figure. */
  version: number
  today: string
  now: Date
}

/** An authority that one may choose; the one on top holds all others. */
export interface Choice {
  code: string
  name: string
  /** Its last day, of an authority that has ended. */
  until?: string | null
}

/** What the loader of a page of figures gives: its view, and the units to choose from. */
export interface BoardPage<View> {
  view: View
  choices: Choice[]
  top: Choice
}

/** Authorities that may be chosen, and the one on top when there is only one. */
export async function boardPlaces({
  app,
  now,
}: Pick<PageContext, 'app' | 'now'>): Promise<{ top: Choice | null; choices: Choice[] }> {
  const today = dateOfLaw(now)
  const all = await listAuthorities(app.db)
  const tops = all.filter(({ parentCode }) => parentCode === null)
  const top = tops.length === 1 ? tops[0]! : null
  return {
    top: top && { code: top.code, name: top.shortName },
    choices: all.map(({ code, shortName, validTo }) => ({
      ...{ code, name: shortName },
      until: validTo !== null && validTo < today ? validTo : null,
    })),
  }
}

/** Reads a board; sums are remembered until a figure moves, usage for a minute. */
export async function readBoardFacts(
  page: Pick<PageContext, 'app' | 'now' | 'locale'>,
  ask: BoardAsk,
): Promise<BoardFacts> {
  const { app, now } = page
  const { db } = app
  const today = dateOfLaw(now)
  const query = { authority: ask.authority, from: ask.from, to: ask.to }
  const [summary, before, months, used, places] = await Promise.all([
    rememberedSummary(db.pool, { ...query, step: ask.step, now }),
    rememberedSummary(db.pool, { ...query, ...periodBefore(ask), step: 'month', now }),
    monthsOfAuthorities(db.pool, { authority: ask.authority, ...periodOf('12-thang', today) }),
    usageOf(app, query, now),
    listAuthorities(db),
  ])
  return {
    summary,
    before,
    months,
    usage: used,
    places: Object.fromEntries(places.map(({ code, shortName }) => [code, shortName])),
    procedures: await procedureNames(
      page,
      summary.perProcedure.map(({ procedureCode }) => procedureCode),
    ),
    version: summary.asAt.version,
    today,
    now,
  }
}

type Asked = { authority: string | null; from: string; to: string }

const usageLastsMs = 60_000
const usageMemory = new WeakMap<
  object,
  Map<string, { at: number; usage: Promise<Usage & { readAt: string }> }>
>()

// Distinct people cannot be added up from sums, so this reads the dossiers of the period; a minute is fresh enough.
function usageOf(app: PageContext['app'], asked: Asked, now: Date): Promise<Usage & { readAt: string }> {
  const known = usageMemory.get(app) ?? new Map()
  usageMemory.set(app, known)
  const key = [asked.authority, asked.from, asked.to].join(' ')
  const remembered = known.get(key)
  if (remembered && now.getTime() - remembered.at < usageLastsMs) return remembered.usage
  if (known.size > 200) known.clear()
  const reading = usage(app.db.pool, asked).then((found) => ({ ...found, readAt: now.toISOString() }))
  known.set(key, { at: now.getTime(), usage: reading })
  reading.catch(() => known.delete(key))
  return reading
}
