import { type Outcome, refusal } from '../errors.ts'
import { type CompareOp, type Feel, type FeelTest, feelFunctions } from './feel-tree.ts'

/** Thrown when an expression runs beyond its budget; doors turn it into `refusal`. */
export class FeelTooCostly extends RangeError {
  readonly refusal = refusal('invalid', 'feel.too-costly')
  constructor() {
    super('feel: the expression runs too long or makes something too large')
  }
}

/** A calendar date inside an evaluation; comes out as its ISO text. */
export class FeelDate {
  readonly iso: string
  constructor(iso: string) {
    this.iso = iso
  }
}

export interface EvaluateOptions {
  /** The date of law, `YYYY-MM-DD`; without it `today()` is null. */
  today?: string | undefined
  /** Functions a module adds; they get and give plain values and dates as ISO text. */
  functions?: Record<string, (...args: unknown[]) => unknown>
  /** Names that stand before those of the context, such as the cells of the row that asks. */
  scope?: Record<string, unknown> | undefined
  /** Steps that several expressions share; without it each has its own. */
  steps?: { left: number } | undefined
}

type Context = Record<string, unknown>

/** What expressions are asked over. Several may be asked over one, and the context may grow in between. */
export interface FeelRun {
  context: Context
  /** Names that stand before those of the context. */
  bound: Context | undefined
  options: EvaluateOptions
  steps: { left: number }
}
type Run = FeelRun

/** An expression made ready: its value over a run, dates as ISO text. Throws a RangeError when it is too costly. */
export type ReadyFeel = (run: FeelRun) => unknown

/** One node of a tree made ready; its value may be a `FeelDate`. */
type Value = (run: Run) => unknown

const mostSteps = 200_000
/** Letters of a text that an expression reads or makes; no answer is longer. */
const longestText = 100_000

/**
 * The value of a compiled expression over a context of plain data. Anything that cannot be computed is null,
 * as FEEL says; dates come out as ISO text. Throws only `FeelTooCostly`: beyond the steps, the length of texts or the
 * depth of values that an expression may have. Has no dependency and runs in browsers.
 */
export function evaluateFeel(tree: Feel, context: Context, options: EvaluateOptions = {}): unknown {
  try {
    return readyFeel(tree)(feelRun(context, options))
  } catch (error) {
    // Values nested beyond the stack are as costly as endless steps.
    throw error instanceof RangeError ? new FeelTooCostly() : error
  }
}

/** A run over a context. */
export function feelRun(context: Context, options: EvaluateOptions = {}): FeelRun {
  const { scope: bound, steps = { left: mostSteps } } = options
  return { context, bound, options, steps }
}

const ready = new WeakMap<Feel, ReadyFeel>()

/**
 * Turns a tree into functions once, however often it is asked: a tree is data, and nothing of it becomes code. Trees
 * must not be changed afterwards.
 */
export function readyFeel(tree: Feel): ReadyFeel {
  const known = ready.get(tree)
  if (known) return known
  const value = nodeOf(tree)
  const asked: ReadyFeel = (run) => plain(value(run), run)
  ready.set(tree, asked)
  return asked
}

/** The same for doors: what is too costly is a refusal (`feel.too-costly`). */
export function tryFeel(tree: Feel, context: Context, options?: EvaluateOptions): Outcome<unknown> {
  try {
    return evaluateFeel(tree, context, options)
  } catch (error) {
    if (error instanceof FeelTooCostly) return error.refusal
    throw error
  }
}

/** True only when the expression is true: null and false both mean "no". */
export function holds(tree: Feel, context: Context, options?: EvaluateOptions): boolean {
  return evaluateFeel(tree, context, options) === true
}

function plain(value: unknown, run: Run): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof FeelDate) return value.iso
  if (!Array.isArray(value)) return value
  spend(run, value.length)
  return value.map((item) => plain(item, run))
}

function spend(run: Run, steps: number): void {
  run.steps.left -= steps
  if (run.steps.left < 0) throw new FeelTooCostly()
}

/** What it costs to read or compare a text. */
function spendOn(run: Run, text: string): void {
  if (text.length > longestText) throw new FeelTooCostly()
  if (text.length >= 64) spend(run, text.length >> 6)
}

