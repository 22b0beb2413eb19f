import type { Queryable } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { documentsOfDossier, markReplaced, markRevoked } from '../../documents/index.ts'

/** What of an act says whether a result still counts. */
export interface ResultAct {
  kind: string
  sequence: number
  at: string
}

/** The act that ended an edition of the result: the first correction or revocation after it. */
export function endOfEdition(acts: readonly ResultAct[], edition: number): ResultAct | undefined {
  return acts.find(
    ({ kind, sequence }) =>
      sequence > edition && (kind === 'dossiers.result-corrected' || kind === 'dossiers.result-revoked'),
  )
}

/**
 * Marks the editions of a result that were issued: what was corrected is replaced, by the new paper once there is
 * one, and what was revoked is revoked. As often as one likes.
 */
export async function settleResults(
  db: Queryable,
  dossierId: string,
  acts: readonly ResultAct[],
): Promise<void> {
  const issued = (await documentsOfDossier(db, dossierId)).filter(({ kind }) => kind === 'result')
  for (const paper of issued) {
    const end = endOfEdition(acts, Number(paper.cause))
    if (end === undefined) continue
    if (end.kind === 'dossiers.result-revoked') await markRevoked(db, paper.id, revokedOn(end.at))
    else
      await markReplaced(db, paper.id, issued.find(({ cause }) => cause === String(end.sequence))?.id ?? null)
  }
}

// Anybody may read it on the verification page: why exactly stands in the decision, for its holder.
const revokedOn = (at: string) =>
  `Theo quyết định thu hồi ngày ${dateOfLaw(at).split('-').reverse().join('/')}.`
