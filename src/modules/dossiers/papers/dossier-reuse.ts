import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { componentsFor, getVersion } from '../../catalogue/index.ts'
import { digitisedOf } from '../digitising/digitised-store.ts'
import type { DossierView } from '../read-dossier.ts'
import { type Reuse, reuseOf } from './reuse.ts'

/** Where the papers of a dossier came from, by the edition and the situation in which it was filed. */
export async function dossierReuse(
  db: Db,
  { dossier, answers, papers }: Pick<DossierView, 'dossier' | 'answers' | 'papers'>,
): Promise<Reuse> {
  const [version, digitised] = await Promise.all([
    getVersion(db, dossier.procedureCode, dossier.procedureVersion),
    digitisedOf(db.pool, dossier.id),
  ])
  const { caseCode, channel, submittedAt } = dossier
  const today = dateOfLaw(submittedAt)
  const signed = new Set(digitised.map(({ component }) => component))
  return reuseOf(componentsFor(version, { caseCode, channel, answers, today }), papers, signed)
}
