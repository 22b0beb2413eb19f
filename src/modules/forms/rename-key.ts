import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { reads, renameColumn, renameRead, rowNames } from './feel-words.ts'
import {
  answerKeys,
  columnKeys,
  editRefusals,
  type FieldDraft,
  type FormDraft,
  findField,
  findGroup,
  findPage,
  type GroupDraft,
  type Place,
  type RuleDraft,
  replaced,
  type SourceDraft,
  withGroup,
  withPage,
} from './form-draft.ts'
import { answerKeyProblem, groupKeyProblem, pageKeys } from './form-keys.ts'
import { isInRows, listNames, mentionsOf, rowsAt, rowsNamed, type Target } from './form-uses.ts'

/**
 * Gives a page, group or question another key and rewrites every condition that reads it. Refuses a key that is
 * taken, lies inside another, or is already read under another meaning.
 */
export function renameKey(draft: FormDraft, at: Place, key: string): Outcome<FormDraft> {
  if (key === (at.field ?? at.inner ?? at.group ?? at.page)) return draft
  if (at.field !== undefined) return renameField(draft, at, key)
  if (at.group !== undefined) return renameGroup(draft, at, key)
  const page = findPage(draft, at)
  if (!page) return editRefusals.gone(at)
  if (!pageKeys.test(key)) return editRefusals.keyInvalid(key)
  if (draft.pages.some((other) => other.key === key)) return editRefusals.keyTaken(key)
  return { ...draft, pages: replaced(draft.pages, page, { ...page, key }) }
}

function renameGroup(draft: FormDraft, at: Place, key: string): Outcome<FormDraft> {
  const group = findGroup(draft, at)
  if (!group) return editRefusals.gone(at)
  const without = withoutGroup(draft, at, group)
  if (isRefusal(without)) return without
  const problem = groupKeyProblem(without, { ...group, key }, at.inner === undefined ? undefined : at)
  if (problem) return problem
  if (!group.repeat) return withGroup(draft, at, (old) => ({ ...old, key }))
  const target =
    at.inner === undefined ? { key: group.key, rows: [] } : { key: group.key, rows: [at.group ?? ''] }
  const rewritten = rewrittenFor(draft, target, key)
  return isRefusal(rewritten) ? rewritten : withGroup(rewritten, at, (old) => ({ ...old, key }))
}

function withoutGroup(draft: FormDraft, at: Place, group: GroupDraft): Outcome<FormDraft> {
  if (at.inner === undefined)
    return withPage(draft, at, (page) => ({ ...page, groups: page.groups.filter((one) => one !== group) }))
  return withGroup(draft, { page: at.page, group: at.group ?? '' }, (outer) => ({
    ...outer,
    groups: (outer.groups ?? []).filter((one) => one !== group),
  }))
}

function renameField(draft: FormDraft, at: Place, key: string): Outcome<FormDraft> {
  const [group, field] = [findGroup(draft, at), findField(draft, at)]
  if (!group || !field) return editRefusals.gone(at)
  const others = (group.repeat ? columnKeys(group) : answerKeys(draft)).filter((other) => other !== field.key)
  const problem = answerKeyProblem(others, key)
  if (problem) return problem
  const rewritten = rewrittenFor(draft, { key: field.key, rows: rowsAt(draft, at) }, key)
  if (isRefusal(rewritten)) return rewritten
  return withGroup(rewritten, at, (old) => ({
    ...old,
    fields: old.fields.map((one) => (one.key === field.key ? { ...one, key } : one)),
  }))
}

/** The draft with every text that reads or names the target calling it by its new key. */
function rewrittenFor(draft: FormDraft, target: Target, key: string): Outcome<FormDraft> {
  if (wouldMeanTwo(draft, key)) return editRefusals.keyRead(key)
  const { rows: list, key: old } = target
  const listPath = [...list, old].join('.')
  return everyText(draft, {
    feel: (text, rows) => {
      if (list.length === 0) return renameRead(text, old, key)
      const outside = renameColumn(text, listNames(list, rows), old, key)
      return isInRows(rows, list) ? renameRead(outside, old, key) : outside
    },
    named: (name, rows) => (rows.join('.') === list.join('.') ? renamedStart(name, old, key) : name),
    list: (name) => renamedStart(name, listPath, [...list, key].join('.')),
  })
}

