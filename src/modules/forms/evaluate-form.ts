import { type Feel, feelRun, readyFeel } from '../../kernel/feel/index.ts'
import type { CompiledForm } from './compile-form.ts'
import type { Answers, Field, Group, Origins, Problem, Rule } from './form-definition.ts'
import { formFunctions } from './form-functions.ts'
import { type Asked, type FormPlan, type Level, type ListPlan, type PagePlan, planOf } from './form-plan.ts'
import { type Asking, ask, type LevelState, type ListState, put, valueOrNull, workOut } from './work-out.ts'

export interface EvaluateContext {
  /** The date of law, `YYYY-MM-DD`. */
  today?: string | undefined
  channel?: 'online' | 'direct' | 'post' | undefined
  caseCode?: string | undefined
  origins?: Origins | undefined
}

export interface FieldState {
  key: string
  /** The key, or `members[0].fullName` inside a row, `members[0].children[1].name` inside a row of a row. */
  path: string
  field: Field
  /** The group of the field: the innermost one. */
  group: Group
  /** Which row of that group. */
  row?: number
  /** In rows within rows: which row of which group holds the list. */
  outer?: { group: Group; row: number }
  visible: boolean
  required: boolean
  value: unknown
  /** A register gave the value and nobody changed it. */
  given: boolean
  /** Choices: what the other answers do not let choose now; absent when all may be chosen. */
  closed?: readonly string[]
}

export interface PageState {
  key: string
  visible: boolean
  fields: FieldState[]
  /** The repeated groups of the page, also those without a row and those inside rows. */
  lists: ListView[]
}

export interface ListView {
  /** `members`, or `members[0].children`. */
  path: string
  group: Group
  shown: boolean
  /** As it was given, whatever it is. */
  value: unknown
  /** Rows that were worked out: as many as may be given, and one more. */
  rows: number
  /** In a row of a list: which row of which group. */
  outer?: { group: Group; row: number }
}

export interface Evaluation {
  pages: PageState[]
  /** What the form's own rules say. */
  problems: Problem[]
  warnings: Problem[]
  computed: Answers
  /** Visible answers as nested contexts, as FEEL reads them. */
  context: Record<string, unknown>
}

/** Works out what is visible, required and computed for these answers, and what the form's rules say. */
export function evaluateForm(
  compiled: CompiledForm,
  answers: Answers,
  given: EvaluateContext = {},
): Evaluation {
  return evaluated(compiled, answers, given, false).evaluation
}

/** An evaluation that looked at the answers as it read them. */
export interface Checked {
  evaluation: Evaluation
  /** Page by page, field by field: a shown answer that is right; its state has the normal form. */
  right: boolean[][]
  state: LevelState
}

/** Evaluates and looks at each shown answer: one that is surely right counts in its normal form from there on. */
export const checkForm = (compiled: CompiledForm, answers: Answers, given: EvaluateContext): Checked =>
  evaluated(compiled, answers, given, true)

function evaluated(
  compiled: CompiledForm,
  answers: Answers,
  given: EvaluateContext,
  checking: boolean,
): Checked {
  const plan = planOf(compiled)
  const asking = newAsking(given, checking, plan.texts)
  const state = workOut(plan.level, answers, asking)
  const right: boolean[][] = plan.pages.map(() => [])
  const origins = given.origins ?? {}
  const pages = plan.pages.map((page, i) =>
    pageState(page, plan, state, { asking, origins, right: right[i] as boolean[] }),
  )
  const computed: Answers = {}
  for (const [key, slot] of plan.computed)
    if (state.values[slot] !== undefined) computed[key] = state.values[slot]
  const { problems, warnings } = ruleProblems(plan, state, asking)
  return { evaluation: { pages, problems, warnings, computed, context: asking.context }, right, state }
}

interface Reading {
  asking: Asking
  origins: Origins
  /** What was right of the fields of this page. */
  right: boolean[]
}

