import { refusal } from '../../../kernel/errors.ts'

/** One thing to mend in a set or in counts: where, and what. */
export interface SetProblem {
  field: string
  code: string
  params?: Record<string, string | number>
}

/** Everything that index sets can refuse. */
export const refusals = {
  invalidSet: (d: { problems: SetProblem[] }) => refusal('invalid', 'indexSets.invalid', d),
  invalidCounts: (d: { problems: SetProblem[] }) => refusal('invalid', 'indexSets.invalid-counts', d),
  notYours: () => refusal('forbidden', 'indexSets.not-yours'),
  unknownSet: () => refusal('not-found', 'indexSets.unknown-set'),
  openDraft: () => refusal('conflict', 'indexSets.open-draft'),
  notOpen: () => refusal('conflict', 'indexSets.not-open'),
  savedMeanwhile: () => refusal('conflict', 'indexSets.saved-meanwhile'),
  secondPerson: () => refusal('forbidden', 'indexSets.second-person'),
}
