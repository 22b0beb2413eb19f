import type { CompareOp, Feel, FeelTest } from './feel-tree.ts'

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
interface Run {
  context: Context
  bound: Context
  options: EvaluateOptions
  steps: { left: number }
}

const mostSteps = 200_000

/**
 * The value of a compiled expression over a context of plain data. Anything that cannot be computed is null,
 * as FEEL says; dates come out as ISO text. Throws only when an expression runs beyond its step budget.
 * Has no dependency and runs in browsers.
 */
export function evaluateFeel(tree: Feel, context: Context, options: EvaluateOptions = {}): unknown {
  const { scope: bound = {}, steps = { left: mostSteps } } = options
  return plain(valueIn(tree, { context, bound, options, steps }))
}

/** True only when the expression is true: null and false both mean "no". */
export function holds(tree: Feel, context: Context, options?: EvaluateOptions): boolean {
  return evaluateFeel(tree, context, options) === true
}

function plain(value: unknown): unknown {
  if (value instanceof FeelDate) return value.iso
  return Array.isArray(value) ? value.map(plain) : value
}

function valueIn(tree: Feel, run: Run): unknown {
  if (run.steps.left-- <= 0) throw new RangeError('feel: the expression runs too long')
  switch (tree.is) {
    case 'literal':
      return tree.value
    case 'path':
      return pathValue(tree.names, run)
    case 'get':
      return property(valueIn(tree.of, run), tree.name)
    case 'list':
      return tree.items.map((item) => valueIn(item, run))
    case 'negate':
      return arithmetic('-', 0, valueIn(tree.of, run))
    case 'arithmetic':
      return arithmetic(tree.op, valueIn(tree.left, run), valueIn(tree.right, run))
    case 'compare':
      return compare(tree.op, valueIn(tree.left, run), valueIn(tree.right, run))
    case 'between':
      return between(valueIn(tree.of, run), valueIn(tree.from, run), valueIn(tree.to, run))
    case 'in':
      return isIn(valueIn(tree.of, run), tree.tests, run)
    case 'and':
      return conjunction(valueIn(tree.left, run), valueIn(tree.right, run))
    case 'or':
      return disjunction(valueIn(tree.left, run), valueIn(tree.right, run))
    case 'if':
      return valueIn(tree.when, run) === true ? valueIn(tree.yes, run) : valueIn(tree.no, run)
    case 'some':
    case 'every':
      return quantified(tree, run)
    case 'call':
      return call(tree.name, tree.args, run)
    default:
      return tree satisfies never
  }
}

function pathValue([first = '', ...rest]: string[], run: Run): unknown {
  const start = Object.hasOwn(run.bound, first) ? run.bound[first] : property(run.context, first)
  return rest.reduce(property, start)
}

/** Own properties only, so that `constructor` or `__proto__` never reach outside the answers. */
function property(of: unknown, name: string): unknown {
  if (Array.isArray(of)) return of.map((item) => property(item, name))
  if (of instanceof FeelDate) return datePart(of, name)
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name)) return null
  return (of as Context)[name] ?? null
}

function datePart({ iso }: FeelDate, name: string): number | null {
  const [year, month, day] = iso.split('-').map(Number)
  return { year, month, day }[name] ?? null
}

function arithmetic(op: string, left: unknown, right: unknown): unknown {
  if (op === '+' && typeof left === 'string' && typeof right === 'string') return left + right
  if (typeof left !== 'number' || typeof right !== 'number') return null
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

function equal(a: unknown, b: unknown): boolean | null {
  if ((a === null) !== (b === null)) return false
  const [left, right] = [single(a), single(b)]
  const type = typeOf(left)
  if (type !== typeOf(right)) return null
  if (type === 'nil') return true
  if (type === 'date') return (left as FeelDate).iso === (right as FeelDate).iso
  if (type === 'list') return equalLists(left as unknown[], right as unknown[])
  if (type === 'object') return equalContexts(left as Context, right as Context)
  return left === right
}

function equalLists(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => equal(item, b[i]) === true)
}

function equalContexts(a: Context, b: Context): boolean {
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]) === true)
}

/** Below, equal, above; null when the two cannot be ordered. */
function order(a: unknown, b: unknown): number | null {
  const type = typeOf(a)
  if (type !== typeOf(b)) return null
  if (type === 'date') return order((a as FeelDate).iso, (b as FeelDate).iso)
  if (type !== 'number' && type !== 'string') return null
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0
}

function compare(op: CompareOp, left: unknown, right: unknown): boolean | null {
  if (op === '=') return equal(left, right)
  if (op === '!=') {
    const same = equal(left, right)
    return same === null ? null : !same
  }
  const found = order(left, right)
  if (found === null) return null
  if (op === '<') return found < 0
  if (op === '<=') return found <= 0
  return op === '>' ? found > 0 : found >= 0
}

function between(value: unknown, from: unknown, to: unknown): boolean | null {
  if (from === null || to === null) return null
  return within(value, { from, to, fromIncluded: true, toIncluded: true })
}

