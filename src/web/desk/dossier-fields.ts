import type { MessageKey } from 'motcua/kernel/i18n'
import type { CommandName, SigningCommand, Stance, VisitOutcome } from 'motcua/modules/dossiers'

// Said here and not imported: this table reaches the browser, the module behind it must not.
const stances = ['agree', 'disagree', 'comment'] as const satisfies readonly Stance[]
const visitOutcomes = [
  'as-declared',
  'not-as-declared',
  'not-held',
] as const satisfies readonly VisitOutcome[]

/** Lists that are looked up for the dossier at hand. */
export type Listed =
  | 'officers'
  | 'fees'
  | 'statedFees'
  | 'places'
  | 'days'
  | 'settlers'
  | 'receivers'
  | 'involved'
  | 'capacities'

/** Acts that sign papers: decisions, and steps of a process that sign before one. */
export const signedCommands = [
  'approve',
  'decline',
  'correctResult',
  'revokeResult',
  'completeStep',
] as const satisfies readonly SigningCommand[]
export type SignedCommand = (typeof signedCommands)[number]

/** What an act asks of the officer, one entry a field. The id of a field is its name. */
export interface FieldSpec {
  name: string
  kind: 'text' | 'area' | 'date' | 'moment' | 'number' | 'select' | 'radios' | 'box' | 'secret'
  label: MessageKey
  hint?: MessageKey
  /** What to say when it was left empty; without it the field may stay empty. */
  missing?: MessageKey
  /** Options: a list that is looked up, or values with their words under one key. */
  from?: Listed | { words: string; values: readonly string[] }
  /** Asked only while another field has this value. */
  when?: { field: string; is: string }
  /** Shown first, unless something better is known. */
  start?: string
}

/** A reason that the applicant reads word for word. */
const told: FieldSpec = {
  name: 'reason',
  kind: 'area',
  label: 'desk.panel.reason',
  hint: 'desk.panel.reasonHint',
  missing: 'desk.panel.reasonMissing',
}
/** A reason for those who work on the dossier, now or later. */
const inside: FieldSpec = {
  name: 'reason',
  kind: 'area',
  label: 'desk.panel.reason',
  missing: 'life.missing.why',
}
/** Asked where the act signs a paper. */
const pin: FieldSpec = { name: 'pin', kind: 'secret', label: 'signing.pin', missing: 'signing.pinMissing' }
/** In which of several capacities the officer signs. */
const capacity: FieldSpec = {
  name: 'capacity',
  kind: 'radios',
  label: 'powers.signing.capacity',
  from: 'capacities',
}
const day = (name: string, label: MessageKey): FieldSpec => ({
  name,
  kind: 'date',
  label,
  missing: 'life.missing.date',
})
const stance: FieldSpec = {
  name: 'stance',
  kind: 'radios',
  label: 'life.field.stance',
  from: { words: 'life.stance', values: stances },
  missing: 'life.missing.choice',
}
const opinion: FieldSpec = {
  name: 'text',
  kind: 'area',
  label: 'life.field.opinion',
  missing: 'life.missing.opinion',
}
const confidential: FieldSpec = { name: 'confidential', kind: 'box', label: 'life.field.confidential' }

const consult: readonly FieldSpec[] = [
  {
    name: 'where',
    kind: 'radios',
    label: 'life.field.where',
    from: { words: 'life.where', values: ['inside', 'outside'] },
    start: 'inside',
  },
  {
    name: 'place',
    kind: 'select',
    label: 'life.field.place',
    from: 'places',
    missing: 'life.missing.place',
    when: { field: 'where', is: 'inside' },
  },
  {
    name: 'role',
    kind: 'select',
    label: 'life.field.role',
    from: { words: 'processes.role', values: ['head', 'specialist', 'leader'] },
    start: 'head',
    when: { field: 'where', is: 'inside' },
  },
  {
    name: 'outside',
    kind: 'text',
    label: 'life.field.outside',
    hint: 'life.field.outsideHint',
    missing: 'life.missing.outside',
    when: { field: 'where', is: 'outside' },
  },
  { name: 'question', kind: 'area', label: 'life.field.question', missing: 'life.missing.question' },
  day('replyBy', 'life.field.replyBy'),
  {
    name: 'silence',
    kind: 'radios',
    label: 'life.field.silence',
    from: { words: 'life.silence', values: ['none', 'agreed'] },
    start: 'none',
  },
  {
    name: 'basis',
    kind: 'text',
    label: 'life.field.basis',
    hint: 'life.field.basisHint',
    missing: 'life.missing.basis',
    when: { field: 'silence', is: 'agreed' },
  },
  confidential,
]

const requestObligation: readonly FieldSpec[] = [
  { name: 'fee', kind: 'select', label: 'life.field.fee', from: 'fees', missing: 'life.missing.fee' },
  {
    name: 'feeName',
    kind: 'text',
    label: 'life.field.feeName',
    missing: 'life.missing.feeName',
    when: { field: 'fee', is: 'other' },
  },
  { name: 'amountVnd', kind: 'number', label: 'life.field.amount', missing: 'life.missing.amount' },
  told,
]

