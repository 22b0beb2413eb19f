import type { RuleField } from '../../../kernel/feel/sentence-text.ts'
import { findMessage, type Locale } from '../../../kernel/i18n.ts'
import type { DraftForm } from '../contents.ts'
import { placedFields } from './placed.ts'

/** Everything that rules of a procedure may read, with its words: questions, groups, and what is given besides. */
export function ruleFieldsOf(form: DraftForm | null | undefined, locale: Locale): RuleField[] {
  const fields = new Map<string, RuleField>()
  for (const { field, group, rowOf } of placedFields(form)) {
    const path = rowOf ?? field.key
    if (fields.has(path)) continue
    if (rowOf !== null) fields.set(path, { path, label: wordsIn(group.title, locale) ?? path, type: 'list' })
    else
      fields.set(path, {
        ...{ path, label: wordsIn(field.label, locale) ?? path, type: field.type },
        ...(field.options && {
          options: field.options.map(({ value, label }) => ({
            value,
            label: wordsIn(label, locale) ?? value,
          })),
        }),
        ...(typeof field.min === 'number' && { min: field.min }),
        ...(typeof field.max === 'number' && { max: field.max }),
      })
  }
  return [...fields.values(), ...givenIn(locale).filter(({ path }) => !fields.has(path))]
}

const wordsIn = (text: Partial<Record<Locale, string>> | null | undefined, locale: Locale) =>
  text?.[locale] || text?.vi || text?.en || undefined

/** What is known of a filing without the form: how it comes in, and what officers record. */
function givenIn(locale: Locale): RuleField[] {
  const called = (path: string) => findMessage(locale, `differences.condition.given.${path}`) ?? path
  const channels = ['online', 'direct', 'post'].map((value) => ({
    value,
    label: findMessage(locale, `differences.condition.value.${value}`) ?? value,
  }))
  return [
    { path: 'channel', label: called('channel'), type: 'enum', options: channels },
    { path: 'caseCode', label: called('caseCode'), type: 'text' },
    { path: 'feeExemption', label: called('feeExemption'), type: 'text' },
    { path: 'verificationNeeded', label: called('verificationNeeded'), type: 'bool' },
    { path: 'manyOrComplex', label: called('manyOrComplex'), type: 'bool' },
  ]
}
