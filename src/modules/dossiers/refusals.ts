import type { z } from 'zod'
import { refusal } from '../../kernel/errors.ts'
import type { State } from './dossier.ts'
import type { CommandName, Denial } from './policy.ts'

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
  unknownProcedure: (d: { procedureCode: string }) => refusal('not-found', 'dossiers.unknown-procedure', d),
  notFiledHere: (d: { procedureCode: string }) => refusal('invalid', 'dossiers.not-filed-here', d),
  wrongReceiver: (d: { receiving: string }) => refusal('invalid', 'dossiers.wrong-receiver', d),
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
  supplementUsedUp: () => refusal('conflict', 'dossiers.supplement-used-up'),
  unknownOutcome: (d: { outcome: string; known: string[] }) =>
    refusal('invalid', 'dossiers.unknown-outcome', d),
  noDraft: () => refusal('conflict', 'dossiers.no-result-draft'),
  unknownOfficer: (d: { officer: string }) => refusal('invalid', 'dossiers.unknown-officer', d),
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
    default:
      return denial satisfies never
  }
}
