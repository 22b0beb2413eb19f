import { dateOfLaw } from 'motcua/kernel/time'
import { type Authority, kinOf, listAuthorities } from 'motcua/modules/directory'
import {
  answersFor,
  monthsUpTo,
  raises,
  rememberedSummary,
  type ShownScores,
  scoresAround,
  shownScores,
  type UnitOverTime,
  wholeMonths,
  whyChanged,
} from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { type BoardAsk, periodBefore } from '../board-query'
import type { Choice } from '../board-source'
import { doubtsFor } from '../doubts/doubts-source'
import { askOf } from '../open-board'
import { indexPath } from './score.links'
import { type ScoreView, scoreView } from './score.view'
import { hasFigures, type ScoreFacts, type UnitFacts } from './score-facts'
import { setAsked } from './set-choice'

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
  args: LoaderFunctionArgs,
  path = indexPath,
): Promise<{ view: ScoreView; choices: Choice[]; top: Choice }> {
  const { facts, ask, choices, top, mayOpen } = await readScore(args)
  return { view: scoreView(facts, { ask, path, mayOpen, locale: pageContext(args).locale }), choices, top }
}

/** Reads the index that the address asks for: the unit, its peers, both periods and twelve months. */
export async function readScore(args: LoaderFunctionArgs): Promise<ReadScore> {
  const page = pageContext(args)
  const { ask: asked, place, top, choices } = await askOf(page, args.request)
  const mayOpen = answersFor(page.actor, place.code)
  // Everybody sees whole months alone: other days could be subtracted from each other.
  const ask = mayOpen ? asked : { ...asked, ...wholeMonths(asked) }
  const facts = await scoreFacts(page, ask, place)
  if (ask.from !== asked.from || ask.to !== asked.to) facts.notes.unshift({ key: 'whole-months', params: {} })
  return { facts, ask, choices, top: { ...top, code: '' }, mayOpen }
}

async function scoreFacts(page: PageContext, ask: BoardAsk, place: Choice): Promise<ScoreFacts> {
  const { app, now } = page
  const { pool } = app.db
  const today = dateOfLaw(now)
  const [chosen, all, kin] = await Promise.all([
    setAsked(page, ask, place.code),
    listAuthorities(app.db),
    kinOf(app.db, place.code, today),
  ])
  const stood = all.find(({ code }) => code === place.code)
  const { set } = chosen.stored
  const before = periodBefore(ask)
  const [read, summary, doubts] = await Promise.all([
    scoresAround(app.db, {
      ...{ unit: place.code, from: ask.from, to: ask.to, before, now },
      ...{ setKey: set.key, months: monthsUpTo(lastDayOf(stood, today), 12) },
    }),
    rememberedSummary(pool, { authority: place.code || null, from: ask.from, to: ask.to, now }),
    doubtsFor(page, { authority: place.code, from: ask.from, to: ask.to }),
  ])
  if (!read) throw new Error(`no scores of ${place.code} by ${set.key}`)
  const around = await shownScores(app.db, read, { actor: page.actor, now: ask, before })
  const withheld = around.withheld.has(place.code)
  const { own, peers, asAt } = around
  const communes = new Map(all.map(({ code, communeCode }) => [code, communeCode]))
  const facts = (unit: UnitOverTime) => factsOf(unit, communes)
  const { level } = own.unit
  return {
    ...{ set, chosen, history: stood ? { unit: stood, ...kin } : null },
    place: { ...facts(own), name: place.name },
    units: peers.map(facts),
    names: Object.fromEntries(all.map(({ code, shortName }) => [code, shortName])),
    kind: level === 'department' ? 'department' : 'commune',
    months: monthsOf(around),
    raises: raises(set, own.now.counts, { level }),
    changes: changesOf(around),
    notes: notesOf(around),
    doubts,
    withheld,
    stats: withheld
      ? null
      : {
          received: summary.received,
          finished: summary.finished.early + summary.finished.onTime + summary.finished.late,
          onTimeShare: summary.onTimeShare,
        },
    ...{ version: asAt.version, today, now },
  }
}

/** Months are shown up to today, of a unit that has ended up to its last day. */
function lastDayOf(unit: Authority | undefined, today: string): string {
  return [unit?.validTo ?? today, today].toSorted()[0]!
}

function factsOf(
  { unit: { code, shortName, level }, now, before }: UnitOverTime,
  communes: ReadonlyMap<string, string | null>,
): UnitFacts {
  return {
    ...{ code, name: shortName, level, before, communeCode: communes.get(code) ?? null },
    ...{ counts: now.counts, score: now.score, dossiers: now.counts.onTime?.[1] ?? 0 },
  }
}

function monthsOf({ months, own, peers }: ShownScores): ScoreFacts['months'] {
  return months.map(({ from }, index) => ({
    month: from,
    of: new Map(
      [own, ...peers].flatMap(({ unit, months }) => {
        const scored = months[index]
        return scored && hasFigures(scored.counts) ? [[unit.code, scored] as const] : []
      }),
    ),
  }))
}

function changesOf({ set, own, below }: ShownScores): ScoreFacts['changes'] {
  const of = (when: 'now' | 'before') => ({
    whole: own[when].counts,
    units: new Map(below.map((each) => [each.unit.code, each[when].counts])),
  })
  return whyChanged(set, { before: of('before'), now: of('now'), level: own.unit.level })
}

/** Who is withheld, notes on the period, and that the line of months goes back beyond the unit itself. */
function notesOf({ own: { unit, now, months }, withheld }: ShownScores): ScoreFacts['notes'] {
  const past = months[0]?.notes.filter(({ key }) => key === 'with-predecessors') ?? []
  const others = withheld.size - (withheld.has(unit.code) ? 1 : 0)
  return [
    ...(withheld.has(unit.code) ? [{ key: 'withheld' as const, params: {} }] : []),
    ...(others > 0 ? [{ key: 'others-withheld' as const, params: { count: others } }] : []),
    ...[...now.notes, ...past],
  ]
}
