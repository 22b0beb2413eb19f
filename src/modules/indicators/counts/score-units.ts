import type { Db } from '../../../kernel/db.ts'
import { type IndexScore, type IndexSet, scoreIndex, withInherited } from '../index-sets/index.ts'
import { countsOfPeriods, type UnitCounts } from './index-counts.ts'
import type { Span } from './intervals.ts'
import type { IndexUnit } from './units.ts'

/** The counts of a unit and the points that they give. */
export interface ScoredUnit extends UnitCounts {
  unit: IndexUnit
  score: IndexScore
}

export interface ScoringQuery {
  set: IndexSet
  units: readonly IndexUnit[]
  now: Date
  procedureCode?: string | null
  withPast?: boolean
}

/** Scores units by a set for a period; what a level takes from its province is read with it. */
export async function scoreUnits(db: Db, { from, to, ...query }: ScoringQuery & Span): Promise<ScoredUnit[]> {
  const [scored] = await scoreInPeriods(db, { ...query, periods: [{ from, to }] })
  return scored!
}

/** Scores units by a set for many periods, in the order of the periods: one reading. */
export async function scoreInPeriods(
  db: Db,
  { set, units, ...query }: ScoringQuery & { periods: readonly Span[] },
): Promise<ScoredUnit[][]> {
  const provinces = units.map(({ code }) => provinceOf(code))
  const authorities = [...new Set([...units.map(({ code }) => code), ...provinces])]
  const counted = await countsOfPeriods(db, { authorities, ...query })
  return counted.map((of) => units.map((unit) => scoreOf(set, unit, of)))
}

function scoreOf(set: IndexSet, unit: IndexUnit, counted: ReadonlyMap<string, UnitCounts>): ScoredUnit {
  const own = counted.get(unit.code)!
  const counts = withInherited(set, own.counts, counted.get(provinceOf(unit.code))!.counts, unit.level)
  return { unit, ...own, counts, score: scoreIndex(set, counts, { level: unit.level }) }
}

const provinceOf = (code: string) => code.split('.')[0]!
