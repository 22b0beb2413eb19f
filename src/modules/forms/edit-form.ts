import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import {
  answerKeys,
  editRefusals,
  type FieldDraft,
  type FieldPlace,
  type FormDraft,
  findField,
  findGroup,
  findPage,
  type GroupDraft,
  type GroupPlace,
  groupOf,
  type PageDraft,
  type Place,
  placesOf,
  type RuleDraft,
  replaced,
  type SourceDraft,
  samePlace,
  withGroup,
  withPage,
} from './form-draft.ts'
import { fieldKeyProblem, groupKeyProblem, pageKeys, ruleKeys } from './form-keys.ts'
import { usesOf } from './form-uses.ts'

export * from './form-draft.ts'
export * from './form-keys.ts'
export { type Use, usesOf } from './form-uses.ts'
export { renameKey } from './rename-key.ts'

/** A change of some members; `undefined` takes a member away. The key is changed by `renameKey` alone. */
export type Patch<T> = { [K in Exclude<keyof T, 'key'>]?: T[K] | undefined }

function patched<T extends { key: string }>(old: T, patch: Patch<T>): T {
  const next: Record<string, unknown> = { ...old }
  for (const [name, value] of Object.entries(patch)) {
    if (name === 'key') continue
    if (value === undefined) delete next[name]
    else next[name] = value
  }
  // The members that were not named are those of the same thing.
  return next as unknown as T
}

/** Title and words of the whole form. */
export function changeForm(
  draft: FormDraft,
  patch: Partial<Pick<FormDraft, 'title' | 'legalForm' | 'assurance'>>,
): Outcome<FormDraft> {
  return { ...draft, ...patch }
}

export const changePage = (draft: FormDraft, at: Place, patch: Patch<PageDraft>): Outcome<FormDraft> =>
  withPage(draft, at, (page) => patched(page, patch))

/** Also makes a list of a group, or a plain group of a list. Refuses keys that would then be taken twice. */
export function changeGroup(draft: FormDraft, at: Place, patch: Patch<GroupDraft>): Outcome<FormDraft> {
  const changed = withGroup(draft, at, (group) => patched(group, patch))
  if (isRefusal(changed) || !('repeat' in patch)) return changed
  if (patch.repeat === undefined && (at.inner !== undefined || findGroup(draft, at)?.groups))
    return editRefusals.notInside()
  const twice = firstTwice(answerKeys(changed))
  return twice === undefined ? changed : editRefusals.keyTaken(twice)
}

const firstTwice = (keys: readonly string[]) => keys.find((key, i) => keys.indexOf(key) !== i)

export function changeField(draft: FormDraft, at: Place, patch: Patch<FieldDraft>): Outcome<FormDraft> {
  const field = findField(draft, at)
  if (!field) return editRefusals.gone(at)
  return withGroup(draft, at, (group) => ({
    ...group,
    fields: replaced(group.fields, field, patched(field, patch)),
  }))
}

function inserted<T extends { key: string }>(list: readonly T[], item: T, after?: string | null): T[] {
  if (after === null) return [item, ...list]
  const at = list.findIndex(({ key }) => key === after)
  return at < 0 ? [...list, item] : list.toSpliced(at + 1, 0, item)
}

/** Adds a page after another, or at the end; `null` puts it first. */
export function addPage(draft: FormDraft, page: PageDraft, after?: string | null): Outcome<FormDraft> {
  if (!pageKeys.test(page.key)) return editRefusals.keyInvalid(page.key)
  if (draft.pages.some(({ key }) => key === page.key)) return editRefusals.keyTaken(page.key)
  return { ...draft, pages: inserted(draft.pages, page, after) }
}

/** Adds a group to a page, or a list to the rows of a list when the place names one. */
export function addGroup(
  draft: FormDraft,
  at: Place,
  group: GroupDraft,
  after?: string | null,
): Outcome<FormDraft> {
  const { page, group: outer } = at
  if (outer === undefined) {
    const problem = groupKeyProblem(draft, group)
    return problem ?? withPage(draft, at, (old) => ({ ...old, groups: inserted(old.groups, group, after) }))
  }
  const list = findGroup(draft, { page, group: outer })
  if (!list?.repeat || !group.repeat || group.groups) return editRefusals.notInside()
  const problem = groupKeyProblem(draft, group, { page, group: outer })
  if (problem) return problem
  return withGroup(draft, { page, group: outer }, (old) => ({
    ...old,
    groups: inserted(old.groups ?? [], group, after),
  }))
}

/** Adds a question to a group: behind another, first (`null`), or last; refuses a key that is taken. */
export function addField(
  draft: FormDraft,
  at: Place,
  field: FieldDraft,
  after?: string | null,
): Outcome<FormDraft> {
  const group = findGroup(draft, at)
  if (!group) return editRefusals.gone(at)
  const problem = fieldKeyProblem(draft, group, field.key)
  return problem ?? withGroup(draft, at, (old) => ({ ...old, fields: inserted(old.fields, field, after) }))
}

