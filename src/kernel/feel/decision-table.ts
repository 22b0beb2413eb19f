import { isRefusal } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import type { Feel } from './feel-tree.ts'
import {
  feelOf,
  type Measure,
  measures,
  numberText,
  type Plain,
  quoted,
  type Sentence,
  sentenceOf,
  type Test,
} from './sentence.ts'

/** How one input is tested in one rule; null: it does not matter. */
export type Cell =
  | null
  | { is: 'in' | 'not-in'; values: Plain[] }
  | { is: 'range'; from: Bound | null; to: Bound | null }
  | { is: 'given'; given: boolean }
export interface Bound {
  value: number
  included: boolean
}

/** What a rule gives: a value, another answer, or a list of answers. */
export type Output = Plain | { path: string } | { paths: string[] }

/** A table in the manner of DMN: each rule has one cell an input and gives one output. */
export interface DecisionTable {
  /** What is asked: `child.sex`, or a figure made from an answer: `years:child.dateOfBirth`. */
  inputs: string[]
  /** `first`: the first rule that fits decides; `unique`: never more than one may fit. */
  hitPolicy: 'first' | 'unique'
  rules: { when: Cell[]; gives: Output }[]
  /** What is given when no rule fits; null: nothing. */
  otherwise: Output
}

/** Rules of one table: as many as an expression can hold. */
export const mostRules = 40

/** How an input is written in `inputs`. */
export const inputOf = ({ path, of }: { path: string; of?: Measure }) => (of ? `${of}:${path}` : path)

/** What an input asks: an answer, or a figure made from it. */
export function askedBy(input: string): { path: string; of?: Measure } {
  const [name, path] = input.split(':')
  const of = measures.find((measure) => measure === name)
  return of && path !== undefined ? { path, of } : { path: input }
}

/** The chain of ifs that a table says; both hit policies read alike, `checkTable` tells where they differ. */
export function feelOfTable({ inputs, rules, otherwise }: DecisionTable): string {
  const ifs = rules.map(
    ({ when, gives }) => `if ${feelOf(sentenceOfRow(inputs, when))} then ${outputText(gives)}`,
  )
  return [...ifs, outputText(otherwise)].join(' else ')
}

/** The condition of one row: all of its cells hold. */
export function sentenceOfRow(inputs: readonly string[], when: readonly Cell[]): Sentence {
  return { all: true, tests: inputs.flatMap((input, index) => testsOf(askedBy(input), when[index] ?? null)) }
}

function testsOf(asked: Pick<Test, 'path' | 'of'>, cell: Cell): Test[] {
  if (cell === null) return []
  if (cell.is === 'given') return [{ ...asked, op: cell.given ? 'filled' : 'empty', value: null }]
  if (cell.is !== 'range') {
    const [one, several] = cell.is === 'in' ? (['is', 'one-of'] as const) : (['is-not', 'none-of'] as const)
    const [only] = cell.values
    return cell.values.length === 1
      ? [{ ...asked, op: one, value: only as Plain }]
      : [{ ...asked, op: several, value: cell.values }]
  }
  const { from, to } = cell
  return [
    ...(from ? [{ ...asked, op: from.included ? 'at-least' : 'more', value: from.value } as const] : []),
    ...(to ? [{ ...asked, op: to.included ? 'at-most' : 'less', value: to.value } as const] : []),
  ]
}

function outputText(output: Output): string {
  if (typeof output === 'string') return quoted(output)
  if (typeof output === 'number') return numberText(output)
  if (typeof output !== 'object' || output === null) return String(output)
  return 'path' in output ? output.path : `[${output.paths.join(', ')}]`
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
  const inputs = [...new Set(rows.flatMap(({ tests }) => tests.map(inputOf)))]
  const rules = rows.map(({ tests, gives }) => ({ when: inputs.map((input) => cellOf(input, tests)), gives }))
  if (rules.some(({ when }) => when.includes(undefined))) return null
  return { inputs, hitPolicy: 'first', rules: rules as DecisionTable['rules'], otherwise }
}

/** What an expression gives whatever is answered: a value, an answer or a list of answers; undefined: it computes. */
export function plainOutputOf(text: string): Output | undefined {
  const tree = compileFeel(text)
  return isRefusal(tree) ? undefined : outputOf(tree)
}

function outputOf(tree: Feel): Output | undefined {
  if (tree.is === 'literal') return tree.value
  if (tree.is === 'path') return { path: tree.names.join('.') }
  if (tree.is === 'list') {
    const paths = tree.items.map((item) => (item.is === 'path' ? item.names.join('.') : null))
    return paths.every((path) => path !== null) ? { paths } : undefined
  }
  return tree.is === 'negate' && tree.of.is === 'literal' && typeof tree.of.value === 'number'
    ? 0 - tree.of.value
    : undefined
}

const oneByOne = { is: 'in', 'is-not': 'not-in' } as const
const listed = { 'one-of': 'in', 'none-of': 'not-in' } as const
const said = { filled: true, empty: false } as const

/** The cell of an input in a row; undefined when its tests do not fit into one. */
function cellOf(input: string, tests: readonly Test[]): Cell | undefined {
  const own = tests.filter((test) => inputOf(test) === input)
  const [first, second, ...more] = own
  if (!first) return null
  if (!second) {
    const { op, value } = first
    if (op in listed && Array.isArray(value)) return { is: listed[op as keyof typeof listed], values: value }
    if (op in oneByOne && isPlain(value))
      return { is: oneByOne[op as keyof typeof oneByOne], values: [value] }
    if (op in said) return { is: 'given', given: said[op as keyof typeof said] }
  }
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
  // A figure that is still to be typed is written as null; it is compared with nothing.
  const value = test.value === null ? Number.NaN : test.value
  return typeof value === 'number' ? { value, included: test.op === included } : undefined
}
