import type { z } from 'zod'
import { refusal } from '../../kernel/errors.ts'
import type { State } from './dossier.ts'
import type { Denial } from './permission.ts'
import type { CommandName } from './policy.ts'

/** One thing to mend in a submission, with where to mend it. */
export interface Problem {
  field: string
  code: string
  params?: Record<string, string | number>
}

type Issue = z.core.$ZodIssue

const toProblem = ({ path, code }: Issue): Problem => ({
  field: path.map(String).join('.'),
  code: `dossiers.input-${code}`,
})

/** Everything that this module can refuse. */
export const refusals = {
  notFound: () => refusal('not-found', 'dossiers.not-found'),
  /** Nothing is printed from what is left. */
  contentDestroyed: () => refusal('not-found', 'dossiers.content-destroyed'),
  unknownProcedure: (d: { procedureCode: string }) => refusal('not-found', 'dossiers.unknown-procedure', d),
  notFiledHere: (d: { procedureCode: string }) => refusal('invalid', 'dossiers.not-filed-here', d),
  wrongReceiver: (d: { receiving: string }) => refusal('invalid', 'dossiers.wrong-receiver', d),
  /** No authority of that kind serves the place of the situation. */
  nobodyCompetent: (d: { territory: string; kind?: string }) =>
    refusal('invalid', 'dossiers.nobody-competent', d),
  /** An old commune became several: only the person knows which. */
  dividedPlace: (d: { territory: string; choices: { code: string; name: string }[]; names: string }) =>
    refusal('invalid', 'dossiers.divided-place', d),
  otherAuthorityCompetent: (d: {
    authority: string
    competent: string
    competentName: string
    why: { vi: string; en: string }
  }) => refusal('invalid', 'dossiers.other-authority-competent', d),
  notReceivedHere: (d: { authority: string }) => refusal('invalid', 'dossiers.not-received-here', d),
  statusElsewhere: (d: { system: string; stage: string; command: CommandName }) =>
    refusal('conflict', 'dossiers.status-elsewhere', d),
  channelNotOffered: (d: { channel: string }) => refusal('invalid', 'dossiers.channel-not-offered', d),
  incomplete: (d: { problems: Problem[] }) => refusal('invalid', 'dossiers.incomplete', d),
  /** What came in has not the shape that was asked for; every place is named. */
  invalidInput: ({ issues }: { issues: readonly Issue[] }) =>
    refusal('invalid', 'dossiers.incomplete', { problems: issues.map(toProblem) }),
  mayNotRepresent: (d: { reason: string }) => refusal('forbidden', 'dossiers.may-not-represent', d),
  notInThisState: (d: { command: CommandName; state: State }) =>
    refusal('conflict', 'dossiers.not-in-this-state', d),
  notYourRole: (d: { command: CommandName }) => refusal('forbidden', 'dossiers.not-your-role', d),
  noSuchTask: (d: { command: CommandName }) => refusal('conflict', 'dossiers.no-such-task', d),
  heldByAnother: (d: { command: CommandName }) => refusal('conflict', 'dossiers.held-by-another', d),
  actedMeanwhile: (d: { sequence: number }) => refusal('conflict', 'dossiers.acted-meanwhile', d),
  filesLacking: () => refusal('conflict', 'dossiers.files-lacking'),
  unknownFee: (d: { fee: string }) => refusal('invalid', 'dossiers.unknown-fee', d),
  feesUnchanged: () => refusal('conflict', 'dossiers.fees-unchanged'),
  supplementUsedUp: () => refusal('conflict', 'dossiers.supplement-used-up'),
  unknownOutcome: (d: { outcome: string; known: string[] }) =>
    refusal('invalid', 'dossiers.unknown-outcome', d),
  noDraft: () => refusal('conflict', 'dossiers.no-result-draft'),
  unknownOfficer: (d: { officer: string }) => refusal('invalid', 'dossiers.unknown-officer', d),
  conflictOfInterest: () => refusal('forbidden', 'dossiers.conflict-of-interest'),
  /** The dossier is in a state that the policy allows, but something else about it forbids the act. */
  condition: (d: { command: CommandName; condition: string }) =>
    refusal('conflict', `dossiers.must-be-${d.condition}`, d),
  alreadyAssigned: () => refusal('conflict', 'dossiers.already-assigned'),
  notSeen: () => refusal('invalid', 'dossiers.not-seen'),
  tooManyMessages: (d: { most: number }) => refusal('too-many', 'dossiers.too-many-messages', d),
  tooManyParties: (d: { most: number }) => refusal('conflict', 'dossiers.too-many-parties', d),
  otherSecondParty: () => refusal('conflict', 'dossiers.other-second-party'),
  opinionAwaited: () => refusal('conflict', 'dossiers.opinion-awaited'),
  visitAwaited: () => refusal('conflict', 'dossiers.visit-awaited'),
  silenceNeedsRule: () => refusal('invalid', 'dossiers.silence-needs-rule'),
  silenceIsNoAnswer: () => refusal('conflict', 'dossiers.silence-is-no-answer'),
  stillTimeToReply: () => refusal('conflict', 'dossiers.still-time-to-reply'),
  unknownAuthority: (d: { authority: string }) => refusal('invalid', 'dossiers.unknown-authority', d),
  notCompetent: (d: { authority: string }) => refusal('invalid', 'dossiers.not-competent', d),
  /** The paper was changed after somebody had signed it. */
  signedAnotherText: () => refusal('conflict', 'dossiers.signed-another-text'),
  capacityNotHeld: (d: { capacity: string; held: string[] }) =>
    refusal('forbidden', 'dossiers.capacity-not-held', d),
  dateIsPast: (d: { date: string }) => refusal('invalid', 'dossiers.date-is-past', d),
  dateIsAhead: (d: { date: string }) => refusal('invalid', 'dossiers.date-is-ahead', d),
  dateAfterDue: (d: { date: string; due: string }) => refusal('invalid', 'dossiers.date-after-due', d),
  dateBeforeDue: (d: { date: string; due: string }) => refusal('invalid', 'dossiers.date-before-due', d),
  tooFarAway: (d: { date: string; latest: string }) => refusal('invalid', 'dossiers.too-far-away', d),
  tooLateToExtend: (d: { due: string }) => refusal('conflict', 'dossiers.too-late-to-extend', d),
  extendInstead: (d: { due: string }) => refusal('conflict', 'dossiers.extend-instead', d),
  /** While a branch of a linked filing waits for the applicant, the filing has no date to move. */
  clockStands: () => refusal('conflict', 'dossiers.clock-stands'),
  alreadySent: () => refusal('conflict', 'dossiers.already-sent'),
  noMessageAwaited: () => refusal('conflict', 'dossiers.no-message-awaited'),
  nothingToRestore: () => refusal('conflict', 'dossiers.nothing-to-restore'),
  /** A date falls into a year whose days off were not published: it is never guessed. */
  calendarMissing: (d: { year: number; territory: string }) =>
    refusal('conflict', 'dossiers.calendar-missing', d),
  notThereYet: (d: { sequence: number }) => refusal('invalid', 'dossiers.not-there-yet', d),
  clockImpossible: (d: { fact: string }) => refusal('invalid', 'dossiers.clock-impossible', d),
  keyUsedOtherwise: () => refusal('conflict', 'dossiers.key-used-otherwise'),
  draftNotFound: () => refusal('not-found', 'dossiers.draft-not-found'),
  lookUpFailed: () => refusal('not-found', 'dossiers.look-up-failed'),
}

/** The refusal that tells why the policy said no. */
export function denied(denial: Denial, command: CommandName, state: State) {
  switch (denial) {
    case 'not-in-this-state':
      return refusals.notInThisState({ command, state })
    case 'not-your-role':
      return refusals.notYourRole({ command })
    case 'no-such-task':
      return refusals.noSuchTask({ command })
    case 'held-by-another':
      return refusals.heldByAnother({ command })
    case 'conflict-of-interest':
      return refusals.conflictOfInterest()
    default:
      return refusals.condition({ command, condition: denial })
  }
}