/** The same question again, right after the first, under a key of its own; only one may answer a label of the paper. */
export function duplicateField(
  draft: FormDraft,
  at: FieldPlace,
): Outcome<{ draft: FormDraft; place: FieldPlace }> {
  const [group, field] = [findGroup(draft, at), findField(draft, at)]
  if (!group || !field) return editRefusals.gone(at)
  const stem = field.key.replace(/\d+$/, '')
  const isFree = (key: string) => fieldKeyProblem(draft, group, key) === undefined
  let n = 2
  while (!isFree(`${stem}${n}`)) n++
  const key = `${stem}${n}`
  const { legalLabel: _, ...copied } = field
  const copy: FieldDraft = { ...copied, key, ...(field.count === undefined ? {} : { count: 'N' as const }) }
  const added = addField(draft, at, copy, field.key)
  return isRefusal(added) ? added : { draft: added, place: { ...at, field: key } }
}

function moved<T>(list: readonly T[], item: T, index: number): T[] {
  const others = list.filter((one) => one !== item)
  return others.toSpliced(Math.max(0, Math.min(index, others.length)), 0, item)
}

/** Puts a page at another index. */
export function movePage(draft: FormDraft, at: Place, index: number): Outcome<FormDraft> {
  const page = findPage(draft, at)
  return page ? { ...draft, pages: moved(draft.pages, page, index) } : editRefusals.gone(at)
}

/** Puts a group at an index of its own or another page; a list in rows moves among its neighbours only. */
export function moveGroup(
  draft: FormDraft,
  at: GroupPlace,
  to: { page: string; index: number },
): Outcome<FormDraft> {
  const group = findGroup(draft, at)
  const target = findPage(draft, to)
  if (!group || !target) return editRefusals.gone(group ? { page: to.page } : at)
  if (at.inner !== undefined)
    return withGroup(draft, { page: at.page, group: at.group }, (outer) => ({
      ...outer,
      groups: moved(outer.groups ?? [], group, to.index),
    }))
  const pages = draft.pages.map((page) => {
    if (page === target) return { ...page, groups: moved(page.groups, group, to.index) }
    return page.key === at.page ? { ...page, groups: page.groups.filter((one) => one !== group) } : page
  })
  return { ...draft, pages }
}

/** Puts a question at an index of its own or another group. Refuses a group in which its key is taken. */
export function moveField(
  draft: FormDraft,
  at: FieldPlace,
  to: GroupPlace & { index: number },
): Outcome<FormDraft> {
  const field = findField(draft, at)
  const target = findGroup(draft, to)
  if (!field || !target) return editRefusals.gone(field ? groupOf(to) : at)
  if (samePlace(groupOf(at), groupOf(to)))
    return withGroup(draft, at, (group) => ({ ...group, fields: moved(group.fields, field, to.index) }))
  const without = withGroup(draft, at, (group) => ({
    ...group,
    fields: group.fields.filter((one) => one !== field),
  }))
  if (isRefusal(without)) return without
  const problem = fieldKeyProblem(without, findGroup(without, to)!, field.key)
  return (
    problem ?? withGroup(without, to, (group) => ({ ...group, fields: moved(group.fields, field, to.index) }))
  )
}

/** Up or down by one among its kind; a question at the edge of its group goes into the next group, a group into the next page. */
export function shift(draft: FormDraft, at: Place, by: -1 | 1): Outcome<{ draft: FormDraft; place: Place }> {
  if (at.field !== undefined) return shiftField(draft, at as FieldPlace, by)
  if (at.group !== undefined) return shiftGroup(draft, at as GroupPlace, by)
  const index = draft.pages.findIndex(({ key }) => key === at.page)
  return placed(movePage(draft, at, index + by), at)
}

function placed(draft: Outcome<FormDraft>, place: Place): Outcome<{ draft: FormDraft; place: Place }> {
  return isRefusal(draft) ? draft : { draft, place }
}

function shiftGroup(draft: FormDraft, at: GroupPlace, by: -1 | 1) {
  const page = draft.pages.findIndex(({ key }) => key === at.page)
  const beside =
    at.inner === undefined
      ? draft.pages[page]?.groups
      : findGroup(draft, { ...groupOf(at), inner: undefined })?.groups
  const index = (beside?.findIndex(({ key }) => key === (at.inner ?? at.group)) ?? -1) + by
  const next = at.inner === undefined ? draft.pages[page + by] : undefined
  if ((index >= 0 && index < (beside?.length ?? 0)) || !next)
    return placed(moveGroup(draft, at, { page: at.page, index: Math.max(0, index) }), at)
  const to = { page: next.key, index: by > 0 ? 0 : next.groups.length }
  return placed(moveGroup(draft, at, to), { page: next.key, group: at.group })
}

