import type { ScoredUnit } from '../counts/score-units.ts'
import {
  type Counts,
  countedOf,
  type FigureKey,
  type IndexScore,
  type Level,
  ratioKeys,
} from '../index-sets/index.ts'

/** With fewer dossiers than this the counts of a unit could tell what became of one person's. */
export const fewestShown = 5

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
  /** Figures withheld because they count too few dossiers; the unit then has no score. */
  withheld: FigureKey[]
  notes: { key: string; params: Record<string, string | number> }[]
  score: IndexScore | null
}

/** Takes out what could point to a person. Pure. */
export function publicUnit({ unit, counts, notMeasured, notes, score }: ScoredUnit): PublicUnit {
  const withheld: FigureKey[] = ofPeople.filter((key) => isSmall(counts[key]))
  return {
    ...{ code: unit.code, name: unit.name, level: unit.level },
    counts: Object.fromEntries(
      Object.entries(counts).filter(([key]) => !withheld.includes(key as FigureKey)),
    ) as Counts,
    ...{ notMeasured: [...notMeasured], withheld, notes },
    score: withheld.length > 0 ? null : score,
  }
}

// Nothing at all tells of nobody.
const isSmall = (value: Counts[FigureKey]) => Array.isArray(value) && value[1] > 0 && value[1] < fewestShown

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
