import { z } from 'zod'
import type { Marking } from '../processes/index.ts'

/** A dossier code: authority, day of filing, number; one code for life. */
export const DossierCode = z.string().regex(/^[A-Z]\d{2}(\.\d{1,3}){0,3}-\d{6}-\d{5,}$/)
export type DossierCode = z.infer<typeof DossierCode>

export const states = [
  'awaiting-party',
  'submitted',
  'awaiting-supplement',
  'awaiting-obligation',
  'in-progress',
  'decided',
  'returned',
  'refused',
  'withdrawn',
  'stopped',
] as const
/** Where the business of a dossier stands; money, delivery and synchronisation are told apart. */
export type State = (typeof states)[number]

export type Channel = 'online' | 'direct' | 'post'
export type Delivery = 'electronic' | 'counter' | 'post'
/** For whom it was filed; `helper`: an officer typed for a person at the counter. */
export type FiledFor = 'self' | 'child' | 'relative' | 'organisation' | 'helper'
export type Role =
  | 'reception'
  | 'specialist'
  | 'head'
  | 'leader'
  | 'clerk'
  | 'cashier'
  | 'post'
  | 'control'
  | 'admin'

/** The limit of the procedure version for this case and channel. */
export interface Limit {
  amount: number
  unit: 'working-hour' | 'working-day' | 'day' | 'same-day'
  cutOff: string | null
  /** Days that sector law adds for remote places, in the unit of the limit. */
  addition?: { days: number; reason: string } | null
}

/** A span in which the clock stands still, waiting for the applicant. */
export interface Pause {
  from: string
  to: string | null
  reason: 'supplement' | 'obligation'
}

export const taskKinds = [
  'intake',
  'step',
  'supplement',
  'return',
  'confirm',
  'obligation',
  'consult',
  'visit',
  'transfer',
  'handover',
  'wait',
  'compensation',
] as const
export type TaskKind = (typeof taskKinds)[number]

/** What a task is when an entry opens it; numbers are given in order by the fold. */
export interface NewTask {
  kind: TaskKind
  stepId: string | null
  stepKind: 'work' | 'draft' | 'review' | 'decide' | 'issue' | null
  name: string
  role: Role | 'applicant'
  authority: string
  unitKind: string
  assignee: string | null
  dueAt: string | null
  /** Number of the party, obligation, consultation or delivery that it is about. */
  subject?: number | null
}

/** Something that waits for somebody, with an owner and a time. */
export interface Task extends NewTask {
  no: number
  openedAt: string
  closedAt: string | null
  closedBy: string | null
  outcome: string | null
  subject: number | null
}

export interface Fee {
  key: string
  name: string
  amountVnd: number | null
}

/** Somebody besides the applicant who has a say; who it is stands beside the journal. */
export interface OtherParty {
  no: number
  /** `second-party`: files together with the applicant. `representative`: acts for the applicant until a date. */
  kind: 'second-party' | 'representative'
  /** Last day of a representative's power; null: until the dossier ends. */
  until: string | null
  confirmedAt: string | null
  disagreedAt: string | null
}

/** Money that the law asks for before the work can go on. */
export interface Obligation {
  no: number
  /** Key of a fee of the procedure version, or null for an obligation of its own, such as a land tax. */
  key: string | null
  name: string
  amountVnd: number
  state: 'requested' | 'met' | 'waived'
  requestedAt: string
  endedAt: string | null
}

/** An opinion asked for, inside or outside the authority. */
export interface Consultation {
  no: number
  to: { authority: string; role: Role } | { outside: string }
  askedBy: string
  stepId: string | null
  /** Moment by which an answer is wanted. */
  replyBy: string
  /** What silence means; agreement only where a rule of law says so. */
  silence: 'agreed' | 'none'
  confidential: boolean
  state: 'open' | 'answered' | 'agreed-by-silence' | 'dropped'
  askedAt: string
  endedAt: string | null
}

/** The way of the result to one recipient. */
export interface ResultDelivery {
  no: number
  /** 0 is the applicant, else the number of another party. */
  party: number
  channel: Delivery
  state: 'waiting' | 'sent' | 'delivered'
  at: string | null
}

/** The one extension that the law allows, with the date it replaced. */
export interface Extension {
  days: number
  at: string
  from: string
  to: string
}

/** What a task of an earlier moment has become: it moved to another authority, or to another version of the process. */
export type TaskChange = Partial<Omit<NewTask, 'kind' | 'subject'>>

