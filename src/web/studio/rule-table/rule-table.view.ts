import {
  askedBy,
  type Cell,
  type DecisionTable,
  feelOfTable,
  type Output,
  plainOutputOf,
  tableOf,
} from 'motcua/kernel/feel/decision-table'
import type { Plain } from 'motcua/kernel/feel/index'
import type { kindOfType, RuleField } from 'motcua/kernel/feel/sentence-text'
import { checkTable, type TableProblem } from 'motcua/kernel/feel/table-check'
import { answerName, domainsOf } from 'motcua/kernel/feel/table-text'
import type { Translate } from 'motcua/kernel/i18n'
import { subjectsOf } from '../rule-editor/rule-editor.view'

/** A table while it is written: rows carry numbers of their own, so that they keep their inputs when they move. */
export interface Draft extends DecisionTable {
  nos: number[]
}

/** What an expression says as a table; the same in every case is a table without rows. Null: it is no table. */
export function draftOf(text: string): Draft | null {
  const table = text.trim() === '' ? same(null) : (tableOf(text) ?? plainOf(text))
  return table && { ...table, nos: table.rules.map((_, index) => index) }
}

const same = (otherwise: Output): DecisionTable => ({
  ...{ inputs: [], hitPolicy: 'first', rules: [] },
  otherwise,
})

function plainOf(text: string): DecisionTable | null {
  const output = plainOutputOf(text)
  return output === undefined ? null : same(output)
}

/** The expression of a table; null when it says nothing at all. */
export function textOf(draft: DecisionTable): string | null {
  return draft.rules.length === 0 && draft.otherwise === null ? null : feelOfTable(draft)
}

/** A table with a question more; the first question brings the first row. */
export function withColumn(draft: Draft, input: string): Draft {
  if (draft.inputs.includes(input)) return draft
  const inputs = [...draft.inputs, input]
  if (draft.rules.length === 0) return withRow({ ...draft, inputs }, 0)
  return { ...draft, inputs, rules: draft.rules.map(({ when, gives }) => ({ when: [...when, null], gives })) }
}

/** Without a question; the last one takes the rows with it. */
export function withoutColumn(draft: Draft, column: number): Draft {
  const rest = <Item>(list: readonly Item[]) => list.filter((_, at) => at !== column)
  const inputs = rest(draft.inputs)
  if (inputs.length === 0) return { ...draft, inputs, rules: [], nos: [] }
  return { ...draft, inputs, rules: draft.rules.map(({ when, gives }) => ({ when: rest(when), gives })) }
}

export function movedColumn(draft: Draft, column: number, by: -1 | 1): Draft {
  const swap = <Item>(list: readonly Item[]) => swapped(list, column, column + by)
  const rules = draft.rules.map(({ when, gives }) => ({ when: swap(when), gives }))
  return { ...draft, inputs: swap(draft.inputs), rules }
}

/** With an empty row at a place: it holds in every case and gives what the other cases give. */
export function withRow(draft: Draft, at: number): Draft {
  const fresh = { when: draft.inputs.map((): Cell => null), gives: null }
  const no = Math.max(-1, ...draft.nos) + 1
  return { ...draft, rules: draft.rules.toSpliced(at, 0, fresh), nos: draft.nos.toSpliced(at, 0, no) }
}

export const withoutRow = (draft: Draft, row: number): Draft => ({
  ...draft,
  rules: draft.rules.toSpliced(row, 1),
  nos: draft.nos.toSpliced(row, 1),
})

export const movedRow = (draft: Draft, row: number, by: -1 | 1): Draft => ({
  ...draft,
  rules: swapped(draft.rules, row, row + by),
  nos: swapped(draft.nos, row, row + by),
})

/** The list with two of its places exchanged; the same when one of them is none. */
function swapped<Item>(list: readonly Item[], one: number, other: number): Item[] {
  if (!(one in list) || !(other in list)) return [...list]
  return list.with(one, list[other] as Item).with(other, list[one] as Item)
}

export function withCell(draft: Draft, row: number, column: number, cell: Cell): Draft {
  const rule = draft.rules[row]
  if (!rule) return draft
  return { ...draft, rules: draft.rules.with(row, { ...rule, when: rule.when.with(column, cell) }) }
}

