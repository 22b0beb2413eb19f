import type { Feel } from '../../kernel/feel/index.ts'
import type { CompiledForm, DefinitionProblem } from './compile-form.ts'
import type { Field, FormDefinition, Group, Page, Rule } from './form-definition.ts'
import { readsOf } from './reads.ts'

/** One step of working out a level: the form itself, or one row of a list. */
export type Step =
  | { kind: 'field'; slot: number; names: string[]; field: Field; conditions: Feel[]; computed?: Feel }
  /** A list as it was given. */
  | { kind: 'list'; slot: number; names: string[]; list: ListPlan; conditions: Feel[] }
  /** The rows of a list: what is hidden in them, what is computed. */
  | { kind: 'rows'; slot: number; names: string[]; list: ListPlan }

/** What stands side by side: each step after everything that its conditions read. */
export interface Level {
  steps: Step[]
  fields: Field[]
  lists: ListPlan[]
  /** Names of all, split at dots. */
  names: string[][]
}

/** A repeated group. */
export interface ListPlan {
  group: Group
  most: number
  rows: Level
  /** Some cell is hidden or computed in rows, so that a row must be worked out before others read it. */
  worked: boolean
  /** Something in a row is asked in FEEL, so that rows need their names. */
  asks: boolean
  rules: Rule[]
}

export interface PagePlan {
  page: Page
  /** In the order of the form: a field by its slot, or a list by its. */
  parts: { group: Group; field?: number; list?: number }[]
  /** Those of the parts that are lists. */
  withLists: { group: Group; list?: number }[]
}

export interface FormPlan {
  level: Level
  pages: PagePlan[]
  /** Form fields and lists by key, as their slot; rules name them. */
  fieldSlots: Map<string, number>
  listSlots: Map<string, number>
  /** Keys and slots of what the form works out. */
  computed: [string, number][]
  /** Rules that are asked once, of the whole form. */
  rules: Rule[]
}

const plans = new WeakMap<CompiledForm, FormPlan>()

/** The plan of a compiled form, made once: stored forms hold only the definition and its trees. */
export function planOf(compiled: CompiledForm): FormPlan {
  const known = plans.get(compiled)
  if (known) return known
  const plan = makePlan(compiled.definition, compiled.trees).plan
  plans.set(compiled, plan)
  return plan
}

type Trees = Readonly<Record<string, Feel>>

/** Plans a definition; problems tell of fields and lists that wait for each other. */
export function makePlan(definition: FormDefinition, trees: Trees) {
  const problems: DefinitionProblem[] = []
  const entries = definition.pages.flatMap((page) =>
    page.groups.flatMap((group): Entry[] => {
      const outer = [page.visible, group.visible]
      if (group.repeat) return [{ key: group.key, group, texts: outer }]
      return group.fields.map((field) => ({ key: field.key, field, texts: [...outer, field.visible] }))
    }),
  )
  const { level } = planLevel(entries, { trees, problems, rules: definition.rules, prefix: '' })
  const fieldSlots = new Map(level.fields.map((field, slot) => [field.key, slot]))
  const listSlots = new Map(level.lists.map((list, slot) => [list.group.key, slot]))
  const pages = definition.pages.map((page): PagePlan => {
    const parts = page.groups.flatMap((group): PagePlan['parts'] =>
      group.repeat
        ? [{ group, list: listSlots.get(group.key) as number }]
        : group.fields.map((field) => ({ group, field: fieldSlots.get(field.key) as number })),
    )
    return { page, parts, withLists: parts.filter(({ list }) => list !== undefined) }
  })
  const rules = definition.rules.filter(({ within }) => within === undefined)
  const computed = [...fieldSlots].filter(([, slot]) => level.fields[slot]?.type === 'computed')
  return { plan: { level, pages, fieldSlots, listSlots, computed, rules } satisfies FormPlan, problems }
}

interface Entry {
  key: string
  field?: Field
  group?: Group
  texts: (string | undefined)[]
}

interface Planning {
  trees: Trees
  problems: DefinitionProblem[]
  rules: readonly Rule[]
  /** `members.` for what stands in rows of `members`. */
  prefix: string
}

interface Node {
  step: Step
  reads: Iterable<string>
}

function planLevel(entries: readonly Entry[], planning: Planning) {
  const level: Level = { steps: [], fields: [], lists: [], names: entries.map(({ key }) => key.split('.')) }
  const nodes = new Map<string, Node>()
  for (const entry of entries) addNodes(entry, level, nodes, planning)
  const outward = new Set<string>()
  const needs = new Map([...nodes].map(([key, { reads }]) => [key, needsOf(key, reads, nodes, outward)]))
  for (const key of inOrder(needs, planning)) level.steps.push((nodes.get(key) as Node).step)
  return { level, outward }
}