const correctFees: readonly FieldSpec[] = [
  {
    name: 'fee',
    kind: 'select',
    label: 'life.field.statedFee',
    from: 'statedFees',
    missing: 'life.missing.statedFee',
  },
  { name: 'amountVnd', kind: 'number', label: 'life.field.countedAmount', missing: 'life.missing.amount' },
  told,
]

/** What each act asks; acts that need no word, and those with forms of their own, have nothing here. */
export const fieldsOf: Record<CommandName, readonly FieldSpec[]> = {
  accept: [],
  approve: [capacity, pin],
  takeOver: [],
  draftResult: [],
  supplement: [],
  completeStep: [pin],
  represent: [],
  disagree: [],
  refuse: [told],
  withdraw: [told],
  stop: [told],
  decline: [told, capacity, pin],
  sendBack: [inside],
  requestSupplement: [
    {
      name: 'newFact',
      kind: 'area',
      label: 'life.field.newFact',
      hint: 'life.field.newFactHint',
      missing: 'life.missing.newFact',
    },
    { name: 'answerBy', kind: 'date', label: 'life.field.answerBy' },
  ],
  note: [{ name: 'note', kind: 'area', label: 'desk.panel.note', missing: 'desk.panel.noteMissing' }],
  receiveMessage: [{ name: 'note', kind: 'area', label: 'life.field.arrived' }],
  compensate: [
    { name: 'note', kind: 'area', label: 'life.field.compensated', missing: 'desk.panel.noteMissing' },
  ],
  message: [{ name: 'text', kind: 'area', label: 'life.field.message', missing: 'life.missing.message' }],
  assign: [
    {
      name: 'officer',
      kind: 'select',
      label: 'life.field.officer',
      from: 'officers',
      missing: 'desk.panel.officerMissing',
    },
  ],
  reassign: [
    {
      name: 'officer',
      kind: 'select',
      label: 'life.field.officer',
      from: 'officers',
      missing: 'desk.panel.officerMissing',
    },
    inside,
  ],
  bar: [
    {
      name: 'officer',
      kind: 'select',
      label: 'life.field.barredOfficer',
      from: 'involved',
      missing: 'desk.panel.officerMissing',
    },
    inside,
  ],
  declareConflict: [inside],
  confirm: [{ name: 'seen', kind: 'box', label: 'life.field.seen', missing: 'life.missing.seen' }],
  requestObligation,
  confirmObligation: [
    { name: 'reference', kind: 'text', label: 'life.field.reference', missing: 'life.missing.reference' },
    day('paidOn', 'life.field.paidOn'),
  ],
  waiveObligation: [told],
  correctFees,
  consult,
  reply: [stance, opinion],
  endConsult: [
    {
      name: 'why',
      kind: 'radios',
      label: 'life.field.why',
      from: { words: 'life.ended', values: ['silence', 'not-needed'] },
      missing: 'life.missing.choice',
    },
    inside,
  ],
  opine: [stance, opinion, confidential],
  planVisit: [
    { name: 'on', kind: 'moment', label: 'life.field.visitOn', missing: 'life.missing.date' },
    { name: 'place', kind: 'text', label: 'life.field.visitPlace', missing: 'life.missing.visitPlace' },
    told,
  ],
  recordVisit: [
    {
      name: 'visited',
      kind: 'radios',
      label: 'life.field.visitOutcome',
      from: { words: 'life.visit', values: visitOutcomes },
      missing: 'life.missing.choice',
    },
    { name: 'findings', kind: 'area', label: 'life.field.findings', missing: 'life.missing.findings' },
  ],
  extend: [
    { name: 'days', kind: 'select', label: 'life.field.days', from: 'days', missing: 'life.missing.days' },
    told,
  ],
  apologise: [day('newDate', 'life.field.newDate'), told],
  explainDelay: [day('until', 'life.field.until'), inside],
  dispatchResult: [
    { name: 'carrier', kind: 'text', label: 'life.field.carrier', missing: 'life.missing.carrier' },
    { name: 'tracking', kind: 'text', label: 'life.field.tracking', missing: 'life.missing.tracking' },
  ],
  returnResult: [
    {
      name: 'delivery',
      kind: 'radios',
      label: 'life.field.delivery',
      from: { words: 'life.channel', values: ['electronic', 'counter', 'post'] },
    },
    {
      name: 'collector',
      kind: 'text',
      label: 'life.field.collector',
      hint: 'life.field.collectorHint',
      when: { field: 'delivery', is: 'counter' },
    },
  ],
  correctResult: [
    {
      name: 'fault',
      kind: 'radios',
      label: 'life.field.fault',
      from: { words: 'life.fault', values: ['authority', 'applicant'] },
      missing: 'life.missing.choice',
    },
    told,
    capacity,
    pin,
  ],
  revokeResult: [told, capacity, pin],
  transfer: [
    { name: 'to', kind: 'select', label: 'life.field.to', from: 'settlers', missing: 'life.missing.place' },
    told,
  ],
  rejectTransfer: [inside],
  handOver: [
    {
      name: 'receiver',
      kind: 'select',
      label: 'life.field.receiver',
      from: 'receivers',
      missing: 'life.missing.receiver',
    },
    { name: 'sheets', kind: 'number', label: 'life.field.sheets', start: '0' },
  ],
  restore: [told],
}
