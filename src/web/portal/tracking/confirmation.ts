import type { DossierView, OtherParty } from 'motcua/modules/dossiers'

/** The yes that a dossier waits for from the reader, with the task that waits; undefined when it waits for none. */
export function confirmationAsked({
  dossier,
  asParty,
}: Pick<DossierView, 'dossier' | 'asParty'>): { party: OtherParty; taskNo: number } | undefined {
  if (asParty === null) return undefined
  const party = dossier.otherParties.find(({ no }) => no === asParty)
  const task = dossier.tasks.find(
    ({ kind, subject, closedAt }) => kind === 'confirm' && subject === asParty && closedAt === null,
  )
  return party && task && { party, taskNo: task.no }
}
