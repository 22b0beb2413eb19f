import { type Feel, type ReadyFeel, readyFeel } from '../../kernel/feel/index.ts'
import type { CompiledForm, DefinitionProblem } from './compile-form.ts'
import type { Field, FormDefinition, Group, Page, Rule } from './form-definition.ts'
import { type QuickLook, quickLook } from './quick-look.ts'
import { readsOf } from './reads.ts'

/** A FEEL text of the form, ready to be asked. */
export interface Asked {
  /** Its place among the texts of the form: what one evaluation remembers. */
  at: number
  tree: Feel
  value: ReadyFeel
}

/** One step of working out a level: the form itself, or one row of a list. */
export type Step =
  | { kind: 'field'; slot: number; names: string[]; field: Field; conditions: Asked[]; computed?: Asked }
  /** A list as it was given. */
  | { kind: 'list'; slot: number; names: string[]; list: ListPlan; conditions: Asked[] }
  /** The rows of a list: what is hidden in them, what is computed. */
  | { kind: 'rows'; slot: number; names: string[]; list: ListPlan }

/** What stands side by side: each step after everything that its conditions read. */
export interface Level {
  steps: Step[]
  fields: Field[]
  /** By slot: whether the field must be answered. */
  needed: (boolean | Asked)[]
  looks: QuickLook[]
  /** Choices of which some are offered only under a condition; those without one are not here. */
  offered: { slot: number; options: { value: string; when: Asked }[] }[]
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
  rules: PlannedRule[]
}

export interface PlannedRule {
  rule: Rule
  when: Asked
  /** In rows: the cells it speaks of, by slot. */
  slots: number[]
}

export interface PagePlan {
  page: Page
  visible?: Asked
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
  rules: PlannedRule[]
  /** How many texts may be asked. */
  texts: number
}

const plans = new WeakMap<CompiledForm, FormPlan>()

type AskedOf = (texts: readonly (string | undefined)[]) => Asked[]

/** Texts of one form made ready, each once; one without a tree is left out: the compiler has told of it. */
function askedIn(trees: Trees): AskedOf {
  const known = new Map<string, Asked>()
  return (texts) =>
    texts.flatMap((text) => {
      const tree = text === undefined ? undefined : trees[text]
      if (text === undefined || !tree) return []
      const asked = known.get(text) ?? { at: known.size, tree, value: readyFeel(tree) }
      known.set(text, asked)
      return [asked]
    })
}

function plannedRules(rules: readonly Rule[], within: string | undefined, level: Level, asked: AskedOf) {
  return rules.flatMap((rule): PlannedRule[] => {
    const [when] = rule.within === within ? asked([rule.when]) : []
    const slots = rule.fields.map((key) => level.fields.findIndex((field) => field.key === key))
    return when ? [{ rule, when, slots }] : []
  })
}

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
  const texts = Object.keys(trees).length
  const entries = definition.pages.flatMap((page) =>
    page.groups.flatMap((group): Entry[] => {
      const outer = [page.visible, group.visible]
      if (group.repeat) return [{ key: group.key, group, texts: outer }]
      return group.fields.map((field) => ({ key: field.key, field, texts: [...outer, field.visible] }))
    }),
  )
  const asked = askedIn(trees)
  const { level } = planLevel(entries, { asked, problems, rules: definition.rules, prefix: '' })
  const fieldSlots = new Map(level.fields.map((field, slot) => [field.key, slot]))
  const listSlots = new Map(level.lists.map((list, slot) => [list.group.key, slot]))
  const pages = definition.pages.map((page): PagePlan => {
    const parts = page.groups.flatMap((group): PagePlan['parts'] =>
      group.repeat
        ? [{ group, list: listSlots.get(group.key) as number }]
        : group.fields.map((field) => ({ group, field: fieldSlots.get(field.key) as number })),
    )
    const [visible] = asked([page.visible])
    const withLists = parts.filter(({ list }) => list !== undefined)
    return { page, ...(visible && { visible }), parts, withLists }
  })
  const rules = plannedRules(definition.rules, undefined, level, asked)
  const computed = [...fieldSlots].filter(([, slot]) => level.fields[slot]?.type === 'computed')
  return {
    plan: { level, pages, fieldSlots, listSlots, computed, rules, texts } satisfies FormPlan,
    problems,
  }
}

interface Entry {
  key: string
  field?: Field
  group?: Group
  texts: (string | undefined)[]
}

interface Planning {
  asked: AskedOf
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
  const names = entries.map(({ key }) => key.split('.'))
  const level: Level = { steps: [], fields: [], needed: [], looks: [], offered: [], lists: [], names }
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
  const { asked } = planning
  const names = key.split('.')
  const conditions = asked(texts)
  if (field) {
    const slot = level.fields.push(field) - 1
    const { required } = field
    level.needed.push(typeof required === 'boolean' ? required : (asked([required])[0] ?? false))
    level.looks.push(quickLook(field))
    const options = conditionalOptions(field, asked)
    if (options.length > 0) level.offered.push({ slot, options })
    const [value] = asked([field.value])
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

function conditionalOptions({ type, options = [] }: Field, asked: AskedOf) {
  if (type !== 'enum') return []
  return options.flatMap(({ value, when: text }) => asked([text]).map((when) => ({ value, when })))
}

function planList(group: Group, planning: Planning) {
  const prefix = `${planning.prefix}${group.key}`
  const inner = (group.groups ?? []).filter(({ repeat }) => repeat)
  const entries: Entry[] = [
    ...group.fields.map((field) => ({ key: field.key, field, texts: [field.visible] })),
    ...inner.map((one) => ({ key: one.key, group: one, texts: [one.visible] })),
  ]
  const { level, outward } = planLevel(entries, { ...planning, prefix: `${prefix}.` })
  const rules = plannedRules(planning.rules, prefix, level, planning.asked)
  const worked =
    group.fields.some((field) => field.visible || field.type === 'computed') ||
    level.lists.some((list) => list.worked || list.group.visible)
  const asks =
    worked ||
    rules.length > 0 ||
    level.offered.length > 0 ||
    group.fields.some(({ required }) => typeof required === 'string') ||
    level.lists.some((list) => list.asks)
  const most = (group.repeat?.max ?? 0) + 1
  return { list: { group, most, rows: level, worked, asks, rules } satisfies ListPlan, outward }
}

const readsOfAll = (asked: readonly Asked[]) => new Set(asked.flatMap(({ tree }) => readsOf(tree)))

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
