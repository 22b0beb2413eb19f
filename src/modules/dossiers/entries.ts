import type { Entry, NewEntry, PrivateRef } from '../../kernel/journal.ts'
import type { Marking } from '../processes/index.ts'
import type { Trust } from '../vault/index.ts'
import type {
  Branch,
  Consultation,
  Delivery,
  Dossier,
  NewTask,
  Obligation,
  OtherParty,
  PartnerWord,
  Pause,
  Predecessor,
  ResultDelivery,
  Role,
  Stated,
  TaskChange,
} from './dossier.ts'
import type { PaperWay } from './papers/paper-source.ts'

/** What every entry may do beside its own matter. */
export interface TaskChanges {
  opens?: NewTask[]
  /** Number of the task that this entry ends, with its outcome. */
  closes?: { no: number; outcome: string }[]
  /** What becomes of open tasks that go on. */
  changes?: { no: number; set: TaskChange }[]
  /** Where the process stands after it. */
  marking?: Marking
}

/** A signed paper that a decision rests on: which one, the hash of the file, and by whose certificate. */
export interface PaperSigned {
  paper: string
  sha256: string
  certificate: string
}

/** What was signed with an act: its paper, and further ones that came of the same decision. */
export interface SignedWith {
  signature?: PaperSigned
  signedBeside?: PaperSigned[]
}

/** The signed papers that an act names. */
export function signedWith(data: object): PaperSigned[] {
  const { signature, signedBeside = [] } = data as SignedWith
  return signature === undefined ? [] : [signature, ...signedBeside]
}

/** A fee that was counted again: what was stated before, and what it comes to. */
export interface CorrectedFee {
  key: string
  name: string
  fromVnd: number | null
  toVnd: number
}

export interface PaperStated {
  component: string
  fileId: string
  sha256: string
  /** How it came in; absent in entries made before this was noted. */
  how?: PaperWay
  /** The item of the vault that it is, with the trust it had then. */
  vaultItem?: string
  trust?: Trust
}

/** The dates of the clock, computed when the entry was made; null while it stands. */
export interface DueDates {
  dueAt: string | null
  indexDueAt: string | null
}

export interface SubmittedData extends Stated, TaskChanges {
  /** Null when the year it falls into has no published calendar yet. */
  intakeDueAt: string | null
  answers: PrivateRef
  party: PrivateRef
  /** What registers said beyond the answers, for papers; absent when they said nothing. */
  known?: PrivateRef
  /** Who must agree before it counts as filed. */
  otherParties?: Pick<OtherParty, 'kind' | 'until'>[]
  papers: PaperStated[]
  /** How surely the account that filed is known; absent at a counter, and before it was noted. */
  assurance?: 1 | 2
  /** Components in whose place a register answered, so that nothing was handed in. */
  lookedUp?: string[]
  /** The procedures of a linked filing. */
  branches?: Branch[]
}

/** How far a mistaken act is taken back. */
export type RestoredState = Pick<
  Dossier,
  | 'state'
  | 'dueAt'
  | 'indexDueAt'
  | 'intakeDueAt'
  | 'decidedAt'
  | 'outcome'
  | 'pauses'
  | 'consultations'
  | 'deliveries'
  | 'resultState'
>

type Reason = { reason: PrivateRef }

