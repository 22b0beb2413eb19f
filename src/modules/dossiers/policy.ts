import type { Dossier, Role, State, TaskKind } from './dossier.ts'

/** Who an act is for, besides officers' roles. */
export type By = Role | 'applicant' | 'named-party' | 'representative' | 'task-role'

/** Something that must hold of the dossier beyond its state; each has its own refusal. */
export const conditions = {
  'never-accepted': (dossier: Dossier) => dossier.acceptedAt === null,
  accepted: (dossier: Dossier) => dossier.acceptedAt !== null,
  'has-fees': (dossier: Dossier) => dossier.fees.length > 0,
  'not-extended': (dossier: Dossier) => dossier.extension === null,
  'not-apologised': (dossier: Dossier) => dossier.apologisedAt === null,
  'has-result': (dossier: Dossier) =>
    dossier.branches === null && ['valid', 'corrected'].includes(dossier.resultState),
  /** A linked filing goes on by its branches: what it waits for are they, and it is given back with the last result. */
  'not-linked': (dossier: Dossier) => dossier.branches === null,
  'not-being-moved': (dossier: Dossier) =>
    !dossier.tasks.some(
      ({ kind, closedAt }) => closedAt === null && (kind === 'transfer' || kind === 'handover'),
    ),
} as const satisfies Record<string, (dossier: Dossier) => boolean>
export type Condition = keyof typeof conditions

/** One line of the life of a dossier. */
export interface Rule {
  /** The states from which the act is possible. */
  from: readonly State[]
  /** Who may do it. `applicant` is the person (or organisation) of the dossier. */
  by: readonly By[]
  /**
   * Where an officer must hold the role; without it, where the task lies or the dossier is dealt with. `responsible`
   * is where it is settled or was received: who was only asked something, or got papers, moves nothing.
   */
  at?: 'competent' | 'responsible' | 'involved'
  /** The kinds of open task that the act answers. */
  tasks?: readonly TaskKind[]
  /** The kinds of step that the act answers. */
  steps?: readonly ('work' | 'draft' | 'review' | 'decide' | 'issue')[]
  when?: Condition
  /** What the person must state. */
  must: readonly Must[]
  /** The paper that tells the applicant (TT 03/2025/TT-VPCP, Phụ lục I). */
  slip: Slip | null
}

export type Must =
  | 'reason'
  | 'items'
  | 'outcome'
  | 'officer'
  | 'draft'
  | 'note'
  | 'person'
  | 'obligation'
  | 'proof'
  | 'question'
  | 'reply-date'
  | 'opinion'
  | 'date'
  | 'findings'
  | 'days'
  | 'amount'
  | 'authority'
  | 'tracking'

export type Slip =
  | 'receipt'
  | 'supplement'
  | 'refusal'
  | 'apology'
  | 'stop'
  | 'result'
  | 'decline'
  | 'obligation'
  | 'handover'
  | 'correction'
  | 'revocation'

const officers = ['reception', 'specialist', 'head', 'leader', 'clerk', 'cashier', 'post'] as const
const handling = ['in-progress', 'awaiting-supplement', 'awaiting-obligation'] as const
const unfinished = ['submitted', ...handling, 'decided'] as const
const everywhere = [
  'awaiting-party',
  ...unfinished,
  'returned',
  'refused',
  'withdrawn',
  'stopped',
] as const satisfies readonly State[]
const working = ['work', 'draft', 'review'] as const

/** Filing makes the dossier, so it has no state to come from; all else about it is as for any act. */
export const submission = {
  by: ['applicant', 'reception'],
  must: [],
  slip: null,
} as const satisfies Omit<Rule, 'from'>

/**
 * The life of a dossier as a table: pages, API, use cases and tests read it.
 * Sources: NĐ 118/2025/NĐ-CP; NĐ 61/2018/NĐ-CP Điều 17–21 where it was not replaced; TT 03/2025/TT-VPCP.
 */
