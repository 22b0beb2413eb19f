import { refusal } from '../../kernel/errors.ts'
import type { ChangeState } from './change.ts'
import type { PartKind } from './contents.ts'
import type { DecisionText } from './decision-text.ts'

/** One thing to mend in what was stated: the field, and a key of `changes.problem`. */
export interface StatedProblem {
  field: 'validFrom' | 'decisionNumber' | 'decisionOn' | 'title' | 'reason' | 'note' | 'code' | 'content'
  code: string
  params?: Record<string, string | number>
}

/** Somebody saved the same part meanwhile: theirs, so that the person can choose. */
export interface Meanwhile {
  part: PartKind
  revision: number
  savedByName: string
  savedAt: string
  content: unknown
}

/** What changing a procedure refuses. */
export const refusals = {
  notYours: () => refusal('forbidden', 'changes.not-yours'),
  notByEditors: () => refusal('forbidden', 'changes.not-by-editors'),
  invalid: (details: { problems: StatedProblem[] }) => refusal('invalid', 'changes.invalid', details),
  unknown: () => refusal('not-found', 'changes.unknown'),
  unknownProcedure: (details: { code: string }) => refusal('not-found', 'changes.unknown-procedure', details),
  notNow: (details: { state: ChangeState }) => refusal('conflict', 'changes.not-now', details),
  meanwhile: (details: Meanwhile) => refusal('conflict', 'changes.meanwhile', details),
  decisionMeanwhile: (details: DecisionText) => refusal('conflict', 'changes.decision-meanwhile', details),
  actedMeanwhile: () => refusal('conflict', 'changes.acted-meanwhile'),
  nothingChanged: () => refusal('invalid', 'changes.nothing-changed'),
  notReady: (details: { errors: number; failed: number }) => refusal('invalid', 'changes.not-ready', details),
  baseMoved: (details: { version: number | null }) => refusal('conflict', 'changes.base-moved', details),
  inForceAlready: (details: { validFrom: string }) =>
    refusal('conflict', 'changes.in-force-already', details),
  followed: (details: { version: number }) => refusal('conflict', 'changes.followed', details),
  alreadyOpen: (details: { id: string; title: string }) =>
    refusal('conflict', 'changes.already-open', details),
}