export function withGives(draft: Draft, row: number | null, gives: Output): Draft {
  if (row === null) return { ...draft, otherwise: gives }
  const rule = draft.rules[row]
  return rule ? { ...draft, rules: draft.rules.with(row, { ...rule, gives }) } : draft
}

/** What a column asks: its question, the kind of its answers and what they can be. */
export interface Column {
  input: string
  label: string
  kind: 'choice' | 'bool' | 'number' | 'text' | 'presence'
  /** A figure made from an answer: always there, and compared as figures are. */
  isFigure: boolean
  options: readonly { value: string; label: string }[]
}

/** Every question that may become a column; nothing is decided by how long a text is. */
export const columnsFor = (fields: readonly RuleField[], t: Translate): Column[] =>
  subjectsOf(fields, t)
    .filter(({ of }) => of !== 'length')
    .map(({ key, path, of, label, kind }) => {
      const options = fields.find((field) => field.path === path)?.options ?? []
      const isFigure = of !== undefined
      return { input: key, label, isFigure, options, kind: isFigure ? 'number' : columnKind(kind, options) }
    })

function columnKind(kind: ReturnType<typeof kindOfType>, options: Column['options']): Column['kind'] {
  if (options.length > 0) return 'choice'
  if (kind === 'bool' || kind === 'number' || kind === 'text') return kind
  return kind === 'enum' ? 'text' : 'presence'
}

/** The columns of a table; a question that the form does not have keeps its name. */
export function columnsIn(draft: DecisionTable, fields: readonly RuleField[], t: Translate): Column[] {
  const known = columnsFor(fields, t)
  return draft.inputs.map((input, index) => {
    const found = known.find((column) => column.input === input)
    if (found) return found
    const { path, of } = askedBy(input)
    const name = answerName(path, fields)
    const label = of ? t(`rules.subject.${of}`, { label: name }) : name
    const kind = of ? 'number' : guessed(draft.rules.map(({ when }) => when[index] ?? null))
    return { input, label, kind, isFigure: of !== undefined, options: [] }
  })
}

function guessed(cells: readonly Cell[]): Column['kind'] {
  const values = cells.flatMap((cell) => (cell && 'values' in cell ? cell.values : []))
  if (cells.some((cell) => cell?.is === 'range') || values.some((value) => typeof value === 'number'))
    return 'number'
  if (values.some((value) => typeof value === 'boolean')) return 'bool'
  return values.length > 0 ? 'text' : 'presence'
}

/** How a cell compares, as it is chosen; `equal:<value>` is one of the options. */
export const ranges = [
  ...(['at-least', 'more', 'at-most', 'less'] as const),
  ...(['between', 'from-below', 'above-to', 'inside'] as const),
]
export type Range = (typeof ranges)[number]
export type How = 'any' | 'equal' | 'one-of' | 'none-of' | 'filled' | 'empty' | Range

export function howOf(cell: Cell): How {
  if (cell === null) return 'any'
  switch (cell.is) {
    case 'given':
      return cell.given ? 'filled' : 'empty'
    case 'in':
      return cell.values.length === 1 ? 'equal' : 'one-of'
    case 'not-in':
      return 'none-of'
    default: {
      const { from, to } = cell
      if (!from) return to?.included ? 'at-most' : 'less'
      if (!to) return from.included ? 'at-least' : 'more'
      if (from.included) return to.included ? 'between' : 'from-below'
      return to.included ? 'above-to' : 'inside'
    }
  }
}

/** The comparisons of a column; the one in use is always among them. */
export function howsFor({ kind, isFigure }: Column, used: How): How[] {
  const presence: How[] = isFigure ? [] : ['filled', 'empty']
  const lists: How[] = isFigure ? [] : ['one-of', 'none-of']
  const hows: How[] =
    kind === 'number'
      ? ['any', 'equal', ...ranges, ...lists, ...presence]
      : kind === 'presence'
        ? ['any', ...presence]
        : ['any', ...(kind === 'text' ? (['equal'] as const) : []), ...lists, ...presence]
  return hows.includes(used) ? hows : [...hows, used]
}

const lower = ['at-least', 'more', 'between', 'from-below', 'above-to', 'inside']
const upper = ['at-most', 'less', 'between', 'from-below', 'above-to', 'inside']
const fromIncluded = ['at-least', 'between', 'from-below']
const toIncluded = ['at-most', 'between', 'above-to']

