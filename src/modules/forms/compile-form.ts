import type { z } from 'zod'
import { isRefusal, type Outcome, refusal } from '../../kernel/errors.ts'
import { compileFeel, type Feel, pathsOf } from '../../kernel/feel/index.ts'
import { type Field, FormDefinition, type Group, type Page, type Source } from './form-definition.ts'
import { formFunctionArity } from './form-functions.ts'
import { makePlan } from './form-plan.ts'
import { shapeProblems, tooLarge } from './form-shape.ts'

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
  const large = tooLarge(definition)
  if (large) return refusals.definition([large])
  const { trees, problems } = compileTexts(definition)
  problems.push(...shapeProblems(definition), ...pathProblems(definition, trees))
  const { plan, problems: circles } = makePlan(definition, trees)
  problems.push(...circles)
  if (problems.length) return refusals.definition(problems)
  const order = plan.level.steps.flatMap(({ kind, names }) => (kind === 'rows' ? [] : [names.join('.')]))
  return { definition, trees, order }
}

/** What one element of a definition says in FEEL. `sourceConditions` may also read registers. */
function textsOf(definition: FormDefinition): FoundText[] {
  const found: FoundText[] = []
  const add = (
    at: string,
    text: string | boolean | undefined,
    rowsOf: Group[] = [],
    readsRegisters = false,
  ) => {
    if (typeof text === 'string') found.push({ at, text, rowsOf, readsRegisters })
  }
  for (const { page, group, field, outer } of allFieldsOf(definition)) {
    const around = outer ? [outer] : []
    const rowsOf = group.repeat ? [group, ...around] : []
    add(page.key, page.visible)
    if (outer) add(outer.key, outer.visible)
    add(group.key, group.visible, around)
    for (const text of [field.visible, field.required, field.value]) add(field.key, text, rowsOf)
    for (const option of field.options ?? []) add(field.key, option.when, rowsOf)
    for (const source of field.sources) add(field.key, conditionOf(source), rowsOf, true)
  }
  for (const rule of definition.rules) add(rule.key, rule.when, groupsWithin(definition, rule.within))
  return found
}

interface FoundText {
  at: string
  text: string
  /** The repeated groups whose rows it may read, the innermost first. */
  rowsOf: Group[]
  readsRegisters: boolean
}

export const conditionOf = (source: Source) => (typeof source === 'string' ? undefined : source.when)
export const pathOfSource = (source: Source) => (typeof source === 'string' ? source : source.from)

/** A field and where it stands; `outer` is the repeated group in whose rows its own group is repeated. */
export interface PlacedField {
  page: Page
  group: Group
  field: Field
  outer?: Group
}

/** Every field of the form and of its lists, in the order of the form, without lists inside rows. */
export function fieldsOf(definition: FormDefinition): PlacedField[] {
  return definition.pages.flatMap((page) =>
    page.groups.flatMap((group) => group.fields.map((field) => ({ page, group, field }))),
  )
}

/** Every field, also those of lists inside rows. */
export function allFieldsOf(definition: FormDefinition): PlacedField[] {
  return definition.pages.flatMap((page) =>
    page.groups.flatMap((group) => [
      ...group.fields.map((field) => ({ page, group, field })),
      ...(group.groups ?? []).flatMap((inner) =>
        inner.fields.map((field) => ({ page, group: inner, field, outer: group })),
      ),
    ]),
  )
}

/** The repeated groups that `within` of a rule names, the innermost first; none when there is no such group. */
export function groupsWithin(definition: FormDefinition, within: string | undefined): Group[] {
  if (within === undefined) return []
  for (const outer of definition.pages.flatMap((page) => page.groups)) {
    if (!outer.repeat) continue
    if (outer.key === within) return [outer]
    const inner = outer.groups?.find((one) => `${outer.key}.${one.key}` === within)
    if (inner) return [inner, outer]
  }
  return []
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

function pathProblems(definition: FormDefinition, trees: Record<string, Feel>): DefinitionProblem[] {
  const nodes = new Set(definition.pages.flatMap((page) => page.groups.flatMap(keysOfGroup)))
  const problems: DefinitionProblem[] = []
  for (const { at, text, rowsOf, readsRegisters } of textsOf(definition)) {
    const near = new Set(rowsOf.flatMap(cellKeys))
    for (const path of trees[text] ? pathsOf(trees[text]) : []) {
      const [root = ''] = path.split('.')
      if (givenNames.has(root) || (readsRegisters && registerNames.has(root))) continue
      if (isKnown(path, nodes) || isKnown(path, near)) continue
      problems.push({ at, code: 'forms.unknown-path', details: { path, text } })
    }
  }
  return problems
}

const keysOfGroup = (group: Group) => (group.repeat ? [group.key] : group.fields.map(({ key }) => key))
const cellKeys = ({ fields, groups = [] }: Group) => [...fields, ...groups].map(({ key }) => key)

/** An answer, something inside one (`child.hometown.communeCode`), or the branch that holds some. */
function isKnown(path: string, nodes: ReadonlySet<string>): boolean {
  const parts = path.split('.')
  if (parts.some((_, i) => nodes.has(parts.slice(0, i + 1).join('.')))) return true
  for (const node of nodes) if (node.startsWith(`${path}.`)) return true
  return false
}
