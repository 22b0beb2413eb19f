import type { z } from 'zod'
import { type Outcome, refusal } from '../../kernel/errors.ts'
import type { Field, FormDefinition, Group, Page, Rule } from './form-definition.ts'
import type { Use } from './form-uses.ts'

/** A form while it is edited: as it is written in a file, without the number and the dates that publication gives. */
export type FormDraft = Omit<z.input<typeof FormDefinition>, 'version' | 'validFrom' | 'validTo'>
export type PageDraft = z.input<typeof Page>
export type GroupDraft = z.input<typeof Group>
export type FieldDraft = z.input<typeof Field>
export type RuleDraft = z.input<typeof Rule>
export type SourceDraft = NonNullable<FieldDraft['sources']>[number]

/** Where something stands: a page, a group of a page, a list in the rows of that group, or a question. */
export interface Place {
  page: string
  group?: string
  /** A group inside of the rows of `group`. */
  inner?: string
  field?: string
}
export type GroupPlace = Place & { group: string }
export type FieldPlace = GroupPlace & { field: string }

export const editRefusals = {
  gone: (at: Place | { rule: string }) => refusal('not-found', 'formBuilder.gone', { at }),
  inUse: (uses: Use[]) => refusal('conflict', 'formBuilder.in-use', { uses }),
  keyTaken: (key: string) => refusal('conflict', 'formBuilder.key-taken', { key }),
  keyInside: (key: string, other: string) => refusal('conflict', 'formBuilder.key-inside', { key, other }),
  keyInvalid: (key: string) => refusal('invalid', 'formBuilder.key-invalid', { key }),
  keyRead: (key: string) => refusal('conflict', 'formBuilder.key-read', { key }),
  lastPage: () => refusal('conflict', 'formBuilder.last-page'),
  notInside: () => refusal('conflict', 'formBuilder.not-inside'),
}

/** Every page, group and question with its place, in the order of the form. */
export function* placesOf(draft: FormDraft): Generator<Place> {
  for (const page of draft.pages) {
    yield { page: page.key }
    for (const group of page.groups) {
      const at = { page: page.key, group: group.key }
      yield* placesIn(group, at)
      for (const inner of group.groups ?? []) yield* placesIn(inner, { ...at, inner: inner.key })
    }
  }
}

function* placesIn(group: GroupDraft, at: Place): Generator<Place> {
  yield at
  for (const field of group.fields) yield { ...at, field: field.key }
}

export const findPage = (draft: FormDraft, { page }: Place) => draft.pages.find(({ key }) => key === page)

export function findGroup(draft: FormDraft, { page, group, inner }: Place): GroupDraft | undefined {
  const outer = findPage(draft, { page })?.groups.find(({ key }) => key === group)
  return inner === undefined ? outer : outer?.groups?.find(({ key }) => key === inner)
}

export const findField = (draft: FormDraft, at: Place) =>
  findGroup(draft, at)?.fields.find(({ key }) => key === at.field)

/** The group in which a question stands. */
export const groupOf = ({ page, group = '', inner }: Place): GroupPlace => ({
  page,
  group,
  ...(inner === undefined ? {} : { inner }),
})

/** The name of a place that no other place has: `page/group/field`, `page/group>inner/field`. */
export function placeId({ page, group, inner, field }: Place): string {
  const within = inner === undefined ? group : `${group}>${inner}`
  return [page, within, field].filter((part) => part !== undefined).join('/')
}

/** The place that an id names; it may be gone. */
export function placeOfId(id: string): Place {
  const [page = '', within, field] = id.split('/')
  const [group, inner] = within?.split('>') ?? []
  return {
    page,
    ...(group === undefined ? {} : { group }),
    ...(inner === undefined ? {} : { inner }),
    ...(field === undefined ? {} : { field }),
  }
}

export const samePlace = (a: Place, b: Place) => placeId(a) === placeId(b)

/** Whether a place is another one or lies within it. */
export const isWithin = (place: Place, outer: Place) =>
  place.page === outer.page &&
  (outer.group === undefined || place.group === outer.group) &&
  (outer.inner === undefined || place.inner === outer.inner) &&
  (outer.field === undefined || (place.field === outer.field && place.inner === outer.inner))

/** Keys of answers: questions outside of lists, and the lists. */
export function answerKeys(draft: FormDraft): string[] {
  return draft.pages.flatMap((page) =>
    page.groups.flatMap((group) => (group.repeat ? [group.key] : group.fields.map(({ key }) => key))),
  )
}

/** Keys of what stands in one row of a list. */
export const columnKeys = (group: GroupDraft): string[] =>
  [...group.fields, ...(group.groups ?? [])].map(({ key }) => key)

/** Replaces one of a list, leaving the others the very same objects. */
export const replaced = <T>(list: readonly T[], old: T, next: T): T[] =>
  list.map((one) => (one === old ? next : one))

/** The draft with one page changed; the others stay the very same objects. */
export function withPage(
  draft: FormDraft,
  at: Place,
  change: (page: PageDraft) => PageDraft,
): Outcome<FormDraft> {
  const page = findPage(draft, at)
  return page ? { ...draft, pages: replaced(draft.pages, page, change(page)) } : editRefusals.gone(at)
}

/** The same of a group, also of one inside of rows. */
export function withGroup(
  draft: FormDraft,
  at: Place,
  change: (group: GroupDraft) => GroupDraft,
): Outcome<FormDraft> {
  const group = findGroup(draft, at)
  if (!group) return editRefusals.gone(at)
  if (at.inner === undefined)
    return withPage(draft, at, (page) => ({ ...page, groups: replaced(page.groups, group, change(group)) }))
  return withGroup(draft, { page: at.page, group: at.group ?? '' }, (outer) => ({
    ...outer,
    groups: replaced(outer.groups ?? [], group, change(group)),
  }))
}
