import { isRefusal } from '../../../kernel/errors.ts'
import type { Dossier, ResultDelivery } from '../dossier.ts'
import { openTasks } from '../dossier.ts'
import type { RestoredState } from '../entries.ts'
import { reopened, returnTask } from '../open-task.ts'
import { refusals } from '../refusals.ts'
import { capacityOf } from './capacity.ts'
import { closing, closingAll, type Decide, entry, type Facts, signedIn } from './facts.ts'

export const withdraw: Decide<'withdraw'> = (dossier, _task, { reason }, facts) => [
  entry('dossiers.withdrawn', { reason, ...closingAll(dossier, 'withdrawn') }, facts),
]

export const stop: Decide<'stop'> = (dossier, _task, { reason }, facts) => [
  entry('dossiers.stopped', { reason, ...closingAll(dossier, 'stopped') }, facts),
]

/** Hands a result to the carrier; it counts as returned when the recipient has it. */
export const dispatchResult: Decide<'dispatchResult'> = (dossier, task, { carrier, tracking }, facts) => {
  const delivery = task!.subject ?? 1
  const sent = dossier.deliveries.find(({ no }) => no === delivery)?.state === 'sent'
  if (sent) return refusals.alreadySent()
  return [entry('dossiers.result-dispatched', { delivery, carrier, tracking }, facts)]
}

/** What a linked filing owes after one of its procedures failed has been done. */
export const compensate: Decide<'compensate'> = (_dossier, task, { note }, facts) => [
  entry('dossiers.compensated', { note, ...closing(task!, 'compensated') }, facts),
]

/** Gives the result to one recipient; the dossier is finished with the last. */
export const returnResult: Decide<'returnResult'> = (dossier, task, { delivery, collector }, facts) => {
  const no = task!.subject ?? 1
  const data = { delivery, no, collector, ...closing(task!, 'returned') }
  const last = openTasks(dossier).filter(({ kind }) => kind === 'return').length === 1
  if (!last) return [entry('dossiers.result-delivered', data, facts)]
  return [entry('dossiers.returned', { ...data, ...closingAll(dossier, 'returned') }, facts)]
}

/** Puts a wrong result right, at the cost of whoever made the mistake (NĐ 61/2018/NĐ-CP, Điều 21). */
export const correctResult: Decide<'correctResult'> = (dossier, _task, command, facts) => {
  const capacity = capacityOf(facts, dossier, leading(dossier), command.capacity)
  if (isRefusal(capacity)) return capacity
  const { fault, draft, reason } = command
  const said = { fault, draft, reason, ...capacity, ...signedIn(facts) }
  return [entry('dossiers.result-corrected', { ...said, ...deliveredAgain(dossier, facts) }, facts)]
}

export const revokeResult: Decide<'revokeResult'> = (dossier, _task, command, facts) => {
  const capacity = capacityOf(facts, dossier, leading(dossier), command.capacity)
  if (isRefusal(capacity)) return capacity
  const said = { reason: command.reason, ...capacity, ...signedIn(facts) }
  return [entry('dossiers.result-revoked', { ...said, ...deliveredAgain(dossier, facts) }, facts)]
}

/** Who decides about a result after it was given: a leader of the authority that settles. */
const leading = ({ competent }: Dossier) => ({ role: 'leader' as const, authority: competent })

// Every recipient of the old paper gets the new one; ways that are still open serve for it.
function deliveredAgain(dossier: Dossier, facts: Facts) {
  const open = new Set(
    openTasks(dossier).flatMap(({ kind, subject }) => (kind === 'return' ? [subject ?? 1] : [])),
  )
  const deliveries: ResultDelivery[] = dossier.deliveries.map((each) => ({
    ...each,
    state: 'waiting',
    at: null,
  }))
  const opens = deliveries
    .filter(({ no }) => !open.has(no))
    .map(({ channel, no }) => returnTask(dossier, channel, no, facts))
  return { deliveries, opens }
}

/**
 * Takes back a refusal, a withdrawal, a stop or a return that was a mistake. The clock goes on as if it had not
 * happened: the time that the mistake cost is the authority's.
 */
export const restore: Decide<'restore'> = (_dossier, _task, { reason }, facts) => {
  if (!facts.before) return refusals.nothingToRestore()
  const { dossier: before, undone } = facts.before
  const opens = openTasks(before).map((task) => reopened(task))
  return [entry('dossiers.restored', { undone, reason, back: stateOf(before), opens }, facts)]
}

function stateOf(dossier: Dossier): RestoredState {
  const { state, dueAt, indexDueAt, intakeDueAt, decidedAt, outcome, pauses } = dossier
  const { consultations, deliveries, resultState } = dossier
  return {
    ...{ state, dueAt, indexDueAt, intakeDueAt, decidedAt, outcome, pauses },
    ...{ consultations, deliveries, resultState },
  }
}