interface Range {
  from: unknown
  to: unknown
  fromIncluded: boolean
  toIncluded: boolean
}

/** A null end leaves the range open on that side; a range written downwards is read upwards. */
function within(value: unknown, range: Range): boolean | null {
  if (range.from === null && range.to === null) return null
  const turned = range.from !== null && range.to !== null && (order(range.from, range.to) ?? 0) > 0
  const { from, to, fromIncluded, toIncluded } = turned
    ? { from: range.to, to: range.from, fromIncluded: range.toIncluded, toIncluded: range.fromIncluded }
    : range
  const above = from === null ? true : compare(fromIncluded ? '>=' : '>', value, from)
  const below = to === null ? true : compare(toIncluded ? '<=' : '<', value, to)
  return above === null || below === null ? null : above && below
}

function isIn(value: unknown, tests: FeelTest[], run: Run): boolean | null {
  let unknown = false
  for (const test of tests) {
    const result = passes(value, test, run)
    if (result === true) return true
    if (result === null) unknown = true
  }
  return unknown ? null : false
}

function passes(value: unknown, test: FeelTest, run: Run): boolean | null {
  switch (test.is) {
    case 'range':
      return within(value, { ...test, from: valueIn(test.from, run), to: valueIn(test.to, run) })
    case 'compared':
      return compare(test.op, value, valueIn(test.to, run))
    case 'equal':
      return equal(valueIn(test.to, run), value) === true
    case 'any of': {
      const list = valueIn(test.list, run)
      if (list === null) return null
      return (Array.isArray(list) ? list : [list]).some((item) => equal(item, value) === true)
    }
    default:
      return test satisfies never
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

function quantified(tree: Extract<Feel, { is: 'some' | 'every' }>, run: Run): boolean | null {
  const list = valueIn(tree.within, run)
  if (!Array.isArray(list)) return null
  const satisfied = (item: unknown) => {
    const result = valueIn(tree.satisfies, { ...run, bound: { ...run.bound, [tree.name]: item } })
    return result !== false && result !== null
  }
  return tree.is === 'some' ? list.some(satisfied) : list.every(satisfied)
}

function call(name: string, args: Feel[], run: Run): unknown {
  const values = args.map((arg) => valueIn(arg, run))
  const builtIn = Object.hasOwn(builtIns, name) ? builtIns[name] : undefined
  if (builtIn) return builtIn(values, run) ?? null
  const added = run.options.functions
  if (!added || !Object.hasOwn(added, name)) return null
  return added[name]?.(...values.map(plain)) ?? null
}

type BuiltIn = (args: unknown[], run: Run) => unknown

const builtIns: Record<string, BuiltIn> = {
  not: ([value]) => (typeof value === 'boolean' ? !value : null),
  'is defined': ([value]) => value !== null && value !== undefined,
  contains: texts((text, part) => text.includes(part)),
  'starts with': texts((text, part) => text.startsWith(part)),
  'ends with': texts((text, part) => text.endsWith(part)),
  'string length': texts((text) => [...text].length),
  'upper case': texts((text) => text.toUpperCase()),
  'lower case': texts((text) => text.toLowerCase()),
  string: ([value]) => asText(value),
  count: lists((list) => list.length),
  'list contains': ([list, item]) => asList(list)?.some((other) => equal(other, item) === true) ?? null,
  sum: lists((list) => (list.length && list.every(isNumber) ? list.reduce((a, b) => a + b, 0) : null)),
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

const isNumber = (value: unknown): value is number => typeof value === 'number'

function texts(compute: (text: string, other: string) => unknown): BuiltIn {
  return (args) => {
    const given = args.map(single)
    return given.every((arg) => typeof arg === 'string')
      ? compute(given[0] as string, given[1] as string)
      : null
  }
}

function numbers(compute: (value: number) => number): BuiltIn {
  return ([value]) => {
    const given = single(value)
    return isNumber(given) ? compute(given) : null
  }
}

function lists(compute: (list: unknown[]) => unknown): BuiltIn {
  return ([value]) => {
    const list = asList(value)
    return list ? compute(list) : null
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
  if (typeof given !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(given)) return null
  const time = Date.parse(given)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== given
    ? null
    : new FeelDate(given)
}

/** Whole months from one date to another; negative when the second is earlier. */
function monthsBetween(a: string, b: string): number {
  if (b < a) return -monthsBetween(b, a)
  const [y1 = 0, m1 = 0, d1 = 0] = a.split('-').map(Number)
  const [y2 = 0, m2 = 0, d2 = 0] = b.split('-').map(Number)
  return (y2 - y1) * 12 + m2 - m1 - (d2 < d1 ? 1 : 0)
}

/** The same day so many months later; the last day of a shorter month when there is no such day. */
function addMonths(iso: string, n: number): string {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  const total = year * 12 + (month - 1) + n
  const [y, m] = [Math.floor(total / 12), total - Math.floor(total / 12) * 12]
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
  return isoOf(y, m + 1, Math.min(day, last)) ?? ''
}
