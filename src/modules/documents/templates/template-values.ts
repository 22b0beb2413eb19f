import { isRefusal } from '../../../kernel/errors.ts'
import { compileFeel, holds } from '../../../kernel/feel/index.ts'
import { setPath } from '../../forms/index.ts'
import { printable, printableParagraphs } from '../printable.ts'
import { dateInWords, shortDate } from '../slip-data.ts'
import { dongInWords, grouped } from '../vietnamese-words.ts'
import { type Block, everyBlock, type TemplateDraft, type TemplateInput } from './template-draft.ts'
import type { FactValues } from './template-facts.ts'

/** What is known of a dossier when one of its papers is printed. */
export interface TemplateSources {
  /** Values by the keys of the form: the officer's draft first, then answers, then registers. */
  answers: Readonly<Record<string, unknown>>
  draft: Readonly<Record<string, unknown>>
  /** The same in words, with names in the place of codes; rows as `group[0].field`. */
  words: ReadonlyMap<string, string>
  facts: FactValues
  /** The date of law on the paper, `YYYY-MM-DD`. */
  today: string
}

/** What a template prints: texts, lists of texts, yes or no, and tables with their columns. */
export type PrintedValue = string | boolean | string[] | { columns: string[]; rows: string[][] } | null

export interface TemplateValues {
  inputs: Record<string, PrintedValue>
  /** Whether each conditional block is printed, by its id. */
  shown: Record<string, boolean>
}

/** The typed inputs of a template as one dossier fills them, and which of its conditions hold. Pure. */
export function templateValues(
  { inputs, blocks }: Pick<TemplateDraft, 'inputs' | 'blocks'>,
  sources: TemplateSources,
): TemplateValues {
  return {
    inputs: Object.fromEntries(inputs.map((input) => [input.name, printed(input, sources)])),
    shown: shownBlocks(blocks, sources),
  }
}

function printed(input: TemplateInput, sources: TemplateSources): PrintedValue {
  const value = rawValue(input, sources)
  switch (input.type) {
    case 'table':
      return tableOf(input, value, sources)
    case 'list':
      return listOf(value)
    case 'paragraphs':
      return printableParagraphs(wordsOf(input, value, sources) ?? '')
    case 'yes-no':
      return typeof value === 'boolean' ? value : null
    default:
      return lineOf(input, value, sources)
  }
}

function rawValue({ from }: TemplateInput, { answers, draft, facts }: TemplateSources): unknown {
  if (from.kind === 'fact') return own(facts, from.key)
  return own(from.kind === 'draft' ? draft : answers, from.key)
}

const own = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined

function lineOf(input: TemplateInput, value: unknown, sources: TemplateSources): string | null {
  if (input.type === 'date' && isDate(value))
    return input.show === 'words' ? dateInWords(value) : shortDate(value)
  if (input.type === 'money' && typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    return `${grouped(value)} đồng${input.show === 'words' ? ` (bằng chữ: ${dongInWords(value)})` : ''}`
  const text = wordsOf(input, value, sources)
  return text === null ? null : printable(text.slice(0, longestLine)) || null
}

const longestLine = 20_000

/** A value in words: as the form shows it, else as it is. */
function wordsOf({ from }: TemplateInput, value: unknown, { words, draft }: TemplateSources): string | null {
  // What an officer drafted outweighs what the declaration says.
  if (from.kind === 'field' && !Object.hasOwn(draft, from.key) && words.has(from.key))
    return words.get(from.key)!
  if (typeof value === 'string') return isDate(value) ? shortDate(value) : value
  if (typeof value === 'number') return String(value).replace('.', ',')
  if (typeof value === 'boolean') return value ? 'Có' : 'Không'
  if (Array.isArray(value)) return listOf(value).join('; ')
  return from.kind === 'field' ? (words.get(from.key) ?? null) : null
}

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

const mostRows = 1000

function listOf(value: unknown): string[] {
  if (typeof value === 'string') return printableParagraphs(value)
  if (!Array.isArray(value)) return []
  return value.slice(0, mostRows).flatMap((each) => (typeof each === 'string' ? [printable(each)] : []))
}

function tableOf(
  { from, columns = [] }: TemplateInput,
  value: unknown,
  { words }: TemplateSources,
): PrintedValue {
  const rows = Array.isArray(value) ? value.slice(0, mostRows) : []
  const cell = (row: unknown, i: number, key: string) => {
    const shown = from.kind === 'field' ? words.get(`${from.key}[${i}].${key}`) : undefined
    const raw = typeof row === 'object' && row !== null ? own(row as Record<string, unknown>, key) : undefined
    return printable(shown ?? (typeof raw === 'string' || typeof raw === 'number' ? String(raw) : ''))
  }
  return {
    columns: columns.map(({ label }) => printable(label)),
    rows: rows.map((row, i) => columns.map(({ key }) => cell(row, i, key))),
  }
}

/** Conditions are decided here: a template is told what to print, it decides nothing about people. */
function shownBlocks(blocks: readonly Block[], sources: TemplateSources): Record<string, boolean> {
  const conditional = everyBlock(blocks).filter((block) => block.kind === 'when')
  if (conditional.length === 0) return {}
  const context = contextOf(sources)
  return Object.fromEntries(conditional.map(({ id, feel }) => [id, isTrue(feel, context, sources.today)]))
}

/** What conditions read: fields by their keys, `dossier.` facts, `draft.` fields. */
function contextOf({ answers, draft, facts }: TemplateSources): Record<string, unknown> {
  const context: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(answers)) if (isKey(key)) setPath(context, key, value)
  context.dossier = { ...facts }
  context.draft = {}
  for (const [key, value] of Object.entries(draft))
    if (isKey(key)) setPath(context.draft as never, key, value)
  return context
}

/** Names that objects inherit are never keys. */
const isKey = (key: string) => key.split('.').every((part) => part !== '' && !(part in Object.prototype))

// What cannot be computed, or not in the steps allowed, does not hold: its blocks stay out of the paper.
function isTrue(feel: string, context: Record<string, unknown>, today: string): boolean {
  const tree = compileFeel(feel)
  if (isRefusal(tree)) return false
  try {
    return holds(tree, context, { today })
  } catch {
    return false
  }
}
