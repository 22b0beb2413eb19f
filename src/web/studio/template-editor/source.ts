import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import {
  bindFields,
  type DocxNote,
  fieldsOfTemplate,
  guessChoice,
  mapTexts,
  type SourceChoice,
  sampleFacts,
  sampleView,
  sourceOf,
  type TemplateDraft as Template,
  TemplateDraft,
  type TemplateKey,
  type TemplateProblem,
  templateFindings,
  templateKeys,
  tryTemplate,
  typstHead,
  typstOf,
  withLabels,
} from 'motcua/modules/documents'
import { wordsOfAnswers } from 'motcua/modules/dossiers'
import { compileForm } from 'motcua/modules/forms'
import type { StudioChange } from '../studio-source'
import { choicesOf, type LabelledChoice, resultNames } from './choices'
import { type EditorDraft, editorBlocks, storedBlocks } from './template-editor.view'

/** One paper of the procedure, and who lays it out. */
export interface PaperLine {
  key: TemplateKey
  name: string
  own: { name: string; source: Template['source'] } | null
}

/** The papers of the procedure under change: the result first. */
export function papersOf(studio: StudioChange): PaperLine[] {
  const t = messages(studio.page.locale)
  const results = resultNames(studio)
  const drafts = draftsOf(studio)
  const further = results.slice(1, 9).map((_, i): TemplateKey => `result/${i + 2}`)
  const others = templateKeys.filter((key) => key !== 'result')
  return (['result', ...further, ...others] as const).map((key) => {
    const own = drafts.find((each) => each.key === key)
    const name = t(`templateEditor.paper.${formOf(key)}`)
    const result = results[resultNo(key)]
    return {
      key,
      name: result ? `${name}: ${result}` : name,
      own: own ? { name: own.name, source: own.source } : null,
    }
  })
}

const isResultKey = (key: TemplateKey): key is 'result' | `result/${number}` => /^result(\/|$)/.test(key)

/** The paper that a template lays out; every result is one. */
const formOf = (key: TemplateKey) => (isResultKey(key) ? 'result' : key)

/** Which result of the procedure a template is of, from 0; -1: of none. */
const resultNo = (key: TemplateKey): number => (isResultKey(key) ? Number(key.split('/')[1] ?? 1) - 1 : -1)

/** The templates as they are drafted; what is no template any more is left for the checks to name. */
export function draftsOf({ contents }: StudioChange): Template[] {
  const stored = Array.isArray(contents.templates) ? contents.templates : []
  return stored.flatMap((each) => {
    const read = TemplateDraft.safeParse(each)
    return read.success ? [read.data] : []
  })
}

/** Everything that the editor of one paper needs. */
export interface EditorView {
  key: TemplateKey
  paper: string
  editable: boolean
  seen: number
  /** Whether the procedure has its own template of this paper already. */
  own: boolean
  draft: EditorDraft
  choices: LabelledChoice[]
  cases: string[]
  /** The template in Typst, as the blocks compile to it. */
  compiled: string
  inputs: { name: string; label: string; type: string }[]
}

/** The editor of one paper: as it is drafted, or as one would begin. */
export function editorView(studio: StudioChange, key: TemplateKey): EditorView {
  const own = draftsOf(studio).find((each) => each.key === key)
  const choices = choicesOf(studio, key)
  const template = own ?? beginning(studio, key, choices)
  return {
    key,
    paper: papersOf(studio).find((each) => each.key === key)!.name,
    editable: studio.editable,
    seen: studio.change.parts.templates?.revision ?? 0,
    own: own !== undefined,
    draft: editorDraft(template),
    choices,
    cases: casesOf(studio).map(({ name }) => name),
    compiled: sourceOf(template),
    inputs: template.inputs.map(({ name, label, type }) => ({ name, label, type })),
  }
}

/** A template as the page edits it: merge fields under their labels. */
export function editorDraft(template: Template): EditorDraft {
  const { name, page, source, header, footer, fileName = '', typst } = withLabels(template)
  const labelled = withLabels(template)
  const label = (input: string) => template.inputs.find((each) => each.name === input)?.label ?? input
  const blocks = editorBlocks(labelled.blocks).map((block) => ({ ...block, input: label(block.input) }))
  return { name, page, source, header, footer, fileName, typst, blocks }
}

