import type { Db } from '../../../kernel/db.ts'
import { type IndexScore, type IndexSet, scoreIndex, withInherited } from '../index-sets/index.ts'
import { indexCounts, type UnitCounts } from './index-counts.ts'
import type { IndexUnit } from './units.ts'

/** The counts of a unit and the points that they give. */
export interface ScoredUnit extends UnitCounts {
  unit: IndexUnit
  score: IndexScore
}

/** Scores units by a set for a period; what a level takes from its province is read with it. */
export async function scoreUnits(
  db: Db,
  query: {
    set: IndexSet
    units: readonly IndexUnit[]
    from: string
    to: string
    now: Date
    procedureCode?: string | null
    withPast?: boolean
  },
): Promise<ScoredUnit[]> {
  const { set, units, ...period } = query
  const provinces = units.map(({ code }) => provinceOf(code))
  const authorities = [...new Set([...units.map(({ code }) => code), ...provinces])]
  const counted = await indexCounts(db, { authorities, ...period })
  return units.map((unit) => {
    const own = counted.get(unit.code)!
    const counts = withInherited(set, own.counts, counted.get(provinceOf(unit.code))!.counts, unit.level)
    return { unit, ...own, counts, score: scoreIndex(set, counts, { level: unit.level }) }
  })
}

const provinceOf = (code: string) => code.split('.')[0]!