/** Each node costs a step when it is asked, before what stands in it. */
function nodeOf(tree: Feel): Value {
  switch (tree.is) {
    case 'literal': {
      const { value } = tree
      return (run) => {
        spend(run, 1)
        return value
      }
    }
    case 'path':
      return pathOf(tree.names)
    case 'get': {
      const [of, { name }] = [nodeOf(tree.of), tree]
      return step((run) => property(of(run), name, run))
    }
    case 'list': {
      const items = tree.items.map(nodeOf)
      return step((run) => items.map((item) => item(run)))
    }
    case 'negate': {
      const of = nodeOf(tree.of)
      return step((run) => arithmetic('-', 0, of(run), run))
    }
    case 'arithmetic': {
      const [left, right, { op }] = [nodeOf(tree.left), nodeOf(tree.right), tree]
      return step((run) => arithmetic(op, left(run), right(run), run))
    }
    case 'compare': {
      const [left, right, { op }] = [nodeOf(tree.left), nodeOf(tree.right), tree]
      return step((run) => compare(op, left(run), right(run), run))
    }
    case 'between': {
      const [of, from, to] = [nodeOf(tree.of), nodeOf(tree.from), nodeOf(tree.to)]
      return step((run) => between(of(run), from(run), to(run), run))
    }
    case 'in': {
      const [of, tests] = [nodeOf(tree.of), tree.tests.map(testOf)]
      return step((run) => isIn(of(run), tests, run))
    }
    case 'and': {
      const [left, right] = [nodeOf(tree.left), nodeOf(tree.right)]
      return step((run) => conjunction(left(run), right(run)))
    }
    case 'or': {
      const [left, right] = [nodeOf(tree.left), nodeOf(tree.right)]
      return step((run) => disjunction(left(run), right(run)))
    }
    case 'if': {
      const [when, yes, no] = [nodeOf(tree.when), nodeOf(tree.yes), nodeOf(tree.no)]
      return step((run) => (when(run) === true ? yes(run) : no(run)))
    }
    case 'some':
    case 'every':
      return quantified(tree)
    case 'call':
      return callOf(tree.name, tree.args.map(nodeOf))
    default:
      return step(nothing(tree))
  }
}

const step =
  (value: Value): Value =>
  (run) => {
    spend(run, 1)
    return value(run)
  }

// A stored tree may come from a newer release: what we do not know cannot be computed.
const nothing = (_: never) => () => null

function pathOf([first = '', ...rest]: string[]): Value {
  return (run) => {
    spend(run, 1)
    const { bound } = run
    let value = bound && Object.hasOwn(bound, first) ? bound[first] : property(run.context, first, run)
    for (const name of rest) value = property(value, name, run)
    return value
  }
}

/** Own properties only, so that `constructor` or `__proto__` never reach outside the answers. */
function property(of: unknown, name: string, run: Run): unknown {
  if (typeof of !== 'object' || of === null) return null
  if (Array.isArray(of)) {
    spend(run, of.length)
    return of.map((item) => property(item, name, run))
  }
  if (of instanceof FeelDate) return datePart(of, name)
  return Object.hasOwn(of, name) ? ((of as Context)[name] ?? null) : null
}

function datePart({ iso }: FeelDate, name: string): number | null {
  const [year, month, day] = iso.split('-').map(Number)
  const parts: Record<string, number | undefined> = { year, month, day }
  return Object.hasOwn(parts, name) ? (parts[name] ?? null) : null
}

function arithmetic(op: string, left: unknown, right: unknown, run: Run): unknown {
  if (op === '+' && typeof left === 'string' && typeof right === 'string') return joined(left, right, run)
  if (typeof left !== 'number' || typeof right !== 'number') return null
  return finite(calculated(op, left, right))
}

const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null)

function joined(left: string, right: string, run: Run): string {
  const text = left + right
  spendOn(run, text)
  return text
}

function calculated(op: string, left: number, right: number): number | null {
  switch (op) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? null : left / right
    default:
      return left ** right
  }
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'nil'
  if (Array.isArray(value)) return 'list'
  return value instanceof FeelDate ? 'date' : typeof value
}

/** A list of one stands for its element, and an empty list for nothing. */
const single = (value: unknown) => (Array.isArray(value) && value.length < 2 ? value[0] : value)

function equal(a: unknown, b: unknown, run: Run): boolean | null {
  spend(run, 1)
  if (typeof a === 'string' && typeof b === 'string') return sameText(a, b, run)
  if ((a === null) !== (b === null)) return false
  const [left, right] = [single(a), single(b)]
  const type = typeOf(left)
  if (type !== typeOf(right)) return null
  if (type === 'nil') return true
  if (type === 'date') return (left as FeelDate).iso === (right as FeelDate).iso
  if (type === 'list') return equalLists(left as unknown[], right as unknown[], run)
  if (type === 'object') return equalContexts(left as Context, right as Context, run)
  if (type === 'string') return sameText(left as string, right as string, run)
  return left === right
}

function sameText(a: string, b: string, run: Run): boolean {
  spendOn(run, a)
  return a === b
}

function equalLists(a: unknown[], b: unknown[], run: Run): boolean {
  return a.length === b.length && a.every((item, i) => equal(item, b[i], run) === true)
}

function equalContexts(a: Context, b: Context, run: Run): boolean {
  const keys = Object.keys(a)
  spend(run, keys.length)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], run) === true)
}

