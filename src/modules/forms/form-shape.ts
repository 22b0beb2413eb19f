import { allFieldsOf, type DefinitionProblem, groupsWithin } from './compile-form.ts'
import { fieldKinds } from './fields/index.ts'
import type { Field, FormDefinition, Group } from './form-definition.ts'

/** Limits of a form: beyond them nobody could fill it, and no server should work it out. */
const mostFields = 2_000
const mostRules = 1_000
/** Rows of rows together. */
const mostRows = 5_000

/** Said alone, before anything else is looked at. */
export function tooLarge({ pages, rules, key }: FormDefinition): DefinitionProblem | undefined {
  let fields = 0
  for (const { groups } of pages)
    for (const group of groups) {
      fields += group.fields.length
      for (const inner of group.groups ?? []) fields += inner.fields.length
    }
  if (fields > mostFields)
    return { at: key, code: 'forms.many-fields', details: { fields, most: mostFields } }
  if (rules.length > mostRules) return { at: key, code: 'forms.many-rules', details: { most: mostRules } }
  return undefined
}

/** What the schema alone cannot say: keys that clash, choices without options, groups where none may stand. */
export function shapeProblems(definition: FormDefinition): DefinitionProblem[] {
  const groups = definition.pages.flatMap((page) => page.groups)
  const keys = groups.flatMap((group) => (group.repeat ? [group.key] : group.fields.map(({ key }) => key)))
  return [
    ...keyProblems(keys, ''),
    ...groups.flatMap((group) => groupProblems(group)),
    ...allFieldsOf(definition).flatMap(({ field }) => fieldProblems(field)),
    ...ruleProblems(definition, new Set(keys)),
  ]
}

function keyProblems(keys: readonly string[], prefix: string): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const seen = new Set<string>()
  for (const key of keys) {
    if (seen.has(key)) problems.push({ at: prefix + key, code: 'forms.key-twice' })
    seen.add(key)
  }
  for (const key of seen) {
    // An answer is either a value or a branch: `period` beside `period.from` would hide one of them.
    const parent = parentIn(key, seen)
    if (parent)
      problems.push({ at: prefix + key, code: 'forms.key-inside-key', details: { parent: prefix + parent } })
  }
  return problems
}

function parentIn(key: string, keys: ReadonlySet<string>): string | undefined {
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1))
    if (keys.has(key.slice(0, dot))) return key.slice(0, dot)
  return undefined
}

function groupProblems(group: Group): DefinitionProblem[] {
  const { key, repeat, fields, groups = [], layout } = group
  const problems: DefinitionProblem[] = []
  if (repeat)
    problems.push(
      ...keyProblems(
        [...fields, ...groups].map((one) => one.key),
        `${key}.`,
      ),
    )
  if (repeat && repeat.min > repeat.max) problems.push({ at: key, code: 'forms.rows-limits' })
  if (layout === 'table') problems.push(...tableProblems(group))
  for (const inner of groups) {
    const at = `${key}.${inner.key}`
    if (!repeat || !inner.repeat) {
      problems.push({ at, code: 'forms.group-not-repeated' })
      continue
    }
    if (repeat.max * inner.repeat.max > mostRows)
      problems.push({ at, code: 'forms.many-rows', details: { most: mostRows } })
    if (inner.repeat.min > inner.repeat.max) problems.push({ at, code: 'forms.rows-limits' })
    if (inner.layout === 'table') problems.push(...tableProblems(inner))
  }
  return problems
}

/** Types that are too much for the cell of a table. */
const notInTables = new Set(['file', 'delivery', 'longtext', 'address', 'identity-paper'])

function tableProblems({ key, repeat, fields, groups = [] }: Group): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  if (!repeat) problems.push({ at: key, code: 'forms.table-not-repeated' })
  if (groups.length > 0) problems.push({ at: key, code: 'forms.table-nested' })
  for (const field of fields)
    if (notInTables.has(field.type) || fieldKinds[field.type].members)
      problems.push({ at: field.key, code: 'forms.table-column', details: { type: field.type } })
  return problems
}

function fieldProblems(field: Field): DefinitionProblem[] {
  const { key, type, options, value, parts = [] } = field
  const problems: DefinitionProblem[] = []
  if (type === 'enum' && !options?.length) problems.push({ at: key, code: 'forms.no-options' })
  if (type === 'computed' && !value) problems.push({ at: key, code: 'forms.no-value' })
  const allowed = fieldKinds[type].parts ?? []
  for (const part of parts)
    if (!allowed.includes(part)) problems.push({ at: key, code: 'forms.unknown-part', details: { part } })
  return problems
}

function ruleProblems(definition: FormDefinition, keys: ReadonlySet<string>): DefinitionProblem[] {
  return definition.rules.flatMap((rule) => {
    const [within] = groupsWithin(definition, rule.within)
    if (rule.within !== undefined && !within)
      return [{ at: rule.key, code: 'forms.unknown-group', details: { key: rule.within } }]
    const known = within ? new Set(within.fields.map(({ key }) => key)) : keys
    const unknown = rule.fields.filter((key) => !known.has(key))
    return unknown.map((key) => ({ at: rule.key, code: 'forms.unknown-field', details: { key } }))
  })
}
