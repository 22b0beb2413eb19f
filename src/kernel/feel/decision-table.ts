import { isRefusal } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import type { Feel } from './feel-tree.ts'
import { feelOf, numberText, type Plain, quoted, type Sentence, sentenceOf, type Test } from './sentence.ts'

/** How one input is tested in one rule; null: it does not matter. */
export type Cell =
  | null
  | { is: 'in'; values: Plain[] }
  | { is: 'range'; from: Bound | null; to: Bound | null }
export interface Bound {
  value: number
  included: boolean
}

/** What a rule gives: a value, or another answer. */
export type Output = Plain | { path: string }

/** A table in the manner of DMN: each rule has one cell an input and gives one output. */
export interface DecisionTable {
  inputs: string[]
  /** `first`: the first rule that fits decides; `unique`: never more than one may fit. */
  hitPolicy: 'first' | 'unique'
  rules: { when: Cell[]; gives: Output }[]
  /** What is given when no rule fits; null: nothing. */
  otherwise: Output
}

/** Rules of one table: as many as an expression can hold. */
export const mostRules = 40

/** The chain of ifs that a table says; both hit policies read alike, `checkTable` tells where they differ. */
export function feelOfTable({ inputs, rules, otherwise }: DecisionTable): string {
  const ifs = rules.map(
    ({ when, gives }) => `if ${feelOf(sentenceOfRow(inputs, when))} then ${outputText(gives)}`,
  )
  return [...ifs, outputText(otherwise)].join(' else ')
}

function sentenceOfRow(inputs: readonly string[], when: readonly Cell[]): Sentence {
  return { all: true, tests: inputs.flatMap((path, index) => testsOf(path, when[index] ?? null)) }
}

function testsOf(path: string, cell: Cell): Test[] {
  if (cell === null) return []
  if (cell.is === 'in') {
    const [only] = cell.values
    return cell.values.length === 1
      ? [{ path, op: 'is', value: only as Plain }]
      : [{ path, op: 'one-of', value: cell.values }]
  }
  const { from, to } = cell
  return [
    ...(from ? [{ path, op: from.included ? 'at-least' : 'more', value: from.value } as const] : []),
    ...(to ? [{ path, op: to.included ? 'at-most' : 'less', value: to.value } as const] : []),
  ]
}

function outputText(output: Output): string {
  if (typeof output === 'string') return quoted(output)
  if (typeof output === 'number') return numberText(output)
  return typeof output === 'object' && output !== null ? output.path : String(output)
}

/** The table that an expression says; null when it is no chain of ifs whose conditions and outputs fit into cells. */
export function tableOf(feel: Feel | string): DecisionTable | null {
  const tree = typeof feel === 'string' ? compileFeel(feel) : feel
  if (isRefusal(tree) || tree.is !== 'if') return null
  const rows: { tests: Test[]; gives: Output }[] = []
  let rest: Feel = tree
  for (; rest.is === 'if'; rest = rest.no) {
    const sentence = sentenceOf(rest.when)
    const gives = outputOf(rest.yes)
    if (!sentence || sentence.groups?.length || (!sentence.all && sentence.tests.length > 1)) return null
    if (gives === undefined) return null
    rows.push({ tests: sentence.tests, gives })
  }
  const otherwise = outputOf(rest)
  if (otherwise === undefined || rows.length > mostRules) return null
  const inputs = [...new Set(rows.flatMap(({ tests }) => tests.map(({ path }) => path)))]
  const rules = rows.map(({ tests, gives }) => ({ when: inputs.map((path) => cellOf(path, tests)), gives }))
  if (rules.some(({ when }) => when.includes(undefined))) return null
  return { inputs, hitPolicy: 'first', rules: rules as DecisionTable['rules'], otherwise }
}

function outputOf(tree: Feel): Output | undefined {
  if (tree.is === 'literal') return tree.value
  if (tree.is === 'path') return { path: tree.names.join('.') }
  return tree.is === 'negate' && tree.of.is === 'literal' && typeof tree.of.value === 'number'
    ? 0 - tree.of.value
    : undefined
}

/** The cell of an input in a row; undefined when its tests do not fit into one. */
function cellOf(path: string, tests: readonly Test[]): Cell | undefined {
  const own = tests.filter((test) => test.path === path)
  if (own.some(({ of }) => of !== undefined)) return undefined
  const [first, second, ...more] = own
  if (!first) return null
  if (!second && first.op === 'one-of' && Array.isArray(first.value)) return { is: 'in', values: first.value }
  if (!second && first.op === 'is' && isPlain(first.value)) return { is: 'in', values: [first.value] }
  const from = own.find(({ op }) => op === 'at-least' || op === 'more')
  const to = own.find(({ op }) => op === 'at-most' || op === 'less')
  if (more.length > 0 || own.length !== Number(from !== undefined) + Number(to !== undefined))
    return undefined
  const bounds = [boundOf(from, 'at-least'), boundOf(to, 'at-most')]
  return bounds.includes(undefined)
    ? undefined
    : { is: 'range', from: bounds[0] as Bound, to: bounds[1] as Bound }
}