/** Steps of FEEL that one evaluation may take: far more than any real form needs. */
const mostSteps = 2_000_000

function newAsking({ today, channel, caseCode }: EvaluateContext, checking: boolean, texts: number): Asking {
  const context: Record<string, unknown> = { channel: channel ?? null, caseCode: caseCode ?? null }
  return {
    context,
    today,
    run: newFeelRun(context, today),
    known: new Array(texts).fill(undefined),
    checking,
  }
}

const newFeelRun = (context: Record<string, unknown>, today: string | undefined) =>
  feelRun(context, { today, functions: formFunctions, steps: { left: mostSteps } })

/** How to ask a FEEL text of a form in a context that has been worked out. */
export interface Run {
  holds(text: string | undefined, context: Record<string, unknown>): boolean
  value(text: string, context: Record<string, unknown>): unknown
}

export function newRun(compiled: CompiledForm, given: EvaluateContext): Run {
  const steps = { left: mostSteps }
  const value = (text: string, context: Record<string, unknown>) =>
    valueOrNull(readyFeel(compiled.trees[text] as Feel), { ...newFeelRun(context, given.today), steps })
  return { value, holds: (text, context) => text === undefined || value(text, context) === true }
}

const isHeld = (needed: boolean | Asked | undefined, asking: Asking, scope?: Record<string, unknown>) =>
  typeof needed === 'object' ? ask(needed, asking, scope) === true : needed === true

/** Values that may not be chosen now. */
function closedIn({ options }: Level['offered'][number], asking: Asking, scope?: Record<string, unknown>) {
  return options.filter(({ when }) => !isHeld(when, asking, scope)).map(({ value }) => value)
}

/** Notes which choices are closed among these states of one level; what was chosen then is not right. */
function closeOptions(
  { offered }: Level,
  states: (FieldState | undefined)[],
  asking: Asking,
  scope?: Record<string, unknown>,
): void {
  for (const each of offered) {
    const state = states[each.slot]
    const closed = state?.visible ? closedIn(each, asking, scope) : []
    if (state && closed.length > 0) state.closed = closed
  }
}

/** Whether a choice was made that may not be made. */
export const isClosed = ({ closed, value }: FieldState) =>
  closed !== undefined && typeof value === 'string' && closed.includes(value)

function pageState(
  { page, visible: condition, parts, withLists }: PagePlan,
  { level }: FormPlan,
  state: LevelState,
  reading: Reading,
): PageState {
  const fields: FieldState[] = []
  const bySlot: (FieldState | undefined)[] = []
  let anyShown = false
  for (const { group, field: slot, list } of parts) {
    if (list !== undefined) {
      const rows = listStates(level.lists[list] as ListPlan, state.lists[list], group.key, reading)
      anyShown ||= rows.some(({ visible }) => visible)
      for (const each of rows) fields.push(each)
    } else if (slot !== undefined) {
      const field = level.fields[slot] as Field
      const visible = state.shown[slot] === true
      anyShown ||= visible
      bySlot[slot] = {
        key: field.key,
        path: field.key,
        field,
        group,
        visible,
        required: visible && isHeld(level.needed[slot], reading.asking),
        value: state.values[slot],
        given: reading.origins[field.key]?.state === 'given',
      }
      fields.push(bySlot[slot])
      reading.right.push(state.right[slot] === true)
    }
  }
  if (level.offered.length > 0) closeOptions(level, bySlot, reading.asking)
  const lists = withLists.flatMap(({ group, list: slot }) =>
    slot === undefined ? [] : listViews(level.lists[slot] as ListPlan, state.lists[slot], group.key),
  )
  return { key: page.key, visible: anyShown || isHeld(condition ?? true, reading.asking), fields, lists }
}

