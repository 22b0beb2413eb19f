import { dateOfLaw } from 'motcua/kernel/time'
import { findVersion, getVersion } from 'motcua/modules/catalogue'
import { childrenOf, type Dossier, findById, mayOpen, openTasks } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { type LinkedView, linkedView } from './linked.view'
import { placeNamesOf, procedureNames } from './names'

/** The linked filing that a dossier is, or is a branch of, as an officer may see it; null for an ordinary dossier. */
export async function linkedOf(
  page: PageContext,
  officer: Officer,
  dossier: Dossier,
): Promise<LinkedView | null> {
  const { app, now, locale } = page
  const group =
    dossier.linked === null ? dossier : (await findById(app.db.pool, dossier.linked.filing))?.dossier
  if (!group?.branches) return null
  const { branches } = group
  const [children, version, places, names] = await Promise.all([
    childrenOf(app.db.pool, group.id),
    getVersion(app.db, group.procedureCode, group.procedureVersion),
    placeNamesOf(
      page,
      branches.flatMap(({ competent }) => competent ?? []),
    ),
    namesOf(page, group),
  ])
  const plan = version.linked?.branches ?? []
  const opens = [...children.values()].filter((child) => mayOpen(officer, child.dossier))
  const owed = openTasks(group).filter(({ kind }) => kind === 'compensation')
  const at = dossier.linked?.branch ?? null
  return linkedView({
    filing: {
      code: group.code,
      procedure: (await procedureNames(page, [group.procedureCode]))[group.procedureCode]!,
      opens: mayOpen(officer, group),
    },
    ...{ branches, names, places, at, now, locale },
    opens: new Set(opens.map((child) => child.dossier.code)),
    // What is owed to the people is for whoever looks after the whole.
    todo:
      at !== null
        ? []
        : owed.map(({ stepId, subject }) => ({
            cause: stepId ?? '',
            about: plan[(subject ?? 0) - 1]?.key ?? '',
            text: plan.find(({ key }) => key === stepId)?.compensation?.text[locale] ?? null,
          })),
  })
}

// In the officer's language; the dossier keeps the Vietnamese name.
async function namesOf({ app, locale, now }: PageContext, { branches }: Dossier) {
  const named = (branches ?? []).map(async ({ key, name, procedureCode }) => {
    if (locale === 'vi') return [key, name] as const
    const version = await findVersion(app.db, procedureCode, dateOfLaw(now))
    return [key, version?.plainNameEn ?? name] as const
  })
  return Object.fromEntries(await Promise.all(named))
}
