import { refusals } from '../refusals.ts'
import { type Decide, entry } from './facts.ts'

/** An officer says that they have an interest of their own; from then on the dossier is closed to them. */
export const declareConflict: Decide<'declareConflict'> = (_dossier, _task, { reason }, facts) => [
  entry('dossiers.conflict-declared', { officer: facts.acting.id, reason }, facts),
]

export const bar: Decide<'bar'> = (dossier, _task, { officer, reason }, facts) => {
  if (facts.officerFits !== true || dossier.barred.includes(officer))
    return refusals.unknownOfficer({ officer })
  return [entry('dossiers.conflict-declared', { officer, reason }, facts)]
}

/** So many messages of one person on one dossier are read in a day. */
export const mostMessagesADay = 30

export const message: Decide<'message'> = (_dossier, _task, { text }, facts) => {
  if ((facts.messagesToday ?? 0) >= mostMessagesADay)
    return refusals.tooManyMessages({ most: mostMessagesADay })
  const from = facts.acting.kind === 'applicant' || facts.acting.kind === 'party' ? 'applicant' : 'officer'
  return [entry('dossiers.messaged', { text, from }, facts)]
}

export const note: Decide<'note'> = (_dossier, _task, { note }, facts) => [
  entry('dossiers.noted', { note }, facts),
]
