import { z } from 'zod'
import type { Locale } from '../../../kernel/i18n.ts'
import type { Field } from '../form-definition.ts'
import { ethnicGroups } from './ethnic-groups.ts'
import { asTyped, type FieldKind, input, typed } from './field-kind.ts'

type Choice = { value: string; label: string }

/** Up to this many options are drawn as radios, so that all can be read at once. */
const mostRadios = 7

/** A type whose value is one of a list. */
export function choiceKind(choices: (field: Field, locale: Locale) => readonly Choice[]): FieldKind {
  const values = new WeakMap<Field, Set<string>>()
  const allowed = (field: Field) => {
    const known = values.get(field) ?? new Set(choices(field, 'vi').map(({ value }) => value))
    values.set(field, known)
    return known
  }
  return {
    schema: (field) =>
      z
        .string({ error: 'forms.choice-invalid' })
        .refine((value) => allowed(field).has(value), { error: 'forms.choice-invalid' }),
    quick(field) {
      const set = allowed(field)
      return (value) => (typeof value === 'string' && set.has(value) ? value : undefined)
    },
    fromForm: (form, name) => asTyped(form.get(name)) || undefined,
    inputs(field, path, value, { locale }) {
      const list = choices(field, locale)
      const options = list.map((choice) => ({ ...choice, checked: choice.value === value }))
      const kind = list.length <= mostRadios ? 'radio' : 'select'
      return [input(path, undefined, { kind, value: typed(value), options, width: 'mid' })]
    },
    display: (value, field, { locale }) =>
      choices(field, locale).find((choice) => choice.value === value)?.label ?? typed(value),
    jsonSchema: (field) => ({ enum: [...allowed(field)] }),
  }
}

const emptyList: readonly Choice[] = []

/** One of the options of the field. */
export const enumeration = choiceKind((field, locale) =>
  field.options ? field.options.map(({ value, label }) => ({ value, label: label[locale] })) : emptyList,
)

const ethnicChoices = ethnicGroups.map(([value, label]) => ({ value, label }))
export const ethnic = choiceKind(() => ethnicChoices)

const yesNo: Record<Locale, [string, string]> = { vi: ['Có', 'Không'], en: ['Yes', 'No'] }

export const bool: FieldKind = {
  schema: () => z.boolean({ error: 'forms.choice-invalid' }),
  quick: () => (value) => (typeof value === 'boolean' ? value : undefined),
  fromForm: (form, name) => ({ true: true, false: false })[form.get(name) ?? ''],
  inputs(_, path, value, { locale }) {
    const [yes, no] = yesNo[locale]
    const options = [
      { value: 'true', label: yes, checked: value === true },
      { value: 'false', label: no, checked: value === false },
    ]
    return [
      input(path, undefined, {
        kind: 'radio',
        value: typeof value === 'boolean' ? String(value) : '',
        options,
        width: 'short',
      }),
    ]
  },
  display: (value, _, { locale }) => (typeof value === 'boolean' ? yesNo[locale][value ? 0 : 1] : ''),
  jsonSchema: () => ({ type: 'boolean' }),
}
