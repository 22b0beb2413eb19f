import type { FeelRun, ReadyFeel } from '../../kernel/feel/index.ts'
import { deepestValue, isBlank } from './fields/field-kind.ts'
import type { Field } from './form-definition.ts'
import type { Asked, Level, ListPlan, Step } from './form-plan.ts'
import type { QuickLook } from './quick-look.ts'

type Values = Record<string, unknown>

/** How to ask a FEEL expression during one evaluation. */
export interface Asking {
  context: Values
  today: string | undefined
  /** Its steps are shared by all expressions of one evaluation, so that no form and no answers hold anybody up. */
  run: FeelRun
  /** What was asked of the whole form: all that it reads has been worked out before, so it stays so. */
  known: unknown[]
  /** Answers are looked at as they are read: what is right counts in its normal form. */
  checking: boolean
}

/** What became of the form or of one row: by slot, whether it is shown and what its value is. */
export interface LevelState {
  shown: boolean[]
  values: unknown[]
  /** By slot: a shown answer that is right, its value then being its normal form. Only when checking. */
  right: boolean[]
  lists: ListState[]
  /** How many fields and lists have something given. */
  given: number
  /** Names that a row puts before those of the form; absent for the form itself and rows that ask nothing. */
  scope?: Values | undefined
}

export interface ListState {
  shown: boolean
  /** As it was given, whatever it is. */
  value: unknown
  rows: LevelState[]
}

/** The value of an expression; what cannot be worked out, or takes too long, is null. */
export function ask(asked: Asked, asking: Asking, scope?: Values): unknown {
  if (scope) return evaluate(asked, asking, scope)
  const known = asking.known[asked.at]
  if (known !== undefined) return known
  const value = evaluate(asked, asking, undefined)
  asking.known[asked.at] = value
  return value
}

function evaluate({ value }: Asked, { run }: Asking, scope: Values | undefined): unknown {
  run.bound = scope
  return valueOrNull(value, run)
}

