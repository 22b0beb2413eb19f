import { reads, readsColumn } from './feel-words.ts'
import {
  type FieldDraft,
  type FormDraft,
  findGroup,
  findPage,
  type GroupDraft,
  isWithin,
  type Place,
} from './form-draft.ts'

/** What mentions a question: the place of the mention and what it is for. */
export interface Use {
  at: Place | { rule: string }
  what: 'visible' | 'required' | 'value' | 'option' | 'source' | 'rule' | 'rule-fields'
}

/** One text of the form that reads answers, with where it stands. */
export interface Mention extends Use {
  text: string
  /** `key`: names an answer. `list`: names a list, `members.children`. Everything else is FEEL. */
  is?: 'key' | 'list'
  /** Keys of the lists in whose rows the text is worked out, outermost first; it may call their columns by bare name. */
  rows: string[]
}

/** Every text of the form that reads answers. */
export function* mentionsOf(draft: FormDraft): Generator<Mention> {
  for (const page of draft.pages) {
    if (page.visible) yield { at: { page: page.key }, what: 'visible', text: page.visible, rows: [] }
    for (const group of page.groups) {
      const at = { page: page.key, group: group.key }
      const rows = group.repeat ? [group.key] : []
      yield* mentionsInGroup(group, at, [], rows)
      for (const inner of group.groups ?? [])
        yield* mentionsInGroup(inner, { ...at, inner: inner.key }, rows, [...rows, inner.key])
    }
  }
  for (const { key, when, fields, within } of draft.rules ?? []) {
    const at = { rule: key }
    const rows = within === undefined ? [] : rowsNamed(draft, within)
    yield { at, what: 'rule', text: when, rows }
    if (within !== undefined) yield { at, what: 'rule-fields', text: within, is: 'list', rows: [] }
    for (const field of fields) yield { at, what: 'rule-fields', text: field, is: 'key', rows }
  }
}

/** The lists that `members.children` goes through. */
export function rowsNamed(draft: FormDraft, within: string): string[] {
  for (const group of draft.pages.flatMap((page) => page.groups)) {
    if (group.key === within) return [group.key]
    const inner = group.groups?.find(({ key }) => `${group.key}.${key}` === within)
    if (inner) return [group.key, inner.key]
  }
  return [within]
}

function* mentionsInGroup(group: GroupDraft, at: Place, outer: string[], rows: string[]): Generator<Mention> {
  if (group.visible) yield { at, what: 'visible', text: group.visible, rows: outer }
  for (const field of group.fields) yield* mentionsInField(field, { ...at, field: field.key }, rows)
}

function* mentionsInField(field: FieldDraft, at: Place, rows: string[]): Generator<Mention> {
  if (field.visible) yield { at, what: 'visible', text: field.visible, rows }
  if (typeof field.required === 'string') yield { at, what: 'required', text: field.required, rows }
  if (field.value) yield { at, what: 'value', text: field.value, rows }
  for (const { when } of field.options ?? []) if (when) yield { at, what: 'option', text: when, rows }
  for (const source of field.sources ?? []) {
    const [from, when] = typeof source === 'string' ? [source] : [source.from, source.when]
    if (from.startsWith('ANS.')) yield { at, what: 'source', text: from.slice(4), is: 'key', rows: [] }
    if (when) yield { at, what: 'source', text: when, rows }
  }
}

/** What conditions can read of a place: an answer of the form, or a column of the rows of lists. */
export interface Target {
  key: string
  /** Keys of the lists that hold the column, outermost first; empty for answers of the form. */
  rows: string[]
}

/** Everything that reads the answers standing in a place, without what stands in the place itself. */
export function usesOf(draft: FormDraft, at: Place): Use[] {
  const targets = targetsIn(draft, at)
  return [...mentionsOf(draft)]
    .filter((mention) => !('page' in mention.at && isWithin(mention.at, at)))
    .filter((mention) => targets.some((target) => isMentioned(mention, target)))
    .map(({ at: where, what }) => ({ at: where, what }))
}

function targetsIn(draft: FormDraft, at: Place): Target[] {
  if (at.field !== undefined) {
    const rows = rowsAt(draft, at)
    return [{ key: at.field, rows }]
  }
  if (at.inner !== undefined) return [{ key: at.inner, rows: [at.group ?? ''] }]
  const groups = (findPage(draft, at)?.groups ?? []).filter(
    ({ key }) => at.group === undefined || key === at.group,
  )
  return groups.flatMap((group): Target[] =>
    group.repeat ? [{ key: group.key, rows: [] }] : group.fields.map(({ key }) => ({ key, rows: [] })),
  )
}

/** The lists in whose rows the questions of a group stand. */
export function rowsAt(draft: FormDraft, { page, group = '', inner }: Place): string[] {
  if (!findGroup(draft, { page, group })?.repeat) return []
  return inner === undefined ? [group] : [group, inner]
}

/** Whether a text reads or names the target. */
export function isMentioned({ text, is, rows }: Mention, target: Target): boolean {
  if (is === 'list') {
    const path = [...target.rows, target.key].join('.')
    return text === path || (target.rows.length === 0 && text.startsWith(`${path}.`))
  }
  if (is === 'key')
    return (
      target.rows.join('.') === rows.join('.') && (text === target.key || text.startsWith(`${target.key}.`))
    )
  if (target.rows.length === 0) return reads(text, target.key)
  return (
    readsColumn(text, listNames(target.rows, rows), target.key) ||
    (isInRows(rows, target.rows) && reads(text, target.key))
  )
}

/** How a text may call a list: by its whole path, and from within the rows of the outer list by the last name alone. */
export function listNames(list: readonly string[], rows: readonly string[]): string[] {
  const [outer, inner] = list
  return [list.join('.'), ...(inner !== undefined && rows[0] === outer ? [inner] : [])]
}

/** Whether a text is worked out within the rows of a list. */
export const isInRows = (rows: readonly string[], list: readonly string[]) =>
  list.every((key, i) => rows[i] === key)
