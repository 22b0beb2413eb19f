import type { z } from 'zod'
import type { CompiledForm } from './compile-form.ts'
import {
  type Checked as CheckedForm,
  checkForm,
  type EvaluateContext,
  type Evaluation,
  type FieldState,
  isClosed,
  type PageState,
} from './evaluate-form.ts'
import { fieldKinds, isBlank, sameValue } from './fields/index.ts'
import type { Answers, Field, Group, Problem } from './form-definition.ts'
import { type Level, type ListPlan, planOf } from './form-plan.ts'
import { lateProblem, quickLook } from './quick-look.ts'
import { type LevelState, readableRows } from './work-out.ts'

export interface ValidateOptions extends EvaluateContext {
  /** Forgives what is still blank: a draft. */
  partial?: boolean
  /** Only the problems of this page. */
  pageKey?: string
}

export interface Validation {
  problems: Problem[]
  warnings: Problem[]
  /** Visible answers in their normal form, computed values included. */
  answers: Answers
  evaluation: Evaluation
}

/** No page shows more, and hostile answers could have a problem in each of a million cells. */
const mostProblems = 500

/** Checks answers against the form and gives every problem at once, in the order of the pages. Never throws. */
export function validateAnswers(
  compiled: CompiledForm,
  answers: Answers,
  options: ValidateOptions = {},
): Validation {
  let judged = judge(checkForm(compiled, answers, options), options)
  let given = answers
  const { state } = judged
  // Conditions are asked again over the normal forms: a date typed as 1/1/2026 is a date only then.
  for (let round = 0; judged.changes.length > 0 && round < mostRounds; round++) {
    given = changed(given, judged)
    judged = judge(checkForm(compiled, given, options), options)
  }
  const { evaluation, problems, kept } = judged
  if (!options.pageKey)
    addStrangers(planOf(compiled).level, answers, state, '', problems, { left: mostUnknown })
  for (const page of evaluation.pages)
    if (options.pageKey === undefined || options.pageKey === page.key) addRowCounts(page, options, problems)
  const { problems: ruled, warnings } = evaluation
  if (ruled.length === 0 && warnings.length === 0) return { problems, warnings, answers: kept, evaluation }
  const blamed = new Set(problems.map((problem) => problem.field))
  const ofPage = onPage(evaluation, options.pageKey)
  problems.push(...ruled.filter((problem) => ofPage(problem) && !blamed.has(problem.field)))
  return { problems, warnings: warnings.filter(ofPage), answers: kept, evaluation }
}

/** What a normal form opens may have to be put into normal form as well; conditions in turn go no deeper than this. */
const mostRounds = 5

/** What one look at an evaluation says. */
interface Judged {
  evaluation: Evaluation
  state: LevelState
  problems: Problem[]
  /** Visible answers in normal form. */
  kept: Answers
  /** Answers that were not in normal form. */
  changes: { state: FieldState; value: unknown }[]
}

function judge({ evaluation, right, state }: CheckedForm, options: ValidateOptions): Judged {
  const judged: Judged = { evaluation, state, problems: [], kept: {}, changes: [] }
  for (const [p, page] of evaluation.pages.entries()) {
    const wanted = options.pageKey === undefined || options.pageKey === page.key
    const rightHere = right[p] as boolean[]
    for (let i = 0; i < page.fields.length; i++) {
      const field = page.fields[i] as FieldState
      if (rightHere[i] && !isClosed(field)) holderOf(judged.kept, field)[field.key] = field.value
      else if (field.visible) judgeField(field, wanted, options, judged)
    }
    keepRows(judged.kept, page)
  }
  return judged
}