function addNodes(
  { key, field, group, texts }: Entry,
  level: Level,
  nodes: Map<string, Node>,
  planning: Planning,
): void {
  const { trees } = planning
  const names = key.split('.')
  const conditions = treesOf(texts, trees)
  if (field) {
    const slot = level.fields.push(field) - 1
    const value = field.value === undefined ? undefined : trees[field.value]
    const computed = field.type === 'computed' && value ? { computed: value } : {}
    const read = value ? [...conditions, value] : conditions
    nodes.set(key, {
      step: { kind: 'field', slot, names, field, conditions, ...computed },
      reads: readsOfAll(read),
    })
  } else if (group) {
    const { list, outward } = planList(group, planning)
    const slot = level.lists.push(list) - 1
    nodes.set(key, { step: { kind: 'list', slot, names, list, conditions }, reads: readsOfAll(conditions) })
    nodes.set(`${key}[]`, { step: { kind: 'rows', slot, names, list }, reads: new Set([key, ...outward]) })
  }
}

function planList(group: Group, planning: Planning) {
  const prefix = `${planning.prefix}${group.key}`
  const inner = (group.groups ?? []).filter(({ repeat }) => repeat)
  const entries: Entry[] = [
    ...group.fields.map((field) => ({ key: field.key, field, texts: [field.visible] })),
    ...inner.map((one) => ({ key: one.key, group: one, texts: [one.visible] })),
  ]
  const { level, outward } = planLevel(entries, { ...planning, prefix: `${prefix}.` })
  const rules = planning.rules.filter(({ within }) => within === prefix)
  const worked =
    group.fields.some((field) => field.visible || field.type === 'computed') ||
    level.lists.some((list) => list.worked || list.group.visible)
  const asks =
    worked ||
    rules.length > 0 ||
    group.fields.some(({ required }) => typeof required === 'string') ||
    level.lists.some((list) => list.asks)
  const most = (group.repeat?.max ?? 0) + 1
  return { list: { group, most, rows: level, worked, asks, rules } satisfies ListPlan, outward }
}

const treesOf = (texts: readonly (string | undefined)[], trees: Trees) =>
  texts.flatMap((text) => (text !== undefined && trees[text] ? [trees[text]] : []))

const readsOfAll = (trees: readonly Feel[]) => new Set(trees.flatMap((tree) => readsOf(tree)))

/** The nodes of this level that a node reads; what no name here answers is read further out. */
function needsOf(key: string, reads: Iterable<string>, nodes: Map<string, Node>, outward: Set<string>) {
  const needs = new Set<string>()
  for (const path of reads) {
    const found = nodesRead(path, nodes, key)
    if (found.length === 0) outward.add(path)
    for (const each of found) needs.add(each)
  }
  return needs
}

function nodesRead(path: string, nodes: Map<string, Node>, reader: string): string[] {
  const node = prefixIn(path, nodes)
  if (node === undefined) {
    const branch = [...nodes.keys()].filter((key) => key.startsWith(`${path}.`))
    return branch.filter((key) => key !== reader)
  }
  const { step } = nodes.get(node) as Node
  // Rows read their own list as it was given; others read what has been worked out in it.
  const whole = step.kind === 'list' && step.list.worked && path !== node && reader !== `${node}[]`
  return whole ? [node, `${node}[]`] : [node]
}

/** The longest name that the path begins with: `child.hometown.communeCode` reads `child.hometown`. */
function prefixIn(path: string, nodes: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const key = path.slice(0, end)
    if (nodes.has(key)) return key
  }
  return undefined
}

function inOrder(needs: Map<string, Set<string>>, { problems, prefix }: Planning): string[] {
  const order: string[] = []
  const state = new Map<string, 'entered' | 'done'>()
  const named = (key: string) => prefix + key.replace('[]', '')
  const trail: string[] = []
  const visit = (key: string) => {
    if (state.get(key) === 'done') return
    if (state.get(key) === 'entered') {
      const circle = [...trail.slice(trail.indexOf(key)), key].map(named)
      problems.push({ at: named(key), code: 'forms.circular', details: { trail: circle } })
      return
    }
    state.set(key, 'entered')
    trail.push(key)
    for (const other of needs.get(key) ?? []) visit(other)
    trail.pop()
    state.set(key, 'done')
    order.push(key)
  }
  for (const key of needs.keys()) visit(key)
  return order
}
