import type { z } from 'zod'
import { type CompiledForm, fieldsOf } from './compile-form.ts'
import {
  type EvaluateContext,
  type Evaluation,
  evaluateForm,
  type FieldState,
  rowsOf,
} from './evaluate-form.ts'
import { fieldKinds, isBlank, sameValue } from './fields/index.ts'
import type { Answers, Field, Problem } from './form-definition.ts'

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

/** Checks answers against the form and gives every problem at once, in the order of the pages. */
export function validateAnswers(
  compiled: CompiledForm,
  answers: Answers,
  options: ValidateOptions = {},
): Validation {
  const checks: Checks = new Map()
  const first = evaluateForm(compiled, answers, options)
  const clean = normalised(first, answers, checks, options.today)
  // Conditions are asked again over the normal forms: a date typed as 1/1/2026 is a date only now.
  const evaluation = clean ? evaluateForm(compiled, clean, options) : first
  const problems: Problem[] = []
  const kept: Answers = {}
  for (const page of evaluation.pages) {
    const wanted = options.pageKey === undefined || options.pageKey === page.key
    for (const state of page.fields) {
      const problem = fieldProblem(state, checks, options)
      if (problem && wanted) problems.push(problem)
      if (!problem && state.visible) keep(kept, state, checks)
    }
  }
  if (!options.pageKey) problems.push(...unknownFields(compiled, answers))
  problems.push(...rowCountProblems(compiled, evaluation, answers, options))
  const blamed = new Set(problems.map((problem) => problem.field))
  const ofPage = onPage(evaluation, options.pageKey)
  problems.push(...evaluation.problems.filter((problem) => ofPage(problem) && !blamed.has(problem.field)))
  return { problems, warnings: evaluation.warnings.filter(ofPage), answers: kept, evaluation }
}

type Checked = { value: unknown } | { code: string; params: Problem['params'] }
/** What each answer was found to be, by path: one check for each, however often it is asked. */
type Checks = Map<string, Checked>

function onPage({ pages }: Evaluation, pageKey: string | undefined): (problem: Problem) => boolean {
  if (pageKey === undefined) return () => true
  const page = pages.find((state) => state.key === pageKey)
  const keys = new Set(page?.fields.flatMap(({ key, group }) => [key, group.key]))
  return (problem) => keys.has(problem.field)
}

function checkOf({ field, path, value }: FieldState, checks: Checks, today: string | undefined): Checked {
  const known = checks.get(path) ?? checkValue(field, value, today)
  checks.set(path, known)
  return known
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

function schemaOf(field: Field): z.ZodType {
  const known = schemas.get(field) ?? fieldKinds[field.type].schema(field)
  schemas.set(field, known)
  return known
}

/** The answers in their normal form; undefined when they are so already. */
function normalised(
  evaluation: Evaluation,
  answers: Answers,
  checks: Checks,
  today: string | undefined,
): Answers | undefined {
  let result: Answers | undefined
  for (const { fields } of evaluation.pages) {
    for (const state of fields) {
      const { field, path, row, value, visible } = state
      if (!visible || row !== undefined || isBlank(value) || field.type === 'computed') continue
      const checked = checkOf(state, checks, today)
      if ('code' in checked || sameValue(checked.value, value)) continue
      result ??= { ...answers }
      result[path] = checked.value
    }
  }
  return result
}

/** Checks one value; a refusal is a message code with parameters. */
export function checkValue(field: Field, value: unknown, today?: string): Checked {
  const parsed = schemaOf(field).safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const given = issue?.code === 'custom' ? (issue.params ?? {}) : {}
    // A message that is no code of ours comes from a shape that no page can send.
    const code = issue?.message.startsWith('forms.')
      ? issue.message
      : `forms.${shapeCode[field.type] ?? 'text-invalid'}`
    return { code, params: { ...limitsOf(field), ...(given as Problem['params']) } }
  }
  const code = today ? tenseProblem(field, parsed.data, today) : undefined
  return code ? { code, params: limitsOf(field) } : { value: parsed.data }
}

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

