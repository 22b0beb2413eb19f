import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { limitHours } from 'motcua/modules/catalogue'
import {
  compileProcess,
  drawDiagram,
  longestHours,
  modelToSteps,
  outsideHours,
  type ProcedureUse,
  type ProcessProblem,
  previewProcess,
  problemText,
  publicationFacts,
  type ReadTable,
  type Richer,
  readDrawing,
  readStepTable,
  type StepTable,
  savedTable,
  type TableNote,
  withKnownIds,
} from 'motcua/modules/processes'
import type { StudioChange } from '../studio-source'
import { draftOf, type RowDraft, type TableDraft } from './process-editor.view'

/** A limit of the drafted procedure in working hours. */
export interface LimitLine {
  name: string
  hours: number
}

/** A model looked at: what is wrong, how long it takes, how it looks. */
export interface Checked {
  problems: { text: string; element: string | null }[]
  warnings: { text: string; element: string | null }[]
  /** Working hours in all, with those before and after the process; null while it cannot run. */
  hours: number | null
  drawing: string
}

/** The process part of a change as the page shows it. */
export interface EditorView {
  key: string
  name: string
  seen: number
  editable: boolean
  /** Null when the drawing is richer than a table, or no process at all. */
  table: TableDraft | null
  richer: string[]
  limits: LimitLine[]
  checked: Checked
}

/** Everything that the page says of the process of a change. */
export async function editorView(studio: StudioChange): Promise<EditorView> {
  const { page, change, editable } = studio
  const xml = xmlOf(studio)
  const read = xml === '' ? undefined : await modelToSteps(xml)
  const table = read === undefined ? emptyTable : 'table' in read ? read.table : null
  return {
    ...processOf(studio),
    seen: change.parts.process?.revision ?? 0,
    editable,
    table: table && draftOf(table),
    richer: read && 'richer' in read ? richerLines(read.richer, page.locale) : [],
    limits: limitsOf(studio),
    checked: await checked(studio, xml, table),
  }
}

const emptyTable: StepTable = { rows: [], receptionHours: 0, returnHours: 0 }

/** The file as it is drafted; empty before anybody drew one. */
export function xmlOf({ contents }: StudioChange): string {
  const { xml } = (contents.process ?? {}) as { xml?: unknown }
  return typeof xml === 'string' ? xml : ''
}

/** Key and name of the process that the drafted procedure runs on. */
export function processOf({ contents, change }: StudioChange): { key: string; name: string } {
  const { processKey, plainName } = (contents.procedure ?? {}) as {
    processKey?: unknown
    plainName?: unknown
  }
  const usable = typeof processKey === 'string' && /^[A-Za-z_][\w.-]{0,79}$/.test(processKey)
  const key = usable ? processKey : `process-${change.code.replaceAll('.', '-')}`
  return { key, name: typeof plainName === 'string' && plainName !== '' ? plainName : change.title }
}

/** Legal limits of the drafted cases in working hours; a case without a readable limit has none. */
function limitsOf({ contents }: StudioChange): LimitLine[] {
  const { cases } = (contents.procedure ?? {}) as { cases?: unknown }
  return (Array.isArray(cases) ? cases : []).flatMap((each) => {
    try {
      const hours = limitHours(each.limit)
      return Number.isFinite(hours) ? [{ name: String(each.name?.vi ?? each.code ?? ''), hours }] : []
    } catch {
      return []
    }
  })
}

const richerLines = (richer: readonly Richer[], locale: Locale): string[] => [
  ...new Set(richer.map(({ code, name }) => messages(locale)(`processEditor.richer.${code}`, { name }))),
]

/** Compiles, checks and draws a model against the draft of its procedure; nothing is stored. */
export async function checked(studio: StudioChange, xml: string, table: StepTable | null): Promise<Checked> {
  const { page } = studio
  const { locale, app, now } = page
  const t = messages(locale)
  if (xml === '') {
    const problems = [{ text: t('processEditor.check.no-steps'), element: null }]
    return { problems, warnings: [], hours: null, drawing: '' }
  }
  const facts = await publicationFacts(app.db, now)
  const preview = await previewProcess(xml, { ...facts, uses: async () => [useOf(studio)] })
  const lines = (problems: readonly ProcessProblem[]) =>
    [...new Map(problems.map((each) => [problemText(each, locale), each.element])).entries()].map(
      ([text, element]) => ({ text, element }),
    )
  // What was typed into the table is newer than its file.
  const outside = table ? table.receptionHours + table.returnHours : outsideHours(xml)
  const hours = preview.process && roundedHours(longestHours(preview.process) + outside)
  const above = limitsOf(studio).filter((limit) => hours !== null && hours > limit.hours)
  const { key } = processOf(studio)
  const drawing = drawDiagram(
    await readDrawing(xml),
    {
      title: t('processes.drawing.title', { name: processOf(studio).name }),
      problems: preview.problems.flatMap(({ element }) => element ?? []),
    },
    new Map(Object.values(preview.process?.steps ?? {}).map((step) => [step.stepId, step.hours])),
  )
  return {
    problems: [
      ...lines(preview.problems),
      ...(table?.rows.length === 0 ? [{ text: t('processEditor.check.no-steps'), element: null }] : []),
      ...(preview.process && preview.process.id !== key
        ? [
            {
              text: t('processEditor.check.other-key', { key: preview.process.id, expected: key }),
              element: null,
            },
          ]
        : []),
      ...above.map(({ name, hours: limitHours }) => ({
        text: t('processEditor.check.above-limit', { name, hours: hours!, limitHours }),
        element: null,
      })),
    ],
    warnings: lines(preview.warnings.filter(({ code }) => code !== 'above-limit' && code !== 'not-used')),
    hours,
    drawing,
  }
}

