import {
  inputOf,
  type SourceChoice,
  type TemplateInput,
  type TemplateKey,
  templateFacts,
} from 'motcua/modules/documents'
import { draftFieldsFor } from 'motcua/modules/dossiers'
import type { FieldType } from 'motcua/modules/forms'
import type { StudioChange } from '../studio-source'

/** A source with the words the list shows it under, and the input that it becomes. */
export interface LabelledChoice extends SourceChoice {
  /** Where it comes from: a page of the form, the dossier, the officer's draft. */
  group: 'form' | 'dossier' | 'draft'
  /** The type of the form's field, for sentences. */
  fieldType: string
  options: { value: string; label: string }[]
  input: TemplateInput
}

interface DraftField {
  key: string
  label?: { vi?: string }
  legalLabel?: string
  type: FieldType
  options?: { value: string; label: { vi: string } }[]
}
interface DraftGroup {
  key: string
  title?: { vi?: string }
  repeat?: unknown
  fields?: DraftField[]
}

const types: Partial<Record<FieldType, SourceChoice['type']>> = {
  date: 'date',
  money: 'money',
  bool: 'yes-no',
  longtext: 'paragraphs',
}
/** What is no words on paper. */
const unprinted = new Set<FieldType>(['file', 'signature', 'delivery'])

/** What a template of this paper may print, each under a label of its own. */
export function choicesOf(studio: StudioChange, key: TemplateKey): LabelledChoice[] {
  const all = [...formChoices(studio), ...factChoices(), ...draftChoices(studio, key)]
  const inputs: TemplateInput[] = []
  return distinct(all).map((choice) => {
    const input = inputOf(choice, inputs)
    inputs.push(input)
    return { ...choice, input }
  })
}

type Choice = Omit<LabelledChoice, 'input'> & { where: string }

function formChoices({ contents }: StudioChange): Choice[] {
  const pages =
    (contents.form as { pages?: { title?: { vi?: string }; groups?: DraftGroup[] }[] }).pages ?? []
  return pages.flatMap(({ title, groups = [] }) =>
    groups.flatMap((group) => (group.repeat ? [tableChoice(group)] : fieldChoices(group, title?.vi ?? ''))),
  )
}

function fieldChoices({ title, fields = [] }: DraftGroup, page: string): Choice[] {
  return fields
    .filter(({ type }) => !unprinted.has(type))
    .map((field) => ({
      ...{
        from: { kind: 'field', key: field.key },
        label: labelIn(field),
        type: types[field.type] ?? 'text',
      },
      ...{ group: 'form' as const, fieldType: field.type, where: title?.vi ?? page },
      ...(field.legalLabel && { alias: field.legalLabel }),
      options: (field.options ?? []).map(({ value, label }) => ({ value, label: label.vi })),
    }))
}

function tableChoice({ key, title, fields = [] }: DraftGroup): Choice {
  const columns = fields
    .filter(({ type }) => !unprinted.has(type))
    .map((field) => ({ key: field.key, label: labelIn(field) }))
  return {
    ...{
      from: { kind: 'field', key },
      label: clean(title?.vi ?? key),
      type: 'table',
      columns: columns.slice(0, 20),
    },
    ...{ group: 'form' as const, fieldType: 'list', where: '', options: [] },
  }
}

/** Labels of the legal form are often half a line ("ngày …"): the plain label says what is meant. */
const labelIn = ({ key, label, legalLabel }: DraftField) => clean(label?.vi ?? legalLabel ?? key)
/** What a merge field cannot hold between its marks. */
const clean = (label: string) =>
  label
    .replace(/[«»\n]/g, ' ')
    .replace(/[:\s]+$/, '')
    .slice(0, 250)

const factChoices = (): Choice[] =>
  templateFacts.map(({ key, label, type, columns }) => ({
    ...{ from: { kind: 'fact', key }, label: label.vi, type, ...(columns && { columns }) },
    ...{ group: 'dossier' as const, fieldType: type, where: '', options: [] },
  }))

function draftChoices(studio: StudioChange, key: TemplateKey): Choice[] {
  const [paper, no = '1'] = key.split('/')
  if (paper !== 'result' && paper !== 'refusal' && paper !== 'decline') return []
  const template = paper === 'result' ? (resultTemplate(studio, Number(no) - 1) ?? '') : 'refusal'
  return draftFieldsFor(template).map(({ key: name, label, type }) => ({
    ...{
      from: { kind: 'draft', key: name },
      label: label.vi,
      type: type === 'date' ? 'date' : type === 'longtext' ? 'paragraphs' : 'text',
    },
    ...{ group: 'draft' as const, fieldType: type, where: '', options: [] },
  }))
}

/** One label, one source: what is called the same is told apart by where it stands, then by its key. */
function distinct(choices: readonly Choice[]): Omit<Choice, 'where'>[] {
  const often = new Map<string, number>()
  const count = (label: string) => often.set(label, (often.get(label) ?? 0) + 1)
  for (const { label } of choices) count(label)
  const placed = choices.map((choice) => {
    if ((often.get(choice.label) ?? 0) < 2 || choice.where === '') return choice
    const label = `${choice.label} (${choice.where})`
    return { ...choice, label: clean(label) }
  })
  const seen = new Set<string>()
  return placed.map(({ where, ...choice }) => {
    const label = seen.has(choice.label) ? clean(`${choice.label} [${choice.from.key}]`) : choice.label
    seen.add(label)
    return { ...choice, label }
  })
}

interface DraftResult {
  name?: unknown
  template?: unknown
}

const resultsOf = ({ contents }: StudioChange): DraftResult[] => {
  const { results } = contents.procedure as { results?: unknown }
  return Array.isArray(results) ? (results as DraftResult[]) : []
}

// An update of a register is no paper.
const isPaper = ({ template }: DraftResult) =>
  template !== 'register-update' && template !== 'residence-refusal'

/** The results of the procedure that are papers, by name. */
export const resultNames = (studio: StudioChange): string[] =>
  resultsOf(studio)
    .filter(isPaper)
    .flatMap(({ name }) => (typeof name === 'string' && name !== '' ? [name] : []))

const resultTemplate = (studio: StudioChange, no: number): string | undefined => {
  const template = resultsOf(studio).filter(isPaper)[no]?.template
  return typeof template === 'string' ? template : undefined
}
