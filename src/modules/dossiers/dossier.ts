import { z } from 'zod'
import type { Entry, NewEntry, PrivateRef } from '../../kernel/journal.ts'

/** A dossier code: authority, day of filing, number; one code for life. */
export const DossierCode = z.string().regex(/^[A-Z]\d{2}(\.\d{1,3}){0,3}-\d{6}-\d{5,}$/)
export type DossierCode = z.infer<typeof DossierCode>

export const states = [
  'submitted',
  'awaiting-supplement',
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
}

/** A span in which the clock stands still, waiting for the applicant. */
export interface Pause {
  from: string
  to: string | null
  reason: 'supplement' | 'obligation'
}

/** What a task is when an entry opens it; numbers are given in order by the fold. */
export interface NewTask {
  kind: 'intake' | 'step' | 'supplement' | 'return'
  stepId: string | null
  stepKind: 'work' | 'draft' | 'review' | 'decide' | 'issue' | null
  name: string
  role: Role | 'applicant'
  authority: string
  unitKind: string
  assignee: string | null
  dueAt: string | null
}

/** Something that waits for somebody, with an owner and a time. */
export interface Task extends NewTask {
  no: number
  openedAt: string
  closedAt: string | null
  closedBy: string | null
  outcome: string | null
}

export interface Fee {
  key: string
  name: string
  amountVnd: number | null
}

/** What a filing states once and for life; the editions of the rules are those of the day it came in. */
interface Stated {
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
  calendarVersion: string
  fees: Fee[]
}

/** The folded state of one dossier; it holds no personal data. Instants are ISO text in UTC. */
export interface Dossier extends Stated {
  id: string
  sequence: number
  headHash: Buffer
  state: State
  submittedAt: string
  intakeDueAt: string | null
  acceptedAt: string | null
  /** The date printed on the receipt. */
  promisedDueAt: string | null
  /** The date in force now; null while the clock is paused. */
  dueAt: string | null
  decidedAt: string | null
  closedAt: string | null
  outcome: 'granted' | 'not-granted' | null
  pauses: Pause[]
  supplementRequests: number
  answersRef: string
  draftRef: string | null
  tasks: Task[]
}

interface TaskChanges {
  opens?: NewTask[]
  /** Number of the task that this entry ends, with its outcome. */
  closes?: { no: number; outcome: string }[]
}

export interface SubmittedData extends Stated, TaskChanges {
  intakeDueAt: string
  answers: PrivateRef
  party: PrivateRef
  /** What registers said beyond the answers, for papers; absent when they said nothing. */
  known?: PrivateRef
  papers: { component: string; fileId: string; sha256: string }[]
}

/** Every act on a dossier and what it states. */
export interface EntryData {
  'dossiers.submitted': SubmittedData
  'dossiers.accepted': TaskChanges & { dueAt: string; calendarVersion: string }
  'dossiers.refused': TaskChanges & { reason: PrivateRef }
  'dossiers.supplement-requested': TaskChanges & { stage: 'intake' | 'processing'; request: PrivateRef }
  'dossiers.supplemented': TaskChanges & {
    answers: PrivateRef | null
    papers: { component: string; fileId: string; sha256: string }[]
    dueAt: string | null
    intakeDueAt: string | null
  }
  'dossiers.withdrawn': TaskChanges & { reason: PrivateRef }
  'dossiers.assigned': { task: number; assignee: string }
  'dossiers.step-completed': TaskChanges & { note: PrivateRef | null }
  'dossiers.result-drafted': { task: number; draft: PrivateRef }
  'dossiers.sent-back': TaskChanges & { reason: PrivateRef }
  'dossiers.approved': TaskChanges & { capacity: string | null }
  'dossiers.declined': TaskChanges & { reason: PrivateRef }
  'dossiers.decided': TaskChanges & { outcome: 'granted' | 'not-granted' }
  'dossiers.stopped': TaskChanges & { reason: PrivateRef }
  'dossiers.returned': TaskChanges & { delivery: Delivery }
  'dossiers.noted': { note: PrivateRef }
}
export type EntryKind = keyof EntryData
export type DossierEntry = { [K in EntryKind]: NewEntry<K, EntryData[K]> }[EntryKind]
export type SealedDossierEntry = DossierEntry & Entry

/** Folds one entry into the state; pure. The first entry of a stream makes the dossier. */
export function evolve(dossier: Dossier | undefined, entry: SealedDossierEntry): Dossier {
  if (entry.kind === 'dossiers.submitted') return advance(fromSubmission(entry), entry)
  if (dossier === undefined) throw new Error(`stream ${entry.stream} begins with ${entry.kind}`)
  return advance(changed(dossier, entry), entry)
}

/** Folds a whole stream, oldest entry first. */
export function fold(entries: readonly SealedDossierEntry[]): Dossier | undefined {
  return entries.reduce<Dossier | undefined>(evolve, undefined)
}

function fromSubmission(entry: Entry & NewEntry<'dossiers.submitted', SubmittedData>): Dossier {
  const { answers, party, known, papers, opens, closes, ...stated } = entry.data
  return {
    ...stated,
    id: entry.stream,
    sequence: 0,
    headHash: entry.hash,
    state: 'submitted',
    submittedAt: entry.at.toISOString(),
    acceptedAt: null,
    promisedDueAt: null,
    dueAt: null,
    decidedAt: null,
    closedAt: null,
    outcome: null,
    pauses: [],
    supplementRequests: 0,
    answersRef: answers.ref,
    draftRef: null,
    tasks: [],
  }
}

