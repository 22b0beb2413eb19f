import { isRefusal } from '../errors.ts'
import { compileFeel } from './compile-feel.ts'
import type { CompareOp, Feel } from './feel-tree.ts'

/** What is asked of an answer: the answer itself, or a figure made from it. */
export const measures = ['years', 'months', 'days', 'count', 'length'] as const
/** Whole years, months or days from the date answered until today; rows of a group; letters of a text. */
export type Measure = (typeof measures)[number]

export const testOps = [
  'is',
  'is-not',
  'less',
  'more',
  'at-least',
  'at-most',
  'one-of',
  'none-of',
  'filled',
  'empty',
  'contains',
  'not-contains',
] as const
export type TestOp = (typeof testOps)[number]

export type Plain = string | number | boolean | null
/** What an answer is compared with. `path`: another answer; a list only with `one-of` and `none-of`. */
export type TestValue = Plain | Plain[] | { date: string } | { today: true } | { path: string }

/** One thing said of one answer: `filled` and `empty` compare with nothing (null). */
export interface Test {
  path: string
  of?: Measure
  op: TestOp
  value: TestValue
}

export interface TestGroup {
  /** All of the tests, or one of them. */
  all: boolean
  tests: Test[]
}

/** A rule as an official says it: "when all (one) of these hold", with groups one level deep. */
export interface Sentence extends TestGroup {
  groups?: TestGroup[]
}

/** The sentence that an expression says; null when it says more than a sentence can, so only the expert view shows it. */
export function sentenceOf(feel: Feel | string): Sentence | null {
  const tree = typeof feel === 'string' ? compileFeel(feel) : feel
  if (isRefusal(tree)) return null
  if (tree.is === 'literal' && tree.value === true) return { all: true, tests: [], groups: [] }
  const all = tree.is !== 'or'
  const sentence: Required<Sentence> = { all, tests: [], groups: [] }
  for (const part of partsOf(tree, all ? 'and' : 'or')) {
    const test = testOf(part)
    const group = test ? null : groupOf(part, !all)
    if (test) sentence.tests.push(test)
    else if (group) sentence.groups.push(group)
    else return null
  }
  return normalSentence(sentence)
}

/** The expression of a sentence; nothing said at all is always true. `sentenceOf` gives the sentence back. */
export function feelOf(sentence: Sentence): string {
  const { all, tests, groups } = normalSentence(sentence)
  const inner = groups.map((group) => `(${joined(group.tests.map(testText), group.all)})`)
  return joined([...tests.map(testText), ...inner], all) || 'true'
}

/** The same said in one way only: a group of one test, or of the sentence's own kind, is no group. */
export function normalSentence({ all, tests, groups = [] }: Sentence): Required<Sentence> {
  const isReal = (group: TestGroup) => group.all !== all && group.tests.length > 1
  const own = [...tests, ...groups.filter((group) => !isReal(group)).flatMap((group) => group.tests)]
  const real = groups.filter(isReal)
  const [only] = real
  if (only && own.length === 0 && real.length === 1) return { ...only, groups: [] }
  return { all: all || own.length + real.length < 2, tests: own, groups: real }
}

const joined = (parts: readonly string[], all: boolean) => parts.join(all ? ' and ' : ' or ')

function partsOf(tree: Feel, by: 'and' | 'or'): Feel[] {
  return tree.is === by ? [...partsOf(tree.left, by), ...partsOf(tree.right, by)] : [tree]
}

function groupOf(tree: Feel, all: boolean): TestGroup | null {
  if (tree.is !== (all ? 'and' : 'or')) return null
  const tests = partsOf(tree, tree.is).map(testOf)
  return tests.every((test) => test !== null) ? { all, tests } : null
}

const compared = {
  '=': 'is',
  '!=': 'is-not',
  '<': 'less',
  '>': 'more',
  '>=': 'at-least',
  '<=': 'at-most',
} as const
const signs = Object.fromEntries(Object.entries(compared).map(([sign, op]) => [op, sign])) as Record<
  string,
  string