function listViews(
  { group, rows: level }: ListPlan,
  list: ListState | undefined,
  path: string,
  outer?: ListView['outer'],
): ListView[] {
  const { shown = false, value, rows = [] } = list ?? {}
  const views: ListView[] = [{ path, group, shown, value, rows: rows.length, ...(outer && { outer }) }]
  if (level.lists.length === 0) return views
  for (const [row, cells] of rows.entries())
    for (const [slot, inner] of level.lists.entries()) {
      const innerPath = `${path}[${row}].${inner.group.key}`
      for (const view of listViews(inner, cells.lists[slot], innerPath, { group, row })) views.push(view)
    }
  return views
}

function listStates(
  { group, rows: level }: ListPlan,
  list: ListState | undefined,
  path: string,
  reading: Reading,
  outer?: FieldState['outer'],
): FieldState[] {
  const states: FieldState[] = []
  if (!list?.shown) return states
  for (const [row, cells] of list.rows.entries()) {
    const before = `${path}[${row}].`
    const first = states.length
    for (let slot = 0; slot < level.fields.length; slot++) {
      const field = level.fields[slot] as Field
      const visible = cells.shown[slot] === true
      states.push({
        key: field.key,
        path: before + field.key,
        field,
        group,
        row,
        ...(outer && { outer }),
        visible,
        required: visible && isHeld(level.needed[slot], reading.asking, cells.scope),
        value: cells.values[slot],
        given: false,
      })
      reading.right.push(cells.right[slot] === true)
    }
    if (level.offered.length > 0) closeOptions(level, states.slice(first), reading.asking, cells.scope)
    for (const [slot, inner] of level.lists.entries()) {
      const within = { group, row }
      const found = listStates(inner, cells.lists[slot], before + inner.group.key, reading, within)
      for (const state of found) states.push(state)
    }
  }
  return states
}

/** Writes a value under a dotted key; keys were checked at compilation, so no inherited name can be meant. */
export function setPath(context: Record<string, unknown>, key: string, value: unknown): void {
  put(context, undefined, key.split('.'), value)
}

/** The rows of a repeated group as plain records; anything else is no row. */
export function rowsOf(answers: Answers, groupKey: string): Record<string, unknown>[] {
  const rows = answers[groupKey]
  if (!Array.isArray(rows)) return []
  return rows.filter((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
}

/** Rules in rows stop being told of here: no page shows more. */
const mostRowProblems = 500

function ruleProblems(plan: FormPlan, state: LevelState, asking: Asking) {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const tell = ({ key, message, severity }: Rule, field: string) => {
    const found = { field, code: `forms.rule.${key}`, params: {}, message }
    const list = severity === 'error' ? problems : warnings
    if (list.length < mostRowProblems) list.push(found)
  }
  const isShown = (key: string) => {
    const slot = plan.fieldSlots.get(key)
    const list = plan.listSlots.get(key)
    return slot === undefined ? list !== undefined && state.lists[list]?.shown : state.shown[slot]
  }
  for (const { rule, when } of plan.rules) {
    const field = rule.fields.find(isShown)
    if (field !== undefined && isHeld(when, asking)) tell(rule, field)
  }
  for (const [slot, list] of plan.level.lists.entries())
    rulesInRows(list, state.lists[slot], list.group.key, asking, tell)
  return { problems, warnings }
}

function rulesInRows(
  { rules, rows: level }: ListPlan,
  list: ListState | undefined,
  path: string,
  asking: Asking,
  tell: (rule: Rule, field: string) => void,
): void {
  if (!list?.shown || (rules.length === 0 && level.lists.length === 0)) return
  for (const [i, row] of list.rows.entries()) {
    const rowPath = `${path}[${i}]`
    for (const { rule, when, slots } of rules) {
      const slot = slots.find((at) => row.shown[at])
      if (slot !== undefined && isHeld(when, asking, row.scope))
        tell(rule, `${rowPath}.${level.fields[slot]?.key}`)
    }
    for (const [slot, inner] of level.lists.entries())
      rulesInRows(inner, row.lists[slot], `${rowPath}.${inner.group.key}`, asking, tell)
  }
}