export const policy = {
  represent: { from: ['awaiting-party', ...unfinished], by: ['applicant'], must: ['person'], slip: null },
  confirm: {
    from: ['awaiting-party', ...unfinished],
    by: ['named-party', 'reception'],
    tasks: ['confirm'],
    must: [],
    slip: null,
  },
  disagree: {
    from: ['awaiting-party', ...unfinished],
    by: ['named-party'],
    tasks: ['confirm'],
    must: ['reason'],
    slip: null,
  },
  accept: { from: ['submitted'], by: ['reception'], tasks: ['intake'], must: [], slip: 'receipt' },
  refuse: {
    from: ['submitted', 'awaiting-supplement'],
    by: ['reception'],
    tasks: ['intake', 'supplement'],
    when: 'never-accepted',
    must: ['reason'],
    slip: 'refusal',
  },
  requestSupplement: {
    from: ['submitted', 'in-progress'],
    by: ['task-role'],
    tasks: ['intake', 'step'],
    steps: working,
    must: ['items'],
    slip: 'supplement',
  },
  supplement: {
    from: ['awaiting-supplement'],
    by: ['applicant', 'representative', 'reception'],
    tasks: ['supplement'],
    must: [],
    slip: null,
  },
  requestObligation: {
    from: ['in-progress'],
    by: ['task-role'],
    tasks: ['step'],
    steps: working,
    must: ['obligation', 'reason'],
    slip: 'obligation',
  },
  confirmObligation: {
    from: ['awaiting-obligation'],
    by: ['cashier', 'reception', 'specialist'],
    tasks: ['obligation'],
    must: ['proof'],
    slip: null,
  },
  waiveObligation: {
    from: ['awaiting-obligation'],
    by: ['head', 'leader'],
    at: 'competent',
    tasks: ['obligation'],
    must: ['reason'],
    slip: null,
  },
  correctFees: {
    from: unfinished,
    by: ['reception', 'cashier', 'leader'],
    at: 'responsible',
    when: 'has-fees',
    must: ['amount', 'reason'],
    slip: null,
  },
  withdraw: {
    from: ['awaiting-party', 'submitted', ...handling],
    by: ['applicant', 'reception'],
    must: ['reason'],
    slip: null,
  },
  assign: {
    from: ['submitted', 'in-progress', 'decided'],
    by: ['task-role', 'head', 'leader'],
    must: ['officer'],
    slip: null,
  },
  reassign: {
    from: ['submitted', 'in-progress', 'decided'],
    by: ['task-role', 'head', 'leader'],
    must: ['officer', 'reason'],
    slip: null,
  },
  draftResult: {
    from: ['in-progress'],
    by: ['task-role'],
    tasks: ['step'],
    steps: working,
    must: ['draft'],
    slip: null,
  },
  completeStep: {
    from: ['in-progress'],
    by: ['task-role'],
    tasks: ['step'],
    steps: ['work', 'draft', 'review', 'issue'],
    must: ['outcome'],
    slip: null,
  },
  sendBack: {
    from: ['in-progress'],
    by: ['task-role'],
    tasks: ['step'],
    steps: ['review', 'decide', 'issue'],
    must: ['reason'],
    slip: null,
  },
  consult: {
    from: ['in-progress'],
    by: ['task-role'],
    tasks: ['step'],
    steps: working,
    must: ['question', 'reply-date'],
    slip: null,
  },
  reply: { from: handling, by: ['task-role'], tasks: ['consult'], must: ['opinion'], slip: null },
  endConsult: {
    from: handling,
    by: ['specialist', 'head', 'leader'],
    at: 'competent',
    tasks: ['consult'],
    must: ['reason'],
    slip: null,
  },
  opine: {
    from: handling,
    by: ['specialist', 'head', 'leader'],
    at: 'involved',
    must: ['opinion'],
    slip: null,
  },
  planVisit: {
    from: ['in-progress'],
    by: ['task-role'],
    tasks: ['step'],
    steps: working,
    must: ['date', 'reason'],
    slip: null,
  },
  recordVisit: { from: handling, by: ['task-role'], tasks: ['visit'], must: ['findings'], slip: null },
  extend: {
    from: ['in-progress'],
    by: ['head', 'leader'],
    at: 'competent',
    when: 'not-extended',
    must: ['days', 'reason'],
    slip: 'apology',
  },
  apologise: {
    from: ['in-progress'],
    by: ['head', 'leader'],
    at: 'competent',
    when: 'not-apologised',
    must: ['date', 'reason'],
    slip: 'apology',
  },
  explainDelay: {
    from: ['awaiting-party', ...unfinished],
    by: ['head', 'leader'],
    at: 'involved',
    must: ['date', 'reason'],
    slip: null,
  },
  approve: {
    from: ['in-progress'],
    by: ['leader'],
    tasks: ['step'],
    steps: ['decide'],
    must: [],
    slip: 'result',
  },
  decline: {
    from: ['in-progress'],
    by: ['leader'],
    tasks: ['step'],
    steps: ['decide'],
    must: ['reason'],
    slip: 'decline',
  },
  stop: {
    from: handling,
    by: ['head', 'leader'],
    at: 'competent',
    when: 'accepted',
    must: ['reason'],
    slip: 'stop',
  },
  dispatchResult: {
    from: ['decided'],
    by: ['reception', 'post'],
    tasks: ['return'],
    when: 'not-linked',
    must: ['tracking'],
    slip: null,
  },
  returnResult: {
    from: ['decided'],
    by: ['reception', 'post'],
    tasks: ['return'],
    when: 'not-linked',
    must: [],
    slip: null,
  },
  correctResult: {
    from: ['decided', 'returned'],
    by: ['leader'],
    at: 'competent',
    when: 'has-result',
    must: ['reason', 'draft'],
    slip: 'correction',
  },
  revokeResult: {
    from: ['decided', 'returned'],
    by: ['leader'],
    at: 'competent',
    when: 'has-result',
    must: ['reason'],
    slip: 'revocation',
  },
  transfer: {
    from: ['submitted', 'in-progress'],
    by: ['reception', 'head', 'leader'],
    at: 'responsible',
    when: 'not-being-moved',
    must: ['authority', 'reason'],
    slip: null,
  },
  handOver: {
    from: ['in-progress', 'decided'],
    by: ['reception', 'specialist', 'head', 'clerk'],
    at: 'involved',
    when: 'not-being-moved',
    must: ['authority'],
    slip: 'handover',
  },
  takeOver: {
    from: unfinished,
    by: ['task-role'],
    tasks: ['transfer', 'handover'],
    must: [],
    slip: null,
  },
  rejectTransfer: {
    from: unfinished,
    by: ['task-role'],
    tasks: ['transfer', 'handover'],
    must: ['reason'],
    slip: null,
  },
  restore: {
    from: ['refused', 'withdrawn', 'stopped', 'returned'],
    by: ['head', 'leader'],
    at: 'responsible',
    must: ['reason'],
    slip: null,
  },
  declareConflict: {
    from: ['awaiting-party', ...unfinished],
    by: officers,
    at: 'involved',
    must: ['reason'],
    slip: null,
  },
  bar: {
    from: ['awaiting-party', ...unfinished],
    by: ['head', 'leader'],
    at: 'involved',
    must: ['officer', 'reason'],
    slip: null,
  },
  message: {
    from: ['awaiting-party', ...unfinished],
    by: ['applicant', 'representative', 'reception', 'specialist', 'head', 'leader'],
    at: 'involved',
    must: ['note'],
    slip: null,
  },
  receiveMessage: {
    from: ['in-progress'],
    by: ['task-role', 'reception'],
    tasks: ['wait'],
    when: 'not-linked',
    must: [],
    slip: null,
  },
  compensate: {
    // A result may be revoked when everything was given back long ago.
    from: [...handling, 'decided', 'returned'],
    by: ['task-role'],
    tasks: ['compensation'],
    must: ['note'],
    slip: null,
  },
  note: { from: everywhere, by: officers, at: 'involved', must: ['note'], slip: null },
} as const satisfies Record<string, Rule>

export type CommandName = keyof typeof policy
export const commandNames = Object.keys(policy) as CommandName[]