const renamedStart = (name: string, from: string, to: string) =>
  name === from || name.startsWith(`${from}.`) ? to + name.slice(from.length) : name

/** A row of a quantifier with that name would hide the answer; a text that already reads the name means something else. */
function wouldMeanTwo(draft: FormDraft, key: string): boolean {
  const root = key.split('.')[0]!
  return [...mentionsOf(draft)].some(
    ({ text, is }) => is === undefined && (rowNames(text).includes(root) || reads(text, key)),
  )
}

interface Rewriting {
  feel: (text: string, rows: string[]) => string
  /** A key that is named and not read. */
  named: (key: string, rows: string[]) => string
  /** The path of a list. */
  list: (path: string) => string
}

/** The draft with every text passed through; what does not change stays the same object. */
function everyText(draft: FormDraft, to: Rewriting): FormDraft {
  const pages = mapSame(draft.pages, (page) => {
    const groups = mapSame(page.groups, (group) => {
      const rows = group.repeat ? [group.key] : []
      const next = groupTexts(group, to, [], rows)
      if (!group.groups) return next
      const inner = mapSame(group.groups, (one) => groupTexts(one, to, rows, [...rows, one.key]))
      return sameOr(group, { ...next, groups: inner })
    })
    return withTexts({ ...page, groups }, page, { visible: (text) => to.feel(text, []) })
  })
  if (!draft.rules) return { ...draft, pages }
  return { ...draft, pages, rules: mapSame(draft.rules, (rule) => ruleTexts(draft, rule, to)) }
}

function groupTexts<T extends GroupDraft>(group: T, to: Rewriting, outer: string[], rows: string[]): T {
  const fields = mapSame(group.fields, (field) => fieldTexts(field, to, rows))
  return withTexts({ ...group, fields }, group, { visible: (text) => to.feel(text, outer) })
}

function ruleTexts(draft: FormDraft, rule: RuleDraft, to: Rewriting): RuleDraft {
  const rows = rule.within === undefined ? [] : rowsNamed(draft, rule.within)
  const fields = mapSame(rule.fields, (name) => to.named(name, rows))
  const next = { ...rule, when: to.feel(rule.when, rows), fields }
  return sameOr(rule, rule.within === undefined ? next : { ...next, within: to.list(rule.within) })
}

function fieldTexts(field: FieldDraft, to: Rewriting, rows: string[]): FieldDraft {
  const feel = (text: string) => to.feel(text, rows)
  const next = withTexts(field, field, { visible: feel, required: feel, value: feel })
  const options =
    field.options && mapSame(field.options, (option) => withTexts(option, option, { when: feel }))
  const sources = field.sources && mapSame(field.sources, (source) => renamedSource(source, feel, to))
  return sameOr(field, { ...next, ...(options ? { options } : {}), ...(sources ? { sources } : {}) })
}

function renamedSource(source: SourceDraft, feel: (text: string) => string, to: Rewriting): SourceDraft {
  const renamed = (from: string) => (from.startsWith('ANS.') ? `ANS.${to.named(from.slice(4), [])}` : from)
  if (typeof source === 'string') return renamed(source)
  return sameOr(source, { ...source, from: renamed(source.from), when: feel(source.when) })
}

type Texts<T> = { [K in keyof T]?: (text: string) => string }

function withTexts<T extends object>(next: T, old: T, texts: Texts<T>): T {
  const result = { ...next } as Record<string, unknown>
  for (const [name, change] of Object.entries(texts) as [string, (text: string) => string][])
    if (typeof result[name] === 'string') result[name] = change(result[name])
  return sameOr(old, result as unknown as T)
}

/** The old list itself when nothing in it changed. */
function mapSame<T>(list: T[], change: (item: T) => T): T[] {
  const next = list.map(change)
  return next.every((item, i) => item === list[i]) ? list : next
}

function sameOr<T extends object>(old: T, next: T): T {
  const names = Object.keys(next) as (keyof T)[]
  return names.length === Object.keys(old).length && names.every((name) => next[name] === old[name])
    ? old
    : next
}