/** What one begins with: the head, the title, what was declared, who signs. */
function beginning(studio: StudioChange, key: TemplateKey, choices: readonly SourceChoice[]): Template {
  const t = messages('vi')
  const name = resultNames(studio)[resultNo(key)] ?? t(`templateEditor.paper.${formOf(key)}`)
  const declared = choices.filter(({ from, type }) => from.kind === 'field' && type !== 'table').slice(0, 8)
  const isResult = isResultKey(key)
  const blocks = [
    { kind: 'head', id: 'b-1' },
    { kind: 'title', id: 'b-2', text: name },
    {
      kind: 'paragraph',
      id: 'b-3',
      text: t(isResult ? 'templateEditor.begin.result' : 'templateEditor.begin.slip'),
    },
    ...(isResult
      ? [{ kind: 'fields', id: 'b-4', rows: declared.map(({ label }) => ({ label, text: `«${label}»` })) }]
      : [{ kind: 'paragraph', id: 'b-4', text: t('templateEditor.begin.reason') }]),
    { kind: 'recipients', id: 'b-5', items: t('templateEditor.begin.recipients').split('\n') },
    { kind: 'signature', id: 'b-6' },
  ]
  const page = isResult || key === 'correction' || key === 'revocation' ? 'a4' : 'a5'
  return bindFields(
    TemplateDraft.parse({ key, name: name.slice(0, 300), source: 'blocks', page, blocks }),
    choices,
  )
}

/** What was typed as a template, or what keeps it from being one. */
export type Read = { template: Template } | { problem: string }

/** Reads a posted page: labels become inputs, fields that were tied by hand are, blocks become Typst. */
export function readTemplate(
  studio: StudioChange,
  key: TemplateKey,
  { draft, tied }: { draft: EditorDraft; tied: ReadonlyMap<string, string> },
): Read {
  const choices = choicesOf(studio, key)
  const { blocks, fileName, ...rest } = draft
  const before = draftsOf(studio).find((each) => each.key === key)
  const read = TemplateDraft.safeParse({
    ...{ ...rest, key, blocks: storedBlocks(blocks), ...(fileName && { fileName }) },
    ...{ typst: draft.source === 'typst' ? draft.typst : '' },
    inputs: before?.inputs ?? [],
  })
  if (!read.success) return { problem: problemOf(read.error.issues[0], studio.page.locale) }
  const renamed = mapTexts(read.data, (text) => tieFields(text, tied))
  const bound = bindFields(withInputsFor(renamed, choices), choices)
  const template = { ...bound, typst: typstOf(bound) }
  const complete = TemplateDraft.safeParse(template)
  return complete.success
    ? { template: complete.data }
    : { problem: problemOf(complete.error.issues[0], studio.page.locale) }
}

function problemOf(issue: { path: PropertyKey[]; message: string } | undefined, locale: Locale): string {
  const at = String(issue?.path[0] ?? '')
  const t = messages(locale)
  return (
    findMessage(locale, `templateEditor.problem.${at}`) ??
    t('templateEditor.problem.any', { at: issue?.path.join('.') ?? '' })
  )
}

function tieFields(text: string, tied: ReadonlyMap<string, string>): string {
  let changed = text
  for (const [field, label] of tied) changed = changed.replaceAll(`«${field}»`, `«${label}»`)
  return changed
}

/** Typst written by hand names inputs by their names: every source that it names becomes an input. */
function withInputsFor(template: Template, choices: readonly LabelledChoice[]): Template {
  if (template.source !== 'typst') return template
  const inputs = choices.flatMap(({ input }) =>
    new RegExp(`(?<![A-Za-z0-9])${input.name}(?![A-Za-z0-9])`).test(template.typst) ? [input] : [],
  )
  return { ...template, inputs: inputs.slice(0, 200) }
}

/** Merge fields that are tied to nothing, each with the source that it most likely means. */
export function untied(
  template: Template,
  choices: readonly SourceChoice[],
): { field: string; guess: string }[] {
  const known = new Set(template.inputs.map(({ name }) => name))
  return [...fieldsOfTemplate(template)]
    .filter((field) => !known.has(field))
    .map((field) => ({ field, guess: guessChoice(field, choices)?.label ?? '' }))
}

/** What the page shows beside the editor. */
export interface Preview {
  /** A picture of every page, one under the other; empty when the template cannot be laid out. */
  svg: string
  pages: number
  problems: string[]
  /** What was found before laying out; it can be saved and must be mended before review. */
  findings: string[]
  untied: { field: string; guess: string }[]
}

