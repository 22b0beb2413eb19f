import type { Bound, Cell, DecisionTable, Output } from './decision-table.ts'
import type { Plain } from './sentence.ts'

/** What the values of an input can be, for looking where a table has gaps. */
export type Domain =
  | { is: 'values'; values: readonly Plain[] }
  | { is: 'numbers'; whole: boolean; from?: number; to?: number }

/**
 * `gap`: no rule fits; `overlap`: two rules fit that give different things, and neither is the exception of the other;
 * `never`: rules before it always fit first, or nothing ever fits it.
 */
export interface TableProblem {
  kind: 'gap' | 'overlap' | 'never'
  /** Where, one cell an input; none for a rule that is never used. */
  when: Cell[]
  /** Rules concerned, by place; none for a gap. */
  rules: number[]
}

const mostCombinations = 20_000
const mostProblems = 20

/**
 * Where no rule fits, where several contradict each other, and which are never used, over everything that the inputs
 * can be. With `first` an earlier rule inside a later one, or one that gives nothing, is an exception and no
 * contradiction. Null when the inputs are too many to look through. What is not answered at all is no gap.
 */
export function checkTable(
  table: DecisionTable,
  domains: Readonly<Record<string, Domain>>,
): TableProblem[] | null {
  const columns = table.inputs.map((input, index) => regionsOf(table, index, domains[input]))
  if (columns.reduce((product, list) => product * list.length, 1) > mostCombinations) return null
  const spots = [...combinations(columns.map(({ length }) => length))].map((at): Spot => {
    const isThere = (cell: Cell, i: number) => fits(cell, columns[i]![at[i]!]!.sample)
    return { at, rules: table.rules.flatMap(({ when }, no) => (when.every(isThere) ? [no] : [])) }
  })
  const problems = [...gaps(spots, columns), ...overlaps(table, spots, columns), ...neverUsed(table, spots)]
  return problems.slice(0, mostProblems)
}

/** One region of each input, and the rules that fit there. */
interface Spot {
  at: number[]
  rules: number[]
}

function gaps(spots: readonly Spot[], columns: readonly Region[][]): TableProblem[] {
  const isAnswered = ({ at }: Spot) => at.every((no, i) => columns[i]![no]!.sample !== null)
  const free = spots.filter((spot) => spot.rules.length === 0 && isAnswered(spot))
  return joined(free, columns).map((when) => ({ kind: 'gap', when, rules: [] }))
}

function overlaps(
  { rules, hitPolicy }: DecisionTable,
  spots: readonly Spot[],
  columns: readonly Region[][],
): TableProblem[] {
  const isInside = (one: number, other: number) =>
    spots.every((spot) => !spot.rules.includes(one) || spot.rules.includes(other))
  const problems: TableProblem[] = []
  for (const [first, one] of rules.entries())
    for (let later = first + 1; later < rules.length; later++) {
      if (isSame(one.gives, rules[later]!.gives)) continue
      if (hitPolicy === 'first' && (one.gives === null || isInside(first, later) || isInside(later, first)))
        continue
      const both = spots.filter((spot) => spot.rules[0] === first && spot.rules.includes(later))
      for (const when of joined(both, columns))
        problems.push({ kind: 'overlap', when, rules: [first, later] })
    }
  return problems
}

const isSame = (one: Output, other: Output) => JSON.stringify(one) === JSON.stringify(other)

function neverUsed({ rules }: DecisionTable, spots: readonly Spot[]): TableProblem[] {
  const used = new Set(spots.map((spot) => spot.rules[0]))
  return rules.flatMap((_, no) => (used.has(no) ? [] : [{ kind: 'never' as const, when: [], rules: [no] }]))
}

/** Spots as few rows as they can be said in: those that differ in one input only stand together. */
function joined(spots: readonly Spot[], columns: readonly Region[][]): Cell[][] {
  let boxes = spots.map(({ at }) => at.map((no) => [no]))
  for (let column = columns.length - 1; column >= 0; column--) {
    const together = new Map<string, number[][]>()
    for (const box of boxes) {
      const key = JSON.stringify(box.with(column, []))
      const found = together.get(key)
      together.set(key, found ? found.with(column, [...found[column]!, ...box[column]!]) : box)
    }
    boxes = [...together.values()]
  }
  return boxes.flatMap((box) => [...rowsOf(box.map((nos, i) => cellsOf(nos, columns[i]!)))])
}

function* rowsOf([first, ...rest]: readonly Cell[][], row: Cell[] = []): Generator<Cell[]> {
  if (!first) yield row
  else for (const cell of first) yield* rowsOf(rest, [...row, cell])
}

/** Values between which no rule tells a difference, with one of them. */
interface Region {
  /** One value, any text that no rule names, figures between two, or no answer. */
  cell: Cell
  sample: Plain
}

/** A text that nobody types. */
const anotherText = '\u0000'

