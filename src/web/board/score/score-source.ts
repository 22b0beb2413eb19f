import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { type Authority, listAuthorities } from 'motcua/modules/directory'
import {
  answersFor,
  boardSummary,
  type Counts,
  changes,
  findIndexSet,
  type IndexSet,
  indexCounts,
  type Level,
  raises,
  scoreIndex,
  whyChanged,
  withInherited,
} from 'motcua/modules/indicators'
import type { PageContext } from 'motcua/web/context'
import { type BoardAsk, periodBefore, periodOf } from '../board-query'
import type { Choice } from '../board-source'
import { askOf } from '../open-board'
import { type ScoreView, scoreView } from './score.view'
import type { Scored, ScoreFacts, UnitFacts } from './score-facts'

/** A page of the index as it was asked for. */
export interface ReadScore {
  facts: ScoreFacts
  ask: BoardAsk
  choices: Choice[]
  top: Choice
  /** Whether the one who asks may open the dossiers behind a figure. */
  mayOpen: boolean
}

/** Reads the index that the address asks for and arranges it for its page. */
export async function openScore(
  page: PageContext,
  request: Request,
): Promise<{ view: ScoreView; choices: Choice[]; top: Choice }> {
  const { facts, ask, choices, top } = await readScore(page, request)
  return { view: scoreView(facts, { ask, locale: page.locale }), choices, top }
}

/** Reads the index that the address asks for: the unit, its peers, both periods and twelve months. */
export async function readScore(page: PageContext, request: Request): Promise<ReadScore> {
  const { ask, place, top, choices } = await askOf(page, request)
  const facts = await scoreFacts(page, ask, place)
  return { facts, ask, choices, top: { ...top, code: '' }, mayOpen: answersFor(page.actor, place.code) }
}

/** The set that held at the end of a period: what was valid then stays what it is judged by. */
async function setOf({ app, locale }: PageContext, on: string): Promise<IndexSet> {
  const set = await findIndexSet(app.db, { on })
  if (!set) throw new Error(messages(locale)('score.nothing'))
  return set
}

async function scoreFacts(page: PageContext, ask: BoardAsk, place: Choice): Promise<ScoreFacts> {
  const { app, now } = page
  const { pool } = app.db
  const today = dateOfLaw(now)
  const isOver = ask.to < today
  const [all, set] = await Promise.all([listAuthorities(app.db), setOf(page, isOver ? ask.to : today)])
  const own = all.find(({ code }) => code === place.code)
  const peers = peersOf(all, own)
  const below = all.filter(({ parentCode }) => parentCode === place.code || (!place.code && !parentCode))
  const province = place.code.split('.')[0]!
  const codes = [...new Set([place.code, province, ...[...peers, ...below].map(({ code }) => code)])]
  const read = (period: { from: string; to: string }) =>
    indexCounts(app.db, { authorities: codes, ...period, now })
  const [version, is, was, months, summary] = await Promise.all([
    changes(pool),
    read(ask),
    read(periodBefore(ask)),
    monthsOf(page, codes, today),
    boardSummary(pool, { authority: place.code || null, from: ask.from, to: ask.to, now }),
  ])
  const level = levelOf(own)
  const scored = (from: typeof is, code: string, at: Level): Scored => {
    const own = from.get(code)?.counts ?? {}
    const counts = withInherited(set, own, from.get(province)?.counts ?? {}, at)
    return { counts, score: scoreIndex(set, counts, { level: at }) }
  }
  const unit = (code: string, name: string, authority: Authority | undefined): UnitFacts => {
    const now = scored(is, code, levelOf(authority))
    return {
      ...{ code, name, level: levelOf(authority), communeCode: authority?.communeCode ?? null, ...now },
      before: scored(was, code, levelOf(authority)),
      dossiers: now.counts.onTime?.[1] ?? 0,
    }
  }
  const self = unit(place.code, place.name, own)
  const of = (from: typeof is) =>
    new Map<string, Counts>(below.map(({ code }) => [code, from.get(code)?.counts ?? {}]))
  const levels = new Map(all.map((each) => [each.code, levelOf(each)]))
  return {
    set,
    place: self,
    units: peers.map((each) => unit(each.code, each.shortName, each)),
    names: Object.fromEntries(all.map(({ code, shortName }) => [code, shortName])),
    kind: level === 'department' ? 'department' : 'commune',
    months: months.map(({ month, counts }) => ({
      month,
      of: new Map(
        [...counts]
          .filter(([, { counts }]) => (counts.onTime?.[1] ?? 0) > 0)
          .map(([code]) => [code, scored(counts, code, levels.get(code) ?? 'province')]),
      ),
    })),
    raises: raises(set, self.counts, { level }),
    changes: whyChanged(set, {
      before: { whole: self.before.counts, units: of(was) },
      now: { whole: self.counts, units: of(is) },
      level,
    }),
    notes: (is.get(place.code)?.notes ?? []).concat(
      months[0]?.counts.get(place.code)?.notes.filter(({ key }) => key === 'with-predecessors') ?? [],
    ),
    stats: {
      received: summary.received,
      finished: summary.finished.early + summary.finished.onTime + summary.finished.late,
      onTimeShare: summary.onTimeShare,
    },
    ...{ version, today, now },
  }
}

/** Who is compared with whom: communes with communes, departments with departments; a province shows its communes. */
function peersOf(all: readonly Authority[], own: Authority | undefined): Authority[] {
  const kind = own && levelOf(own) === 'department' ? 'department' : 'commune'
  return all.filter((each) => each.kind === kind)
}

/** Where an authority stands in the index. */
export function levelOf(authority: Authority | undefined): Level {
  if (!authority || authority.kind === 'province') return 'province'
  return authority.kind.startsWith('commune') ? 'commune' : 'department'
}

type MonthCounts = { month: string; counts: Awaited<ReturnType<typeof indexCounts>> }
const pastMonths = new WeakMap<object, Map<string, { at: number; counts: Promise<MonthCounts['counts']> }>>()
/** Months that have ended move only by late facts; half a minute old is fresh enough for a line of twelve. */
const pastLastsMs = 30_000

function monthsOf(
  { app, now }: PageContext,
  codes: readonly string[],
  today: string,
): Promise<MonthCounts[]> {
  const { from, to } = periodOf('12-thang', today)
  const firsts: string[] = []
  for (let day = Temporal.PlainDate.from(from); String(day) <= to; day = day.add({ months: 1 }))
    firsts.push(String(day))
  return Promise.all(
    firsts.map(async (month) => {
      const last = Temporal.PlainDate.from(month).add({ months: 1 }).subtract({ days: 1 })
      const read = () =>
        indexCounts(app.db, {
          ...{ authorities: [...codes], from: month, to: String(last), now },
          withPast: true,
        })
      const isPast = String(last) < today
      return {
        month,
        counts: await (isPast ? rememberedMonth(app, [month, ...codes].join(' '), now, read) : read()),
      }
    }),
  )
}

function rememberedMonth(app: object, key: string, now: Date, read: () => Promise<MonthCounts['counts']>) {
  const known = pastMonths.get(app) ?? new Map()
  pastMonths.set(app, known)
  const remembered = known.get(key)
  if (remembered && now.getTime() - remembered.at < pastLastsMs) return remembered.counts
  if (known.size > 300) known.clear()
  const counts = read()
  known.set(key, { at: now.getTime(), counts })
  counts.catch(() => known.delete(key))
  return counts
}