/** What an expression gives over a run; null when it takes too long. */
export function valueOrNull(value: ReadyFeel, run: FeelRun): unknown {
  try {
    return value(run)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function allHold(all: readonly Asked[], asking: Asking, scope?: Values): boolean {
  for (const asked of all) if (ask(asked, asking, scope) !== true) return false
  return true
}

/** Works out the form from flat answers; `asking.context` grows to what conditions read. */
export function workOut(level: Level, answers: Values, asking: Asking): LevelState {
  return workOutLevel(level, answers, asking)
}

/** `scope` is what a row puts before `base`: the scope of the row around it, or the form. */
function workOutLevel(
  level: Level,
  given: Values,
  asking: Asking,
  scope?: Values,
  base?: Values,
): LevelState {
  const count = level.fields.length
  const state: LevelState = {
    shown: new Array(count).fill(false),
    values: new Array(count).fill(undefined),
    right: new Array(count).fill(false),
    lists: [],
    given: 0,
    scope,
  }
  const target = scope ?? asking.context
  const answers = plain(given)
  for (const step of level.steps) {
    if (step.kind === 'field') fieldStep(step, level, answers, asking, state, target, base)
    else if (step.kind === 'list') listStep(step, answers, asking, state, target, base)
    else rowsStep(step, asking, state, target, base)
  }
  return state
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

function fieldStep(
  { slot, names, field, conditions, computed }: StepOf<'field'>,
  { looks }: Level,
  given: Values,
  asking: Asking,
  state: LevelState,
  target: Values,
  base: Values | undefined,
): void {
  const shown = conditions.length === 0 || allHold(conditions, asking, state.scope)
  const value = given[field.key]
  state.shown[slot] = shown
  if (value !== undefined) state.given++
  if (field.type === 'computed') {
    const found = shown && computed ? ask(computed, asking, state.scope) : undefined
    state.values[slot] = found
    if (found !== undefined) put(target, base, names, found)
    return
  }
  state.values[slot] = value
  if (!shown || value === undefined) return
  const normal = asking.checking ? lookAt(looks[slot] as QuickLook, value, asking, state) : undefined
  if (normal !== undefined) {
    state.right[slot] = true
    state.values[slot] = normal
  }
  const readable = bounded(normal ?? value)
  if (readable !== undefined) put(target, base, names, readable)
}

/** The normal form of a right answer; in rows only when it was given so: their lists were read as they were given. */
function lookAt(look: QuickLook, value: unknown, { today }: Asking, { scope }: LevelState): unknown {
  const normal = look(value, today)
  return scope === undefined || normal === value ? normal : undefined
}

function listStep(
  { slot, names, list, conditions }: StepOf<'list'>,
  given: Values,
  asking: Asking,
  state: LevelState,
  target: Values,
  base: Values | undefined,
): void {
  const shown = conditions.length === 0 || allHold(conditions, asking, state.scope)
  const value = given[list.group.key]
  if (value !== undefined) state.given++
  state.lists[slot] = { shown, value, rows: [] }
  if (shown && Array.isArray(value)) put(target, base, names, asGiven(list, readableRows(value, list)))
}

function rowsStep(
  { slot, names, list }: StepOf<'rows'>,
  asking: Asking,
  state: LevelState,
  target: Values,
  base: Values | undefined,
): void {
  const found = state.lists[slot] as ListState
  if (!found.shown || !Array.isArray(found.value)) return
  for (const row of readableRows(found.value, list)) {
    const around = state.scope ?? asking.context
    const scope = list.asks ? rowScope(list.rows, around, state.scope) : undefined
    found.rows.push(
      scope ? workOutLevel(list.rows, row, asking, scope, around) : plainRow(list.rows, row, asking),
    )
  }
  if (list.worked)
    put(
      target,
      base,
      names,
      found.rows.map((row) => workedRow(list.rows, row)),
    )
}

/** A row in which nothing is asked: every cell is shown as it is. */
function plainRow({ fields, looks, lists }: Level, row: Values, asking: Asking): LevelState {
  const state: LevelState = { shown: [], values: [], right: [], lists: [], given: 0 }
  for (let slot = 0; slot < fields.length; slot++) {
    const value = own(row, (fields[slot] as Field).key)
    if (value !== undefined) state.given++
    state.shown.push(true)
    state.values.push(value)
    state.right.push(
      asking.checking && value !== undefined && (looks[slot] as QuickLook)(value, asking.today) === value,
    )
  }
  for (const inner of lists) {
    const value = own(row, inner.group.key)
    if (value !== undefined) state.given++
    const rows = readableRows(value, inner).map((each) => plainRow(inner.rows, each, asking))
    state.lists.push({ shown: true, value, rows })
  }
  return state
}

/** The rows of a list as plain records, one more than may be given; anything else is no row. */
export function readableRows(value: unknown, { most }: Pick<ListPlan, 'most'>): Values[] {
  if (!Array.isArray(value)) return []
  const rows: Values[] = []
  for (const row of value) {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) rows.push(row as Values)
    if (rows.length >= most) break
  }
  return rows
}

/** Names of a row before those around it; a cell without a value hides an answer of the same name. */
function rowScope(level: Level, around: Values, outer: Values | undefined): Values {
  const scope: Values = { ...outer }
  for (const names of level.names) put(scope, around, names, null)
  return scope
}

/** A list as conditions read it: every cell by its name. */
function asGiven({ rows: level }: ListPlan, rows: readonly Values[]): Values[] {
  return rows.map((row) => {
    const read: Values = {}
    for (let slot = 0; slot < level.fields.length; slot++)
      putCell(read, level, slot, own(row, (level.fields[slot] as Field).key))
    for (const [slot, inner] of level.lists.entries()) {
      const value = own(row, inner.group.key)
      if (Array.isArray(value)) putList(read, level, slot, asGiven(inner, readableRows(value, inner)))
    }
    return read
  })
}

/** A row as others read it: what is hidden in it is none, what is computed stands in it. */
function workedRow(level: Level, { shown, values, lists }: LevelState): Values {
  const read: Values = {}
  for (let slot = 0; slot < level.fields.length; slot++)
    if (shown[slot]) putCell(read, level, slot, values[slot])
  for (const [slot, inner] of level.lists.entries()) {
    const list = lists[slot]
    const rows = list?.shown ? list.rows.map((row) => workedRow(inner.rows, row)) : undefined
    if (rows) putList(read, level, slot, rows)
  }
  return read
}

// Fields stand before lists among the names of a row.
function putCell(read: Values, { names }: Level, slot: number, value: unknown): void {
  const readable = bounded(value)
  if (readable !== undefined) put(read, undefined, names[slot] as string[], readable)
}
const putList = (read: Values, { names, fields }: Level, slot: number, rows: Values[]) =>
  put(read, undefined, names[fields.length + slot] as string[], rows)

const own = (of: Values, key: string): unknown => (Object.hasOwn(of, key) ? of[key] : undefined)

/** Answers that inherit nothing but what every object does: keys of a form are never names of that. */
function plain(given: Values): Values {
  const above = Object.getPrototypeOf(given)
  return above === Object.prototype || above === null ? given : { ...given }
}

/**
 * Writes a value under dotted names. Keys were checked at compilation, so no inherited name can be meant. What a
 * row shares with `base`, the context of the form, is copied before it is written to.
 */
export function put(target: Values, base: unknown, names: readonly string[], value: unknown): void {
  let into = target
  let under = base
  for (let i = 0; i < names.length - 1; i++) {
    const name = names[i] as string
    const shared = under !== undefined && isRecord(under) ? under[name] : undefined
    const here = into[name]
    if (!isRecord(here) || here === shared) into[name] = isRecord(shared) ? { ...shared } : {}
    into = into[name] as Values
    under = shared
  }
  into[names[names.length - 1] as string] = value
}

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** No answer of any type is longer, and no list of files has more parts. */
const longestText = 40_000
const mostParts = 2_000

/** A value that conditions may read: a blank, or what is too long, too deep or too large for any answer, is none. */
function bounded(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestText || isBlank(value) ? undefined : value
  if (typeof value !== 'object') return value
  return value === null || isBlank(value) || partsIn(value, 0) > mostParts ? undefined : value
}

function partsIn(value: object, depth: number): number {
  if (depth > deepestValue) return Number.POSITIVE_INFINITY
  let parts = 0
  for (const key in value) {
    const part = (value as Values)[key]
    parts += typeof part === 'object' && part !== null ? 1 + partsIn(part, depth + 1) : 1
    if (typeof part === 'string' && part.length > longestText) return Number.POSITIVE_INFINITY
    if (parts > mostParts) break
  }
  return parts
}