const isPlain = (value: unknown): value is Plain => typeof value !== 'object' || value === null

function boundOf(test: Test | undefined, included: Test['op']): Bound | null | undefined {
  if (!test) return null
  return typeof test.value === 'number' ? { value: test.value, included: test.op === included } : undefined
}

/** What the values of an input can be, for looking where a table has gaps. */
export type Domain =
  | { is: 'values'; values: readonly Plain[] }
  | { is: 'numbers'; whole: boolean; from?: number; to?: number }

/** A part of what can be answered: one value or the figures between two. */
export type Region = { is: 'value'; value: Plain } | { is: 'between'; from: number | null; to: number | null }

export interface TableProblem {
  kind: 'gap' | 'overlap'
  /** One region an input. */
  at: Region[]
  /** Rules that fit there, by place; none for a gap. */
  rules: number[]
}

const mostCombinations = 20_000
const mostProblems = 20

/**
 * Where no rule fits, and where several do, over everything that the inputs can be. Null when the inputs are too many
 * to look through. Texts without a list of values are looked at by the values that the table names.
 */
export function checkTable(
  table: DecisionTable,
  domains: Readonly<Record<string, Domain>>,
): TableProblem[] | null {
  const regions = table.inputs.map((path, index) => regionsOf(table, index, domains[path]))
  if (regions.reduce((product, list) => product * list.length, 1) > mostCombinations) return null
  const problems: TableProblem[] = []
  for (const at of combinations(regions)) {
    const rules = table.rules.flatMap(({ when }, no) =>
      when.every((cell, i) => fits(cell, at[i]!)) ? [no] : [],
    )
    if (rules.length === 1) continue
    problems.push({ kind: rules.length === 0 ? 'gap' : 'overlap', at: at.map(({ region }) => region), rules })
    if (problems.length >= mostProblems) break
  }
  return problems
}

/** A region with a value of it. */
interface Sampled {
  region: Region
  sample: Plain
}

function regionsOf(table: DecisionTable, index: number, domain: Domain | undefined): Sampled[] {
  const cells = table.rules.flatMap(({ when }) => when[index] ?? [])
  const named = cells.flatMap((cell) => (cell.is === 'in' ? cell.values : []))
  if (domain?.is === 'values' || !cells.some(({ is }) => is === 'range')) {
    if (domain?.is !== 'numbers') {
      const values = domain?.is === 'values' ? domain.values : [...new Set(named)]
      return values.map((value) => ({ region: { is: 'value', value }, sample: value }))
    }
  }
  const points = cells.flatMap((cell) =>
    cell.is === 'range'
      ? [cell.from?.value, cell.to?.value]
      : cell.values.filter((value) => typeof value === 'number'),
  )
  const bounds = domain?.is === 'numbers' ? domain : { whole: false }
  return numberRegions(
    [...new Set(points.filter((point) => typeof point === 'number'))].toSorted((a, b) => a - b),
    bounds,
  )
}

function numberRegions(
  points: readonly number[],
  { whole, from, to }: { whole: boolean; from?: number; to?: number },
): Sampled[] {
  const inside = points.filter(
    (point) => (from === undefined || point >= from) && (to === undefined || point <= to),
  )
  const edges = [from ?? null, ...inside, to ?? null]
  const regions: Sampled[] = []
  for (const [index, start] of edges.entries()) {
    if (start !== null && start !== edges[index - 1])
      regions.push({ region: { is: 'value', value: start }, sample: start })
    if (index === edges.length - 1) break
    const end = edges[index + 1] ?? null
    const sample = between(start, end, whole)
    if (sample !== null) regions.push({ region: { is: 'between', from: start, to: end }, sample })
  }
  return regions
}

/** A figure strictly between two; null when there is none. */
function between(from: number | null, to: number | null, whole: boolean): number | null {
  if (from === null && to === null) return 0
  if (from === null) return (to as number) - 1
  if (to === null) return from + 1
  if (to <= from) return null
  if (!whole) return (from + to) / 2
  return Math.floor(from) + 1 < to ? Math.floor(from) + 1 : null
}

function* combinations(regions: readonly Sampled[][], at: Sampled[] = []): Generator<Sampled[]> {
  const [first, ...rest] = regions
  if (!first) yield at
  else for (const each of first) yield* combinations(rest, [...at, each])
}

function fits(cell: Cell, { sample }: Sampled): boolean {
  if (cell === null) return true
  if (cell.is === 'in') return cell.values.includes(sample)
  if (typeof sample !== 'number') return false
  const { from, to } = cell
  const above = from === null || (from.included ? sample >= from.value : sample > from.value)
  return above && (to === null || (to.included ? sample <= to.value : sample < to.value))
}