/** What stands for a figure that is not typed yet: the text of the table says it is missing. */
export const missing = Number.NaN

/** A cell with another comparison; values are carried over as far as they fit. */
export function cellBy(how: How, before: Cell, column: Column): Cell {
  const values = before && 'values' in before ? before.values : []
  switch (how) {
    case 'any':
      return null
    case 'filled':
    case 'empty':
      return { is: 'given', given: how === 'filled' }
    case 'one-of':
    case 'none-of':
      return { is: how === 'one-of' ? 'in' : 'not-in', values }
    case 'equal':
      return { is: 'in', values: [values[0] ?? firstFigure(before) ?? firstOf(column)] }
    default: {
      const { from, to } = boundsOf(before)
      return {
        is: 'range',
        from: lower.includes(how) ? { value: from, included: fromIncluded.includes(how) } : null,
        to: upper.includes(how) ? { value: to, included: toIncluded.includes(how) } : null,
      }
    }
  }
}

const firstOf = ({ kind, options }: Column): Plain =>
  kind === 'bool' ? true : kind === 'number' ? missing : (options[0]?.value ?? '')

const firstFigure = (cell: Cell) => (cell?.is === 'range' ? (cell.from ?? cell.to)?.value : undefined)

function boundsOf(cell: Cell): { from: number; to: number } {
  const [only] = cell && 'values' in cell ? cell.values : []
  const single = typeof only === 'number' ? only : missing
  if (cell?.is !== 'range') return { from: single, to: single }
  const { from, to } = cell
  return { from: (from ?? to)?.value ?? missing, to: (to ?? from)?.value ?? missing }
}

/** Texts with commas between as values of a column. */
export const listedIn = (text: string, { kind }: Pick<Column, 'kind'>): Plain[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (kind === 'number' ? numberIn(part) : part))

/** A figure as it is typed; what is none yet stays missing. */
export const numberIn = (text: string): number => (text.trim() === '' ? missing : Number(text))

/** A cell or a result that is not filled in yet; `column` null: the result. */
export interface Unfinished {
  row: number
  column: number | null
}

/** What still has to be filled in; a result may stay open only where something stands in for it. */
export function unfinishedIn({ rules }: DecisionTable, { mayBeNothing }: { mayBeNothing: boolean }) {
  return rules.flatMap(({ when, gives }, row): Unfinished[] => {
    const cells = when.flatMap((cell, column) => (isUnfinished(cell) ? [{ row, column }] : []))
    return !mayBeNothing && gives === null ? [...cells, { row, column: null }] : cells
  })
}

function isUnfinished(cell: Cell): boolean {
  if (cell === null || cell.is === 'given') return false
  if (cell.is !== 'range') return cell.values.length === 0 || cell.values.some(isMissing)
  return isMissing(cell.from?.value) || isMissing(cell.to?.value)
}

const isMissing = (value: unknown) => value === '' || value === null || Number.isNaN(value)

/** What is to be said beside a table; null when there is too much to look through. */
export function problemsIn(
  draft: DecisionTable,
  fields: readonly RuleField[],
  { standsIn }: { standsIn: boolean },
): TableProblem[] | null {
  const found = checkTable(draft, domainsOf(draft.inputs, fields))
  const isWhole = standsIn || draft.otherwise !== null
  return found?.filter(({ kind }) => kind !== 'gap' || !isWhole) ?? null
}

/** What a table gives. `money`: whole đồng; `place`, `answer`: answers of the form; `any`: a text or an answer. */
export type Gives = 'money' | 'place' | 'answer' | 'bool' | 'any'

/** Answers that a result may take: places are communes of addresses. */
export function answersFor(
  gives: Gives,
  fields: readonly RuleField[],
  types?: readonly string[],
): { value: string; label: string }[] {
  if (gives === 'money' || gives === 'bool') return []
  const wanted = gives === 'place' ? ['address'] : types
  return fields.flatMap(({ path, type }) => {
    if (wanted && !wanted.includes(type)) return []
    const value =
      type === 'address' ? `${path}.communeCode` : type === 'identity-paper' ? `${path}.number` : path
    return [{ value, label: answerName(value, fields) }]
  })
}
