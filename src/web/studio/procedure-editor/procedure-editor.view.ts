import type { RuleField } from 'motcua/kernel/feel/sentence-text'
import type { Locale } from 'motcua/kernel/i18n'

/** Where something stands in a procedure: `['cases', 0, 'fees', 1, 'amountVnd']`. */
export type Path = readonly (string | number)[]

/** Something to mend, in words, at its place. */
export interface EditorProblem {
  path: (string | number)[]
  text: string
}

/** The id of the input of a place; the error summary points there. */
export const idOf = (path: Path) => `f-${path.join('-')}`

export function valueAt(draft: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined),
    draft,
  )
}

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null

/** The draft with another value at a place; nothing else is copied or dropped. */
export function withValue(draft: unknown, [head, ...rest]: Path, value: unknown): unknown {
  if (head === undefined) return value
  const inner = isRecord(draft) && Object.hasOwn(draft, head) ? draft[head] : undefined
  const next = withValue(inner, rest, value)
  if (Array.isArray(draft)) return draft.map((each, index) => (index === head ? next : each))
  const { [head]: _, ...others } = isRecord(draft) ? draft : {}
  if (next === undefined) return others
  return isRecord(draft) && Object.hasOwn(draft, head)
    ? Object.fromEntries(Object.entries(draft).map(([key, each]) => [key, key === head ? next : each]))
    : { ...others, [head]: next }
}

export function listAt(draft: unknown, path: Path): unknown[] {
  const list = valueAt(draft, path)
  return Array.isArray(list) ? list : []
}

/** The list with one item one place up or down; the same list when there is no such place. */
export function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const to = index + by
  if (to < 0 || to >= list.length) return [...list]
  const next = [...list]
  const [item] = next.splice(index, 1)
  next.splice(to, 0, item as Item)
  return next
}

export const without = (list: readonly unknown[], index: number) => list.filter((_, at) => at !== index)
export const inserted = (list: readonly unknown[], index: number, item: unknown) => [
  ...list.slice(0, index),
  item,
  ...list.slice(index),
]

/** Names and what is said of each, as lines: `child.fullName = answers.child.fullName`. */
export const linesOf = (value: unknown): string =>
  isRecord(value)
    ? Object.entries(value)
        .map(([name, text]) => `${name} = ${text}`)
        .join('\n')
    : ''

/** Lines as names and what is said of each; a name that comes again says the last. Lines without a name are left out. */
export function recordIn(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line) => {
    const [name = '', ...said] = line.split('=')
    return name.trim() === '' ? [] : [[name.trim(), said.join('=').trim()] as const]
  })
  return Object.fromEntries(pairs.filter(([name]) => name !== '__proto__'))
}

/** What an item is called in its list: the first of its titles that says something. */
export function titleOf(item: unknown, titles: readonly string[]): string {
  for (const title of titles) {
    const said = valueAt(item, title.split('.'))
    if ((typeof said === 'string' && said.trim() !== '') || typeof said === 'number') return String(said)
  }
  return ''
}

/** A new item with keys of its own: of the procedure, free in its list. */
export function freshItem(fresh: unknown, listKey: string, list: readonly unknown[], code: string): unknown {
  const item = structuredClone(fresh)
  if (!isRecord(item)) return item
  if (listKey === 'cases')
    item.code = freeName(list, 'code', (no) => `${code}.${String(no).padStart(2, '0')}`)
  const prefix = { components: 'giay-', fees: 'khoan-', eligibility: 'cau', branches: 'nhanh-' }[listKey]
  if (prefix) item.key = freeName(list, 'key', (no) => `${prefix}${no}`)
  if (listKey === 'options') item.value = freeName(list, 'value', (no) => `chon-${no}`)
  return item
}

function freeName(list: readonly unknown[], key: string, name: (no: number) => string): string {
  const taken = new Set(list.map((item) => valueAt(item, [key])))
  let no = list.length + 1
  while (taken.has(name(no))) no++
  return name(no)
}

/** Problems of one place and of what stands inside it. */
export function problemsIn(problems: readonly EditorProblem[], path: Path): EditorProblem[] {
  return problems.filter((problem) =>
    path.every((name, index) => String(problem.path[index]) === String(name)),
  )
}

