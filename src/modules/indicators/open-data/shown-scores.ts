import type { Db } from '../../../kernel/db.ts'
import type { Actor } from '../../identity/index.ts'
import { answersFor } from '../answers-for.ts'
import type { Span } from '../counts/intervals.ts'
import type { ScoredUnit } from '../counts/score-units.ts'
import type { ScoresAround, UnitOverTime } from '../counts/scores-around.ts'
import { type IndexSet, scoreIndex } from '../index-sets/index.ts'
import { type Protection, readProtection } from './protection.ts'

/** What a board of the index is drawn from, for whoever asks; `withheld` names units without figures in the period. */
export type ShownScores = ScoresAround & { withheld: ReadonlySet<string> }

/** Scores for whoever asks: of units that they do not answer for, only what everybody may see. */
export async function shownScores(
  db: Db,
  around: ScoresAround,
  { actor, now, before }: { actor: Actor; now: Span; before: Span },
): Promise<ShownScores> {
  const all = [now, before, ...around.months]
  const [from, to] = [
    all.map((each) => each.from).toSorted()[0]!,
    all
      .map((each) => each.to)
      .toSorted()
      .at(-1)!,
  ]
  const protection = await readProtection(db, { from, to, atLeast: around.asAt.version })
  return withoutWithheld(around, { protection, now, before, seesAll: (code) => answersFor(actor, code) })
}

/**
 * Takes out what is withheld, as if nobody had measured it. A unit that is withheld in one of two periods is compared in
 * neither: its change would be told as if it had come or gone. Pure.
 */
export function withoutWithheld(
  around: ScoresAround,
  {
    protection,
    now,
    before,
    seesAll,
  }: { protection: Protection; now: Span; before: Span; seesAll(code: string): boolean },
): ShownScores {
  const { set, months, own, peers, below } = around
  const emptied = emptying(set)
  const isShown = ({ unit: { code } }: UnitOverTime, period: Span) =>
    seesAll(code) || protection.shows(code, period)
  const shown = (each: UnitOverTime): UnitOverTime => ({
    ...each,
    now: isShown(each, now) ? each.now : emptied(each.now),
    before: isShown(each, before) ? each.before : emptied(each.before),
    months: each.months.map((scored, i) =>
      seesAll(each.unit.code) || protection.showsWithPast(each.unit.code, months[i]!)
        ? scored
        : emptied(scored),
    ),
  })
  const compared = (each: UnitOverTime): UnitOverTime =>
    isShown(each, now) && isShown(each, before)
      ? each
      : { ...each, now: emptied(each.now), before: emptied(each.before) }
  return {
    ...around,
    ...{ own: shown(own), peers: peers.map(shown), below: below.map(compared) },
    withheld: new Set([own, ...peers].filter((each) => !isShown(each, now)).map(({ unit }) => unit.code)),
  }
}

/** Takes the figures out of a unit; without any, all units of a level score alike, and that is worked out once. */
function emptying(set: IndexSet): (of: ScoredUnit) => ScoredUnit {
  const scores = new Map<ScoredUnit['unit']['level'], ScoredUnit['score']>()
  return ({ unit, notes }) => {
    const score = scores.get(unit.level) ?? scoreIndex(set, {}, { level: unit.level })
    scores.set(unit.level, score)
    return { unit, counts: {}, notMeasured: [], notes, score }
  }
}
