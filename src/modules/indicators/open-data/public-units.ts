import type { ScoredUnit } from '../counts/score-units.ts'
import {
  type Counts,
  countedOf,
  type FigureKey,
  type IndexScore,
  type Level,
  ratioKeys,
} from '../index-sets/index.ts'

/** Figures of dossiers and petitions; the others count procedures, which are nobody's secret. */
const ofPeople = ratioKeys.filter((key) => countedOf(key) !== 'procedures')

/** A unit as everybody may have it. */
export interface PublicUnit {
  code: string
  name: string
  level: Level
  /** Raw counts: numerator and denominator; a figure is left out where it was not measured or is withheld. */
  counts: Counts
  notMeasured: string[]
  /** Figures withheld because they, or those of a unit beside it, count too few dossiers; it then has no score. */
  withheld: FigureKey[]
  notes: { key: string; params: Record<string, string | number> }[]
  score: IndexScore | null
}

/** A unit with all that it counts, or without its dossiers and what is made from them. Pure. */
export function publicUnit(
  { unit, counts, notMeasured, notes, score }: ScoredUnit,
  isShown: boolean,
): PublicUnit {
  const withheld: FigureKey[] = isShown ? [] : ofPeople.filter((key) => counts[key] !== undefined)
  return {
    ...{ code: unit.code, name: unit.name, level: unit.level },
    counts: Object.fromEntries(
      Object.entries(counts).filter(([key]) => !withheld.includes(key as FigureKey)),
    ) as Counts,
    ...{ notMeasured: [...notMeasured], withheld, notes },
    score: isShown ? score : null,
  }
}

/** The table of a download: a line for each unit, a pair of columns for each figure. */
export function* linesOf(units: readonly PublicUnit[], period: { from: string; to: string }) {
  yield [
    ...['code', 'name', 'level', 'from', 'to'],
    ...ratioKeys.flatMap((key) => [`${key}.n`, `${key}.d`]),
    ...['certifiedCopies', 'withheld', 'notMeasured'],
    ...['CKMB', 'TDGQ', 'CLGQ', 'TTTT', 'MDSH', 'MDHL', 'total', 'band'],
  ]
  for (const { code, name, level, counts, withheld, notMeasured, score } of units)
    yield [
      ...[code, name, level, period.from, period.to],
      ...ratioKeys.flatMap((key) => [counts[key]?.[0] ?? null, counts[key]?.[1] ?? null]),
      counts.certifiedCopies === undefined ? null : String(counts.certifiedCopies),
      ...[withheld.join(' '), notMeasured.join(' ')],
      ...(['CKMB', 'TDGQ', 'CLGQ', 'TTTT', 'MDSH', 'MDHL'] as const).map(
        (group) => score?.groups[group]?.points ?? null,
      ),
      ...[score?.total ?? null, score?.band ?? null],
    ]
}
