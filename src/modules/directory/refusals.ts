import { refusal } from '../../kernel/errors.ts'
import type { ReorganisationState } from './reorganisation.ts'
import type { ReorganisationProblem } from './reorganisation-problems.ts'

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

export type NotYoursToReorganise =
  | 'not-an-officer'
  | 'not-control'
  | 'not-above'
  | 'same-person'
  | 'nobody-above'

/** What the directory refuses about reorganisations. */
export const reorganisationRefusals = {
  invalid: (d: { problems: ReorganisationProblem[] }) => refusal('invalid', 'reorganise.invalid', d),
  notYours: (d: { why: NotYoursToReorganise }) => refusal('forbidden', `reorganise.not-yours`, d),
  unknown: () => refusal('not-found', 'reorganise.unknown'),
  unknownAuthority: (d: { code: string }) => refusal('not-found', 'reorganise.unknown-authority', d),
  notNow: (d: { state: ReorganisationState }) => refusal('conflict', 'reorganise.not-now', d),
  notYet: (d: { effectiveOn: string }) => refusal('conflict', 'reorganise.not-yet', d),
  meanwhile: () => refusal('conflict', 'reorganise.meanwhile'),
}
