import type { Dossier, State, StatusStage } from '../dossier.ts'
import type { CommandName } from '../policy.ts'
import { refusals } from '../refusals.ts'

/** Which system says the status of a stage; stages that are not stated are ours. */
export interface StatusRule {
  stage: StatusStage
  system: string
}

/** In which stage an act changes where a dossier stands; `by-state`: in the one the dossier is in. Null: in none. */
const stageOfCommand: Record<CommandName, StatusStage | 'by-state' | null> = {
  accept: 'intake',
  refuse: 'intake',
  requestSupplement: 'by-state',
  supplement: 'by-state',
  transfer: 'by-state',
  takeOver: 'by-state',
  rejectTransfer: 'by-state',
  assign: 'by-state',
  reassign: 'by-state',
  requestObligation: 'processing',
  confirmObligation: 'processing',
  waiveObligation: 'processing',
  draftResult: 'processing',
  completeStep: 'processing',
  sendBack: 'processing',
  consult: 'processing',
  reply: 'processing',
  endConsult: 'processing',
  opine: 'processing',
  planVisit: 'processing',
  recordVisit: 'processing',
  extend: 'processing',
  apologise: 'processing',
  approve: 'processing',
  decline: 'processing',
  stop: 'processing',
  receiveMessage: 'processing',
  compensate: 'processing',
  dispatchResult: 'result',
  returnResult: 'result',
  correctResult: 'result',
  revokeResult: 'result',
  restore: 'by-state',
  // What people and officers say, and who they are, changes no status; an applicant may always take a wish back.
  represent: null,
  confirm: null,
  disagree: null,
  withdraw: null,
  handOver: null,
  declareConflict: null,
  bar: null,
  explainDelay: null,
  correctFees: null,
  message: null,
  note: null,
}

/** The stage of its life that a dossier is in. */
export function stageOf({ state, acceptedAt }: Pick<Dossier, 'state' | 'acceptedAt'>): StatusStage {
  if (afterDecision.has(state)) return 'result'
  return acceptedAt === null ? 'intake' : 'processing'
}

const afterDecision = new Set<State>(['decided', 'returned'])

/** The system that says the status of a stage. */
export const systemOf = (rules: readonly StatusRule[], stage: StatusStage): string =>
  rules.find((rule) => rule.stage === stage)?.system ?? 'own'

/**
 * Refuses an act of a stage whose status another system says: two systems that both move a dossier would part.
 * Its word comes in as `dossiers.partner-reported`. Undefined when the act is ours.
 */
export function statusElsewhere(
  command: CommandName,
  dossier: Pick<Dossier, 'state' | 'acceptedAt'>,
  rules: readonly StatusRule[],
) {
  const stated = stageOfCommand[command]
  if (stated === null) return undefined
  const stage = stated === 'by-state' ? stageOf(dossier) : stated
  const system = systemOf(rules, stage)
  return system === 'own' ? undefined : refusals.statusElsewhere({ system, stage, command })
}