function regionsOf(table: DecisionTable, index: number, domain: Domain | undefined): Region[] {
  const cells = table.rules.flatMap(({ when }) => when[index] ?? [])
  const named = cells.flatMap((cell) => ('values' in cell ? cell.values : []))
  const nothing: Region[] = cells.some(({ is }) => is === 'given')
    ? [{ cell: { is: 'given', given: false }, sample: null }]
    : []
  if (domain?.is === 'numbers' || (domain === undefined && cells.some(({ is }) => is === 'range'))) {
    const edges = cells.flatMap((cell) => (cell.is === 'range' ? [cell.from?.value, cell.to?.value] : []))
    const points = [...edges, ...named].filter(
      (point): point is number => typeof point === 'number' && !Number.isNaN(point),
    )
    const sorted = [...new Set(points)].toSorted((a, b) => a - b)
    return [...numberRegions(sorted, domain ?? { whole: false }), ...nothing]
  }
  const values = (domain?.values ?? [...new Set(named)]).filter((value) => value !== null)
  const regions = values.map((value): Region => ({ cell: { is: 'in', values: [value] }, sample: value }))
  if (domain === undefined) regions.push({ cell: { is: 'not-in', values }, sample: anotherText })
  return [...regions, ...nothing]
}

function numberRegions(
  points: readonly number[],
  { whole, from, to }: { whole: boolean; from?: number; to?: number },
): Region[] {
  const inside = points.filter((point) => (from ?? point) <= point && point <= (to ?? point))
  const marks = [...new Set([from ?? [], inside, to ?? []].flat())]
  const ends = [...(from === undefined ? [null] : []), ...marks, ...(to === undefined ? [null] : [])]
  return ends.flatMap((start, index) => {
    const end = ends[index + 1]
    const point: Region[] = start === null ? [] : [{ cell: { is: 'in', values: [start] }, sample: start }]
    const sample = end === undefined ? null : between(start, end, whole)
    if (end === undefined || sample === null) return point
    const cell: Cell = { is: 'range', from: open(start, whole, 1), to: open(end, whole, -1) }
    return [...point, { cell, sample }]
  })
}

// Among whole figures “more than 3” is “from 4”.
const open = (value: number | null, whole: boolean, by: 1 | -1): Bound | null =>
  value === null ? null : whole ? { value: value + by, included: true } : { value, included: false }

/** A figure strictly between two; null when there is none. */
function between(from: number | null, to: number | null, whole: boolean): number | null {
  if (from === null && to === null) return 0
  if (from === null) return (to as number) - 1
  if (to === null) return from + 1
  if (!whole) return (from + to) / 2
  return Math.floor(from) + 1 < to ? Math.floor(from) + 1 : null
}

/** Some regions of one input as cells that say them: one, or one a stretch of figures. */
function cellsOf(nos: readonly number[], regions: readonly Region[]): Cell[] {
  const chosen = new Set(nos)
  const answered = regions.flatMap(({ sample }, no) => (sample === null ? [] : [no]))
  if (answered.every((no) => chosen.has(no))) return [null]
  const cells = regions.flatMap(({ cell }, no) => (chosen.has(no) && cell ? [cell] : []))
  const nothing = cells.filter(({ is }) => is === 'given')
  if (regions.some(({ cell }) => cell?.is === 'range')) return [...stretches(chosen, regions), ...nothing]
  const other = regions.find(({ cell }) => cell?.is === 'not-in')
  if (other && chosen.has(regions.indexOf(other))) {
    const rest = regions.flatMap(({ cell }, no) => (cell?.is === 'in' && !chosen.has(no) ? cell.values : []))
    return [{ is: 'not-in', values: rest }, ...nothing]
  }
  const values = cells.flatMap((cell) => (cell.is === 'in' ? cell.values : []))
  return [...(values.length > 0 ? [{ is: 'in' as const, values }] : []), ...nothing]
}

function stretches(chosen: ReadonlySet<number>, regions: readonly Region[]): Cell[] {
  const found: { first: number; last: number }[] = []
  for (const [no, { sample }] of regions.entries()) {
    if (!chosen.has(no) || sample === null) continue
    const before = found.at(-1)
    if (before?.last === no - 1) before.last = no
    else found.push({ first: no, last: no })
  }
  const last = regions.findLastIndex(({ sample }) => sample !== null)
  return found.map((stretch): Cell => {
    const from = stretch.first === 0 ? null : edge(regions[stretch.first]!.cell, 'from')
    const to = stretch.last === last ? null : edge(regions[stretch.last]!.cell, 'to')
    return from && to && from.value === to.value
      ? { is: 'in', values: [from.value] }
      : { is: 'range', from, to }
  })
}

function edge(cell: Cell, side: 'from' | 'to'): Bound | null {
  if (cell?.is === 'range') return cell[side]
  return cell?.is === 'in' ? { value: cell.values[0] as number, included: true } : null
}

function* combinations(sizes: readonly number[], at: number[] = []): Generator<number[]> {
  const [size, ...rest] = sizes
  if (size === undefined) yield at
  else for (let no = 0; no < size; no++) yield* combinations(rest, [...at, no])
}

function fits(cell: Cell, sample: Plain): boolean {
  if (cell === null) return true
  switch (cell.is) {
    case 'given':
      return cell.given === (sample !== null)
    case 'in':
      return cell.values.includes(sample)
    case 'not-in':
      return !cell.values.includes(sample)
    default: {
      if (typeof sample !== 'number') return false
      const { from, to } = cell
      const isAbove = from === null || (from.included ? sample >= from.value : sample > from.value)
      return isAbove && (to === null || (to.included ? sample <= to.value : sample < to.value))
    }
  }
}
