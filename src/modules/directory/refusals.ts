import { refusal } from '../../kernel/errors.ts'

/** One thing to mend in a request: which part of it, and what is wrong (a key of `powers.problem`). */
export interface GrantProblem {
  field: string
  code: string
}

export type NotYours = 'not-an-officer' | 'not-above-the-giver' | 'to-yourself'

/** What the directory refuses about dated powers. */
export const refusals = {
  invalid: (d: { problems: GrantProblem[] }) => refusal('invalid', 'powers.invalid', d),
  notYours: (d: { why: NotYours }) => refusal('forbidden', 'powers.not-yours', d),
  unknown: () => refusal('not-found', 'powers.unknown'),
  alreadyEnded: () => refusal('conflict', 'powers.already-ended'),
  over: () => refusal('conflict', 'powers.over'),
  meanwhile: () => refusal('conflict', 'powers.meanwhile'),
}
