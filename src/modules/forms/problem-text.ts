import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { type CompiledForm, fieldsOf } from './compile-form.ts'
import type { Field, Problem } from './form-definition.ts'

/** The label inside a sentence: “Nhập ngày sinh của bé”. */
const inside = (label: string) =>
  /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)

/** What to do, in one sentence: “Nhập ngày sinh của bé, ví dụ 20/11/2026”. */
export function problemText(compiled: CompiledForm, problem: Problem, locale: Locale): string {
  if (problem.message) return problem.message[locale]
  const field = fieldOf(compiled, problem.field)
  const label = field?.label[locale] ?? problem.field
  const example = field?.example ?? ''
  const params = { example, ...problem.params, label: inside(label), question: label }
  const code = problem.code === 'forms.required' && field ? requiredCode(field, label) : problem.code
  return findMessage(locale, code, params) ?? findMessage(locale, 'forms.text-invalid', params) ?? code
}

function requiredCode(field: Field, label: string): string {
  if (label.endsWith('?')) return 'forms.required-question'
  if (['enum', 'bool', 'ethnic', 'country', 'agency', 'delivery'].includes(field.type))
    return 'forms.required-choice'
  if (['date', 'partial-date', 'id12', 'phone', 'file', 'address'].includes(field.type))
    return `forms.required-${field.type}`
  return field.example ? 'forms.required-example' : 'forms.required'
}

/** The field of an answer path; rows are looked up by their column. */
export function fieldOf(compiled: CompiledForm, path: string): Field | undefined {
  const column = /^([A-Za-z0-9.]+)\[\d+\]\.(.+)$/.exec(path)
  return fieldsOf(compiled.definition).find(({ group, field }) =>
    column ? group.key === column[1] && field.key === column[2] : field.key === path,
  )?.field
}