const roundedHours = (hours: number) => Math.round(hours * 100) / 100

function useOf({ contents, change }: StudioChange): ProcedureUse {
  const { executing } = (contents.procedure ?? {}) as { executing?: { kind?: unknown } }
  const settledBy = typeof executing?.kind === 'string' ? executing.kind : ''
  return { code: change.code, name: change.title, processKey: '', settledBy, limits: [] }
}

/** What was read from a pasted table, in words. */
export interface PastedView {
  rows: RowDraft[]
  receptionHours: string
  returnHours: string
  outside: number
  report: { tone: TableNote['tone']; text: string }[]
}

/** Reads a pasted table; steps that the process has already keep their place in running dossiers. */
export async function pastedView(
  studio: StudioChange,
  pasted: { html: string; text: string },
): Promise<PastedView> {
  const read = readStepTable(pasted)
  const before = await modelToSteps(xmlOf(studio))
  const rows = withKnownIds(read.rows, 'table' in before ? before.table.rows : [])
  const draft = draftOf({
    rows,
    receptionHours: hoursOf(read.reception),
    returnHours: hoursOf(read.returning),
  })
  const { locale } = studio.page
  return {
    ...draft,
    outside: read.reception.length + read.returning.length,
    report: read.report.map((note) => ({ tone: note.tone, text: noteText(note, locale) })),
  }
}

const hoursOf = (steps: ReadTable['reception']) =>
  roundedHours(steps.reduce((sum, { hours }) => sum + (hours ?? 0), 0))

/** One note of a reading in words, with its line. Pure. */
function noteText({ code, line, params }: TableNote, locale: Locale): string {
  const t = messages(locale)
  const roleName = findMessage(locale, `processes.role.${params.role}`) ?? ''
  const said = findMessage(locale, `processEditor.report.${code}`, { ...params, roleName }) ?? code
  return line === null ? said : t('processEditor.paste.line', { line }) + said
}

/** The file that an edited table makes of the one before. */
export const xmlOfTable = async (studio: StudioChange, table: StepTable): Promise<string> =>
  (await savedTable(table, processOf(studio), xmlOf(studio) || undefined)).xml

// What cannot even be opened again would lock everybody out of the draft.
const unopenable = new Set([
  'not-xml',
  'doctype-forbidden',
  'too-deep',
  'id-forbidden',
  'id-twice',
  'id-invalid',
  'unreadable',
  'no-process',
  'several-processes',
  'too-large',
])

/** Why a file cannot be kept even as a draft; none when it can, though it may still lack something. */
export async function unkeepable(xml: string, locale: Locale): Promise<string[]> {
  const compiled = await compileProcess(xml)
  if (!isRefusal(compiled)) return []
  const { problems = [{ code: compiled.code, element: null, params: {} }] } = compiled.details as {
    problems?: ProcessProblem[]
  }
  return problems
    .filter(({ code }) => unopenable.has(code.replace(/^processes\./, '')))
    .map((each) => problemText(each, locale))
}

/** What somebody else saved, as lines that can be compared by eye: its steps, or its file. */
export async function theirsInWords(content: unknown, locale: Locale): Promise<string> {
  const { xml } = (content ?? {}) as { xml?: unknown }
  if (typeof xml !== 'string') return ''
  const read = await modelToSteps(xml)
  if (!('table' in read)) return xml
  const t = messages(locale)
  return read.table.rows
    .map(({ name, performer, role, hours }, i) => {
      const who = performer || (role ? t(`processes.role.${role}`) : t('processEditor.paste.unknown'))
      return `${i + 1}. ${name} - ${who} - ${hours === null ? '?' : t('processEditor.total.text', { hours })}`
    })
    .join('\n')
}