/** The problem of exactly this place. */
export const problemAt = (problems: readonly EditorProblem[], path: Path): string | undefined =>
  problemsIn(problems, path).find((problem) => problem.path.length === path.length)?.text

interface FormLike {
  pages?: unknown
}

/** The answers of the drafted form, and what a procedure may read besides, with their words. */
export function answersOf(form: FormLike, said: (key: string) => string, locale: Locale): RuleField[] {
  const asked = records(form.pages).flatMap((page) =>
    records(page.groups).flatMap((group) => ofGroup(group, locale)),
  )
  // What the form asks itself stands there under its own words.
  return [...asked, ...besides(said).filter(({ path }) => !asked.some((each) => each.path === path))]
}

function ofGroup(group: Record<string, unknown>, locale: Locale): RuleField[] {
  if (group.repeat)
    return [
      { path: String(group.key), label: wordsIn(group.title, locale) || String(group.key), type: 'list' },
    ]
  return records(group.fields).flatMap((field) => {
    const path = String(field.key ?? '')
    const options = records(field.options).map(({ value, label }) => ({
      value: String(value),
      label: wordsIn(label, locale) || String(value),
    }))
    return path === ''
      ? []
      : [
          {
            ...{ path, label: wordsIn(field.label, locale) || path, type: String(field.type) },
            ...(options.length > 0 && { options }),
            ...(typeof field.min === 'number' && { min: field.min }),
            ...(typeof field.max === 'number' && { max: field.max }),
          },
        ]
  })
}

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((each) => isRecord(each) && !Array.isArray(each)) : []

function wordsIn(value: unknown, locale: Locale): string {
  const said = valueAt(value, [locale])
  return typeof said === 'string' ? said : ''
}

const exemptions = ['merit', 'poor', 'disabled', 'child', 'elderly'] as const

/** Channel, case and the facts that officers record. */
function besides(said: (key: string) => string): RuleField[] {
  const channels = (['online', 'direct', 'post'] as const).map((value) => ({
    value,
    label: said(`option.channel.${value}`),
  }))
  const people = exemptions.map((value) => ({ value, label: said(`fact.exemption.${value}`) }))
  return [
    { path: 'channel', label: said('fact.channel'), type: 'enum', options: channels },
    { path: 'caseCode', label: said('fact.caseCode'), type: 'text' },
    { path: 'feeExemption', label: said('fact.feeExemption'), type: 'enum', options: people },
    { path: 'verificationNeeded', label: said('fact.verificationNeeded'), type: 'bool' },
    { path: 'manyOrComplex', label: said('fact.manyOrComplex'), type: 'bool' },
  ]
}

const types = { choice: 'enum', 'yes-no': 'bool', number: 'int', date: 'date' } as const

/** The questions before sign-in, as conditions among them read them. */
export function eligibilityAnswers(draft: unknown, locale: Locale): RuleField[] {
  return records(valueAt(draft, ['eligibility'])).map(({ key, question, type, options }) => ({
    path: String(key),
    label: wordsIn(question, locale) || String(key),
    type: types[type as keyof typeof types] ?? 'text',
    options: records(options).map(({ value, label }) => ({
      value: String(value),
      label: wordsIn(label, locale) || String(value),
    })),
  }))
}

/** Where a problem is, in words: "Các trường hợp 1, Khoản thu 2, Mức thu". */
export function inPlace(path: Path, said: (key: string) => string): string {
  const parts: string[] = []
  const names: string[] = []
  for (const name of path) {
    if (typeof name === 'number') {
      parts[parts.length - 1] = `${parts[parts.length - 1] ?? ''} ${name + 1}`
      continue
    }
    names.push(name)
    parts.push(fieldWords(names, said) ?? name)
  }
  return parts.join(', ')
}

function fieldWords(names: readonly string[], said: (key: string) => string): string | undefined {
  for (let from = 0; from < names.length; from++) {
    const key = `field.${names.slice(from).join('_')}`
    const found = said(key)
    if (found !== key) return found
  }
  return undefined
}
