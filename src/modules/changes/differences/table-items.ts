import {
  type Cell,
  type Output,
  plainOutputOf,
  sentenceOfRow,
  tableOf,
} from '../../../kernel/feel/decision-table.ts'
import { feelOf } from '../../../kernel/feel/sentence.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import { conditionWords, type Named, pathWords } from './condition-words.ts'
import { type Item, said, type Words, yesNo } from './item.ts'

/** The rule whose table is told, and the item that it belongs to. */
export interface Ruled {
  owner: Pick<Item, 'part' | 'id' | 'name'>
  at: string
  /** What the table gives, by `differences.fact.<name>`. */
  fact: string
  /** A result in words, where the owner knows better ones. */
  words?: (output: Output) => string | null
}

interface Saying {
  locale: Locale
  names: Named
}

/** Whether a rule is told row by row. */
export const isTable = (text: string | null | undefined): boolean => Boolean(text && tableOf(text))

/** Each row of a table as a thing of its own, named by when it holds; none of a rule that is no table. */
export function tableItems(
  text: string | null | undefined,
  { owner, at, fact, words = () => null }: Ruled,
  saying: Saying,
): Item[] {
  const table = text ? tableOf(text) : null
  if (!table) return []
  const seen = new Map<string, number>()
  const row = (when: Cell[] | null, gives: Output): Item => {
    const key = when === null ? 'otherwise' : conditionOf(table.inputs, when)
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    const given = words(gives) ?? outputWords(gives, saying)
    return {
      ...{
        part: owner.part,
        kind: 'row',
        id: `row:${owner.id}/${fact}/${key}#${times}`,
        at,
        within: owner.id,
      },
      ...{ name: rowName(owner.name, when && key, saying.names), facts: { [fact]: given }, summary: given },
    }
  }
  return [
    ...table.rules.map(({ when, gives }) => row(when, gives)),
    ...(table.otherwise === null ? [] : [row(null, table.otherwise)]),
  ]
}

/** When a row holds, said the same however its columns stand. */
const conditionOf = (inputs: readonly string[], when: readonly Cell[]): string => {
  const order = inputs.map((_, i) => i).toSorted((a, b) => (inputs[a]! < inputs[b]! ? -1 : 1))
  return feelOf(
    sentenceOfRow(
      order.map((i) => inputs[i]!),
      order.map((i) => when[i] ?? null),
    ),
  )
}

function rowName(owner: Words, condition: string | null, names: Named): Words {
  const words = (locale: Locale) => {
    const name = owner[locale]
    if (condition === null) return said(locale, 'differences.row.otherwise', name, { name })
    if (condition === 'true') return said(locale, 'differences.row.always', name, { name })
    const when = conditionWords(condition, names, locale)
    return said(locale, 'differences.row.when', `${name} ${when}`, { name, when })
  }
  return { vi: words('vi'), en: words('en') }
}

/** What a rule gives, in words: the answers by their questions. What is no such thing stays as it is written. */
export function outputWords(output: Output, { locale, names }: Saying): string {
  if (typeof output === 'boolean') return yesNo(output, locale)
  if (output === null) return said(locale, 'differences.nothing', '')
  if (typeof output !== 'object') return String(output)
  const paths = 'path' in output ? [output.path] : output.paths
  return paths.map((path) => pathWords(path, names, locale)).join(', ')
}

/** A rule that gives a value as one fact: the answer that it names, or its text; null where its rows are told. */
export function valueWords(text: string | null | undefined, saying: Saying): string | null {
  if (!text || isTable(text)) return null
  const plain = plainOutputOf(text)
  return plain === undefined ? text : outputWords(plain, saying)
}
