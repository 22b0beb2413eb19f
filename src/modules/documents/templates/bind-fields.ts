import { isRefusal } from '../../../kernel/errors.ts'
import { compileFeel, pathsOf } from '../../../kernel/feel/index.ts'
import { searchable } from '../../../kernel/text.ts'
import { fieldsIn, renameFields } from './marked-text.ts'
import {
  everyBlock,
  type InputSource,
  type InputType,
  inputName,
  mapTexts,
  type TemplateDraft,
  type TemplateInput,
  textsIn,
} from './template-draft.ts'

/** A value that a template may print, with the label that officials know it by. */
export interface SourceChoice {
  from: InputSource
  label: string
  type: InputType
  columns?: { key: string; label: string }[]
  /** What the legal form calls it, where that is another name. */
  alias?: string
  /** The input that it becomes, where the caller has named them all. */
  input?: TemplateInput
}

/**
 * Ties every «merge field» of the blocks to an input: officials write labels, templates keep names. A label among
 * the choices becomes an input of its own; what nobody knows stays as it is written and is a problem of the check.
 * Inputs that nothing names any more go, unless the template is written in Typst. Pure.
 */
export function bindFields(draft: TemplateDraft, choices: readonly SourceChoice[]): TemplateDraft {
  const inputs = [...draft.inputs]
  const rename = (field: string): string => {
    const known = inputs.find(({ name, label }) => name === field || same(label, field))
    if (known) return known.name
    const choice = choices.find(({ label }) => same(label, field))
    if (choice === undefined) return field
    // The same value under another label: one input.
    const twin = inputs.find(({ from }) => sameSource(from, choice.from))
    if (twin) return twin.name
    const input = freshInput(choice, inputs)
    inputs.push(input)
    return input.name
  }
  const bound = mapTexts(draft, (text) => renameFields(text, rename))
  const blocks = bound.blocks.map((block) =>
    block.kind === 'when'
      ? { ...block, blocks: block.blocks.map((each) => withTable(each, rename)) }
      : withTable(block, rename),
  )
  const complete = { ...bound, blocks }
  const used = fieldsOfTemplate(complete)
  const kept = draft.source === 'typst' ? inputs : inputs.filter(({ name }) => used.has(name))
  return { ...complete, inputs: kept }
}

const withTable = <B extends TemplateDraft['blocks'][number]>(
  block: B,
  rename: (field: string) => string,
): B => (block.kind === 'table' && block.input !== '' ? { ...block, input: rename(block.input) } : block)

/** The same draft as officials read it: each merge field under its label where the label is one field's alone. Pure. */
export function withLabels(draft: TemplateDraft): TemplateDraft {
  const label = (field: string) => labelOf(field, draft.inputs)
  return mapTexts(draft, (text) => renameFields(text, label))
}

/** The label of an input by its name; the name when two inputs have the same label. */
export function labelOf(field: string, inputs: readonly TemplateInput[]): string {
  const input = inputs.find(({ name }) => name === field)
  if (input === undefined || /[«»\n]/.test(input.label)) return field
  return inputs.filter(({ label }) => same(label, input.label)).length === 1 ? input.label : field
}

/** Every merge field that the blocks, the header and the footer name. */
export function fieldsOfTemplate(draft: Pick<TemplateDraft, 'blocks' | 'header' | 'footer'>): Set<string> {
  const blocks = everyBlock(draft.blocks)
  const tables = blocks.flatMap((block) =>
    block.kind === 'table' && block.input !== '' ? [block.input] : [],
  )
  const texts = [...blocks.flatMap(textsIn), draft.header, draft.footer]
  return new Set([...texts.flatMap(fieldsIn), ...tables])
}

/** Paths that a condition reads; nothing when it is no FEEL. */
export function pathsIn(feel: string): string[] {
  const tree = compileFeel(feel)
  return isRefusal(tree) ? [] : pathsOf(tree)
}

/** The path under which conditions read a source. */
export function pathOf({ kind, key }: InputSource): string {
  if (kind === 'field') return key
  return kind === 'fact' ? `dossier.${key}` : `draft.${key}`
}

/** Whether two inputs are filled from the same place. */
export const sameSource = (a: InputSource, b: InputSource): boolean => a.kind === b.kind && a.key === b.key

const same = (a: string, b: string) => plain(a) === plain(b)
const plain = (label: string) =>
  searchable(label)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function freshInput(choice: SourceChoice, inputs: readonly TemplateInput[]): TemplateInput {
  const named = choice.input
  return named && !inputs.some(({ name }) => name === named.name) ? named : inputOf(choice, inputs)
}

/** A new input for a choice, with a name that no other has. */
export function inputOf(choice: SourceChoice, others: readonly Pick<TemplateInput, 'name'>[]): TemplateInput {
  const { from, label, type, columns } = choice
  const base = nameFrom(from.kind === 'field' ? from.key : `${from.kind}.${from.key}`)
  let name = base
  for (let i = 2; others.some((other) => other.name === name); i++) name = `${base.slice(0, 56)}${i}`
  return { name, label: label.slice(0, 300), type, from, show: 'short', ...(columns && { columns }) }
}

/** "child.fullName" → "childFullName". */
function nameFrom(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter(Boolean)
  const joined = words
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  const name = (joined.charAt(0).toLowerCase() + joined.slice(1)).slice(0, 60)
  return inputName.test(name) ? name : `f${name}`.slice(0, 60)
}

/**
 * The choice that a merge field of somebody else's document most likely means, by the words that their names
 * share; undefined when none comes near. A guess for a person to confirm. Pure.
 */
export function guessChoice(field: string, choices: readonly SourceChoice[]): SourceChoice | undefined {
  const wanted = wordsIn(field)
  if (wanted.size === 0) return undefined
  const rated = choices.map((choice) => ({ choice, score: likeness(wanted, choice) }))
  const best = rated.reduce((a, b) => (b.score > a.score ? b : a), { choice: undefined, score: 0.5 } as {
    choice: SourceChoice | undefined
    score: number
  })
  return best.choice
}

function likeness(wanted: Set<string>, { label, alias = '', from }: SourceChoice): number {
  const squeezed = [...wanted].join('')
  return Math.max(
    ...[wordsIn(label), wordsIn(alias), wordsIn(from.key)].map((words) => {
      if ([...words].join('') === squeezed) return 1
      const shared = [...wanted].filter((word) => words.has(word)).length
      return (2 * shared) / (wanted.size + words.size)
    }),
  )
}

/** "Ho_ten_tre", "HoTenTre" and "Họ, tên trẻ" share their words. */
function wordsIn(text: string): Set<string> {
  const apart = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
  return new Set(
    plain(apart)
      .split(/[\s_]+/)
      .filter(Boolean),
  )
}
