import type { Translate } from 'motcua/kernel/i18n'
import type { DossierView } from 'motcua/modules/dossiers'

/** Name of a party by number; 0 is the applicant. Somebody whose data were erased is called by their part. */
export function partyName(
  no: number,
  { dossier, party, others }: Pick<DossierView, 'dossier' | 'party' | 'others'>,
  t: Translate,
): string {
  if (no === 0) return party.name
  const kind = dossier.otherParties.find((each) => each.no === no)?.kind ?? 'second-party'
  return others.find((each) => each.no === no)?.name ?? t(`life.party.${kind}`)
}
