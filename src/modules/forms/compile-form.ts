import type { z } from 'zod'
import { isRefusal, type Outcome, refusal } from '../../kernel/errors.ts'
import { compileFeel, type Feel, pathsOf } from '../../kernel/feel/index.ts'
import { type Field, FormDefinition, type Group, type Page, type Source } from './form-definition.ts'
import { formFunctionArity } from './form-functions.ts'

/** A form ready to run: the definition, every FEEL text with its tree, and the order in which fields are worked out. */
export interface CompiledForm {
  definition: FormDefinition
  trees: Record<string, Feel>
  /** Keys of fields and repeated groups; each stands after everything its conditions read. */
  order: string[]
}

export interface DefinitionProblem {
  /** Field, rule or page. */
  at: string
  code: string
  details?: unknown
}

export const refusals = {
  definition: (problems: DefinitionProblem[]) => refusal('invalid', 'forms.definition', { problems }),
}

/** Names that conditions may read beside answers. */
const givenNames = new Set(['today', 'channel', 'caseCode'])
const registerNames = new Set([
  'ACC',
  'POP',
  'CIV',
  'RES',
  'HEALTH',
  'LAND',
  'BIZ',
  'INS',
  'POV',
  'DRV',
  'CON',
  'VLT',
])

/** Checks a definition and compiles its conditions. Refuses with every problem found, each with its place. */
export function compileForm(input: z.input<typeof FormDefinition>): Outcome<CompiledForm> {
  const parsed = FormDefinition.safeParse(input)
  if (!parsed.success) {
    return refusals.definition(
      parsed.error.issues.map((issue) => ({
        at: issue.path.join('.'),
        code: 'forms.schema',
        details: issue.message,
      })),
    )
  }
  const definition = parsed.data
  const { trees, problems } = compileTexts(definition)
  problems.push(...shapeProblems(definition), ...pathProblems(definition, trees))
  const order = orderOf(definition, trees, problems)
  return problems.length ? refusals.definition(problems) : { definition, trees, order }
}

/** What one element of a definition says in FEEL. `sourceConditions` may also read registers. */
function textsOf(definition: FormDefinition) {
  const found: { at: string; text: string; rowOf?: Group; readsRegisters?: boolean }[] = []
  const add = (at: string, text: string | boolean | undefined, rowOf?: Group, readsRegisters = false) => {
    if (typeof text === 'string') found.push({ at, text, readsRegisters, ...(rowOf ? { rowOf } : {}) })
  }
  for (const { page, group, field } of fieldsOf(definition)) {
    const rowOf = group.repeat ? group : undefined
    add(page.key, page.visible)
    add(group.key, group.visible)
    for (const text of [field.visible, field.required, field.value]) add(field.key, text, rowOf)
    for (const option of field.options ?? []) add(field.key, option.when, rowOf)
    for (const source of field.sources) add(field.key, conditionOf(source), rowOf, true)
  }
  for (const rule of definition.rules) add(rule.key, rule.when)
  return found
}

export const conditionOf = (source: Source) => (typeof source === 'string' ? undefined : source.when)
export const pathOfSource = (source: Source) => (typeof source === 'string' ? source : source.from)

/** Every field with its group and page, in the order of the form. */
export function fieldsOf(definition: FormDefinition): { page: Page; group: Group; field: Field }[] {
  return definition.pages.flatMap((page) =>
    page.groups.flatMap((group) => group.fields.map((field) => ({ page, group, field }))),
  )
}

function compileTexts(definition: FormDefinition) {
  const trees: Record<string, Feel> = {}
  const problems: DefinitionProblem[] = []
  for (const { at, text } of textsOf(definition)) {
    if (Object.hasOwn(trees, text)) continue
    const tree = compileFeel(text, { functions: formFunctionArity })
    if (isRefusal(tree))
      problems.push({ at, code: tree.code, details: { ...(tree.details as object), text } })
    else trees[text] = tree
  }
  return { trees, problems }
}

