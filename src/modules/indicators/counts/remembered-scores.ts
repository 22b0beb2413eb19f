import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { findIndexSet, type IndexSet, type Level } from '../index-sets/index.ts'
import { figuresAt } from '../indicator-store.ts'
import { beginning } from '../period.ts'
import { type ScoredUnit, scoreUnits } from './score-units.ts'
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
}

export interface Scores {
  set: IndexSet
  units: ScoredUnit[]
  /** The figures hold the feed up to `position`. */
  asAt: { position: number; movedAt: string | null; readAt: string }
}

type Read = Omit<Scores, 'asAt'> | undefined
const memory = new WeakMap<Db, { version: number; read: Map<string, Promise<Read>> }>()
const mostRemembered = 300

/**
 * The scores of units for a period, remembered until a figure or the day changes: however many look at once, the
 * database is asked once. Undefined when no set holds on the last day.
 */
export async function rememberedScores(db: Db, query: ScoresQuery): Promise<Scores | undefined> {
  const { now, from, to } = query
  const at = await figuresAt(db.pool)
  let known = memory.get(db)
  if (known?.version !== at.version || known.read.size >= mostRemembered) {
    known = { version: at.version, read: new Map() }
    memory.set(db, known)
  }
  const { setKey, below, levels, only, procedureCode, withPast } = query
  const key = JSON.stringify([setKey, below, levels, only, procedureCode, withPast, from, to, dateOfLaw(now)])
  const { read } = known
  const reading = read.get(key) ?? readScores(db, query)
  read.set(key, reading)
  reading.catch(() => read.delete(key))
  const scores = await reading
  if (scores === undefined) return undefined
  return { ...scores, asAt: { position: at.position, movedAt: at.at, readAt: now.toISOString() } }
}

async function readScores(db: Db, query: ScoresQuery): Promise<Read> {
  const { setKey, from, to, now, procedureCode = null, withPast = false } = query
  const [set, units] = await Promise.all([findIndexSet(db, { key: setKey, on: to }), unitsAsked(db, query)])
  if (set === undefined) return undefined
  return { set, units: await scoreUnits(db, { set, units, from, to, now, procedureCode, withPast }) }
}

async function unitsAsked(db: Db, { below, levels, only, from, to }: ScoresQuery): Promise<IndexUnit[]> {
  if (only === undefined)
    return indexUnits(db, { from, to, ...(below !== undefined && { below }), ...(levels && { levels }) })
  const ever = await indexUnits(db, { below: only, from: beginning, to: endOfTime })
  return ever.filter(({ code }) => code === only)
}

const endOfTime = '9999-12-31'
