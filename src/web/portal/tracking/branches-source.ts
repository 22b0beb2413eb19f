import type { App } from 'motcua/app'
import { isRefusal } from 'motcua/kernel/errors'
import type { Locale } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { findVersion, getVersion, type ProcedureVersion } from 'motcua/modules/catalogue'
import { type Branch, type DossierView, findById, papersOf, resultsOf } from 'motcua/modules/dossiers'
import type { Actor } from 'motcua/modules/identity'
import type { BranchDossier, GroupFacts } from './branches.view'
import { type StatusFacts, speaksForApplicant } from './status-facts'
import { authorityNames, procedureNames } from './status-source'

/** The branches of a group, each with its own dossier where it has begun; null for an ordinary dossier. */
export async function groupFacts(
  app: App,
  actor: Actor,
  { view, office, now }: Pick<StatusFacts, 'view' | 'office' | 'now'>,
  locale: Locale,
): Promise<GroupFacts | null> {
  const { dossier } = view
  const { branches } = dossier
  if (branches === null) return null
  const [version, names, authorities, dossiers] = await Promise.all([
    getVersion(app.db, dossier.procedureCode, dossier.procedureVersion),
    branchNames(app, branches, dateOfLaw(now), locale),
    authorityNames(
      app,
      branches.flatMap(({ competent }) => competent ?? []),
    ),
    Promise.all(branches.map((branch) => dossierOf(app, actor, branch))),
  ])
  return {
    plan: version.linked?.branches ?? [],
    branches,
    names,
    authorities,
    dossiers: new Map(dossiers.flatMap((found) => (found ? [found] : []))),
    accepted: dossier.acceptedAt !== null,
    speaksForApplicant: speaksForApplicant(view),
    office: office.name,
    now,
  }
}

/** Names of branches by procedure: those of the editions, which may be about fewer people than the national list. */
export async function branchNames(
  app: App,
  branches: readonly Pick<Branch, 'procedureCode'>[],
  on: string,
  locale: Locale,
) {
  const codes = branches.map(({ procedureCode }) => procedureCode)
  const found = await Promise.all(codes.map((code) => findVersion(app.db, code, on)))
  return new Map(
    found.flatMap((version) => (version ? [[version.procedureCode, nameOf(version, locale)]] : [])),
  )
}

const nameOf = ({ plainName, plainNameEn }: ProcedureVersion, locale: Locale) =>
  locale === 'en' ? plainNameEn : plainName

// What the reader may not see of a branch is left out; its state stands with the group.
async function dossierOf(
  app: App,
  actor: Actor,
  { key, code }: Branch,
): Promise<[string, BranchDossier] | undefined> {
  if (code === null) return undefined
  const view = await app.dossiers.view(actor, code)
  if (isRefusal(view)) return undefined
  const version = await getVersion(app.db, view.dossier.procedureCode, view.dossier.procedureVersion)
  const available = papersOf(view, resultsOf(version, view.answers))
  return [key, { ...view, available }]
}

/** The group that a dossier is a branch of; null for every other dossier. */
export async function wholeOf(
  app: App,
  { dossier }: Pick<DossierView, 'dossier'>,
  locale: Locale,
): Promise<{ code: string; title: string } | null> {
  if (dossier.linked === null) return null
  const whole = await findById(app.db.pool, dossier.linked.filing)
  if (whole === undefined) return null
  const { code, procedureCode } = whole.dossier
  const names = await procedureNames(app, [procedureCode], locale)
  return { code, title: names.get(procedureCode) ?? procedureCode }
}
