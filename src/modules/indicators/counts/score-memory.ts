import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import type { IndexSet } from '../index-sets/index.ts'
import { figuresAt, liveMs } from '../indicator-store.ts'
import type { Span } from './intervals.ts'
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
  /** The second, or half minute, in which it was read. */
  stretch: number
  isOver: boolean
  reading: Promise<void> | null
  scored?: ScoredUnit
  asAt?: AsAt
}
type Cells = Map<string, Cell>

/** What has ended moves only by late facts. */
const endedMs = 30_000
const mostCells = 10_000

/** The cells of each period and set, the one used longest ago first. */
const memory = new WeakMap<Db, Map<string, Cells>>()

/**
 * Scores of units in periods, by period and unit, read in this second, or this half minute where the period is over. Each
 * unit and period is remembered by itself, so pages that share peers share them, and whoever asks while a reading is
 * under way waits for that one. `asAt` is that of the oldest figures that still move.
 */
export async function scoresInMemory(
  db: Db,
  query: RememberedQuery,
): Promise<{ scores: ScoredUnit[][]; asAt: AsAt }> {
  const { clock = () => performance.now() } = query
  const cells = cellsOf(db, query, clock())
  await Promise.all(new Set(cells.flat().flatMap(({ reading }) => reading ?? [])))
  const scores = cells.map((of) => of.map(({ scored }) => scored!))
  return { scores, asAt: oldest(cells.flat()) ?? (await readAsAt(db, query.now)) }
}

/** Reads anew at the next question: for who changed what was read and wants to see it at once. */
export const forgetScores = (db: Db): void => void memory.delete(db)

function cellsOf(db: Db, query: RememberedQuery, at: number): Cell[][] {
  const { set, units, periods, procedureCode, now } = query
  const today = dateOfLaw(now)
  const missing = new Map<string, { units: IndexUnit[]; periods: PeriodAsked[]; cells: Cell[][] }>()
  const all = periods.map((period) => {
    const { from, to, withPast } = period
    const isOver = to < today
    const stretch = Math.floor(at / (isOver ? endedMs : liveMs))
    const seen = isOver ? '' : today
    const known = cellsNamed(db, [set.key, set.version, procedureCode, withPast, from, to, seen].join(' '))
    const stale: IndexUnit[] = []
    const staleCells: Cell[] = []
    const found = units.map((unit) => {
      const cell = known.get(unit.code)
      if (cell !== undefined && (cell.reading !== null || cell.stretch === stretch)) return cell
      const next: Cell = { stretch, isOver, reading: null }
      known.set(unit.code, next)
      stale.push(unit)
      staleCells.push(next)
      return next
    })
    if (stale.length > 0) {
      // Periods of which the same units are missing are read together.
      const key = `${withPast} ${stale.map(({ code }) => code).join(' ')}`
      const group = missing.get(key) ?? { units: stale, periods: [], cells: [] }
      missing.set(key, group)
      group.periods.push(period)
      group.cells.push(staleCells)
    }
    return found
  })
  for (const { cells, ...asked } of missing.values()) fill(db, cells, { ...query, ...asked })
  return all
}

function fill(db: Db, cells: Cell[][], query: RememberedQuery): void {
  const read = async () => {
    // First how far the figures are, then the figures: they may be newer than they say, never older.
    const asAt = await readAsAt(db, query.now)
    const withPast = query.periods[0]!.withPast ?? false
    const scores = await scoreInPeriods(db, { ...query, withPast })
    for (const [p, of] of cells.entries())
      for (const [u, cell] of of.entries())
        Object.assign(cell, { scored: scores[p]![u], asAt, reading: null } satisfies Partial<Cell>)
  }
  const reading = read()
  for (const cell of cells.flat()) cell.reading = reading
  // Who asks next tries again.
  reading.catch(() => {
    for (const cell of cells.flat()) Object.assign(cell, { stretch: Number.NaN, reading: null })
  })
}

async function readAsAt(db: Db, now: Date): Promise<AsAt> {
  const { position, at, version } = await figuresAt(db.pool)
  return { position, movedAt: at, readAt: now.toISOString(), version }
}

function cellsNamed(db: Db, key: string): Cells {
  const known = memory.get(db) ?? new Map<string, Cells>()
  memory.set(db, known)
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
  const moving = cells.filter(({ isOver }) => !isOver)
  const all = (moving.length > 0 ? moving : cells).flatMap(({ asAt }) => asAt ?? [])
  return all.reduce<AsAt | undefined>(
    (least, each) => (least && least.position <= each.position ? least : each),
    undefined,
  )
}
