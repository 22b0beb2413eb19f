import { isRefusal } from '../../../kernel/errors.ts'
import { compileFeel, type Feel } from '../../../kernel/feel/index.ts'
import { type Field, formFunctionArity } from '../../forms/index.ts'
import type { DraftForm } from '../contents.ts'
import { answerOf, labelIn, type PlacedField, placedFields } from './placed.ts'
import { type AnswerFacts, type Impossible, impossible, type KnownAnswer } from './possible.ts'

/** What the answers of a form can be, and which are never given. */
export interface Reach {
  facts: AnswerFacts
  /** Questions that are never shown, each with the reason. */
  unreachable: { placed: PlacedField; why: Impossible }[]
  labelOf(path: string): string
}

/** What conditions may read besides answers, with the values that it can have. */
const given: Record<string, KnownAnswer> = {
  channel: { values: ['online', 'direct', 'post'] },
}

/** The expression of a text; undefined when there is none, or when it cannot be read: that is said elsewhere. */
export function treeIn(text: unknown): Feel | undefined {
  if (typeof text !== 'string' || text === '') return undefined
  const tree = compileFeel(text, { functions: formFunctionArity })
  return isRefusal(tree) ? undefined : tree
}

/** Finds the questions that can never be shown: their conditions contradict each other, or ask for what never is. */
export function reachOf(form: DraftForm | null | undefined): Reach {
  const placed = placedFields(form)
  const fields = new Map(
    placed.filter(({ rowOf }) => rowOf === null).map((each) => [each.field.key, each.field]),
  )
  const never = new Map<string, Impossible>()
  const labels = new Map(placed.map(({ field }) => [field.key, labelIn(field)]))
  const facts: AnswerFacts = (path) => {
    const key = answerOf(path, fields)
    if (key === undefined) return given[path] ?? {}
    const known = key === path ? valuesOf(fields.get(key)!) : {}
    return never.has(key) ? { ...known, never: true } : known
  }
  const shown = placed.map((each) => ({ each, trees: conditionsOf(each) }))
  // A question that is never shown may keep others from being shown: until nothing new is found.
  for (let found = -1; found !== never.size; ) {
    found = never.size
    for (const { each, trees } of shown) {
      const id = idOf(each)
      if (never.has(id)) continue
      const why = impossible(trees, each.rowOf === null ? facts : inRows(each, facts))
      if (why) never.set(id, why)
    }
  }
  const unreachable = placed.flatMap((each) => {
    const why = never.get(idOf(each))
    return why ? [{ placed: each, why }] : []
  })
  return { facts, unreachable, labelOf: (path) => labels.get(answerOf(path, labels) ?? path) ?? path }
}

const idOf = ({ field, group, rowOf }: PlacedField) =>
  rowOf === null ? field.key : `${group.key}[].${field.key}`

const conditionsOf = ({ page, group, field }: PlacedField): Feel[] =>
  [page.visible, group.visible, field.visible].map(treeIn).filter((tree) => tree !== undefined)

// Inside a row its own columns are read first.
function inRows({ group }: PlacedField, facts: AnswerFacts): AnswerFacts {
  const columns = new Map((group.fields ?? []).map((field) => [field.key, field]))
  return (path) => {
    const field = columns.get(path)
    return field ? valuesOf(field) : answerOf(path, columns) === undefined ? facts(path) : {}
  }
}

function valuesOf(field: Field): KnownAnswer {
  if (field.type === 'bool') return { values: [true, false] }
  if (field.type !== 'enum') return {}
  return { values: (field.options ?? []).map(({ value }) => value) }
}