function judgeField(
  state: FieldState,
  wanted: boolean,
  { partial, today }: ValidateOptions,
  { problems, kept, changes }: Judged,
): void {
  const { field, path, value, required } = state
  const tell = (code: string, params: Problem['params']) => {
    if (wanted && problems.length < mostProblems) problems.push({ field: path, code, params })
  }
  if (isBlank(value)) {
    if (required && !partial && field.type !== 'computed') tell('forms.required', { type: field.type })
    return
  }
  if (isClosed(state)) {
    tell('forms.choice-closed', {})
    return
  }
  const checked = field.type === 'computed' ? undefined : checkValue(field, value, today)
  if (checked && 'code' in checked) {
    tell(checked.code, checked.params)
    return
  }
  if (checked && !sameValue(checked.value, value)) changes.push({ state, value: checked.value })
  holderOf(kept, state)[field.key] = checked ? checked.value : value
}

/** The answers with what was not in normal form put into it. */
function changed(answers: Answers, { evaluation, changes }: Judged): Answers {
  const result = withOwnRows(answers, evaluation)
  for (const { state, value } of changes) holderOf(result, state)[state.key] = value
  return result
}

type Checked = { value: unknown } | { code: string; params: Problem['params'] }

function onPage({ pages }: Evaluation, pageKey: string | undefined): (problem: Problem) => boolean {
  if (pageKey === undefined) return () => true
  const page = pages.find((state) => state.key === pageKey)
  const fields = page?.fields.flatMap(({ path, key, group }) => [path, key, group.key]) ?? []
  const keys = new Set([...fields, ...(page?.lists.map(({ path }) => path) ?? [])])
  return (problem) => keys.has(problem.field)
}

/** The answers that count: visible, in normal form, with computed values. */
export function submittedAnswers(
  compiled: CompiledForm,
  answers: Answers,
  context: EvaluateContext = {},
): Answers {
  return validateAnswers(compiled, answers, context).answers
}

const schemas = new WeakMap<Field, z.ZodType>()

function schemaFor(field: Field): z.ZodType {
  const known = schemas.get(field) ?? fieldKinds[field.type].schema(field)
  schemas.set(field, known)
  return known
}

/** A copy whose rows may be written to, as many as may be given; what is no row is left out. */
function withOwnRows(answers: Answers, { pages }: Evaluation): Answers {
  const result: Answers = { ...answers }
  for (const { group, value } of pages.flatMap(({ lists }) => lists))
    if (Object.hasOwn(result, group.key) && value === result[group.key])
      result[group.key] = ownRows(group, value)
  return result
}

function ownRows({ repeat, groups = [] }: Pick<Group, 'repeat' | 'groups'>, value: unknown): unknown {
  return readableRows(value, { most: (repeat?.max ?? 0) + 1 }).map((row) => {
    const copy = { ...row }
    for (const inner of groups)
      if (Object.hasOwn(row, inner.key)) copy[inner.key] = ownRows(inner, row[inner.key])
    return copy
  })
}

/** The record that an answer stands in: the answers, a row of them, a row of a row. Made when it is not there. */
function holderOf(answers: Answers, { group, row, outer }: FieldState): Record<string, unknown> {
  if (row === undefined) return answers
  return rowAt(outer ? rowAt(answers, outer.group.key, outer.row) : answers, group.key, row)
}

function rowAt(of: Record<string, unknown>, key: string, row: number): Record<string, unknown> {
  if (!Array.isArray(of[key])) of[key] = []
  const rows = of[key] as Record<string, unknown>[]
  while (rows.length <= row) rows.push({})
  return rows[row] as Record<string, unknown>
}

/** Checks one value; a refusal is a message code with parameters. `part` names the part of a compound value. */
export function checkValue(field: Field, value: unknown, today?: string): Checked {
  const normal = quickLook(field)(value, today)
  if (normal !== undefined) return { value: normal }
  const parsed = schemaFor(field).safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const given = issue?.code === 'custom' ? (issue.params ?? {}) : {}
    // A message that is no code of ours comes from a shape that no page can send.
    const code = issue?.message.startsWith('forms.') ? issue.message : `forms.${shapeCodeOf(field)}`
    const part = fieldKinds[field.type].members && issue?.path[0]
    const params = { ...limitsOf(field), ...(given as Problem['params']) }
    return { code, params: typeof part === 'string' ? { ...params, part } : params }
  }
  const late = today ? lateProblem(field, parsed.data, today) : undefined
  if (!late) return { value: parsed.data }
  return { code: late.code, params: { ...limitsOf(field), ...(late.part && { part: late.part }) } }
}

