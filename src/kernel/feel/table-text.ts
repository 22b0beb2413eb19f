import { type Locale, messages } from '../i18n.ts'
import { askedBy, type Cell, type DecisionTable, type Output, sentenceOfRow } from './decision-table.ts'
import { kindOfType, type RuleField, sentenceText } from './sentence-text.ts'
import type { Domain, TableProblem } from './table-check.ts'

/** What the inputs of a table can be, by the questions that they ask; a question without limits has none. */
export function domainsOf(inputs: readonly string[], fields: readonly RuleField[]): Record<string, Domain> {
  const known = inputs.map((input) => {
    const { path, of } = askedBy(input)
    // Days, rows and letters are counted from nothing.
    const domain: Domain | null = of
      ? { is: 'numbers', whole: true, from: 0 }
      : domainOf(fields.find((field) => field.path === path))
    return [input, domain] as const
  })
  return Object.fromEntries(known.filter((each): each is [string, Domain] => each[1] !== null))
}

const wholeTypes = ['int', 'money', 'copies']
const countedTypes = ['money', 'copies', 'area', 'length']

function domainOf(field: RuleField | undefined): Domain | null {
  if (!field) return null
  const { type, options = [], min, max } = field
  if (type === 'bool') return { is: 'values', values: [true, false] }
  if (options.length > 0) return { is: 'values', values: options.map(({ value }) => value) }
  if (kindOfType(type) !== 'number') return null
  const from = min ?? (countedTypes.includes(type) ? 0 : undefined)
  return {
    ...{ is: 'numbers', whole: wholeTypes.includes(type) },
    ...(from !== undefined && { from }),
    ...(max !== undefined && { to: max }),
  }
}

/** When a row of a table holds, in words: “Cách nộp là Trực tuyến và số ngày … từ 60 trở lên”. */
export function rowText(
  inputs: readonly string[],
  when: readonly Cell[],
  fields: readonly RuleField[],
  locale: Locale = 'vi',
): string {
  const sentence = sentenceOfRow(inputs, when)
  if (sentence.tests.length === 0) return messages(locale)('rules.table.anyCase')
  return sentenceText(sentence, fields, locale)
}

/** A problem of a table in words, rows counted from one: “Chưa có dòng nào cho: …”. */
export function tableProblemText(
  { inputs }: Pick<DecisionTable, 'inputs'>,
  { kind, when, rules }: TableProblem,
  fields: readonly RuleField[],
  locale: Locale = 'vi',
): string {
  const [one = 0, two = 0] = rules.map((no) => no + 1)
  const words = kind === 'never' ? '' : rowText(inputs, when, fields, locale)
  return messages(locale)(`rules.table.${kind}`, { one, two, when: words })
}

/** Every case that no row of the table is for gives something all the same. */
export const isWhole = ({ otherwise }: Pick<DecisionTable, 'otherwise'>) => otherwise !== null

/** What a row gives, in words; answers by the names of their questions. */
export function outputWords(output: Output, fields: readonly RuleField[], locale: Locale = 'vi'): string {
  const t = messages(locale)
  const named = (path: string) => `“${answerName(path, fields, locale)}”`
  if (output === null) return t('rules.value.nothing')
  if (typeof output === 'boolean') return t(output ? 'rules.value.yes' : 'rules.value.no')
  if (typeof output !== 'object') return String(output)
  return 'path' in output ? named(output.path) : output.paths.map(named).join(', ')
}

/** What an answer, or a part of one, is called: `child.residence.communeCode` is the commune in the residence. */
export function answerName(path: string, fields: readonly RuleField[], locale: Locale = 'vi'): string {
  const own = fields.find((field) => field.path === path)
  if (own) return own.label
  const whole = fields.find((field) => path.startsWith(`${field.path}.`))
  if (!whole) return path
  const t = messages(locale)
  const part = path.slice(whole.path.length + 1)
  const label = whole.label
  if (part === 'communeCode') return t('rules.table.communeOf', { label })
  if (part === 'number') return t('rules.table.numberOf', { label })
  return t('rules.table.partOf', { label, part })
}
