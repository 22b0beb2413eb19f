import type { Db } from '../../../kernel/db.ts'
import { type SharedReadings, sharedReadings } from '../../../kernel/shared-readings.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { IndexSet } from '../index-sets/index.ts'
import { figuresAt, liveMs, movedMonths } from '../indicator-store.ts'
import { beginning } from '../period.ts'
import type { Span } from './intervals.ts'
import { lineageOf, type Merged, pastOf } from './lineage.ts'
import { type ScoredUnit, scoreInPeriods } from './score-units.ts'
import type { IndexUnit } from './units.ts'

/** Of when figures are: they hold the feed up to `position`; `version` moves with every figure. */
export interface AsAt {
  position: number
  movedAt: string | null
  readAt: string
  version: number
}

/** A period, with what was merged into a unit or without. */
export interface PeriodAsked extends Span {
  withPast?: boolean
}

export interface RememberedQuery {
  set: IndexSet
  units: readonly IndexUnit[]
  periods: readonly PeriodAsked[]
  procedureCode?: string | null
  now: Date
  /** Milliseconds by which answers grow old. */
  clock?: () => number
}

/** The score of one unit in one period, or the reading that will bring it. */
interface Cell {
  /** The second, or five minutes, in which it was read. */
  stretch: number
  isOver: boolean
  reading: Promise<void> | null
  scored?: ScoredUnit
  asAt?: AsAt
}

/** How far the figures are, and what decides whether something remembered is still right. */
interface Standing {
  asAt: AsAt
  /** Months in which a figure moved, with the version of the last time. */
  moved: readonly { month: string; version: number }[]
  merged: readonly Merged[]
}

interface Memory {
  standing: SharedReadings<Standing>
  /** The cells of each period and set, the one used longest ago first. */
  cells: Map<string, Map<string, Cell>>
}

/** For so long what is no figure, as publications, may not show in a period that is over. */
const endedMs = 300_000
const mostCells = 10_000
const memory = new WeakMap<Db, Memory>()

/**
 * Scores of units in periods, by period and unit: read in this second, or, where the period is over, since a figure in
 * it or before moved. Each unit and period is remembered by itself, so boards share what their peers have, and whoever
 * asks while a reading is under way waits for that one. `asAt` is that of the oldest figures that still move.
 */
export async function scoresInMemory(
  db: Db,
  query: RememberedQuery,
): Promise<{ scores: ScoredUnit[][]; asAt: AsAt }> {
  const { clock = () => performance.now() } = query
  const known = memoryOf(db, clock)
  const standing = await known.standing.of('', () => readStanding(db, query.now))
  const cells = cellsOf(db, known, { query, standing, at: clock() })
  await Promise.all(new Set(cells.flat().flatMap(({ reading }) => reading ?? [])))
  const scores = cells.map((of) => of.map(({ scored }) => scored!))
  return { scores, asAt: oldest(cells.flat()) ?? standing.asAt }
}

/** Reads anew at the next question: for who changed what was read and wants to see it at once. */
export const forgetScores = (db: Db): void => void memory.delete(db)

function memoryOf(db: Db, clock: () => number): Memory {
  const known = memory.get(db) ?? {
    standing: sharedReadings({ lastsMs: liveMs, most: 1, clock }),
    cells: new Map(),
  }
  memory.set(db, known)
  return known
}

// Before the figures are read: these may then be newer than they say, never older.
async function readStanding(db: Db, now: Date): Promise<Standing> {
  const { position, at, version } = await figuresAt(db.pool)
  const [moved, merged] = await Promise.all([
    movedMonths(db.pool),
    pastOf(db.pool, { from: beginning, to: dateOfLaw(now) }),
  ])
  return { asAt: { position, movedAt: at, readAt: now.toISOString(), version }, moved, merged }
}

/** What is missing of one period. */
interface Missing {
  period: Span
  withPast: boolean
  units: IndexUnit[]
  cells: Cell[]
}

function cellsOf(
  db: Db,
  known: Memory,
  { query, standing, at }: { query: RememberedQuery; standing: Standing; at: number },
): Cell[][] {
  const { set, units, periods, procedureCode, now } = query
  const today = dateOfLaw(now)
  const grown = new Set(
    units.filter(({ code }) => lineageOf(code, standing.merged).length > 1).map(({ code }) => code),
  )
  const missing: Missing[] = []
  const all = periods.map(({ from, to, withPast = false }) => {
    const isOver = to < today
    const stretch = Math.floor(at / (isOver ? endedMs : liveMs))
    const movedAt = isOver ? lastMoved(standing, to) : 0
    const parts = [false, true].map((past) => ({
      known: cellsNamed(known, [set.key, set.version, procedureCode, past, from, to, isOver || today]),
      missing: { period: { from, to }, withPast: past, units: [], cells: [] } as Missing,
    }))
    missing.push(...parts.map((part) => part.missing))
    return units.map((unit) => {
      // With or without its past a unit that never took another one in is the same.
      const part = parts[withPast && grown.has(unit.code) ? 1 : 0]!
      const cell = part.known.get(unit.code)
      const isRight = cell?.stretch === stretch && (cell.asAt?.version ?? 0) >= movedAt
      if (cell !== undefined && (cell.reading !== null || isRight)) return cell
      const next: Cell = { stretch, isOver, reading: null }
      part.known.set(unit.code, next)
      part.missing.units.push(unit)
      part.missing.cells.push(next)
      return next
    })
  })
  for (const together of sameUnits(missing)) fill(db, together, query, standing.asAt)
  return all
}

/** The version at which a figure last moved that a period up to this day hangs on: flows in it, and stocks since ever. */
const lastMoved = ({ moved }: Standing, to: string): number =>
  Math.max(0, ...moved.filter(({ month }) => month <= to).map(({ version }) => version))

/** Periods of which the same units are missing are read together. */
const sameUnits = (missing: readonly Missing[]): Missing[][] => [
  ...Map.groupBy(
    missing.filter(({ units }) => units.length > 0),
    ({ withPast, units }) => `${withPast} ${units.map(({ code }) => code).join(' ')}`,
  ).values(),
]

function fill(db: Db, missing: readonly Missing[], query: RememberedQuery, asAt: AsAt): void {
  const { units, withPast } = missing[0]!
  const cells = missing.flatMap((each) => each.cells)
  const read = async () => {
    const periods = missing.map(({ period }) => period)
    const scores = (await scoreInPeriods(db, { ...query, units, periods, withPast })).flat()
    for (const [i, cell] of cells.entries())
      Object.assign(cell, { scored: scores[i]!, asAt, reading: null } satisfies Partial<Cell>)
  }
  const reading = read()
  for (const cell of cells) cell.reading = reading
  // Who asks next tries again.
  reading.catch(() => {
    for (const cell of cells) Object.assign(cell, { stretch: Number.NaN, reading: null })
  })
}

function cellsNamed({ cells: known }: Memory, parts: readonly unknown[]): Map<string, Cell> {
  const key = parts.join(' ')
  const cells = known.get(key) ?? new Map<string, Cell>()
  known.delete(key)
  let count = [...known.values()].reduce((sum, { size }) => sum + size, cells.size)
  for (const [oldest, { size }] of known) {
    if (count < mostCells) break
    known.delete(oldest)
    count -= size
  }
  known.set(key, cells)
  return cells
}

function oldest(cells: readonly Cell[]): AsAt | undefined {
  const all = cells.filter(({ isOver }) => !isOver).flatMap(({ asAt }) => asAt ?? [])
  return all.reduce<AsAt | undefined>(
    (least, each) => (least && least.position <= each.position ? least : each),
    undefined,
  )
}
