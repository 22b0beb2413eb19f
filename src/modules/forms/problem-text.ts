import { findMessage, type Locale } from '../../kernel/i18n.ts'
import { allFieldsOf, type CompiledForm } from './compile-form.ts'
import { partLabel } from './fields/compound.ts'
import { fieldKinds } from './fields/index.ts'
import type { Field, Problem } from './form-definition.ts'

/** The label inside a sentence: “Nhập ngày sinh của bé”. */
const inside = (label: string) =>
  /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)

/** What to do, in one sentence: “Nhập ngày sinh của bé, ví dụ 20/11/2026”. */
export function problemText(compiled: CompiledForm, problem: Problem, locale: Locale): string {
  if (problem.message) return problem.message[locale]
  const field = fieldOf(compiled, problem.field)
  const label = field?.label[locale] ?? problem.field
  const named = field ? partNamed(field, label, problem, locale) : undefined
  const example = named ? '' : (field?.example ?? '')
  const params = { example, ...problem.params, label: named ?? inside(label), question: label }
  const code =
    problem.code === 'forms.required' && field && !named ? requiredCode(field, label) : problem.code
  return findMessage(locale, code, params) ?? findMessage(locale, 'forms.text-invalid', params) ?? code
}

/** A part of a compound answer by its own name: “mã số thuế (đơn vị mua bảo hiểm)”. */
function partNamed(field: Field, label: string, { params }: Problem, locale: Locale): string | undefined {
  const { texts } = fieldKinds[field.type]
  if (!texts || typeof params.part !== 'string') return undefined
  const part = inside(partLabel(locale, texts, params.part))
  return findMessage(locale, 'forms.part-of', { part, label: inside(label) })
}

function requiredCode(field: Field, label: string): string {
  if (label.endsWith('?')) return 'forms.required-question'
  if (field.type === 'signature') return 'forms.signature-invalid'
  if (['enum', 'bool', 'ethnic', 'country', 'agency', 'delivery'].includes(field.type))
    return 'forms.required-choice'
  if (['date', 'partial-date', 'id12', 'phone', 'file', 'address'].includes(field.type))
    return `forms.required-${field.type}`
  return field.example ? 'forms.required-example' : 'forms.required'
}

/** The field of an answer path; cells of rows are looked up by their column. */
export function fieldOf({ definition }: CompiledForm, path: string): Field | undefined {
  const column = path.replace(/\[\d+\]/g, '')
  return allFieldsOf(definition).find(
    ({ group, field, outer }) =>
      (outer
        ? `${outer.key}.${group.key}.${field.key}`
        : group.repeat
          ? `${group.key}.${field.key}`
          : field.key) === column && Boolean(group.repeat) === (column !== path),
  )?.field
}