/** Lays the template out for a test case of the procedure, or for nobody in particular. */
export async function previewOf(studio: StudioChange, template: Template, caseAt: number): Promise<Preview> {
  const { locale } = studio.page
  const choices = choicesOf(studio, template.key)
  const tried = await triedWith(studio, template, { caseAt, want: 'svg' })
  const findings = templateFindings(template, choices).map(({ code, params }) =>
    messages(locale)(`templateEditor.finding.${code}`, params as never),
  )
  const lose = untied(template, choices)
  if (isRefusal(tried))
    return { svg: '', pages: 0, problems: refusalLines(tried, locale), findings, untied: lose }
  return { svg: tried.svg ?? '', pages: tried.pages, problems: [], findings, untied: lose }
}

/** The same as a file. */
export async function triedWith(
  studio: StudioChange,
  template: Template,
  { caseAt, want }: { caseAt: number; want: 'svg' | 'pdf' },
) {
  const sample = casesOf(studio)[caseAt]
  const words = sample ? await wordsOf(studio, sample) : new Map<string, string>()
  const { code } = studio.change
  const sources = {
    ...{ answers: sample?.answers ?? {}, draft: {}, words, today: '2026-11-23' },
    facts: sampleFacts({ code, name: studio.frame.name }),
  }
  const data = sampleView(template, sources, { everything: sample === undefined })
  return tryTemplate({ source: typstOf(template), data }, { want })
}

interface SampleCase {
  name: string
  on: string
  answers: Record<string, unknown>
}

/** The test cases of the procedure: people whom its template can be tried on. */
function casesOf({ contents, page }: StudioChange): SampleCase[] {
  const cases = Array.isArray(contents.tests) ? contents.tests : []
  return cases.flatMap((each) => {
    const { name, answers, on } = (each ?? {}) as Partial<{
      name: Record<Locale, string>
      answers: object
      on: string
    }>
    if (typeof answers !== 'object' || answers === null || typeof on !== 'string') return []
    return [{ name: name?.[page.locale] ?? on, on, answers: { ...answers } as Record<string, unknown> }]
  })
}

async function wordsOf(
  { contents, page }: StudioChange,
  { answers, on }: SampleCase,
): Promise<ReadonlyMap<string, string>> {
  const compiled = compileForm({
    ...contents.form,
    version: 1,
    validFrom: '2026-01-01',
    validTo: null,
  } as never)
  if (isRefusal(compiled)) return new Map()
  try {
    return await wordsOfAnswers(page.app.db, { compiled }, { answers, on })
  } catch {
    // A case may hold answers that its form does not know any more: the template is shown without them.
    return new Map()
  }
}

/** Why a template or a file was refused, line by line. */
export function refusalLines(refused: Refusal, locale: Locale): string[] {
  const t = messages(locale)
  const { problems } = refused.details as { problems?: TemplateProblem[] }
  if (refused.code === 'documents.template-broken' && problems)
    return problems.map(({ line, message }) =>
      line === null ? message : t('templateEditor.preview.line', { line, message }),
    )
  const {
    line,
    message = '',
    ...rest
  } = refused.details as Partial<TemplateProblem> & Record<string, string | number>
  const words = findMessage(locale, refused.code, { ...rest, message: message ?? '' }) ?? refused.code
  return [line ? t('templateEditor.preview.line', { line, message: words }) : words]
}

/** What of a Word file did not come over, in words. */
export const noteLines = (notes: readonly DocxNote[], locale: Locale): string[] =>
  notes.map(({ code, count, about }) => {
    const words = messages(locale)(`templateEditor.note.${code}`)
    const often = count > 1 ? ` (${count})` : ''
    return about === '' ? `${words}${often}` : `${words}${often}: ${about}`
  })

/** Templates that somebody else saved, as lines that can be compared by eye. */
export function theirsInWords(content: unknown, key: TemplateKey): string {
  const theirs = Array.isArray(content) ? content.find((each) => each?.key === key) : undefined
  const read = TemplateDraft.safeParse(theirs)
  if (!read.success) return ''
  const { name, blocks, source, typst } = withLabels(read.data)
  if (source === 'typst') return `${name}\n\n${typst}`
  return [name, ...editorBlocks(blocks).map(({ kind, text }) => text || `(${kind})`)].join('\n')
}

/** What an empty Typst template begins with. */
export const beginningTypst = `${typstHead}#show: sheet\n\n`
