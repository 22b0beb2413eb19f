import type { Translate } from 'motcua/kernel/i18n'
import type { Dossier } from 'motcua/modules/dossiers'

/** The three organisations of a dossier in plain words: where it was taken in, where it is settled, who helped. Pure. */
export function organisationRows(
  { receivedBy, competent, helpedBy }: Pick<Dossier, 'receivedBy' | 'competent' | 'helpedBy'>,
  nameOf: (code: string) => string,
  t: Translate,
): { label: string; value: string }[] {
  const helped = helpedBy === null ? [] : [{ label: t('routing.helped'), value: nameOf(helpedBy) }]
  if (receivedBy === competent) return [{ label: t('routing.both'), value: nameOf(competent) }, ...helped]
  return [
    { label: t('routing.received'), value: nameOf(receivedBy) },
    { label: t('routing.competent'), value: nameOf(competent) },
    ...helped,
  ]
}