function shapeProblems(definition: FormDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const keys = new Set<string>()
  const take = (key: string) => {
    if (keys.has(key)) problems.push({ at: key, code: 'forms.key-twice' })
    keys.add(key)
  }
  for (const { group, field } of fieldsOf(definition)) {
    if (!group.repeat) take(field.key)
    if (field.type === 'enum' && !field.options?.length)
      problems.push({ at: field.key, code: 'forms.no-options' })
    if (field.type === 'computed' && !field.value) problems.push({ at: field.key, code: 'forms.no-value' })
  }
  for (const group of definition.pages.flatMap((page) => page.groups)) if (group.repeat) take(group.key)
  for (const key of keys) {
    // An answer is either a value or a branch: `period` beside `period.from` would hide one of them.
    const parent = [...keys].find((other) => key.startsWith(`${other}.`))
    if (parent) problems.push({ at: key, code: 'forms.key-inside-key', details: { parent } })
  }
  for (const rule of definition.rules)
    for (const key of rule.fields)
      if (!keys.has(key)) problems.push({ at: rule.key, code: 'forms.unknown-field', details: { key } })
  return problems
}

function pathProblems(definition: FormDefinition, trees: Record<string, Feel>): DefinitionProblem[] {
  const nodes = nodeKeys(definition)
  const problems: DefinitionProblem[] = []
  for (const { at, text, rowOf, readsRegisters } of textsOf(definition)) {
    for (const path of trees[text] ? pathsOf(trees[text]) : []) {
      const [root = ''] = path.split('.')
      if (givenNames.has(root) || (readsRegisters && registerNames.has(root))) continue
      if (nodeOf(path, nodes) || isBranch(path, nodes)) continue
      if (rowOf && nodeOf(path, new Set(rowOf.fields.map((field) => field.key)))) continue
      problems.push({ at, code: 'forms.unknown-path', details: { path, text } })
    }
  }
  return problems
}

function nodeKeys(definition: FormDefinition): Set<string> {
  return new Set(fieldsOf(definition).map(({ group, field }) => (group.repeat ? group.key : field.key)))
}

/** The answer that a path reads: `child.hometown.communeCode` reads `child.hometown`. */
function nodeOf(path: string, nodes: ReadonlySet<string>): string | undefined {
  const parts = path.split('.')
  for (let n = parts.length; n > 0; n--) {
    const key = parts.slice(0, n).join('.')
    if (nodes.has(key)) return key
  }
  return undefined
}

const isBranch = (path: string, nodes: ReadonlySet<string>) =>
  [...nodes].some((node) => node.startsWith(`${path}.`))

function orderOf(
  definition: FormDefinition,
  trees: Record<string, Feel>,
  problems: DefinitionProblem[],
): string[] {
  const needs = dependencies(definition, trees)
  const order: string[] = []
  const state = new Map<string, 'entered' | 'done'>()
  const visit = (key: string, trail: string[]) => {
    if (state.get(key) === 'done') return
    if (state.get(key) === 'entered') {
      problems.push({ at: key, code: 'forms.circular', details: { trail: [...trail, key] } })
      return
    }
    state.set(key, 'entered')
    for (const other of needs.get(key) ?? []) visit(other, [...trail, key])
    state.set(key, 'done')
    order.push(key)
  }
  for (const key of needs.keys()) visit(key, [])
  return order
}

function dependencies(definition: FormDefinition, trees: Record<string, Feel>): Map<string, Set<string>> {
  const nodes = nodeKeys(definition)
  const needs = new Map<string, Set<string>>()
  for (const { page, group, field } of fieldsOf(definition)) {
    const key = group.repeat ? group.key : field.key
    const found = needs.get(key) ?? new Set<string>()
    needs.set(key, found)
    const own = group.repeat ? [] : [field.visible, field.value]
    for (const text of [page.visible, group.visible, ...own]) {
      if (text && trees[text]) for (const path of pathsOf(trees[text])) addNode(path, nodes, found)
    }
  }
  return needs
}

function addNode(path: string, nodes: Set<string>, found: Set<string>): void {
  const node = nodeOf(path, nodes)
  if (node) found.add(node)
  else for (const other of nodes) if (other.startsWith(`${path}.`)) found.add(other)
}
