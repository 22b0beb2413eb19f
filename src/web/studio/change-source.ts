import { findMessage, messages } from 'motcua/kernel/i18n'
import { readStream } from 'motcua/kernel/journal'
import { type PartProblem, type ProcedureChange, type Readiness, readinessOf } from 'motcua/modules/changes'
import { allOfficers } from 'motcua/modules/directory'
import { dateText, momentText } from '../ui/format'
import type { StudioChange } from './studio-source'

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
export async function overviewOf({ page, change, acts }: StudioChange) {
  const { app, now, locale } = page
  const open = ['draft', 'in-review', 'approved'].includes(change.state)
  const [readiness, names, entries] = await Promise.all([
    open ? readinessOf(change, { db: app.db, now }) : null,
    namesOf(page),
    readStream(app.db.pool, change.id),
  ])
  const t = messages(locale)
  return {
    id: change.id,
    state: change.state,
    reason: change.reason,
    begun: t('studio.overview.by', {
      name: names(change.startedBy),
      at: momentText(change.startedAt, locale),
    }),
    base:
      change.base.procedure === null
        ? t('studio.overview.baseNew')
        : t('studio.overview.base', { version: change.base.procedure }),
    acts,
    ready: readiness && readyView(change, readiness, locale),
    parts: partLines(change, locale),
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

function readyView({ id }: ProcedureChange, { problems, tests }: Readiness, locale: 'vi' | 'en') {
  return {
    problems: problems.map((problem) => problemLine(id, problem, locale)),
    tests: tests && { passed: tests.passed, failed: tests.failed },
  }
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
