import {
  type Sentence,
  sentenceOf,
  type Test,
  type TestGroup,
  type TestValue,
} from '../../../kernel/feel/sentence.ts'
import type { Locale } from '../../../kernel/i18n.ts'
import type { DraftForm } from '../contents.ts'
import { inOne, said } from './item.ts'

/** What conditions read, as the form calls it: the label of a question and of its answers. */
export type Named = ReadonlyMap<string, { label: string; options: ReadonlyMap<string, string> }>

/** The names of everything that a form asks. */
export function namesIn(form: DraftForm | null | undefined, locale: Locale): Named {
  const fields = (form?.pages ?? []).flatMap((page) =>
    (page.groups ?? []).flatMap((group) => [
      ...(group.fields ?? []),
      ...(group.repeat ? [{ key: group.key, label: group.title, options: [] }] : []),
    ]),
  )
  return new Map(
    fields.map((field) => [
      field.key,
      {
        label: inOne(field.label, locale) ?? field.key,
        options: new Map(
          (field.options ?? []).map(({ value, label }) => [value, inOne(label, locale) ?? value]),
        ),
      },
    ]),
  )
}

/** Names of two versions as one: those of the newer first, with the answers that only the older one has. */
export function bothNames(older: Named, newer: Named): Named {
  const all = new Map(older)
  for (const [key, { label, options }] of newer)
    all.set(key, { label, options: new Map([...(older.get(key)?.options ?? []), ...options]) })
  return all
}

/** A condition as an official says it; what no sentence can say stays as it is written. */
export function conditionWords(text: string | null | undefined, names: Named, locale: Locale): string | null {
  if (!text) return null
  const sentence = sentenceOf(text)
  if (sentence === null) return text
  return sentenceWords(sentence, names, locale) || text
}

function sentenceWords(sentence: Sentence, names: Named, locale: Locale): string {
  const join = said(locale, `differences.condition.${sentence.all ? 'and' : 'or'}`, ',')
  const groups = (sentence.groups ?? []).map((group) => `(${groupWords(group, names, locale)})`)
  return [...sentence.tests.map((test) => testWords(test, names, locale)), ...groups].join(join)
}

const groupWords = (group: TestGroup, names: Named, locale: Locale) =>
  group.tests
    .map((test) => testWords(test, names, locale))
    .join(said(locale, `differences.condition.${group.all ? 'and' : 'or'}`, ','))

function testWords({ path, of, op, value }: Test, names: Named, locale: Locale): string {
  const named = nameOf(path, names, locale)
  const subject =
    of === undefined
      ? named
      : said(locale, `differences.condition.of.${of}`, `${of} ${named}`, { name: named })
  const shown = valueWords(value, names.get(path)?.options, names, locale)
  return said(locale, `differences.condition.op.${op}`, `${subject} ${op} ${shown}`, {
    name: subject,
    value: shown,
  })
}

/** What an answer, or a part of one, is called. */
export const pathWords = (path: string, names: Named, locale: Locale): string => nameOf(path, names, locale)

function nameOf(path: string, names: Named, locale: Locale): string {
  const parts = path.split('.')
  for (let n = parts.length; n > 0; n -= 1) {
    const found = names.get(parts.slice(0, n).join('.'))
    if (found === undefined) continue
    const rest = parts.slice(n).join('.')
    return rest
      ? `“${found.label}” (${said(locale, `differences.condition.part.${rest}`, rest)})`
      : `“${found.label}”`
  }
  return said(locale, `differences.condition.given.${path}`, path)
}

function valueWords(
  value: TestValue,
  options: ReadonlyMap<string, string> | undefined,
  names: Named,
  locale: Locale,
): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(each, options, names, locale)).join(', ')
  if (typeof value === 'boolean')
    return said(locale, value ? 'differences.yes' : 'differences.no', String(value))
  if (typeof value !== 'object' || value === null) {
    const text = String(value)
    return options?.get(text) ?? said(locale, `differences.condition.value.${text}`, text)
  }
  if ('path' in value) return nameOf(value.path, names, locale)
  return 'today' in value ? said(locale, 'differences.condition.today', 'today') : day(value.date)
}

const day = (iso: string) => iso.split('-').reverse().join('/')
