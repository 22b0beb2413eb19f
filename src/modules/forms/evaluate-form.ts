import type { Feel } from '../../kernel/feel/index.ts'
import type { CompiledForm } from './compile-form.ts'
import type { Answers, Field, Group, Origins, Problem, Rule } from './form-definition.ts'
import { formFunctions } from './form-functions.ts'
import { type FormPlan, type ListPlan, type PagePlan, planOf } from './form-plan.ts'
import { type Asking, ask, type LevelState, type ListState, put, workOut } from './work-out.ts'

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
  const plan = planOf(compiled)
  const asking = newAsking(given)
  const state = workOut(plan.level, answers, asking)
  const reading: Reading = { compiled, asking, origins: given.origins ?? {} }
  const pages = plan.pages.map((page) => pageState(page, plan, state, reading))
  const computed: Answers = {}
  for (const [slot, field] of plan.level.fields.entries())
    if (field.type === 'computed' && state.values[slot] !== undefined)
      computed[field.key] = state.values[slot]
  return { pages, ...ruleProblems(plan, state, reading), computed, context: asking.context }
}

interface Reading {
  compiled: CompiledForm
  asking: Asking
  origins: Origins
}

/** Steps of FEEL that one evaluation may take: far more than any real form needs. */
const mostSteps = 2_000_000

function newAsking(given: EvaluateContext): Asking {
  const context: Record<string, unknown> = {
    channel: given.channel ?? null,
    caseCode: given.caseCode ?? null,
  }
  return {
    context,
    today: given.today,
    functions: formFunctions,
    steps: { left: mostSteps },
    known: new Map(),
  }
}

/** How to ask a FEEL text of a form in a context that has been worked out. */
export interface Run {
  holds(text: string | undefined, context: Record<string, unknown>): boolean
  value(text: string, context: Record<string, unknown>): unknown
}

export function newRun(compiled: CompiledForm, given: EvaluateContext): Run {
  const asking = newAsking(given)
  const value = (text: string, context: Record<string, unknown>) =>
    ask(compiled.trees[text] as Feel, { ...asking, context, known: new Map() })
  return { value, holds: (text, context) => text === undefined || value(text, context) === true }
}

const textHolds = (
  text: string | undefined,
  { compiled, asking }: Reading,
  scope?: Record<string, unknown>,
) => text === undefined || ask(compiled.trees[text] as Feel, asking, scope) === true

const needs = ({ required }: Field, reading: Reading, scope?: Record<string, unknown>) =>
  typeof required === 'boolean' ? required : textHolds(required, reading, scope)

function pageState(
  { page, parts, withLists }: PagePlan,
  { level }: FormPlan,
  state: LevelState,
  reading: Reading,
): PageState {
  const fields: FieldState[] = []
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
      fields.push({
        key: field.key,
        path: field.key,
        field,
        group,
        visible,
        required: visible && needs(field, reading),
        value: state.values[slot],
        given: reading.origins[field.key]?.state === 'given',
      })
    }
  }
  const lists = withLists.flatMap(({ group, list: slot }) =>
    slot === undefined ? [] : listViews(level.lists[slot] as ListPlan, state.lists[slot], group.key),
  )
  return { key: page.key, visible: anyShown || textHolds(page.visible, reading), fields, lists }
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
    for (const [slot, field] of level.fields.entries()) {
      const visible = cells.shown[slot] === true
      states.push({
        key: field.key,
        path: `${path}[${row}].${field.key}`,
        field,
        group,
        row,
        ...(outer && { outer }),
        visible,
        required: visible && needs(field, reading, cells.scope),
        value: cells.values[slot],
        given: false,
      })
    }
    for (const [slot, inner] of level.lists.entries()) {
      const within = { group, row }
      const found = listStates(
        inner,
        cells.lists[slot],
        `${path}[${row}].${inner.group.key}`,
        reading,
        within,
      )
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

function ruleProblems(plan: FormPlan, state: LevelState, reading: Reading) {
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
  for (const rule of plan.rules) {
    const field = rule.fields.find(isShown)
    if (field !== undefined && textHolds(rule.when, reading)) tell(rule, field)
  }
  for (const [slot, list] of plan.level.lists.entries())
    rulesInRows(list, state.lists[slot], list.group.key, reading, tell)
  return { problems, warnings }
}

function rulesInRows(
  { rules, rows: level }: ListPlan,
  list: ListState | undefined,
  path: string,
  reading: Reading,
  tell: (rule: Rule, field: string) => void,
): void {
  if (!list?.shown || (rules.length === 0 && level.lists.length === 0)) return
  for (const [i, row] of list.rows.entries()) {
    const rowPath = `${path}[${i}]`
    for (const rule of rules) {
      const slot = rule.fields
        .map((key) => level.fields.findIndex((field) => field.key === key))
        .find((at) => row.shown[at])
      if (slot !== undefined && textHolds(rule.when, reading, row.scope))
        tell(rule, `${rowPath}.${level.fields[slot]?.key}`)
    }
    for (const [slot, inner] of level.lists.entries())
      rulesInRows(inner, row.lists[slot], `${rowPath}.${inner.group.key}`, reading, tell)
  }
}
