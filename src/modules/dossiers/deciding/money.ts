import { dateOfLaw } from '../../../kernel/time.ts'
import type { Dossier, Obligation, Task } from '../dossier.ts'
import { obligationTask } from '../open-task.ts'
import { refusals } from '../refusals.ts'
import { pausedDates } from './dates.ts'
import { closing, type Decide, entry, type Facts } from './facts.ts'
import { resumed } from './intake.ts'

/** Asks for money that the law wants before the work goes on; the clock stops where sector law says so. */
export const requestObligation: Decide<'requestObligation'> = (dossier, task, command, facts) => {
  const { key, name, amountVnd, reason } = command
  const { dueAt, indexDueAt } =
    dossier.obligationRule === 'pause' ? pausedDates(dossier, 'obligation', facts) : dossier
  const changes = {
    ...closing(task!, 'obligation-requested'),
    opens: [obligationTask(task!, dossier.obligations.length + 1)],
  }
  const data = { obligation: { key, name, amountVnd }, reason, dueAt, indexDueAt, ...changes }
  return [entry('dossiers.obligation-requested', data, facts)]
}

export const confirmObligation: Decide<'confirmObligation'> = (dossier, task, command, facts) => {
  const { reference, paidOn } = command
  if (paidOn > dateOfLaw(facts.now)) return refusals.dateIsAhead({ date: paidOn })
  const { no } = asked(dossier, task!)
  const data = { obligation: no, reference, paidOn, ...goOn(dossier, task!, 'met', facts) }
  return [entry('dossiers.obligation-met', data, facts)]
}

export const waiveObligation: Decide<'waiveObligation'> = (dossier, task, { reason }, facts) => {
  const { no } = asked(dossier, task!)
  const data = { obligation: no, reason, ...goOn(dossier, task!, 'waived', facts) }
  return [entry('dossiers.obligation-waived', data, facts)]
}

const asked = (dossier: Dossier, task: Task): Obligation =>
  dossier.obligations.find(({ no }) => no === task.subject)!

function goOn(dossier: Dossier, task: Task, outcome: string, facts: Facts) {
  const { dates, opens } = resumed(dossier, task, facts)
  return { ...dates, ...closing(task, outcome), opens }
}
