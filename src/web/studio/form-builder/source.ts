import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { dateOfLaw } from 'motcua/kernel/time'
import {
  baseContents,
  type Contents,
  checkChange,
  type DraftForm,
  findingText,
  type Meanwhile as MeanwhileSaved,
  questionsInForce,
  savePart,
} from 'motcua/modules/changes'
import { type FormBurden, formBurden } from 'motcua/modules/forms'
import { answerKeys, columnKeys, type FormDraft, isDraft, readDraft } from 'motcua/modules/forms/editing'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from '../../desk/acting'
import { momentText } from '../../ui/format'
import { burdenLines } from '../burden.view'
import type { StudioChange } from '../studio-source'
import { problemPlace, ruleId, shapeText } from './form-builder.view'
import type { BurdenLine } from './side'
import type { CheckedDraft, SaveAnswer } from './use-form-builder'

/** Everything to look at in a draft of the form, and what it asks of people beside the form in force. */
export async function checkedDraft(studio: StudioChange, draft: FormDraft): Promise<CheckedDraft> {
  const { page, change, contents } = studio
  const { app, now, locale } = page
  // A draft is read by the checks as it stands: they expect unfinished forms.
  const after: Contents = { ...contents, form: draft as DraftForm }
  const before = change.base.procedure === null ? null : await baseContents(app.db, change)
  const on = dateOfLaw(now)
  const known = await questionsInForce(app.db, on, change.code)
  const findings = await checkChange({ before, after, facts: { on, known } })
  const t = messages(locale)
  const problems = findings.flatMap((finding) => {
    const shape = finding.code === 'form-schema' ? shapeText(finding.at, t) : undefined
    if (shape === null && findings.some(({ code, at }) => code !== 'form-schema' && wordsOf(at, finding.at)))
      return []
    const id = problemPlace(draft, finding.at)
    const isBegun = draft.rules?.some(({ key, when }) => ruleId(key) === id && when === 'false') ?? false
    // A rule that was only begun holds never: what it lacks is a condition.
    const begun =
      isBegun && finding.code.startsWith('never-holds') ? t('formBuilder.shape.noCondition') : null
    const text = shape ?? begun ?? findingText(finding, locale)
    if (finding.part === 'form') return [{ id, severity: finding.severity, text }]
    // What other parts read and the form no longer asks is told here too.
    if (finding.code !== 'unknown-answer') return []
    const part = t(`studio.part.${finding.part}`)
    return [{ id: 'form', severity: finding.severity, text: `${part}: ${text}` }]
  })
  return { problems: distinct(problems), burden: burdenOfDraft(contents, before, draft, locale) }
}

/** Whether a finding speaks of the thing, or of the words, in which another finds a text missing. */
const wordsOf = (at: string, missing: string) => at !== '' && missing.startsWith(`${at}.`)

const distinct = (problems: CheckedDraft['problems']) =>
  problems.filter(
    ({ id, text }, i) => problems.findIndex((other) => other.id === id && other.text === text) === i,
  )

function burdenOfDraft(
  { procedure }: Contents,
  before: Contents | null,
  draft: FormDraft,
  locale: PageContext['locale'],
): BurdenLine[] {
  const now = burdenOf(draft, procedure)
  const was = before && burdenOf(before.form, before.procedure)
  return burdenLines(now, was, locale).map(({ id, label, ...figures }) => ({ id, name: label, ...figures }))
}

function burdenOf(form: FormDraft | DraftForm, procedure: Contents['procedure']): FormBurden {
  const papers = Array.isArray(procedure?.components) ? procedure.components : []
  return formBurden(form as Parameters<typeof formBurden>[0], papers)
}

/** Keys of the form that other parts of the procedure mention, with the names of those parts. */
export function mentionedElsewhere(draft: FormDraft, contents: Contents, locale: PageContext['locale']) {
  const t = messages(locale)
  const texts = (['procedure', 'process', 'templates', 'tests'] as const).map((part) => ({
    name: t(`studio.part.${part}`),
    text: part === 'process' ? (contents.process?.xml ?? '') : JSON.stringify(contents[part] ?? ''),
  }))
  const lists = draft.pages.flatMap((page) => page.groups.filter((group) => group.repeat))
  const keys = new Set(
    [...answerKeys(draft), ...lists.flatMap(columnKeys)].filter((key) => key.includes('.')),
  )
  const found: Record<string, string[]> = {}
  for (const key of keys) {
    const mention = new RegExp(`(?<![\\w.])${key.replaceAll('.', '\\.')}(?![\\w])`)
    const parts = texts.filter(({ text }) => mention.test(text)).map(({ name }) => name)
    if (parts.length > 0) found[key] = parts
  }
  return found
}

/** The draft that the change holds, or where it is no form. */
export const draftOfChange = ({ contents }: StudioChange) => readDraft(contents.form)

/** Saves the form with the revision that was seen; the answer says what somebody else saved meanwhile. */
export async function saveForm(
  { page, officer, change }: StudioChange,
  { seen, content }: { seen: number; content: FormDraft },
): Promise<{ answer: SaveAnswer; status: number }> {
  const { app, now, locale } = page
  const saved = await savePart(
    officer,
    { id: change.id, part: 'form', seen, content },
    { db: app.db, now, wake: app.wake },
  )
  if (!isRefusal(saved)) return { answer: { seen: seen + 1, at: now.toISOString() }, status: 200 }
  const said = refusalText(saved, locale)
  const status = httpStatus[saved.kind]
  if (saved.code !== 'changes.meanwhile') return { answer: { said, meanwhile: null }, status }
  const { revision, savedByName, savedAt, content: stored } = saved.details as MeanwhileSaved
  const theirs = readDraft(stored)
  const at = momentText(savedAt, locale)
  return {
    answer: { said, meanwhile: isDraft(theirs) ? { revision, savedByName, at, theirs } : null },
    status,
  }
}