/** Every act on a dossier and what it states. */
export interface EntryData {
  'dossiers.submitted': SubmittedData
  'dossiers.represented': TaskChanges & { party: Pick<OtherParty, 'kind' | 'until'>; who: PrivateRef }
  'dossiers.confirmed': TaskChanges & { party: number; intakeDueAt: string | null; seen: boolean }
  'dossiers.disagreed': TaskChanges & Reason & { party: number }
  'dossiers.accepted': TaskChanges & { dueAt: string; indexDueAt?: string; calendarVersion: string }
  'dossiers.refused': TaskChanges & Reason
  'dossiers.supplement-requested': TaskChanges &
    Partial<DueDates> & {
      stage: 'intake' | 'processing'
      request: PrivateRef
      /** True when it is asked again because of a fact that came up later. */
      again?: boolean
      answerBy?: string | null
    }
  'dossiers.supplemented': TaskChanges & {
    answers: PrivateRef | null
    papers: PaperStated[]
    dueAt: string | null
    indexDueAt?: string | null
    intakeDueAt: string | null
  }
  'dossiers.obligation-requested': TaskChanges &
    DueDates & { obligation: Pick<Obligation, 'key' | 'name' | 'amountVnd'>; reason: PrivateRef }
  'dossiers.obligation-met': TaskChanges &
    DueDates & {
      obligation: number
      reference: string
      paidOn: string
      /** Until when the clock stood: the proof of payment, however late it was entered. */
      until?: string
    }
  'dossiers.obligation-waived': TaskChanges & DueDates & Reason & { obligation: number }
  /** `obligations`: those that were asked for and not paid yet, with what they come to now. */
  'dossiers.fees-corrected': Reason & {
    fees: CorrectedFee[]
    obligations: Pick<Obligation, 'no' | 'name' | 'amountVnd'>[]
  }
  'dossiers.withdrawn': TaskChanges & Reason
  'dossiers.assigned': { task: number; assignee: string }
  'dossiers.reassigned': Reason & { task: number; assignee: string; from: string | null }
  /** With what was signed by a step that signs before the decision, and in which capacity. */
  'dossiers.step-completed': TaskChanges & SignedWith & { note: PrivateRef | null; capacity?: string | null }
  'dossiers.result-drafted': { task: number; draft: PrivateRef }
  /** `thrownAway`: signed papers that come to nothing by it. */
  'dossiers.sent-back': TaskChanges & Reason & { thrownAway?: string[] }
  'dossiers.consulted': TaskChanges & {
    consultation: Pick<Consultation, 'to' | 'stepId' | 'replyBy' | 'silence' | 'confidential'>
    question: PrivateRef
    basis: string | null
  }
  'dossiers.replied': TaskChanges & { consultation: number; stance: Stance; text: PrivateRef }
  'dossiers.consultation-ended': TaskChanges &
    Reason & { consultation: number; why: 'silence' | 'not-needed' }
  'dossiers.opined': { stance: Stance; confidential: boolean; text: PrivateRef }
  'dossiers.visit-planned': TaskChanges & { on: string; details: PrivateRef }
  'dossiers.visit-recorded': TaskChanges & { outcome: VisitOutcome; findings: PrivateRef }
  'dossiers.extended': Reason & { days: number; from: string; dueAt: string; indexDueAt: string }
  'dossiers.apologised': Reason & { newDate: string; until: string }
  'dossiers.delay-explained': Reason & { until: string }
  /** With the digitally signed papers it rests on, where they were signed so. */
  'dossiers.approved': TaskChanges & SignedWith & { capacity: string | null }
  'dossiers.declined': TaskChanges & SignedWith & Reason & { capacity?: string | null }
  'dossiers.decided': TaskChanges & {
    outcome: 'granted' | 'not-granted'
    deliveries?: Pick<ResultDelivery, 'party' | 'channel'>[]
  }
  'dossiers.stopped': TaskChanges & Reason
  'dossiers.result-dispatched': { delivery: number; carrier: string; tracking: string }
  'dossiers.result-delivered': TaskChanges & { delivery: Delivery; no: number; collector: PrivateRef | null }
  'dossiers.returned': TaskChanges & { delivery: Delivery; no?: number; collector?: PrivateRef | null }
  'dossiers.result-corrected': TaskChanges &
    SignedWith &
    Reason & {
      fault: 'authority' | 'applicant'
      draft: PrivateRef
      capacity?: string | null
      deliveries: ResultDelivery[]
    }
  'dossiers.result-revoked': TaskChanges &
    SignedWith &
    Reason & { capacity?: string | null; deliveries: ResultDelivery[] }
  'dossiers.transfer-asked': TaskChanges & Reason & { to: string }
  'dossiers.transferred': TaskChanges & { from: string; to: string; calendarVersion: string } & DueDates
  'dossiers.transfer-rejected': TaskChanges & Reason
  'dossiers.handed-over': TaskChanges & {
    to: { authority: string; role: Role; officer: string | null }
    sheets: number
    batch: string
  }
  'dossiers.taken-over': TaskChanges
  'dossiers.restored': TaskChanges & Reason & { undone: number; back: RestoredState }
  'dossiers.conflict-declared': TaskChanges & Reason & { officer: string }
  'dossiers.messaged': { text: PrivateRef; from: 'applicant' | 'officer' }
  'dossiers.due-recomputed': DueDates & {
    calendarVersion: string
    from: DueDates
    intakeDueAt: string | null
    /** New dates of open tasks. */
    tasks: { no: number; dueAt: string | null }[]
  }
  'dossiers.noted': { note: PrivateRef }
  'dossiers.message-received': TaskChanges & { message: string; note: PrivateRef | null }
  /** Timers of the process, by their elements. */
  'dossiers.timer-fired': TaskChanges & { nodes: string[] }
  'dossiers.process-changed': TaskChanges & {
    from: ProcessRef
    to: ProcessRef
    /** Steps of the old version and the new ones they became. */
    mapping: Record<string, string>
    run: string
  }
  /**
   * The dossier goes on under another edition of its procedure; what was promised is kept or bettered. The form and
   * the process of what nobody accepted yet move along.
   */
  'dossiers.edition-changed': TaskChanges &
    DueDates & {
      from: EditionRef
      to: EditionRef
      run: string
      limit: Dossier['limit']
      supplementRule: Dossier['supplementRule']
      process: ProcessRef
      /** What was promised before, where the date moves. */
      promised?: string | null
    }
  /** Authorities were reorganised; code, clock and calendar stay. */
  'dossiers.succeeded': TaskChanges & {
    decision: string
    authorities: (Pick<Predecessor, 'as'> & { from: string; to: string })[]
    run: string
  }
  'dossiers.branches-changed': TaskChanges & Partial<DueDates> & { branches: Branch[]; pauses?: Pause[] }
  'dossiers.compensated': TaskChanges & { note: PrivateRef }
  'dossiers.partner-reported': { word: Omit<PartnerWord, 'receivedAt'> }
}

export interface ProcessRef {
  key: string
  version: number
}

/** Numbers of an edition and of the form that a dossier is read with. */
export interface EditionRef {
  procedure: number
  form: number
}

export const stances = ['agree', 'disagree', 'comment'] as const
export type Stance = (typeof stances)[number]
export const visitOutcomes = ['as-declared', 'not-as-declared', 'not-held'] as const
export type VisitOutcome = (typeof visitOutcomes)[number]

export type EntryKind = keyof EntryData
export type DossierEntry = { [K in EntryKind]: NewEntry<K, EntryData[K]> }[EntryKind]
export type SealedDossierEntry = DossierEntry & Entry
