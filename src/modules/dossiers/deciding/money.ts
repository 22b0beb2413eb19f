import { dateOfLaw } from '../../../kernel/time.ts'
import type { Dossier, Obligation, Task } from '../dossier.ts'
import { obligationTask } from '../open-task.ts'
import { refusals } from '../refusals.ts'
import { pausedDates } from './dates.ts'
import { closing, type Decide, entry, type Facts } from './facts.ts'
import { besides, resumed } from './intake.ts'

/** Asks for money that the law wants before the work goes on; the clock stops where sector law says so. */
export const requestObligation: Decide<'requestObligation'> = (dossier, task, command, facts) => {
  const { key, name, amountVnd, reason } = command
  const { dueAt, indexDueAt } =
    dossier.obligationRule === 'pause' ? pausedDates(dossier, 'obligation', facts) : dossier
  const changes = {
    ...closing(task!, 'obligation-requested'),
    opens: [obligationTask(task!, dossier.obligations.length + 1)],
    ...(dossier.obligationRule === 'pause' && { changes: besides(dossier, task!, () => null) }),
  }
  const data = { obligation: { key, name, amountVnd }, reason, dueAt, indexDueAt, ...changes }
  return [entry('dossiers.obligation-requested', data, facts)]
}

export const confirmObligation: Decide<'confirmObligation'> = (dossier, task, command, facts) => {
  const { reference, paidOn } = command
  if (paidOn > dateOfLaw(facts.now)) return refusals.dateIsAhead({ date: paidOn })
  const { no } = asked(dossier, task!)
  const until = proofOf(dossier, paidOn, facts)
  const data = { obligation: no, reference, paidOn, until, ...goOn(dossier, task!, 'met', facts, until) }
  return [entry('dossiers.obligation-met', data, facts)]
}

export const waiveObligation: Decide<'waiveObligation'> = (dossier, task, { reason }, facts) => {
  const { no } = asked(dossier, task!)
  const data = { obligation: no, reason, ...goOn(dossier, task!, 'waived', facts) }
  return [entry('dossiers.obligation-waived', data, facts)]
}

// The clock stands until the proof of payment: who enters it days later wins no time by that.
function proofOf({ pauses }: Dossier, paidOn: string, { now }: Facts): string {
  const paidBy = new Date(`${paidOn}T23:59:59.999+07:00`).toISOString()
  const from = pauses.find(({ to }) => to === null)?.from ?? paidBy
  const [, until] = [from, paidBy].toSorted()
  return [until!, now.toISOString()].toSorted()[0]!
}

/** Puts right what fees come to, once they are counted; an obligation that still waits for the money follows. */
export const correctFees: Decide<'correctFees'> = (dossier, _task, { fees, reason }, facts) => {
  const unknown = fees.find(({ key }) => !dossier.fees.some((fee) => fee.key === key))
  if (unknown) return refusals.unknownFee({ fee: unknown.key })
  const counted = new Map(fees.map(({ key, amountVnd }) => [key, amountVnd]))
  const corrected = dossier.fees.flatMap(({ key, name, amountVnd }) => {
    const toVnd = counted.get(key)
    return toVnd === undefined || toVnd === amountVnd ? [] : [{ key, name, fromVnd: amountVnd, toVnd }]
  })
  // Counted to the same amount once more, or by two people at once: told once.
  if (corrected.length === 0) return refusals.feesUnchanged()
  const waiting = dossier.obligations.filter(({ state }) => state === 'requested')
  const obligations = waiting.flatMap(({ no, key, name }) =>
    corrected.filter((fee) => fee.key === key).map(({ toVnd }) => ({ no, name, amountVnd: toVnd })),
  )
  return [entry('dossiers.fees-corrected', { fees: corrected, obligations, reason }, facts)]
}

const asked = (dossier: Dossier, task: Task): Obligation =>
  dossier.obligations.find(({ no }) => no === task.subject)!

function goOn(dossier: Dossier, task: Task, outcome: string, facts: Facts, until?: string) {
  const { dates, ...going } = resumed(dossier, task, facts, until)
  return { ...dates, ...closing(task, outcome), ...going }
}