function shiftField(draft: FormDraft, at: FieldPlace, by: -1 | 1) {
  const fields = findGroup(draft, at)?.fields ?? []
  const index = fields.findIndex(({ key }) => key === at.field) + by
  const groups = [...placesOf(draft)].filter(
    (place) => place.group !== undefined && place.field === undefined,
  )
  const here = groups.findIndex((place) => samePlace(place, groupOf(at)))
  const next = groups[here + by] as GroupPlace | undefined
  if ((index >= 0 && index < fields.length) || !next)
    return placed(moveField(draft, at, { ...groupOf(at), index: Math.max(0, index) }), at)
  const to = { ...next, index: by > 0 ? 0 : (findGroup(draft, next)?.fields.length ?? 0) }
  return placed(moveField(draft, at, to), { ...next, field: at.field })
}

/** Refuses with everything that reads it, unless `anyway`: then those places show problems until they are mended. */
export interface Removing {
  anyway?: boolean
}

/** Removes a question; refuses with every use while something still reads it, unless `anyway`. */
export function removeField(draft: FormDraft, at: FieldPlace, { anyway }: Removing = {}): Outcome<FormDraft> {
  const field = findField(draft, at)
  const uses = anyway ? [] : usesOf(draft, at)
  if (!field || uses.length > 0) return field ? editRefusals.inUse(uses) : editRefusals.gone(at)
  return withGroup(draft, at, (group) => ({ ...group, fields: group.fields.filter((one) => one !== field) }))
}

export function removeGroup(draft: FormDraft, at: GroupPlace, { anyway }: Removing = {}): Outcome<FormDraft> {
  const group = findGroup(draft, at)
  if (!group) return editRefusals.gone(at)
  const uses = anyway ? [] : usesOf(draft, at)
  if (uses.length > 0) return editRefusals.inUse(uses)
  const others = <T>(groups: T[]) => groups.filter((one) => one !== (group as unknown))
  if (at.inner === undefined) return withPage(draft, at, (page) => ({ ...page, groups: others(page.groups) }))
  return withGroup(draft, { page: at.page, group: at.group }, ({ groups = [], ...outer }) =>
    groups.length > 1 ? { ...outer, groups: others(groups) } : outer,
  )
}

/** A form keeps at least one page. */
export function removePage(draft: FormDraft, at: Place, { anyway }: Removing = {}): Outcome<FormDraft> {
  const page = findPage(draft, at)
  if (!page) return editRefusals.gone(at)
  if (draft.pages.length === 1) return editRefusals.lastPage()
  const uses = anyway ? [] : usesOf(draft, at)
  return uses.length > 0
    ? editRefusals.inUse(uses)
    : { ...draft, pages: draft.pages.filter((one) => one !== page) }
}

/** Removes whatever stands in the place. */
export function removeAt(draft: FormDraft, at: Place, how: Removing = {}): Outcome<FormDraft> {
  if (at.field !== undefined) return removeField(draft, at as FieldPlace, how)
  if (at.group !== undefined) return removeGroup(draft, at as GroupPlace, how)
  return removePage(draft, at, how)
}

/** A rule over several answers; `when` being true means there is a problem. */
export function addRule(draft: FormDraft, rule: RuleDraft): Outcome<FormDraft> {
  if (!ruleKeys.test(rule.key)) return editRefusals.keyInvalid(rule.key)
  if (draft.rules?.some(({ key }) => key === rule.key)) return editRefusals.keyTaken(rule.key)
  return { ...draft, rules: [...(draft.rules ?? []), rule] }
}

export function changeRule(draft: FormDraft, key: string, patch: Patch<RuleDraft>): Outcome<FormDraft> {
  const rule = draft.rules?.find((one) => one.key === key)
  if (!rule) return editRefusals.gone({ rule: key })
  return { ...draft, rules: replaced(draft.rules ?? [], rule, patched(rule, patch)) }
}

export function removeRule(draft: FormDraft, key: string): Outcome<FormDraft> {
  const rules = (draft.rules ?? []).filter((one) => one.key !== key)
  return rules.length === draft.rules?.length ? editRefusals.gone({ rule: key }) : { ...draft, rules }
}

/** Members of a question that follow from where its value comes from: who knows it, and how it is counted. */
export function boundTo(field: FieldDraft, sources: SourceDraft[]): Patch<FieldDraft> {
  const first = sources[0]
  const register = first === undefined ? '' : (typeof first === 'string' ? first : first.from).split('.')[0]!
  const origin = ({ '': 'asked', ACC: 'account', VLT: 'vault' } as const)[register] ?? 'register'
  const count = countOf({ ...field, sources })
  return {
    sources: sources.length > 0 ? sources : undefined,
    origin: origin === 'asked' ? undefined : origin,
    ...(field.count === undefined || field.count === 'C' ? {} : { count }),
    ...(sources.length === 0 ? { locked: undefined } : {}),
  }
}

/** How a question counts against the paper form, when nothing more is known of it. */
export function countOf(
  field: Pick<FieldDraft, 'legalLabel' | 'sources' | 'type'>,
): NonNullable<FieldDraft['count']> {
  if (field.type === 'computed') return 'D'
  const first = field.sources?.[0]
  if (!field.legalLabel) return 'N'
  if (first === undefined) return 'A'
  const register = (typeof first === 'string' ? first : first.from).split('.')[0]
  return register === 'ACC' || register === 'ANS' ? 'K' : 'P'
}