>
const turned = { '=': '=', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const
const opposite: Record<TestOp, TestOp> = {
  is: 'is-not',
  'is-not': 'is',
  less: 'at-least',
  'at-least': 'less',
  more: 'at-most',
  'at-most': 'more',
  'one-of': 'none-of',
  'none-of': 'one-of',
  filled: 'empty',
  empty: 'filled',
  contains: 'not-contains',
  'not-contains': 'contains',
}

function testOf(tree: Feel): Test | null {
  switch (tree.is) {
    case 'path':
      return { path: dotted(tree), op: 'is', value: true }
    case 'compare':
      return (
        comparisonOf(tree.op, tree.left, tree.right) ?? comparisonOf(turned[tree.op], tree.right, tree.left)
      )
    case 'in':
      return membershipOf(tree)
    case 'call':
      return callOf(tree.name, tree.args)
    default:
      return null
  }
}

const dotted = ({ names }: Extract<Feel, { is: 'path' }>) => names.join('.')
const pathOf = (tree: Feel | undefined) => (tree?.is === 'path' ? dotted(tree) : null)

function comparisonOf(sign: CompareOp, left: Feel, right: Feel): Test | null {
  const op = compared[sign]
  const date = dateOf(right)
  if (date) {
    const path = left.is === 'call' && left.name === 'date' && left.args.length === 1 && pathOf(left.args[0])
    return path ? { path, op, value: date } : null
  }
  const value = right.is === 'path' ? { path: dotted(right) } : literalOf(right)
  if (value === undefined) return null
  if (left.is === 'path') return { path: dotted(left), op, value }
  const measured = measuredOf(left)
  return measured && { ...measured, op, value }
}

const isToday = (tree: Feel | undefined) => tree?.is === 'call' && tree.name === 'today'

function dateOf(tree: Feel): { date: string } | { today: true } | null {
  if (isToday(tree)) return { today: true }
  if (tree.is !== 'call' || tree.name !== 'date' || tree.args.length !== 1) return null
  const [iso] = tree.args
  return iso?.is === 'literal' && typeof iso.value === 'string' ? { date: iso.value } : null
}

function literalOf(tree: Feel): Plain | undefined {
  if (tree.is === 'literal') return tree.value
  if (tree.is !== 'negate' || tree.of.is !== 'literal' || typeof tree.of.value !== 'number') return undefined
  return 0 - tree.of.value
}

const figures: Record<string, Measure> = {
  'years between': 'years',
  'months between': 'months',
  'days between': 'days',
  count: 'count',
  'string length': 'length',
}

function measuredOf(tree: Feel): { path: string; of: Measure } | null {
  if (tree.is !== 'call' || !Object.hasOwn(figures, tree.name)) return null
  const path = pathOf(tree.args[0])
  const fits = tree.args.length === 1 || isToday(tree.args[1])
  return path !== null && fits ? { path, of: figures[tree.name] as Measure } : null
}

function membershipOf({ of, tests }: Extract<Feel, { is: 'in' }>): Test | null {
  const items = tests.flatMap((test) => {
    if (test.is === 'equal') return [test.to]
    return test.is === 'any of' && test.list.is === 'list' ? test.list.items : [null]
  })
  return oneOf(items, pathOf(of))
}

function oneOf(items: readonly (Feel | null)[], path: string | null): Test | null {
  const value = items.map((item) => (item ? literalOf(item) : undefined))
  return path !== null && value.every((each) => each !== undefined) ? { path, op: 'one-of', value } : null
}

function callOf(name: string, [first, second]: Feel[]): Test | null {
  const path = pathOf(first)
  switch (name) {
    case 'not':
      return first ? negationOf(first) : null
    case 'is defined':
      return path === null ? null : { path, op: 'filled', value: null }
    case 'contains': {
      const part = second ? literalOf(second) : undefined
      return path !== null && typeof part === 'string' ? { path, op: 'contains', value: part } : null
    }
    case 'list contains':
      return first?.is === 'list' ? oneOf(first.items, pathOf(second)) : null
    default:
      return null
  }
}

function negationOf(tree: Feel): Test | null {
  // What is unknown is neither yes nor no, so `not(x)` says that x is no.
  if (tree.is === 'path') return { path: dotted(tree), op: 'is', value: false }
  if (tree.is === 'call' && tree.name === 'not') return tree.args[0] ? testOf(tree.args[0]) : null
  const test = testOf(tree)
  return test && { ...test, op: opposite[test.op] }
}

function testText({ path, of, op, value }: Test): string {
  switch (op) {
    case 'filled':
      return `is defined(${path})`
    case 'empty':
      return `not(is defined(${path}))`
    case 'contains':
      return `contains(${path}, ${valueText(value)})`
    case 'not-contains':
      return `not(contains(${path}, ${valueText(value)}))`
    case 'one-of':
      return `list contains(${valueText(value)}, ${path})`
    case 'none-of':
      return `not(list contains(${valueText(value)}, ${path}))`
    default:
      return `${subjectText(path, of, value)} ${signs[op]} ${valueText(value)}`
  }
}

function subjectText(path: string, of: Measure | undefined, value: TestValue): string {
  if (of === 'count') return `count(${path})`
  if (of === 'length') return `string length(${path})`
  if (of) return `${of} between(${path}, today())`
  return isDate(value) ? `date(${path})` : path
}

const isDate = (value: TestValue) =>
  typeof value === 'object' && value !== null && ('date' in value || 'today' in value)

function valueText(value: TestValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if ('path' in value) return value.path
  return 'today' in value ? 'today()' : `date(${quoted(value.date)})`
}

/** A text as FEEL writes it. */
export function quoted(text: string): string {
  const escaped = text.replace(/[\\"\u0000-\u001f\u2028\u2029]/g, (char) => {
    const short = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char]
    return short ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}

/** A number as FEEL writes it: never with an exponent. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  const [, sign = '', whole = '', part = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  if (exponent === undefined) return String(value)
  const digits = whole + part
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}
