import type { Outcome } from '../../kernel/errors.ts'
import type { Command } from './commands.ts'
import * as asking from './deciding/asking.ts'
import * as ending from './deciding/ending.ts'
import type { Decide, Facts } from './deciding/facts.ts'
import * as intake from './deciding/intake.ts'
import * as money from './deciding/money.ts'
import * as moving from './deciding/moving.ts'
import { orRefusal } from './deciding/or-refusal.ts'
import * as people from './deciding/people.ts'
import { statusElsewhere } from './deciding/status-elsewhere.ts'
import * as time from './deciding/time.ts'
import * as work from './deciding/work.ts'
import type { Dossier } from './dossier.ts'
import type { DossierEntry } from './entries.ts'
import { inPowerFor, permission } from './permission.ts'
import type { CommandName } from './policy.ts'
import { denied } from './refusals.ts'

/** What each command decides, once the policy has let it pass. */
const decisions: { [Name in CommandName]: Decide<Name> } = {
  represent: intake.represent,
  confirm: intake.confirm,
  disagree: intake.disagree,
  accept: intake.accept,
  refuse: intake.refuse,
  requestSupplement: intake.requestSupplement,
  supplement: intake.supplement,
  requestObligation: money.requestObligation,
  confirmObligation: money.confirmObligation,
  waiveObligation: money.waiveObligation,
  correctFees: money.correctFees,
  withdraw: ending.withdraw,
  assign: work.assign,
  reassign: work.reassign,
  draftResult: work.draftResult,
  completeStep: work.completeStep,
  sendBack: work.sendBack,
  consult: asking.consult,
  reply: asking.reply,
  endConsult: asking.endConsult,
  opine: asking.opine,
  planVisit: asking.planVisit,
  recordVisit: asking.recordVisit,
  extend: time.extend,
  apologise: time.apologise,
  explainDelay: time.explainDelay,
  approve: work.approve,
  decline: work.decline,
  stop: ending.stop,
  dispatchResult: ending.dispatchResult,
  returnResult: ending.returnResult,
  correctResult: ending.correctResult,
  revokeResult: ending.revokeResult,
  transfer: moving.transfer,
  handOver: moving.handOver,
  takeOver: moving.takeOver,
  rejectTransfer: moving.rejectTransfer,
  restore: ending.restore,
  declareConflict: people.declareConflict,
  bar: people.bar,
  message: people.message,
  note: people.note,
  receiveMessage: work.receiveMessage,
  compensate: ending.compensate,
}

/**
 * Decides a command on a dossier: the entries to append, or the refusal that says why not.
 * Pure: the same dossier, command and facts give the same answer.
 */
export function decide(dossier: Dossier, command: Command, given: Facts): Outcome<DossierEntry[]> {
  const taskNo = 'taskNo' in command ? command.taskNo : undefined
  const allowed = permission(command.command, dossier, given.acting, taskNo)
  if ('denied' in allowed) return denied(allowed.denied, command.command, dossier.state)
  const elsewhere = statusElsewhere(command.command, dossier, given.statusRules ?? [])
  if (elsewhere) return elsewhere
  const { task } = allowed
  const facts = { ...given, acting: inPowerFor(command.command, dossier, given.acting, task) }
  // The name of the command chooses its own function, which the compiler cannot follow.
  const decision = decisions[command.command] as Decide<CommandName>
  return orRefusal(() => decision(dossier, task, command as never, facts))
}
