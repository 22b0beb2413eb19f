import {
  type FieldDraft,
  type FormDraft,
  type GroupDraft,
  type PageDraft,
  type Place,
  placeId,
  type RuleDraft,
} from './form-draft.ts'

export type Side = 'mine' | 'theirs'

/** One thing that both changed since they saw the same form; null: that side removed it. */
export interface Clash {
  id: string
  is: 'form' | 'page' | 'group' | 'field' | 'rule'
  key: string
  mine: unknown
  theirs: unknown
}

/** A page without its groups, a group without its questions, a question, a rule; with the place where a side has it. */
interface Item {
  is: Clash['is']
  key: string
  at: Place
  content: Record<string, unknown>
}
type Items = Map<string, Item>

/**
 * Joins what two people made of one form. What only one of them touched is taken over; what both changed differently
 * is told and, unless chosen otherwise, stays as mine. Order is mine where I moved anything, else theirs.
 */
export function mergeForms(
  forms: { base: FormDraft; mine: FormDraft; theirs: FormDraft },
  choices: Readonly<Record<string, Side>> = {},
): { merged: FormDraft; clashes: Clash[] } {
  const [base, mine, theirs] = [forms.base, forms.mine, forms.theirs].map(itemsOf) as [Items, Items, Items]
  const iMoved = orderOf(forms.mine) !== orderOf(forms.base)
  const [first, second] = iMoved ? [mine, theirs] : [theirs, mine]
  const clashes: Clash[] = []
  const kept: Items = new Map()
  for (const id of new Set([...first.keys(), ...second.keys()])) {
    const [was, my, their] = [base.get(id), mine.get(id), theirs.get(id)]
    const clashed = !same(my, their) && !same(my, was) && !same(their, was)
    if (clashed) clashes.push(clashOf(id, my, their))
    const taken = clashed ? (choices[id] === 'theirs' ? their : my) : same(my, was) ? their : my
    const standing = first.get(id) ?? second.get(id)
    if (taken && standing) kept.set(id, { ...taken, at: standing.at })
  }
  return { merged: built(forms[iMoved ? 'mine' : 'theirs'], kept, { first, second }), clashes }
}

function clashOf(id: string, mine: Item | undefined, theirs: Item | undefined): Clash {
  const { is, key } = (mine ?? theirs)!
  return { id, is, key, mine: mine?.content ?? null, theirs: theirs?.content ?? null }
}

const same = (a: Item | undefined, b: Item | undefined) =>
  JSON.stringify(a?.content) === JSON.stringify(b?.content)

function itemsOf(draft: FormDraft): Items {
  const items: Items = new Map()
  const add = (is: Clash['is'], id: string, key: string, at: Place, content: object) =>
    items.set(`${is}:${id}`, { is, key, at, content: content as Record<string, unknown> })
  const { pages, rules, ...form } = draft
  add('form', '', '', { page: '' }, form)
  for (const { groups, ...page } of pages) {
    add('page', page.key, page.key, { page: page.key }, page)
    for (const group of groups) {
      const at = { page: page.key, group: group.key }
      addGroupItems(add, group, at)
      for (const inner of group.groups ?? []) addGroupItems(add, inner, { ...at, inner: inner.key })
    }
  }
  for (const rule of rules ?? []) add('rule', rule.key, rule.key, { page: '' }, rule)
  return items
}

type Add = (is: Clash['is'], id: string, key: string, at: Place, content: object) => void

function addGroupItems(add: Add, { fields, groups: _, ...group }: GroupDraft, at: Place): void {
  const path = at.inner === undefined ? group.key : `${at.group}>${group.key}`
  add('group', path, group.key, at, group)
  for (const field of fields) {
    // Outside of lists an answer is known by its key alone, wherever it stands.
    const id = group.repeat ? `${path}/${field.key}` : field.key
    add('field', id, field.key, { ...at, field: field.key }, field)
  }
}

/** Everything in its order, as one text. */
const orderOf = (draft: FormDraft) =>
  [...itemsOf(draft).values()].map(({ is, at }) => is + placeId(at)).join('\n')

function built(
  skeleton: FormDraft,
  kept: Items,
  { first, second }: { first: Items; second: Items },
): FormDraft {
  const pages = new Map<string, { page: PageDraft; groups: Map<string, GroupBox> }>()
  const shell = (is: 'page' | 'group', id: string) =>
    (kept.get(`${is}:${id}`) ?? first.get(`${is}:${id}`) ?? second.get(`${is}:${id}`))?.content
  const pageBox = (key: string) => {
    // A page that was taken away comes back when something in it stays.
    const box = pages.get(key) ?? { page: shell('page', key) as unknown as PageDraft, groups: new Map() }
    pages.set(key, box)
    return box
  }
  const groupBox = ({ page, group = '', inner }: Place): GroupBox => {
    const { groups } = pageBox(page)
    const outer = groups.get(group) ?? boxOf(shell('group', group))
    groups.set(group, outer)
    if (inner === undefined) return outer
    const box = outer.inner.get(inner) ?? boxOf(shell('group', `${group}>${inner}`))
    outer.inner.set(inner, box)
    return box
  }
  const rules: RuleDraft[] = []
  for (const { is, at, content } of inOrder(kept, first, second)) {
    if (is === 'page') pageBox(at.page)
    if (is === 'group') groupBox(at)
    if (is === 'field') groupBox(at).fields.push(content as unknown as FieldDraft)
    if (is === 'rule') rules.push(content as unknown as RuleDraft)
  }
  const form = kept.get('form:')?.content ?? {}
  return {
    ...skeleton,
    ...form,
    pages: [...pages.values()].map(({ page, groups }) => ({
      ...page,
      groups: [...groups.values()].map(groupOfBox),
    })),
    ...(skeleton.rules || rules.length > 0 ? { rules } : {}),
  }
}

interface GroupBox {
  group: GroupDraft
  fields: FieldDraft[]
  inner: Map<string, GroupBox>
}

const boxOf = (shell: Record<string, unknown> | undefined): GroupBox => ({
  group: (shell ?? {}) as unknown as GroupDraft,
  fields: [],
  inner: new Map(),
})

const groupOfBox = ({ group, fields, inner }: GroupBox): GroupDraft => ({
  ...group,
  fields,
  ...(inner.size > 0 ? { groups: [...inner.values()].map(groupOfBox) } : {}),
})

/** In the order of the first side; what only the second has follows what it follows there. */
function inOrder(kept: Items, first: Items, second: Items): Item[] {
  const order = [...first.keys()]
  const theirs = [...second.keys()]
  theirs.forEach((id, i) => {
    if (order.includes(id)) return
    const before = theirs.slice(0, i).findLast((other) => order.includes(other))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id)
  })
  return order.flatMap((id) => kept.get(id) ?? [])
}
