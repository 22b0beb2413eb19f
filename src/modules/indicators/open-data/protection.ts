import type { Db } from '../../../kernel/db.ts'
import { parentOf } from '../cells.ts'
import type { Span } from '../counts/intervals.ts'
import { lineageOf, pastOf } from '../counts/lineage.ts'
import { figuresAt } from '../indicator-store.ts'
import { beginning } from '../period.ts'
import { type CellKind, readMonthAmounts, readOnceSmall } from './protection-store.ts'
import { isShownIn, monthOf, type Withheld, wholeMonths, withholdYear } from './withhold-year.ts'

/** What everybody may see of the figures of some years. */
export interface Protection {
  /** Whether the counts of a unit in a period are public; only whole months ever are. */
  shows(unit: string, period: Span): boolean
  /** The same for a series, in which what was merged into a unit is counted along. */
  showsWithPast(unit: string, period: Span): boolean
  /** Whether the counts of one procedure are public for a unit: only for the whole installation. */
  showsProcedure(unit: string, procedureCode: string, period: Span): boolean
}

/**
 * Reads what is withheld in the years of a period; `procedures` also reads what of single procedures is. What is shown
 * beside it says `atLeast` of which version it is: protection of the same or a later one is remembered, never an older.
 */
export async function readProtection(
  db: Db,
  { from, to, procedures = false, atLeast }: Span & { procedures?: boolean; atLeast?: number },
): Promise<Protection> {
  const years = yearsOf({ from, to })
  const version = atLeast ?? (await figuresAt(db.pool)).version
  const read = async (kind: CellKind) =>
    new Map(
      await Promise.all(
        years.map(async (year) => [year, await remembered(db, version, { year, kind })] as const),
      ),
    )
  const [units, ofProcedures, merged] = await Promise.all([
    read('unit'),
    procedures ? read('procedure') : new Map<number, YearRead>(),
    pastOf(db.pool, { from: beginning, to: '9999-12-31' }),
  ])
  const shows = (cells: ReadonlyMap<number, YearRead>, code: string, period: Span) =>
    isWhole(period) &&
    yearsOf(period).every((year) => {
      const withheld = cells.get(year)?.withheld
      const first = Number(period.from.slice(0, 4)) === year ? monthOf(period.from) : 0
      const last = Number(period.to.slice(0, 4)) === year ? monthOf(period.to) : 11
      return withheld !== undefined && isShownIn(withheld, code, first, last)
    })
  return {
    shows: (unit, period) => shows(units, unit, period),
    showsWithPast: (unit, period) => lineageOf(unit, merged).every((code) => shows(units, code, period)),
    showsProcedure: (unit, procedureCode, period) =>
      isTop(unit, units) && shows(ofProcedures, procedureCode, period),
  }
}

const yearsOf = ({ from, to }: Span) => {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

const isWhole = (period: Span) => {
  const whole = wholeMonths(period)
  return whole.from === period.from && whole.to === period.to
}

/** The whole installation, also by the name of its only province. */
const isTop = (unit: string, years: ReadonlyMap<number, YearRead>) =>
  unit === '' ||
  [...years.values()].every(({ tops }) => tops.length === 0 || (tops.length === 1 && tops[0] === unit))

interface YearRead {
  withheld: Withheld
  /** The units directly below the whole. */
  tops: string[]
}

async function readYear(db: Db, { year, kind }: { year: number; kind: CellKind }): Promise<YearRead> {
  const [months, once] = await Promise.all([
    readMonthAmounts(db.pool, { year, kind }),
    kind === 'unit' ? readOnceSmall(db.pool, year) : [],
  ])
  const above = kind === 'unit' ? parentOf : (code: string) => (code === '*' ? null : '*')
  return {
    withheld: withholdYear({ months, parentOf: above, once: once.filter(({ code }) => months.has(code)) }),
    tops: [...months.keys()].filter((code) => above(code) === ''),
  }
}

const memory = new WeakMap<Db, { version: number; read: Map<string, Promise<YearRead>> }>()

/** What is withheld moves with the figures alone. */
function remembered(db: Db, version: number, cells: { year: number; kind: CellKind }): Promise<YearRead> {
  let known = memory.get(db)
  if (known === undefined || known.version < version) {
    known = { version, read: new Map() }
    memory.set(db, known)
  }
  const { read } = known
  const key = `${cells.kind} ${cells.year}`
  const reading = read.get(key) ?? readYear(db, cells)
  read.set(key, reading)
  reading.catch(() => read.delete(key))
  return reading
}
