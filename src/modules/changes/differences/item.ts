import { findMessage, type Locale, locales } from '../../../kernel/i18n.ts'
import type { PartKind } from '../contents.ts'

/** The same words in both languages. */
export interface Words {
  vi: string
  en: string
}

/** One thing that an official would name - a question, a fee, a step - with everything said of it, in words. */
export interface Item {
  part: PartKind
  /** The same in both versions. */
  id: string
  /** Where it stands in its part. */
  at: string
  /** What it is: `differences.item.<kind>`. */
  kind: string
  name: Words
  /** Where it belongs; a thing that changes its place has moved. */
  within: string | null
  /** What is said of it, by `differences.fact.<name>`; null says nothing. */
  facts: Record<string, string | null>
  /** One line about the whole. */
  summary: string | null
}

/** How an item or a fact of it is called. */
export function labelOf({ kind, name }: Pick<Item, 'kind' | 'name'>, fact?: string): Words {
  const [vi, en] = locales.map((locale) => {
    const item = findMessage(locale, `differences.item.${kind}`, { name: name[locale] }) ?? name[locale]
    return fact === undefined ? item : `${item} · ${factName(fact, locale)}`
  }) as [string, string]
  return { vi, en }
}

const factName = (fact: string, locale: Locale) => findMessage(locale, `differences.fact.${fact}`) ?? fact

/** A sentence of the catalogue, or what it would have said of something unknown. */
export const said = (locale: Locale, key: string, unknown: string, params = {}) =>
  findMessage(locale, key, params) ?? unknown

/** “Có” or “Không”. */
export const yesNo = (value: boolean | undefined, locale: Locale) =>
  said(locale, value ? 'differences.yes' : 'differences.no', String(value))

/** The same name in both languages, for what has one name only. */
export const same = (name: string): Words => ({ vi: name, en: name })

/** The words of a text in two languages; a draft may lack one. */
export const inBoth = (text: Partial<Words> | undefined, otherwise: string): Words => ({
  vi: text?.vi || text?.en || otherwise,
  en: text?.en || text?.vi || otherwise,
})

/** A text in one language, in the other where only that was written. */
export const inOne = (text: Partial<Words> | null | undefined, locale: Locale): string | null =>
  text?.[locale] || text?.vi || text?.en || null

/** Both languages on one line, because a change of either is a change. */
export const bothTexts = (text: Partial<Words> | null | undefined): string | null => {
  const parts = [text?.vi, text?.en].filter((each) => each)
  return parts.length === 0 ? null : [...new Set(parts)].join(' / ')
}

/** Keys for things of a list that have no key: their name, and a number when it comes again. */
export function numbered<T>(list: readonly T[], nameOf: (each: T) => string): [string, T][] {
  const seen = new Map<string, number>()
  return list.map((each) => {
    const name = nameOf(each)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return [count === 1 ? name : `${name} #${count}`, each]
  })
}
