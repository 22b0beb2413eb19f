import type { Db } from '../../../kernel/db.ts'
import { type SharedReadings, sharedReadings } from '../../../kernel/shared-readings.ts'
import { findIndexSet, type IndexSet, type Level } from '../index-sets/index.ts'
import { liveMs } from '../indicator-store.ts'
import { beginning } from '../period.ts'
import { type AsAt, scoresInMemory } from './score-memory.ts'
import type { ScoredUnit } from './score-units.ts'
import { type IndexUnit, indexUnits } from './units.ts'

export interface ScoresQuery {
  /** Key of a set; left out, the country's on the last day. */
  setKey?: string | undefined
  below?: string | undefined
  levels?: readonly Level[] | undefined
  /** This unit alone, whether it stood then or not: with its past, a series goes on over a merger. */
  only?: string | undefined
  procedureCode?: string | null | undefined
  from: string
  to: string
  now: Date
  withPast?: boolean | undefined
  /** Milliseconds by which answers grow old. */
  clock?: () => number
}

export interface Scores {
  set: IndexSet
  units: ScoredUnit[]
  /** The figures hold the feed up to `position`. */
  asAt: AsAt
}

/**
 * The scores of units for a period, at most a second old: however many look, the database is asked once a second.
 * Undefined when no set holds on the last day.
 */
export async function rememberedScores(db: Db, query: ScoresQuery): Promise<Scores | undefined> {
  const { setKey, from, to, now, clock, procedureCode = null, withPast = false } = query
  const [set, units] = await Promise.all([
    rememberedSet(db, { key: setKey, on: to, ...(clock && { clock }) }),
    unitsAsked(db, query),
  ])
  if (set === undefined) return undefined
  const { scores, asAt } = await scoresInMemory(db, {
    ...{ set, units, procedureCode, now, periods: [{ from, to, withPast }] },
    ...(clock && { clock }),
  })
  return { set, units: scores[0]!, asAt }
}

const sets = new WeakMap<Db, SharedReadings<IndexSet | undefined>>()

/** The set that holds on a day, at most a second old. */
export function rememberedSet(
  db: Db,
  { key, on, clock }: { key?: string | undefined; on: string; clock?: () => number },
): Promise<IndexSet | undefined> {
  const known = sets.get(db) ?? sharedReadings({ lastsMs: liveMs, most: 100, ...(clock && { clock }) })
  sets.set(db, known)
  return known.of(`${key} ${on}`, () => findIndexSet(db, { key, on }))
}

async function unitsAsked(db: Db, { below, levels, only, from, to }: ScoresQuery): Promise<IndexUnit[]> {
  if (only === undefined)
    return indexUnits(db, { from, to, ...(below !== undefined && { below }), ...(levels && { levels }) })
  const ever = await indexUnits(db, { below: only, from: beginning, to: endOfTime })
  return ever.filter(({ code }) => code === only)
}

const endOfTime = '9999-12-31'
