import { gunzipSync, gzipSync } from 'node:zlib'
import { type Locale, messages } from 'motcua/kernel/i18n'
import { isStorableText } from 'motcua/kernel/text'
import {
  drawDiagram,
  findLastProcess,
  type ProcessPreview,
  type ProcessProblem,
  previewProcess,
  problemText,
  publicationFacts,
  publishedVersions,
  readDrawing,
} from 'motcua/modules/processes'
import type { PageContext } from 'motcua/web/context'
import type { Problem } from '../ui/error-summary'
import { changeLines, hoursOf, limitLines, stepLines } from './processes.view'

const megabyte = 1024 * 1024
export const mostMb = 5

/** The file of a posted form: chosen just now, or carried along from the preview; a problem when there is none. */
export async function fileIn(
  form: FormData,
  { locale }: PageContext,
): Promise<{ xml: string; name: string } | { problem: Problem }> {
  const t = messages(locale)
  const problem = (text: string) => ({ problem: { href: '#tep', text } })
  if (form.has('_tooLarge')) return problem(t('processPage.problem.file-large', { mb: mostMb }))
  const chosen = form.get('file')
  if (chosen instanceof File && chosen.size > 0) {
    if (chosen.size > mostMb * megabyte) return problem(t('processPage.problem.file-large', { mb: mostMb }))
    const xml = textOf(new Uint8Array(await chosen.arrayBuffer()))
    return xml === undefined
      ? problem(t('processPage.problem.file-encoding'))
      : { xml, name: chosen.name.slice(0, 120) }
  }
  const carried = form.get('packed')
  const xml = typeof carried === 'string' && carried !== '' ? unpacked(carried) : undefined
  if (xml !== undefined) return { xml, name: String(form.get('fileName') ?? '').slice(0, 120) }
  return problem(t(carried ? 'processPage.problem.not-sent' : 'processPage.problem.file'))
}

/** The text of a file byte for byte, the mark in front too; undefined when it is not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return isStorableText(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** A file as it travels in the page between preview and publication; browsers change the line ends of text. */
export const packed = (xml: string): string => gzipSync(xml).toString('base64')

function unpacked(carried: string): string | undefined {
  try {
    return textOf(gunzipSync(Buffer.from(carried, 'base64'), { maxOutputLength: mostMb * megabyte }))
  } catch {
    return undefined
  }
}

/** Checks a file and says everything that should be known before it is published. */
export async function checkedFile(page: PageContext, { xml, name }: { xml: string; name: string }) {
  const { app, now, locale } = page
  const preview = await previewProcess(xml, await publicationFacts(app.db, now))
  const drawing = drawDiagram(
    await readDrawing(xml),
    {
      title: messages(locale)('processes.drawing.title', { name: preview.process?.name || name }),
      problems: preview.problems.flatMap(({ element }) => element ?? []),
    },
    plannedHours(preview),
  )
  const problems = inWords(preview.problems, locale)
  return {
    fileName: name,
    packed: packed(xml),
    drawing,
    problems,
    warnings: inWords(preview.warnings, locale),
    model: preview.process && problems.length === 0 ? await modelFacts(page, preview) : null,
  }
}

/** Problems in words, each once. */
const inWords = (problems: readonly ProcessProblem[], locale: Locale): string[] => [
  ...new Set(problems.map((problem) => problemText(problem, locale))),
]

export type CheckedFile = Awaited<ReturnType<typeof checkedFile>>

async function modelFacts({ app, locale }: PageContext, { process, hours, uses, changes }: ProcessPreview) {
  const { id: key, name } = process!
  const [versions, last] = await Promise.all([
    publishedVersions(app.db.pool, key),
    findLastProcess(app.db, key),
  ])
  const seen = versions[0]?.version ?? 0
  return {
    key,
    name: name || key,
    seen,
    next: seen + 1,
    follows: last?.version ?? null,
    steps: stepLines(process!, locale),
    hours: hoursOf(hours ?? 0, locale),
    limits: limitLines(uses, hours ?? 0, locale),
    changes: changes && changeLines(changes, locale),
  }
}

function plannedHours({ process }: ProcessPreview): Map<string, number> {
  const nodes = process ? [...Object.values(process.steps), ...Object.values(process.waits)] : []
  return new Map(nodes.map(({ stepId, hours }) => [stepId, hours]))
}
