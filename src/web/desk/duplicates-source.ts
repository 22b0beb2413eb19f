import { type DossierFile, duplicatesFor, duplicatesOf, type SamePerson } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { type DuplicateView, duplicateViews } from './duplicates.view'
import { placeNamesOf } from './names'

/** What was asked for before, for the page of a dossier. */
export async function duplicatesOfDossier(
  page: PageContext,
  officer: Officer,
  file: Pick<DossierFile, 'dossier' | 'party'>,
): Promise<DuplicateView[]> {
  return inWords(page, officer, await duplicatesOf(page.app.db.pool, file, { now: page.now }))
}

/** What was asked for before, while it is typed at the counter. */
export async function duplicatesAtCounter(
  page: PageContext,
  officer: Officer,
  person: SamePerson,
): Promise<DuplicateView[]> {
  return inWords(page, officer, await duplicatesFor(page.app.db.pool, person, { now: page.now }))
}

async function inWords(page: PageContext, officer: Officer, found: Awaited<ReturnType<typeof duplicatesOf>>) {
  const places = await placeNamesOf(
    page,
    found.map(({ receivedBy }) => receivedBy),
  )
  return duplicateViews(found, officer, { places, locale: page.locale })
}