/** Below, equal, above; null when the two cannot be ordered. */
function order(a: unknown, b: unknown, run: Run): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const type = typeOf(a)
  if (type !== typeOf(b)) return null
  if (type === 'date') return order((a as FeelDate).iso, (b as FeelDate).iso, run)
  if (type !== 'number' && type !== 'string') return null
  if (type === 'string') spendOn(run, a as string)
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0
}

function compare(op: CompareOp, left: unknown, right: unknown, run: Run): boolean | null {
  if (op === '=') return equal(left, right, run)
  if (op === '!=') {
    const same = equal(left, right, run)
    return same === null ? null : !same
  }
  const found = order(left, right, run)
  if (found === null) return null
  if (op === '<') return found < 0
  if (op === '<=') return found <= 0
  return op === '>' ? found > 0 : found >= 0
}

function between(value: unknown, from: unknown, to: unknown, run: Run): boolean | null {
  if (from === null || to === null) return null
  return within(value, { from, to, fromIncluded: true, toIncluded: true }, run)
}

interface Range {
  from: unknown
  to: unknown
  fromIncluded: boolean
  toIncluded: boolean
}

/** A null end leaves the range open on that side; a range written downwards is read upwards. */
function within(value: unknown, range: Range, run: Run): boolean | null {
  if (range.from === null && range.to === null) return null
  const turned = range.from !== null && range.to !== null && (order(range.from, range.to, run) ?? 0) > 0
  const { from, to, fromIncluded, toIncluded } = turned
    ? { from: range.to, to: range.from, fromIncluded: range.toIncluded, toIncluded: range.fromIncluded }
    : range
  const above = from === null ? true : compare(fromIncluded ? '>=' : '>', value, from, run)
  const below = to === null ? true : compare(toIncluded ? '<=' : '<', value, to, run)
  return above === null || below === null ? null : above && below
}

type Passes = (value: unknown, run: Run) => boolean | null

function isIn(value: unknown, tests: readonly Passes[], run: Run): boolean | null {
  let unknown = false
  for (const passes of tests) {
    const result = passes(value, run)
    if (result === true) return true
    if (result === null) unknown = true
  }
  return unknown ? null : false
}

function testOf(test: FeelTest): Passes {
  switch (test.is) {
    case 'range': {
      const { fromIncluded, toIncluded } = test
      const [from, to] = [nodeOf(test.from), nodeOf(test.to)]
      return (value, run) => within(value, { from: from(run), to: to(run), fromIncluded, toIncluded }, run)
    }
    case 'compared': {
      const [to, { op }] = [nodeOf(test.to), test]
      return (value, run) => compare(op, value, to(run), run)
    }
    case 'equal': {
      const to = nodeOf(test.to)
      return (value, run) => equal(to(run), value, run) === true
    }
    case 'any of': {
      const list = nodeOf(test.list)
      return (value, run) => {
        const given = list(run)
        if (given === null) return null
        return (Array.isArray(given) ? given : [given]).some((item) => equal(item, value, run) === true)
      }
    }
    default:
      return nothing(test)
  }
}

function conjunction(left: unknown, right: unknown): boolean | null {
  if (left === false || right === false) return false
  return left === true && right === true ? true : null
}

function disjunction(left: unknown, right: unknown): boolean | null {
  if (left === true || right === true) return true
  return left === false && right === false ? false : null
}

function quantified(tree: Extract<Feel, { is: 'some' | 'every' }>): Value {
  const [within, satisfies, { name, is }] = [nodeOf(tree.within), nodeOf(tree.satisfies), tree]
  return step((run) => {
    const list = within(run)
    if (!Array.isArray(list)) return null
    const satisfied = (item: unknown) => {
      const result = satisfies({ ...run, bound: { ...run.bound, [name]: item } })
      return result !== false && result !== null
    }
    return is === 'some' ? list.some(satisfied) : list.every(satisfied)
  })
}

function callOf(name: string, args: readonly Value[]): Value {
  const asked = (run: Run) => args.map((arg) => arg(run))
  // The compiler has counted the arguments of texts; stored trees may come from elsewhere.
  const least = Object.hasOwn(feelFunctions, name) ? feelFunctions[name as keyof typeof feelFunctions][0] : 0
  const builtIn = Object.hasOwn(builtIns, name) ? builtIns[name] : undefined
  return step((run) => {
    const values = asked(run)
    if (values.length < least) return null
    return (builtIn ? builtIn(values, run) : added(name, values, run)) ?? null
  })
}

/** What a function of a module gives. */
function added(name: string, values: readonly unknown[], run: Run): unknown {
  const { functions } = run.options
  if (!functions || !Object.hasOwn(functions, name)) return null
  return functions[name]?.(...values.map((value) => plain(value, run)))
}

