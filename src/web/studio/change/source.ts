import { findMessage, messages } from 'motcua/kernel/i18n'
import { readStream } from 'motcua/kernel/journal'
import {
  baseContents,
  type Contents,
  findingText,
  type PartProblem,
  type ProcedureChange,
  type Readiness,
  readinessSeen,
} from 'motcua/modules/changes'
import { allOfficers } from 'motcua/modules/directory'
import { type FormBurden, type FormDefinition, formBurden } from 'motcua/modules/forms'
import { dateText, momentText } from '../../ui/format'
import { burdenExplained, burdenLines } from '../burden.view'
import { shapeText } from '../form-builder/form-builder.view'
import type { StudioChange } from '../studio-source'

/** One thing to mend, with the page of the part where it is mended. */
export interface ProblemLine {
  href: string
  part: PartProblem['part']
  at: string
  text: string
}

const pageOf: Record<PartProblem['part'], string> = {
  procedure: 'thu-tuc',
  form: 'bieu-mau',
  process: 'quy-trinh',
  templates: 'mau-in',
  tests: 'kiem-thu',
}

/** Everything of the overview of a change beside its frame. */
export async function overviewOf({ page, change, contents, acts }: StudioChange) {
  const { app, now, locale } = page
  const open = ['draft', 'in-review', 'approved'].includes(change.state)
  const [readiness, names, entries] = await Promise.all([
    open ? readinessSeen(change, { db: app.db, now }) : null,
    namesOf(page),
    readStream(app.db.pool, change.id),
  ])
  const t = messages(locale)
  return {
    id: change.id,
    state: change.state,
    submittedAt: change.submitted?.at ?? null,
    reason: change.reason,
    begun: t('studio.overview.by', {
      name: names(change.startedBy),
      at: momentText(change.startedAt, locale),
    }),
    base:
      change.base.procedure === null
        ? t('studio.overview.baseNew')
        : t('studio.overview.base', { version: change.base.procedure }),
    // Nothing to look at: nothing is handed in.
    acts: readiness?.unchanged ? acts.filter((act) => act !== 'submit') : acts,
    ready: readiness && readyView(change, readiness, locale),
    parts: partLines(change, locale),
    burden: await burdenOf({ page, change, contents }),
    review: change.review && {
      text: t('studio.overview.reviewed', {
        name: names(change.review.by),
        what: t(change.review.approved ? 'studio.overview.approved' : 'studio.overview.returned'),
        at: momentText(change.review.at, locale),
      }),
      note: change.review.note,
    },
    publication: publicationText(change, locale),
    ended: change.ended && { ...change.ended, by: names(change.ended.by) },
    record: entries
      .map(({ kind, actor, at, data }) => ({
        at: momentText(at, locale),
        who: names(actor.id),
        what: findMessage(locale, `changes.entry.${kind.slice('changes.'.length)}`, {}) ?? kind,
        part:
          typeof data.part === 'string' ? (findMessage(locale, `studio.part.${data.part}`, {}) ?? '') : '',
      }))
      .toReversed(),
  }
}

async function namesOf({ app }: StudioChange['page']) {
  const names = new Map((await allOfficers(app.db)).map(({ officerId, name }) => [officerId, name]))
  return (id: string) => names.get(id) ?? id
}

function readyView({ id }: ProcedureChange, readiness: Readiness, locale: 'vi' | 'en') {
  const { findings, problems, tests, unchanged } = readiness
  const lines = findings
    .filter((finding) => !isToldElse(finding, findings))
    .map((finding) => ({
      href: `/thiet-ke/thay-doi/${id}/${pageOf[finding.part]}`,
      ...{ severity: finding.severity, part: finding.part, at: finding.at },
      text: shapeTextOf(finding, locale) ?? findingText(finding, locale),
    }))
  // What a check says in words an official knows is not said again by the schema.
  const told = new Set(findings.flatMap(({ severity, part }) => (severity === 'error' ? [part] : [])))
  const others = problems.filter(({ part }) => !told.has(part))
  return {
    problems: [
      ...lines.filter(({ severity }) => severity === 'error'),
      ...others.map((problem) => problemLine(id, problem, locale)),
    ],
    advice: lines.filter(({ severity }) => severity !== 'error'),
    unchanged,
    tests: tests && { passed: tests.passed, failed: tests.failed },
  }
}

type Found = Readiness['findings'][number]

/** A text that the schema misses is not said again where a check says so in words an official knows. */
const isToldElse = ({ code, at }: Found, all: readonly Found[]) =>
  code === 'form-schema' &&
  /\.(vi|en)$/.test(at) &&
  all.some((other) => other.code !== code && other.at !== '' && at.startsWith(`${other.at}.`))

function shapeTextOf({ code, at }: Found, locale: 'vi' | 'en') {
  const t = messages(locale)
  if (code !== 'form-schema') return undefined
  return at === 'pages' ? t('formBuilder.shape.noPages') : (shapeText(at, t) ?? undefined)
}

/** One problem in words, with where it is mended. */
function problemLine(id: string, { part, at, code, details }: PartProblem, locale: 'vi' | 'en'): ProblemLine {
  const params = plainParams(details)
  return {
    href: `/thiet-ke/thay-doi/${id}/${pageOf[part]}`,
    ...{ part, at },
    text: findMessage(locale, code, params) ?? [code, ...Object.values(params)].join(' '),
  }
}

const plainParams = (details: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((details ?? {}) as object).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  )

function partLines({ id, parts }: ProcedureChange, locale: 'vi' | 'en') {
  const t = messages(locale)
  return Object.entries(parts).map(([part, saved]) => {
    const kind = part as PartProblem['part']
    return {
      part: kind,
      href: `/thiet-ke/thay-doi/${id}/${pageOf[kind]}`,
      text: t('studio.overview.savedBy', {
        name: saved.savedByName,
        at: momentText(saved.savedAt, locale),
        revision: saved.revision,
      }),
    }
  })
}

function publicationText({ publication }: ProcedureChange, locale: 'vi' | 'en') {
  if (!publication) return null
  const t = messages(locale)
  const { validFrom, decision, versions } = publication
  const said = (version: number | null) => version ?? '—'
  return {
    validFrom,
    text: t('studio.overview.published', {
      on: dateText(validFrom),
      number: decision.number,
      decided: dateText(decision.on),
    }),
    versions: t('studio.overview.publishedVersions', {
      procedure: said(versions.procedure),
      form: said(versions.form),
      process: said(versions.process),
    }),
  }
}

/** What the form asks of people now, beside what it asked before. */
async function burdenOf({ page, change, contents }: Pick<StudioChange, 'page' | 'change' | 'contents'>) {
  const before = change.base.procedure === null ? null : await baseContents(page.app.db, change)
  const now = burdenOfContents(contents)
  const was = before && burdenOfContents(before)
  if (!now) return null
  const { locale } = page
  return { lines: burdenLines(now, was, locale), explained: burdenExplained(now, locale) }
}

/** The burden of parts that may be unfinished; none when they are no form yet. */
function burdenOfContents({ form, procedure }: Contents): FormBurden | null {
  const papers = Array.isArray(procedure.components) ? procedure.components : []
  try {
    return formBurden(form as FormDefinition, papers)
  } catch {
    return null
  }
}