function tenseProblem(field: Field, value: unknown, today: string): string | undefined {
  if (!field.tense || typeof value !== 'string') return undefined
  if (field.tense === 'past')
    return value.slice(0, 10) > today.slice(0, value.length) ? 'forms.date-future' : undefined
  return value <= today ? 'forms.date-past' : undefined
}

function fieldProblem(state: FieldState, checks: Checks, options: ValidateOptions): Problem | undefined {
  if (!state.visible || state.field.type === 'computed') return undefined
  if (isBlank(state.value)) {
    if (options.partial || !state.required) return undefined
    return { field: state.path, code: 'forms.required', params: { type: state.field.type } }
  }
  const checked = checkOf(state, checks, options.today)
  return 'code' in checked ? { field: state.path, ...checked } : undefined
}

function keep(answers: Answers, state: FieldState, checks: Checks): void {
  const { field, group, key, path, row, value } = state
  if (isBlank(value)) return
  const checked = checks.get(path)
  const clean = field.type !== 'computed' && checked && 'value' in checked ? checked.value : value
  if (row === undefined) {
    answers[key] = clean
    return
  }
  answers[group.key] ??= []
  const rows = answers[group.key] as Record<string, unknown>[]
  rows[row] = { ...rows[row], [key]: clean }
}

const knownKeys = new WeakMap<CompiledForm, Map<string, Set<string> | undefined>>()

/** Names that no page can send are named until it is clear that this is no form of ours. */
const mostUnknown = 20

function unknownFields(compiled: CompiledForm, answers: Answers): Problem[] {
  const known = knownKeys.get(compiled) ?? keysOf(compiled)
  knownKeys.set(compiled, known)
  const problems: Problem[] = []
  const refuse = (field: string) =>
    problems.push({ field, code: 'forms.unknown-field', params: { field: field.slice(0, 80) } })
  for (const [key, value] of Object.entries(answers)) {
    if (problems.length >= mostUnknown) break
    if (!known.has(key)) refuse(key)
    const columns = known.get(key)
    if (!columns || !Array.isArray(value)) continue
    for (const [i, row] of value.entries()) {
      if (problems.length >= mostUnknown) break
      const names = typeof row === 'object' && row !== null ? Object.keys(row) : ['?']
      for (const name of names.filter((each) => !columns.has(each)).slice(0, mostUnknown))
        refuse(`${key}[${i}].${name}`)
    }
  }
  return problems
}

function keysOf(compiled: CompiledForm): Map<string, Set<string> | undefined> {
  const keys = new Map<string, Set<string> | undefined>()
  for (const { group, field } of fieldsOf(compiled.definition)) {
    if (!group.repeat) keys.set(field.key, undefined)
    else keys.set(group.key, (keys.get(group.key) ?? new Set()).add(field.key))
  }
  return keys
}

function rowCountProblems(
  compiled: CompiledForm,
  evaluation: Evaluation,
  answers: Answers,
  { partial, pageKey }: ValidateOptions,
): Problem[] {
  const problems: Problem[] = []
  for (const page of compiled.definition.pages) {
    if (pageKey && pageKey !== page.key) continue
    const shown = evaluation.pages.find((state) => state.key === page.key)?.visible
    for (const { key, repeat } of page.groups) {
      if (!repeat || !shown) continue
      const count = rowsOf(answers, key).length
      if (Array.isArray(answers[key]) ? answers[key].length !== count : answers[key] !== undefined) {
        problems.push({ field: key, code: 'forms.rows-invalid', params: {} })
      } else if (count > repeat.max)
        problems.push({ field: key, code: 'forms.rows-many', params: { max: repeat.max } })
      else if (count < repeat.min && !partial)
        problems.push({ field: key, code: 'forms.rows-few', params: { min: repeat.min } })
    }
  }
  return problems
}
