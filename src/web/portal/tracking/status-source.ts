import type { App } from 'motcua/app'
import type { Locale } from 'motcua/kernel/i18n'
import { loadCalendar, workingMinutesOrNone } from 'motcua/modules/calendar'
import { findListedProcedure, getVersion, limitText, type ProcedureVersion } from 'motcua/modules/catalogue'
import { findAuthority, findOfficer } from 'motcua/modules/directory'
import {
  type Dossier,
  type DossierView,
  declarationLines,
  openTasks,
  papersOf,
  resultsOf,
  standing,
} from 'motcua/modules/dossiers'
import { ratingToken } from 'motcua/modules/feedback'
import { getProcess, type StepRef, wayAhead } from 'motcua/modules/processes'
import { mainTask, type StatusFacts } from './status-facts'

/** Looks up everything that the page of one dossier says. */
export async function statusFacts(
  app: App,
  view: DossierView,
  now: Date,
  locale: Locale,
): Promise<StatusFacts> {
  const { dossier } = view
  const { db } = app
  const [version, sent, authorities, officers, clock, office] = await Promise.all([
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    declarationLines(db, view, locale),
    authorityNames(app, [
      dossier.receivedBy,
      dossier.competent,
      ...(dossier.helpedBy === null ? [] : [dossier.helpedBy]),
      ...dossier.tasks.map(({ authority }) => authority),
      ...view.history.flatMap(({ data }) => placesNamed(data)),
    ]),
    officerNames(app, view),
    clockOf(app, dossier, now),
    findAuthority(db, dossier.receivedBy),
  ])
  return {
    view,
    procedure: locale === 'en' ? version.plainNameEn : version.plainName,
    limit: limitText({ ...dossier.limit, raw: '' }, locale),
    available: papersOf(view, resultsOf(version, view.answers)),
    ahead: await stepsAhead(app, view),
    authorities,
    officers,
    labels: labelsOf(version, sent),
    ...clock,
    office: {
      name: office?.name ?? dossier.receivedBy,
      phone: office?.phone ?? null,
      hours: office?.workingHours ?? { weekdays: [], sessions: [], saturdayDesk: null },
    },
    sent,
    baseUrl: app.config.baseUrl,
    ratingToken: ratingToken(app.feedback.secret, dossier.id),
    now,
  }
}

// A transfer names where a dossier came from and went to.
function placesNamed(data: object): string[] {
  const { from, to } = data as { from?: unknown; to?: unknown }
  return [from, to].filter((code) => typeof code === 'string')
}

/** Names of authorities by code; an unknown code is left out. */
export async function authorityNames(app: App, codes: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all([...new Set(codes)].map((code) => findAuthority(app.db, code)))
  return new Map(found.flatMap((authority) => (authority ? [[authority.code, authority.name] as const] : [])))
}

/** Plain names of procedures by code, in the reader's language. */
export async function procedureNames(
  app: App,
  codes: readonly string[],
  locale: Locale,
): Promise<Map<string, string>> {
  const found = await Promise.all([...new Set(codes)].map((code) => findListedProcedure(app.db, code)))
  return new Map(
    found.flatMap((procedure) => {
      if (procedure === undefined) return []
      const plain = locale === 'en' ? procedure.plainNameEn : procedure.plainName
      return [[procedure.code, plain ?? procedure.name] as const]
    }),
  )
}

async function officerNames(app: App, { dossier, history }: DossierView) {
  const acted = history.flatMap(({ actor }) => (actor.kind === 'officer' ? [actor.id] : []))
  const holding = openTasks(dossier).flatMap(({ assignee }) => (assignee === null ? [] : [assignee]))
  const found = await Promise.all([...new Set([...acted, ...holding])].map((id) => findOfficer(app.db, id)))
  return new Map(
    found.flatMap((officer) =>
      officer
        ? [[officer.officerId, { name: officer.name, title: officer.posts[0]?.title ?? '' }] as const]
        : [],
    ),
  )
}

async function clockOf(app: App, dossier: Dossier, now: Date) {
  const calendar = await loadCalendar(app.db, { authorityCode: dossier.competent })
  const task = mainTask(dossier)
  const until = now.toISOString()
  const minutes = (from: string) => {
    const worked = workingMinutesOrNone(calendar, from, until)
    return Number.isNaN(worked) ? null : worked
  }
  const isLate = dossier.state === 'in-progress' && dossier.dueAt !== null && dossier.dueAt < until
  return { worked: task ? minutes(task.openedAt) : null, late: isLate ? minutes(dossier.dueAt!) : null }
}

async function stepsAhead(app: App, { dossier, answers }: DossierView): Promise<StepRef[]> {
  if (dossier.state !== 'in-progress') return []
  const { compiled } = await getProcess(app.db, dossier.processKey, dossier.processVersion)
  return wayAhead(compiled, standing(dossier, compiled), {
    answers,
    procedure: { code: dossier.procedureCode, case: dossier.caseCode },
  }).steps
}

function labelsOf(
  version: ProcedureVersion,
  sent: readonly { key: string; label: string }[],
): Map<string, string> {
  return new Map([
    ...version.components.map(({ key, name }) => [`component:${key}`, name] as const),
    ...sent.map(({ key, label }) => [`field:${key}`, label] as const),
  ])
}