const shapeCodeOf = ({ type }: Field) =>
  shapeCode[type] ?? (fieldKinds[type].members ? `${fieldKinds[type].texts}-invalid` : 'text-invalid')

const shapeCode: Record<string, string> = {
  'identity-paper': 'paper-invalid',
  address: 'address-invalid',
  agency: 'agency-choose',
  delivery: 'delivery-choose',
  file: 'file-invalid',
}

function limitsOf(field: Field): Problem['params'] {
  const params: Problem['params'] = {}
  if (field.min !== undefined) params.min = field.min
  if (field.max !== undefined) params.max = field.max
  if (field.maxLength !== undefined) params.maxLength = field.maxLength
  if (field.example !== undefined) params.example = field.example
  return params
}

/** A list keeps as many rows as it must have, also blank ones. */
function keepRows(answers: Answers, { lists }: PageState): void {
  for (const { group, shown, rows, outer } of lists) {
    const least = Math.min(group.repeat?.min ?? 0, rows)
    if (!shown || least === 0) continue
    rowAt(outer ? rowAt(answers, outer.group.key, outer.row) : answers, group.key, least - 1)
  }
}

/** Names that no page can send are named until it is clear that this is no form of ours. */
const mostUnknown = 20

const knownNames = new WeakMap<Level, Map<string, ListPlan | undefined>>()

function namesOf(level: Level): Map<string, ListPlan | undefined> {
  const known = knownNames.get(level)
  if (known) return known
  const names = new Map<string, ListPlan | undefined>(level.fields.map(({ key }) => [key, undefined]))
  for (const list of level.lists) names.set(list.group.key, list)
  knownNames.set(level, names)
  return names
}

function addStrangers(
  level: Level,
  given: Record<string, unknown>,
  state: LevelState | undefined,
  prefix: string,
  problems: Problem[],
  budget: { left: number },
): void {
  // As many as were found when it was worked out, and no lists that strangers could stand in: there is none.
  if (level.lists.length === 0 && state?.given === Object.keys(given).length) return
  const names = namesOf(level)
  for (const key of Object.keys(given)) {
    if (budget.left <= 0) return
    const list = names.get(key)
    if (!list && !names.has(key)) {
      const field = `${prefix}${key.slice(0, 200)}`
      problems.push({ field, code: 'forms.unknown-field', params: { field: field.slice(0, 80) } })
      budget.left--
    } else if (list) {
      const rows = state?.lists[level.lists.indexOf(list)]?.rows
      for (const [i, row] of readableRows(given[key], list).entries())
        addStrangers(list.rows, row, rows?.[i], `${prefix}${key}[${i}].`, problems, budget)
    }
  }
}

function addRowCounts({ lists }: PageState, { partial }: ValidateOptions, problems: Problem[]): void {
  for (const { path, group, shown, value } of lists) {
    if (!shown || !group.repeat || problems.length >= mostProblems) continue
    const { min, max } = group.repeat
    const code = rowProblem(value, group.repeat)
    if (code === 'rows-many') problems.push({ field: path, code: 'forms.rows-many', params: { max } })
    else if (code === 'rows-invalid') problems.push({ field: path, code: 'forms.rows-invalid', params: {} })
    else if (code && !partial) problems.push({ field: path, code: 'forms.rows-few', params: { min } })
  }
}

function rowProblem(value: unknown, { min, max }: { min: number; max: number }) {
  if (value === undefined || value === null) return min > 0 ? 'rows-few' : undefined
  if (!Array.isArray(value)) return 'rows-invalid'
  if (readableRows(value, { most: value.length }).length !== value.length) return 'rows-invalid'
  if (value.length > max) return 'rows-many'
  return value.length < min ? 'rows-few' : undefined
}
