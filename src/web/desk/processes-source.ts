import { dateOfLaw } from 'motcua/kernel/time'
import { openByProcess } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import {
  findProcessVersion,
  longestHours,
  mayCheck,
  mayPublish,
  type ProcessVersion,
  type PublishedVersion,
  proceduresUsing,
  publishedVersions,
} from 'motcua/modules/processes'
import type { PageContext } from 'motcua/web/context'
import { data } from 'react-router'
import { officerNames } from './names'
import {
  hoursOf,
  limitLines,
  periodText,
  phaseOf,
  phaseTone,
  processLines,
  stepLines,
  versionLines,
} from './processes.view'

/** The list of processes: versions, procedures that use them and dossiers on them. */
export async function processList({ app, now, locale }: PageContext) {
  const today = dateOfLaw(now)
  const [versions, open] = await Promise.all([publishedVersions(app.db.pool), openByProcess(app.db.pool)])
  const uses = await proceduresUsing(app.db, [...new Set(versions.map(({ key }) => key))], today)
  return processLines({ versions, uses, open, today }, locale)
}

export interface FoundVersion {
  stored: ProcessVersion
  said: PublishedVersion
  versions: PublishedVersion[]
}

/** The version of the address; a page that is not there for anything else. */
export async function versionOf(
  { app }: PageContext,
  { key = '', version = '' }: { key?: string; version?: string },
): Promise<FoundVersion> {
  const number = /^\d{1,6}$/.test(version) ? Number(version) : 0
  const [stored, versions] = await Promise.all([
    number > 0 ? findProcessVersion(app.db, key, number) : undefined,
    publishedVersions(app.db.pool, key),
  ])
  const said = versions.find((each) => each.version === number)
  if (!stored || !said) throw data(null, { status: 404 })
  return { stored, said, versions }
}

/** Everything that the page of a version says, its drawing apart. */
export async function versionFacts(
  page: PageContext,
  officer: Officer,
  { stored, said, versions }: FoundVersion,
) {
  const { app, now, locale } = page
  const today = dateOfLaw(now)
  const { key, version, compiled } = stored
  const [uses, open, publishes, names] = await Promise.all([
    proceduresUsing(app.db, [key], today),
    openByProcess(app.db.pool, key),
    mayPublish(app.db, officer),
    officerNames(
      page,
      versions.flatMap(({ publishedBy, withdrawn }) =>
        [publishedBy, withdrawn?.by].filter((id) => id != null),
      ),
    ),
  ])
  const hours = longestHours(compiled)
  const phase = phaseOf(said, today)
  return {
    key,
    version,
    name: compiled.name || key,
    validFrom: said.validFrom,
    phase,
    tone: phaseTone[phase],
    period: periodText(said, locale),
    procedures: uses.map(({ code, name }) => ({ code, name })),
    openHere: open.find((each) => each.version === version)?.count ?? 0,
    steps: stepLines(compiled, locale),
    hours: hoursOf(hours, locale),
    limits: limitLines(uses, hours, locale),
    history: versionLines(versions, { shown: version, today, names }, locale),
    mayImport: mayCheck(officer),
    mayWithdraw: publishes && phase === 'coming' && said.publishedBy !== null,
    mayMove: publishes && versions.length > 1,
  }
}
