import { evaluateFeel, type Feel, holds } from '../../kernel/feel/index.ts'
import { type CompiledForm, fieldsOf } from './compile-form.ts'
import type { Answers, Field, Group, Origins, Page, Problem } from './form-definition.ts'
import { formFunctions } from './form-functions.ts'

export interface EvaluateContext {
  /** The date of law, `YYYY-MM-DD`. */
  today?: string | undefined
  channel?: 'online' | 'direct' | 'post' | undefined
  caseCode?: string | undefined
  origins?: Origins | undefined
}

export interface FieldState {
  key: string
  /** The key, or `members[0].fullName` inside a row. */
  path: string
  field: Field
  group: Group
  row?: number
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
  const form = prepare(compiled)
  const run = newRun(compiled, given)
  const visible = new Map<string, boolean>()
  const computed: Answers = {}
  for (const key of compiled.order) {
    const place = form.places.get(key) as Place
    const shown = isShown(place, run)
    visible.set(key, shown)
    if (!shown) continue
    const value =
      place.field?.type === 'computed' ? run.value(place.field.value as string) : asGiven(place, answers[key])
    if (place.field?.type === 'computed') computed[key] = value
    if (value !== undefined) setPath(run.context, key, value)
  }
  const states = form.pages.map((page) =>
    pageState(page, answers, computed, visible, run, given.origins ?? {}),
  )
  return { pages: states, ...ruleProblems(compiled, visible, run), computed, context: run.context }
}

interface Place {
  page: Page
  group: Group
  /** Absent for a repeated group. */
  field?: Field
}

interface Prepared {
  pages: readonly Page[]
  places: Map<string, Place>
}

const preparedForms = new WeakMap<CompiledForm, Prepared>()

function prepare(compiled: CompiledForm): Prepared {
  const known = preparedForms.get(compiled)
  if (known) return known
  const places = new Map<string, Place>()
  for (const { page, group, field } of fieldsOf(compiled.definition)) {
    if (group.repeat) places.set(group.key, { page, group })
    else places.set(field.key, { page, group, field })
  }
  const prepared = { pages: compiled.definition.pages, places }
  preparedForms.set(compiled, prepared)
  return prepared
}

/** One evaluation: the growing context and how to ask a FEEL text in it. */
export interface Run {
  context: Record<string, unknown>
  holds(text: string | undefined, context?: Record<string, unknown>): boolean
  value(text: string, context?: Record<string, unknown>): unknown
}

export function newRun(compiled: CompiledForm, given: EvaluateContext): Run {
  const context: Record<string, unknown> = {
    channel: given.channel ?? null,
    caseCode: given.caseCode ?? null,
  }
  const options = { today: given.today, functions: formFunctions }
  const tree = (text: string) => compiled.trees[text] as Feel
  return {
    context,
    holds: (text, within = context) => text === undefined || holds(tree(text), within, options),
    value: (text, within = context) => evaluateFeel(tree(text), within, options),
  }
}

function isShown({ page, group, field }: Place, run: Run): boolean {
  return run.holds(page.visible) && run.holds(group.visible) && run.holds(field?.visible)
}

/** Whether conditions of its page and its own show a group, over an evaluation of these answers. */
export function isGroupShown(
  compiled: CompiledForm,
  { page, group }: { page: Page; group: Group },
  { context }: Evaluation,
  given: EvaluateContext,
): boolean {
  const run = newRun(compiled, given)
  return run.holds(page.visible, context) && run.holds(group.visible, context)
}

/** Writes a value under a dotted key; keys were checked at compilation, so no inherited name can be meant. */
export function setPath(context: Record<string, unknown>, key: string, value: unknown): void {
  const dot = key.indexOf('.')
  if (dot < 0) {
    context[key] = value
    return
  }
  const head = key.slice(0, dot)
  if (typeof context[head] !== 'object' || context[head] === null) context[head] = {}
  setPath(context[head] as Record<string, unknown>, key.slice(dot + 1), value)
}

function pageState(
  page: Page,
  answers: Answers,
  computed: Answers,
  visible: Map<string, boolean>,
  run: Run,
  origins: Origins,
): PageState {
  const fields = page.groups.flatMap((group) =>
    group.repeat
      ? rowStates(group, answers, visible.get(group.key) === true, run)
      : group.fields.map((field): FieldState => {
          const shown = visible.get(field.key) === true
          const value = field.type === 'computed' ? computed[field.key] : answers[field.key]
          const given = origins[field.key]?.state === 'given'
          return {
            key: field.key,
            path: field.key,
            field,
            group,
            visible: shown,
            required: shown && needs(field, run),
            value,
            given,
          }
        }),
  )
  return { key: page.key, visible: fields.some((field) => field.visible) || run.holds(page.visible), fields }
}

const needs = (field: Field, run: Run, context?: Record<string, unknown>) =>
  typeof field.required === 'boolean' ? field.required : run.holds(field.required, context)

/** The rows of a repeated group as plain records; anything else is no row. */
export function rowsOf(answers: Answers, groupKey: string): Record<string, unknown>[] {
  const rows = answers[groupKey]
  if (!Array.isArray(rows)) return []
  return rows.filter((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
}

/** One row more than may be given tells that there are too many; a million rows would hold everybody up. */
const readable = (rows: readonly unknown[], group: Group) => rows.slice(0, (group.repeat?.max ?? 0) + 1)

const asGiven = ({ group, field }: Place, value: unknown) =>
  field === undefined && Array.isArray(value) ? readable(value, group) : value

function rowStates(group: Group, answers: Answers, shown: boolean, run: Run): FieldState[] {
  if (!shown) return []
  const rows = readable(rowsOf(answers, group.key), group) as Record<string, unknown>[]
  return rows.flatMap((row, index) => {
    const context = { ...run.context }
    for (const field of group.fields) setPath(context, field.key, row[field.key] ?? null)
    return group.fields.map((field): FieldState => {
      const visible = run.holds(field.visible, context)
      const value =
        field.type === 'computed' && visible ? run.value(field.value as string, context) : row[field.key]
      const path = `${group.key}[${index}].${field.key}`
      const required = visible && needs(field, run, context)
      return { key: field.key, path, field, group, row: index, visible, required, value, given: false }
    })
  })
}

function ruleProblems(compiled: CompiledForm, visible: Map<string, boolean>, run: Run) {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  for (const rule of compiled.definition.rules) {
    if (!rule.fields.some((key) => visible.get(key)) || !run.holds(rule.when)) continue
    const field = rule.fields.find((key) => visible.get(key)) as string
    const found = { field, code: `forms.rule.${rule.key}`, params: {}, message: rule.message }
    if (rule.severity === 'error') problems.push(found)
    else warnings.push(found)
  }
  return { problems, warnings }
}
