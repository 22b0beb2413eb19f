import {
  type FieldPlace,
  type FormDraft,
  findGroup,
  findPage,
  type GroupPlace,
  moveField,
  moveGroup,
  movePage,
  type Place,
  placeId,
  placeOfId,
} from 'motcua/modules/forms/editing'
import { ruleKeyOf, type Selected, wholeForm } from './form-builder.view'

/** Whether an id names a page, group or question, and no rule. */
export const isPlace = (id: Selected) => id !== wholeForm && id !== 'rules' && ruleKeyOf(id) === undefined
export const focusTree = () => document.querySelector<HTMLElement>('.fb__tree [tabindex="0"]')?.focus()
export const focusPanel = () => document.getElementById('fb-panel')?.focus()

/** Pages after the first begin closed, so that a long form is in sight. */
export const firstClosed = (draft: FormDraft) => draft.pages.slice(1).map(({ key }) => placeId({ page: key }))

/** Everything open that stands above a thing, so that the thing is in sight. */
export function without(closed: ReadonlySet<Selected>, id: Selected): ReadonlySet<Selected> {
  const { page, group, inner } = placeOfId(id)
  const above = [{ page }, { page, group }, { page, group, inner }].map((place) => placeId(place as Place))
  const gone = new Set([id, ...above, ...(ruleKeyOf(id) === undefined ? [] : ['rules'])])
  return new Set([...closed].filter((one) => !gone.has(one)))
}

/** The last group of the open page, where new questions go when no group is open. */
export function firstGroup(draft: FormDraft, place: Place | null): Place | null {
  const page = (place && findPage(draft, place)) ?? draft.pages[0]
  const group = page?.groups.at(-1)
  return page && group ? { page: page.key, group: group.key } : null
}

/** What is open after a removal: the next beside it, the one before, or what it stood in. */
export function besideRemoved(draft: FormDraft, place: Place): Selected {
  const { page, group, inner, field } = place
  const parent: Place =
    field !== undefined
      ? { page, group: group ?? '', ...(inner === undefined ? {} : { inner }) }
      : { page, ...(inner === undefined ? {} : { group: group ?? '' }) }
  const keys =
    field !== undefined
      ? findGroup(draft, parent)?.fields.map(({ key }) => key)
      : group === undefined
        ? draft.pages.map(({ key }) => key)
        : undefined
  const at = keys?.indexOf(field ?? page) ?? -1
  const next = keys?.[at + 1] ?? keys?.[at - 1]
  if (next === undefined) return group === undefined ? wholeForm : placeId(parent)
  return placeId(field === undefined ? { page: next } : { ...parent, field: next })
}

/** Where a drag ends: on a question right after it, on a group or page at its end, a page on a page right there. */
export function dropped(draft: FormDraft, moved: Selected, onto: Selected) {
  if (!isPlace(moved) || !isPlace(onto) || moved === onto) return undefined
  const [from, to] = [placeOfId(moved), placeOfId(onto)]
  if (from.field !== undefined) {
    const target = to.group === undefined ? firstGroup(draft, to) : to
    const { field, ...group } = (target ?? to) as FieldPlace
    const fields = findGroup(draft, group)?.fields ?? []
    const index = field === undefined ? fields.length : fields.findIndex(({ key }) => key === field)
    return {
      draft: moveField(draft, from as FieldPlace, { ...group, index }),
      id: placeId({ ...group, field: from.field }),
    }
  }
  const pageIndex = draft.pages.findIndex(({ key }) => key === to.page)
  if (from.group === undefined) return { draft: movePage(draft, from, pageIndex), id: moved }
  if (from.inner !== undefined) return undefined
  const groups = draft.pages[pageIndex]?.groups ?? []
  const index = to.group === undefined ? groups.length : groups.findIndex(({ key }) => key === to.group)
  return {
    draft: moveGroup(draft, from as GroupPlace, { page: to.page, index }),
    id: placeId({ page: to.page, group: from.group }),
  }
}
