import { pathsOf } from '../../../kernel/feel/index.ts'
import type { Answers, CompiledForm, FormDefinition } from '../../forms/index.ts'
import { answerOf } from '../checks/placed.ts'

/** The parts of two forms on which they can differ about the same answers. */
export interface NarrowForms {
  before: CompiledForm
  after: CompiledForm
  /** Answers that either of them reads. */
  keys: readonly string[]
}

/**
 * Cuts two forms down to what can come out differently: questions and checks that changed, what depends on them, and
 * what those read. Everything else says the same in both. Null when the forms ask and check the same.
 */
export function narrowForms(before: CompiledForm, after: CompiledForm): NarrowForms | null {
  const [old, now] = [unitsOf(before), unitsOf(after)]
  const affected = affectedKeys(old, now)
  const rules = {
    before: affectedRules(before, after, affected),
    after: affectedRules(after, before, affected),
  }
  if (affected.size === 0 && rules.before.length === 0 && rules.after.length === 0) return null
  const wanted = new Set(affected)
  for (const [form, kept] of [[before, rules.before] as const, [after, rules.after] as const])
    for (const rule of kept) for (const key of [...rule.fields, ...readIn(rule, form)]) wanted.add(key)
  // What is read in one of them is looked at in both: else its own faults would seem to be a difference.
  const all = withReads(wanted, [old, now])
  const cut = (form: CompiledForm, kept: FormDefinition['rules']): CompiledForm => ({
    ...form,
    definition: only(form.definition, all, kept),
    order: form.order.filter((key) => all.has(key)),
  })
  const narrow = { before: cut(before, rules.before), after: cut(after, rules.after) }
  const keys = [...new Set([...unitsOf(narrow.before).keys(), ...unitsOf(narrow.after).keys()])]
  return { ...narrow, keys }
}

/** The answers that narrow forms read. */
export function narrowAnswers(answers: Answers, keys: readonly string[]): Answers {
  const kept: Answers = {}
  for (const key of keys) if (Object.hasOwn(answers, key)) kept[key] = answers[key]
  return kept
}

/** A question, or a whole list: what is shown and checked as one. */
interface Unit {
  /** What is checked, without the words. */
  shape: string
  reads: Set<string>
}
type Units = Map<string, Unit>

function unitsOf(form: CompiledForm): Units {
  const units: Units = new Map()
  const keys = new Set<string>()
  for (const page of form.definition.pages)
    for (const group of page.groups) {
      const around = [page.visible ?? null, group.visible ?? null]
      const all = group.repeat
        ? [[group.key, group] as const]
        : group.fields.map((field) => [field.key, field] as const)
      for (const [key, what] of all) {
        keys.add(key)
        units.set(key, { shape: shapeOf([around, what]), reads: new Set(readIn([around, what], form)) })
      }
    }
  for (const unit of units.values()) unit.reads = nodesOf(unit.reads, keys)
  return units
}

/** What people only read: whether an answer counts does not hang on it. */
const words = new Set([
  ...['label', 'legalLabel', 'help', 'example', 'title', 'intro', 'addLabel', 'message', 'count', 'layout'],
  ...['sources', 'origin', 'offers', 'locked', 'sensitive'],
])

const shapeOf = (what: unknown) => JSON.stringify(what, (key, value) => (words.has(key) ? undefined : value))

/** Paths of every expression inside a part of a form. */
function readIn(what: unknown, form: CompiledForm): string[] {
  if (typeof what === 'string') return Object.hasOwn(form.trees, what) ? pathsOf(form.trees[what]!) : []
  if (Array.isArray(what)) return what.flatMap((each) => readIn(each, form))
  if (typeof what !== 'object' || what === null) return []
  return Object.entries(what).flatMap(([key, value]) => (words.has(key) ? [] : readIn(value, form)))
}

function nodesOf(paths: Iterable<string>, keys: ReadonlySet<string>): Set<string> {
  const nodes = new Set<string>()
  for (const path of paths) {
    const node = answerOf(path, keys)
    if (node !== undefined) nodes.add(node)
    else for (const key of keys) if (key.startsWith(`${path}.`)) nodes.add(key)
  }
  return nodes
}

function affectedKeys(old: Units, now: Units): Set<string> {
  const affected = new Set<string>()
  for (const key of new Set([...old.keys(), ...now.keys()]))
    if (old.get(key)?.shape !== now.get(key)?.shape) affected.add(key)
  for (let size = -1; size !== affected.size; ) {
    size = affected.size
    for (const units of [old, now])
      for (const [key, { reads }] of units)
        if ([...reads].some((each) => affected.has(each))) affected.add(key)
  }
  return affected
}

function affectedRules(
  form: CompiledForm,
  other: CompiledForm,
  affected: ReadonlySet<string>,
): FormDefinition['rules'] {
  const same = new Set(other.definition.rules.map(shapeOf))
  const keys = new Set(unitsOf(form).keys())
  return form.definition.rules.filter(
    (rule) =>
      !same.has(shapeOf(rule)) ||
      rule.fields.some((field) => affected.has(field)) ||
      [...nodesOf(readIn(rule, form), keys)].some((key) => affected.has(key)),
  )
}

/** Keys with everything that they read in either form, and what that reads. */
function withReads(keys: ReadonlySet<string>, forms: readonly Units[]): Set<string> {
  const wanted = new Set<string>()
  const all = new Set(forms.flatMap((units) => [...units.keys()]))
  const add = (key: string) => {
    if (wanted.has(key)) return
    wanted.add(key)
    for (const units of forms) for (const read of units.get(key)?.reads ?? []) add(read)
  }
  for (const key of nodesOf(keys, all)) add(key)
  return wanted
}

function only(
  definition: FormDefinition,
  wanted: ReadonlySet<string>,
  rules: FormDefinition['rules'],
): FormDefinition {
  const pages = definition.pages.flatMap((page) => {
    const groups = page.groups.flatMap((group) => {
      if (group.repeat) return wanted.has(group.key) ? [group] : []
      const fields = group.fields.filter(({ key }) => wanted.has(key))
      return fields.length > 0 ? [{ ...group, fields }] : []
    })
    return groups.length > 0 ? [{ ...page, groups }] : []
  })
  return { ...definition, pages, rules }
}