export const branchStates = [
  'waiting',
  'running',
  'paused',
  'granted',
  'refused',
  'ended',
  'not-started',
] as const
/** `ended`: withdrawn or stopped. `not-started`: what it depends on was not granted, or the filing ended before. */
export type BranchState = (typeof branchStates)[number]

/** One of the procedures of a linked filing, as it stands at its own authority. */
export interface Branch {
  key: string
  procedureCode: string
  name: string
  state: BranchState
  dossierId: string | null
  code: string | null
  competent: string | null
  dueAt: string | null
  endedAt: string | null
  /** Why it did not start or ended without a result; null otherwise. */
  reason: 'depends-on-refused' | 'filing-ended' | 'withdrawn' | 'stopped' | 'revoked' | 'not-competent' | null
}

/** What a partner system says of a dossier; `stage` is the part of its life that the word is about. */
export interface PartnerWord {
  source: string
  status: number
  stage: StatusStage
  /** Its system says the status of that stage; otherwise its word only stands beside ours. */
  authoritative: boolean
  statedAt: string
  receivedAt: string
}

export const statusStages = ['intake', 'processing', 'result'] as const
export type StatusStage = (typeof statusStages)[number]

/** An authority that a dossier lay with before it was merged, split or ended. */
export interface Predecessor {
  authority: string
  as: 'competent' | 'received' | 'helped'
  until: string
}

/** The linked filing that a branch belongs to: its id and code, and which of its branches this is. */
export interface PartOf {
  filing: string
  code: string
  branch: string
}

/** What a filing states once and for life; the editions of the rules are those of the day it came in. */
export interface Stated {
  code: string
  procedureCode: string
  procedureVersion: number
  caseCode: string
  formKey: string
  formVersion: number
  processKey: string
  processVersion: number
  channel: Channel
  receivedBy: string
  competent: string
  helpedBy: string | null
  applicantKind: 'citizen' | 'organisation'
  filedFor: FiledFor
  delivery: Delivery
  limit: Limit
  supplementRule: 'restart' | 'subtract'
  /** Whether waiting for a financial obligation stops the clock: only where sector law says so. */
  obligationRule?: 'pause' | 'run'
  calendarVersion: string
  fees: Fee[]
  /** The linked filing that this is a branch of. */
  linked?: PartOf | null
}

/** The folded state of one dossier; it holds no personal data. Instants are ISO text in UTC. */
export interface Dossier extends Stated {
  id: string
  sequence: number
  headHash: Buffer
  state: State
  obligationRule: 'pause' | 'run'
  linked: PartOf | null
  submittedAt: string
  intakeDueAt: string | null
  acceptedAt: string | null
  /** The date printed on the receipt. */
  promisedDueAt: string | null
  /** The legal date in force now; null while the clock is paused. */
  dueAt: string | null
  /** The date that the national index measures by: waiting is given back, never counted anew. */
  indexDueAt: string | null
  decidedAt: string | null
  closedAt: string | null
  outcome: 'granted' | 'not-granted' | null
  pauses: Pause[]
  extension: Extension | null
  /** When the applicant was told, with an apology, that the date is not kept. */
  apologisedAt: string | null
  /** The date named in the apology; the legal date stays. */
  apologisedUntil: string | null
  /** Until when a delay counts as explained. */
  explainedUntil: string | null
  supplementRequests: number
  otherParties: OtherParty[]
  obligations: Obligation[]
  consultations: Consultation[]
  deliveries: ResultDelivery[]
  /** Officers who may not act: they have an interest of their own. */
  barred: string[]
  /** Whose turn it is in the thread with the applicant. */
  threadAwaits: 'officer' | 'applicant' | null
  resultState: 'none' | 'valid' | 'corrected' | 'revoked'
  answersRef: string
  draftRef: string | null
  /** Where the process stands; null before acceptance, and for what was accepted before markings were kept. */
  marking: Marking | null
  /** The procedures of a linked filing; null for an ordinary dossier. */
  branches: Branch[] | null
  predecessors: Predecessor[]
  partnerWord: PartnerWord | null
  tasks: Task[]
}

/** What waits for somebody now. */
export function openTasks(dossier: Pick<Dossier, 'tasks'>): Task[] {
  return dossier.tasks.filter((task) => task.closedAt === null)
}

export function isEnded(dossier: Pick<Dossier, 'state'>): boolean {
  return ['returned', 'refused', 'withdrawn', 'stopped'].includes(dossier.state)
}