function changed(dossier: Dossier, entry: SealedDossierEntry): Dossier {
  const at = entry.at.toISOString()
  switch (entry.kind) {
    case 'dossiers.submitted':
    case 'dossiers.noted':
      return dossier
    case 'dossiers.accepted': {
      const { dueAt, calendarVersion } = entry.data
      return {
        ...dossier,
        state: 'in-progress',
        acceptedAt: at,
        promisedDueAt: dueAt,
        dueAt,
        calendarVersion,
      }
    }
    case 'dossiers.supplement-requested':
      return waiting(dossier, at, entry.data.stage)
    case 'dossiers.supplemented':
      return resumed(dossier, at, entry.data)
    case 'dossiers.assigned':
      return { ...dossier, tasks: assigned(dossier.tasks, entry.data) }
    case 'dossiers.result-drafted':
      return { ...dossier, draftRef: entry.data.draft.ref }
    case 'dossiers.step-completed':
    case 'dossiers.sent-back':
    case 'dossiers.approved':
    case 'dossiers.declined':
      return dossier
    case 'dossiers.decided':
      return { ...dossier, state: 'decided', decidedAt: at, outcome: entry.data.outcome }
    case 'dossiers.returned':
      return { ...dossier, state: 'returned', closedAt: at }
    case 'dossiers.refused':
      return closed(dossier, 'refused', at)
    case 'dossiers.withdrawn':
      return closed(dossier, 'withdrawn', at)
    case 'dossiers.stopped':
      return closed(dossier, 'stopped', at)
    default:
      throw new Error(`unknown entry ${(entry satisfies never as Entry).kind}`)
  }
}

const closed = (dossier: Dossier, state: State, at: string): Dossier => ({
  ...dossier,
  state,
  closedAt: at,
  pauses: endPause(dossier.pauses, at),
})

function waiting(dossier: Dossier, at: string, stage: 'intake' | 'processing'): Dossier {
  const asked = {
    ...dossier,
    state: 'awaiting-supplement' as const,
    supplementRequests: dossier.supplementRequests + 1,
  }
  if (stage === 'intake') return { ...asked, intakeDueAt: null }
  return { ...asked, dueAt: null, pauses: [...dossier.pauses, { from: at, to: null, reason: 'supplement' }] }
}

function resumed(dossier: Dossier, at: string, data: EntryData['dossiers.supplemented']): Dossier {
  const answersRef = data.answers?.ref ?? dossier.answersRef
  if (dossier.acceptedAt === null)
    return { ...dossier, state: 'submitted', intakeDueAt: data.intakeDueAt, answersRef }
  return {
    ...dossier,
    state: 'in-progress',
    dueAt: data.dueAt,
    pauses: endPause(dossier.pauses, at),
    answersRef,
  }
}

const endPause = (pauses: readonly Pause[], at: string) =>
  pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause))

const assigned = (tasks: readonly Task[], { task, assignee }: { task: number; assignee: string }) =>
  tasks.map((each) => (each.no === task ? { ...each, assignee } : each))

/** Applies what every entry may do: close and open tasks, move the head. */
function advance(dossier: Dossier, entry: SealedDossierEntry): Dossier {
  const { opens = [], closes = [] } = entry.data as TaskChanges
  const at = entry.at.toISOString()
  const outcomes = new Map(closes.map(({ no, outcome }) => [no, outcome]))
  const kept = dossier.tasks.map((task) =>
    outcomes.has(task.no)
      ? { ...task, closedAt: at, closedBy: entry.actor.id, outcome: outcomes.get(task.no)! }
      : task,
  )
  const opened = opens.map((task, i) => ({
    ...task,
    no: kept.length + i + 1,
    openedAt: at,
    closedAt: null,
    closedBy: null,
    outcome: null,
  }))
  return { ...dossier, sequence: entry.sequence, headHash: entry.hash, tasks: [...kept, ...opened] }
}

/** What waits for somebody now. */
export function openTasks(dossier: Pick<Dossier, 'tasks'>): Task[] {
  return dossier.tasks.filter((task) => task.closedAt === null)
}

export function isEnded(dossier: Pick<Dossier, 'state'>): boolean {
  return ['returned', 'refused', 'withdrawn', 'stopped'].includes(dossier.state)
}

/** The national status code 1–10 (TT 22/2019, as synchronised today), derived from the business state. */
export function nationalStatus(dossier: Pick<Dossier, 'state' | 'tasks'>): number {
  switch (dossier.state) {
    case 'submitted':
      return 1
    case 'refused':
      return 3
    case 'in-progress':
      return dossier.tasks.some(
        (task) => task.kind === 'step' && (task.closedAt !== null || task.assignee !== null),
      )
        ? 4
        : 2
    case 'awaiting-supplement':
      return 5
    case 'withdrawn':
      return 7
    case 'stopped':
      return 8
    case 'decided':
      return 9
    case 'returned':
      return 10
    default:
      return dossier.state satisfies never
  }
}

/** Whether the legal date in force has passed without a decision. */
export function isOverdue(dossier: Pick<Dossier, 'dueAt' | 'decidedAt' | 'closedAt'>, now: Date): boolean {
  const end = dossier.decidedAt ?? dossier.closedAt
  return dossier.dueAt !== null && Date.parse(dossier.dueAt) < (end ? Date.parse(end) : now.getTime())
}