type BuiltIn = (args: unknown[], run: Run) => unknown

const builtIns: Record<string, BuiltIn> = {
  not: ([value]) => (typeof value === 'boolean' ? !value : null),
  'is defined': ([value]) => value !== null && value !== undefined,
  contains: texts((text, part) => text.includes(part)),
  'starts with': texts((text, part) => text.startsWith(part)),
  'ends with': texts((text, part) => text.endsWith(part)),
  'string length': texts(lettersOf),
  'upper case': texts((text) => text.toUpperCase()),
  'lower case': texts((text) => text.toLowerCase()),
  string: ([value]) => asText(value),
  count: lists((list) => list.length),
  'list contains': ([list, item], run) =>
    asList(list)?.some((other) => equal(other, item, run) === true) ?? null,
  sum: lists((list) =>
    list.length && list.every(isNumber) ? finite(list.reduce((a, b) => a + b, 0)) : null,
  ),
  min: lists((list) => (list.length && list.every(isNumber) ? list.reduce((a, b) => Math.min(a, b)) : null)),
  max: lists((list) => (list.length && list.every(isNumber) ? list.reduce((a, b) => Math.max(a, b)) : null)),
  floor: numbers(Math.floor),
  ceiling: numbers(Math.ceil),
  abs: numbers(Math.abs),
  date: ([first, month, day]) => asDate(month === undefined ? first : isoOf(first, month, day)),
  today: (_, run) => asDate(run.options.today ?? null),
  'years between': dates((a, b) => Math.trunc(monthsBetween(a, b) / 12)),
  'months between': dates(monthsBetween),
  'days between': dates((a, b) => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000)),
  'add days': shifted((iso, n) => new Date(Date.parse(iso) + n * 86_400_000).toISOString().slice(0, 10)),
  'add months': shifted(addMonths),
  'add years': shifted((iso, n) => addMonths(iso, n * 12)),
}

function lettersOf(text: string): number {
  let letters = 0
  for (const _ of text) letters++
  return letters
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

function texts(compute: (text: string, other: string) => unknown): BuiltIn {
  return (args, run) => {
    const given = args.map(single)
    if (!given.every((arg) => typeof arg === 'string')) return null
    for (const text of given) spendOn(run, text)
    return compute(given[0] as string, given[1] as string)
  }
}

function numbers(compute: (value: number) => number): BuiltIn {
  return ([value]) => {
    const given = single(value)
    return isNumber(given) ? compute(given) : null
  }
}

function lists(compute: (list: unknown[]) => unknown): BuiltIn {
  return ([value], run) => {
    const list = asList(value)
    if (!list) return null
    spend(run, list.length)
    return compute(list)
  }
}

function dates(compute: (a: string, b: string) => number): BuiltIn {
  return ([a, b]) => {
    const [from, to] = [asDate(a), asDate(b)]
    return from && to ? compute(from.iso, to.iso) : null
  }
}

function shifted(compute: (iso: string, n: number) => string): BuiltIn {
  return ([value, n]) => {
    const date = asDate(value)
    return date && isNumber(n) && Number.isInteger(n) && Math.abs(n) < 1_000_000
      ? asDate(compute(date.iso, n))
      : null
  }
}

const asList = (value: unknown) =>
  value === null || value === undefined ? null : Array.isArray(value) ? value : [value]

function asText(value: unknown): string | null {
  if (value instanceof FeelDate) return value.iso
  return value === null || typeof value === 'object' ? null : String(value)
}

function isoOf(year: unknown, month: unknown, day: unknown): string | null {
  if (!isNumber(year) || !isNumber(month) || !isNumber(day)) return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function asDate(value: unknown): FeelDate | null {
  const given = single(value)
  if (given instanceof FeelDate) return given
  return typeof given === 'string' && isDay(given) ? new FeelDate(given) : null
}

const dayShape = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

function isDay(iso: string): boolean {
  if (!dayShape.test(iso)) return false
  const day = Number(iso.slice(8))
  return (
    day < 29 ||
    day <= new Date(Date.UTC(2000 + (Number(iso.slice(0, 4)) % 400), Number(iso.slice(5, 7)), 0)).getUTCDate()
  )
}

/** Whole months from one date to another; negative when the second is earlier. */
function monthsBetween(a: string, b: string): number {
  if (b < a) return -monthsBetween(b, a)
  const months =
    (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7))
  return months - (b.slice(8) < a.slice(8) ? 1 : 0)
}

/** The same day so many months later; the last day of a shorter month when there is no such day. */
function addMonths(iso: string, n: number): string {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  const total = year * 12 + (month - 1) + n
  const [y, m] = [Math.floor(total / 12), total - Math.floor(total / 12) * 12]
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
  return isoOf(y, m + 1, Math.min(day, last)) ?? ''
}
