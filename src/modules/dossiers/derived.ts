import { dateOfLaw } from '../../kernel/time.ts'
import { stageOf } from './deciding/status-elsewhere.ts'
import type { Dossier, ResultDelivery, Task } from './dossier.ts'

/**
 * The national status code 1–10 (TT 22/2019, as synchronised today): the word of the system that is the authority of
 * the stage, else derived from the business state.
 */
export function nationalStatus(
  dossier: Pick<Dossier, 'state' | 'tasks' | 'acceptedAt' | 'partnerWord'>,
): number {
  const { partnerWord } = dossier
  if (partnerWord?.authoritative && partnerWord.stage === stageOf(dossier)) return partnerWord.status
  return ownStatus(dossier)
}

/** The same code by what happened here alone, whatever a partner says. */
export function ownStatus(dossier: Pick<Dossier, 'state' | 'tasks'>): number {
  switch (dossier.state) {
    case 'awaiting-party':
    case 'submitted':
      return 1
    case 'refused':
      return 3
    case 'in-progress':
      return dossier.tasks.some(isWorkedOn) ? 4 : 2
    case 'awaiting-supplement':
      return 5
    case 'awaiting-obligation':
      return 6
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

// A step that only ended with the dossier, or moved with it, was nobody's work: what is restored is what it was.
const closedUnworked = new Set<string | null>(['withdrawn', 'stopped', 'transferred'])
const isWorkedOn = ({ kind, assignee, closedAt, outcome }: Task): boolean =>
  kind === 'step' && (assignee !== null || (closedAt !== null && !closedUnworked.has(outcome)))

export type FinancialState = 'none' | 'due' | 'requested' | 'met' | 'waived'
export type DeliveryState = 'none' | 'waiting' | 'sent' | 'partly' | 'done'

/** Where the money stands: fees that were stated, and obligations that were asked for. */
export function financialState({ obligations, fees }: Pick<Dossier, 'obligations' | 'fees'>): FinancialState {
  if (obligations.some(({ state }) => state === 'requested')) return 'requested'
  if (obligations.some(({ state }) => state === 'met')) return 'met'
  if (obligations.length > 0) return 'waived'
  return fees.some(({ amountVnd }) => amountVnd !== null && amountVnd > 0) ? 'due' : 'none'
}

/** Where the result stands on its way, over all recipients. */
export function deliveryState({ deliveries }: Pick<Dossier, 'deliveries'>): DeliveryState {
  if (deliveries.length === 0) return 'none'
  const all = (...wanted: ResultDelivery['state'][]) =>
    deliveries.every(({ state }) => wanted.includes(state))
  if (all('delivered')) return 'done'
  if (deliveries.some(({ state }) => state === 'delivered')) return 'partly'
  return deliveries.some(({ state }) => state === 'sent') ? 'sent' : 'waiting'
}

/** The truths about one dossier that change apart from each other, and the national code made of them. */
export function dimensions(dossier: Dossier) {
  return {
    business: dossier.state,
    financial: financialState(dossier),
    delivery: deliveryState(dossier),
    national: nationalStatus(dossier),
  }
}

type Timed = Pick<
  Dossier,
  'state' | 'acceptedAt' | 'dueAt' | 'indexDueAt' | 'decidedAt' | 'closedAt' | 'supplementRequests' | 'pauses'
>
export type TimeOutcome = 'none' | 'running' | 'overdue' | 'paused' | 'early' | 'on-time' | 'late'

/** More requests for papers than this count as late in the national index, however fast the rest was. */
const requestsTheIndexAllows = 1

/**
 * The two outcomes of a dossier: the legal one, where the limit may begin anew after a supplement, and that of
 * the national index (QĐ 766/QĐ-TTg), where waiting is subtracted and a second request counts as late.
 */
export function outcomes(dossier: Timed, now: Date): { legal: TimeOutcome; index: TimeOutcome } {
  const legal = outcomeBy(dossier, dossier.dueAt, now)
  const index = outcomeBy(dossier, dossier.indexDueAt, now)
  const askedTooOften = dossier.acceptedAt !== null && dossier.supplementRequests > requestsTheIndexAllows
  return { legal, index: askedTooOften ? 'late' : index }
}

function outcomeBy(dossier: Timed, due: string | null, now: Date): TimeOutcome {
  if (dossier.acceptedAt === null) return 'none'
  const end = dossier.decidedAt ?? dossier.closedAt
  // Ended while it waited for the applicant: the office had time left.
  if (due === null) return end === null ? 'paused' : 'on-time'
  if (end === null) return Date.parse(due) < now.getTime() ? 'overdue' : 'running'
  if (end > due) return 'late'
  return dateOfLaw(end) < dateOfLaw(due) ? 'early' : 'on-time'
}

/** Whether the legal date in force has passed without a decision. */
export function isOverdue(dossier: Pick<Dossier, 'dueAt' | 'decidedAt' | 'closedAt'>, now: Date): boolean {
  const end = dossier.decidedAt ?? dossier.closedAt
  return dossier.dueAt !== null && Date.parse(dossier.dueAt) < (end ? Date.parse(end) : now.getTime())
}
