import { findMessage, type Locale, messages } from '../i18n.ts'
import {
  type Measure,
  normalSentence,
  type Plain,
  type Sentence,
  type Test,
  type TestValue,
} from './sentence.ts'

/** An answer that a rule may read, with the words people know it by. `type` is that of the form's field. */
export interface RuleField {
  path: string
  label: string
  type: string
  options?: readonly { value: string; label: string }[]
  /** The least and the most that may be answered, where the form says so. */
  min?: number
  max?: number
}

export type RuleKind = 'text' | 'number' | 'date' | 'bool' | 'enum' | 'list' | 'file'

const kinds: Record<string, RuleKind> = {
  ...{ int: 'number', number: 'number', money: 'number', area: 'number', length: 'number', copies: 'number' },
  ...{ date: 'date', bool: 'bool', enum: 'enum', list: 'list', file: 'file' },
}

/** How answers of a field's type compare. Dates that may lack a day compare as text. */
export function kindOfType(type: string): RuleKind {
  return Object.hasOwn(kinds, type) ? (kinds[type] as RuleKind) : 'text'
}

/** A rule in words: "Người yêu cầu là mẹ và số ngày từ “Ngày sinh” đến nay lớn hơn 60". */
export function sentenceText(
  sentence: Sentence,
  fields: readonly RuleField[],
  locale: Locale = 'vi',
): string {
  const t = messages(locale)
  const { all, tests, groups } = normalSentence(sentence)
  const known = new Map(fields.map((field) => [field.path, field]))
  const say = (test: Test) => testText(test, known, locale)
  const join = (parts: string[], every: boolean) => parts.join(` ${t(every ? 'rules.and' : 'rules.or')} `)
  const inner = groups.map((group) => `(${join(group.tests.map(say), group.all)})`)
  return join([...tests.map(say), ...inner], all) || t('rules.always')
}

type Known = ReadonlyMap<string, RuleField>

function testText({ path, of, op, value }: Test, known: Known, locale: Locale): string {
  const subject = subjectText(path, of, known, locale)
  const isDate = typeof value === 'object' && value !== null && ('date' in value || 'today' in value)
  const params = { subject, value: valueText(value, known.get(path), known, locale) }
  return (
    (isDate ? findMessage(locale, `rules.saidOfDate.${op}`, params) : undefined) ??
    findMessage(locale, `rules.said.${op}`, params) ??
    subject
  )
}

/** The question, or the figure made from it, in words. */
export function subjectText(path: string, of: Measure | undefined, known: Known, locale: Locale): string {
  const label = known.get(path)?.label ?? path
  return of ? messages(locale)(`rules.subject.${of}`, { label }) : label
}

function valueText(value: TestValue, field: RuleField | undefined, known: Known, locale: Locale): string {
  if (Array.isArray(value)) return value.map((each) => plainText(each, field, locale)).join(', ')
  if (typeof value !== 'object' || value === null) return plainText(value, field, locale)
  if ('path' in value) return `“${known.get(value.path)?.label ?? value.path}”`
  return 'today' in value ? messages(locale)('rules.value.today') : dayText(value.date)
}

const dayText = (iso: string) => iso.split('-').reverse().join('/')

function plainText(value: Plain, field: RuleField | undefined, locale: Locale): string {
  const t = messages(locale)
  if (value === null) return t('rules.value.nothing')
  if (typeof value === 'boolean') return t(value ? 'rules.value.yes' : 'rules.value.no')
  const label = field?.options?.find((option) => option.value === value)?.label
  return label ?? (typeof value === 'number' ? numberWords(value) : `“${value}”`)
}

const numberWords = (value: number) => {
  const [whole = '', part] = String(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.')
  return part ? `${grouped},${part}` : grouped
}
