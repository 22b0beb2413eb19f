import { isRefusal } from '../../kernel/errors.ts'
import { addWorkingHours, type Calendar } from '../calendar/index.ts'
import type { CompiledProcess, StepRef } from '../processes/index.ts'
import { knownYear } from './deciding/known-year.ts'
import type { Consultation, Delivery, Dossier, NewTask, Role, Task } from './dossier.ts'

/** What a task is and when it should be done depends on. */
interface TaskFacts {
  now: Date
  calendar: Calendar
  process: CompiledProcess
}
type Time = Pick<TaskFacts, 'now' | 'calendar'>

/**
 * Working hours until a result should have reached the person; at the counter, until somebody reminds them.
 * Our own planning: the legal date is that of the decision, and whoever comes late is not the officer's delay.
 */
const returnHours = { electronic: 4, post: 8, counter: 40 } as const

/** Working hours in which another party should have agreed, and a receiver taken over: our own planning. */
const confirmHours = 40
const takeOverHours = 8

/**
 * When so many working hours from now are over. Our own planning never stops an act: across a year whose days off
 * nobody published it has no hour.
 */
export function inHours({ now, calendar }: Time, hours: number): string | null {
  const at = knownYear(() => addWorkingHours(calendar, now.toISOString(), hours))
  return isRefusal(at) ? null : at
}

const plain = { stepId: null, stepKind: null, assignee: null } as const

/** Looking whether a filing is complete, at the one-stop unit that received it. */
export const intakeTask = (authority: string, dueAt: string | null): NewTask => ({
  ...plain,
  kind: 'intake',
  name: 'intake',
  role: 'reception',
  authority,
  unitKind: 'one-stop',
  dueAt,
})

/** Waiting for another party to agree, on their own phone or at the counter. */
export const confirmTask = (authority: string, party: number, time: Time): NewTask => ({
  ...plain,
  kind: 'confirm',
  name: 'confirm',
  role: 'applicant',
  authority,
  unitKind: 'one-stop',
  dueAt: inHours(time, confirmHours),
  subject: party,
})

/** A step of the process, with its own hours from now; they never reach beyond the legal date. */
export function stepTask(
  dossier: Pick<Dossier, 'receivedBy' | 'competent' | 'dueAt'>,
  step: StepRef,
  time: Time,
): NewTask {
  const planned = inHours(time, step.hours)
  return {
    kind: 'step',
    stepId: step.stepId,
    stepKind: step.kind,
    name: step.name,
    role: step.role,
    authority: step.authority === 'receiving' ? dossier.receivedBy : dossier.competent,
    unitKind: step.unitKind,
    assignee: null,
    dueAt: planned === null || (dossier.dueAt !== null && dossier.dueAt < planned) ? dossier.dueAt : planned,
  }
}

/**
 * Waiting for what the process waits for: whoever watches over it sees it. `dueAt` is the moment of a timer; a message
 * is expected within the hours of the model.
 */
export const waitTask = (
  dossier: Pick<Dossier, 'receivedBy' | 'competent' | 'dueAt'>,
  wait: StepRef,
  dueAt: string | null | undefined,
  time: Time,
): NewTask => {
  const watched = stepTask(dossier, wait, time)
  return { ...watched, kind: 'wait', stepKind: null, ...(dueAt !== undefined && { dueAt }) }
}

/** A step taken up again gets its hours anew, and keeps its officer while it is done at the same place. */
export function stepAgain(task: Task, dossier: Dossier, facts: TaskFacts): NewTask {
  const step = facts.process.steps[task.stepId!]
  const again = step === undefined ? reopened(task) : stepTask(dossier, step, facts)
  const { assignee, authority, role } = task
  const elsewhere = authority !== again.authority || role !== again.role
  const free = assignee !== null && (dossier.barred.includes(assignee) || elsewhere)
  return { ...again, assignee: free ? null : assignee }
}

/** Waiting for the applicant, in the place of the task that asked; no hours run. */
export const waitingTask = (asking: Task): NewTask => ({
  ...reopened(asking),
  kind: 'supplement',
  role: 'applicant',
  assignee: null,
  dueAt: null,
})

/** Waiting for the applicant to pay, in the place of the step that asked. */
export const obligationTask = (asking: Task, obligation: number): NewTask => ({
  ...waitingTask(asking),
  kind: 'obligation',
  subject: obligation,
})

/** An opinion to give; of a body outside, the answer is entered by whoever asked. */
export function consultTask(
  dossier: Pick<Dossier, 'competent'>,
  asking: Task,
  { to, replyBy, no }: Pick<Consultation, 'to' | 'replyBy' | 'no'>,
): NewTask {
  const inside = 'authority' in to
  return {
    kind: 'consult',
    stepId: asking.stepId,
    stepKind: null,
    name: 'consult',
    role: inside ? to.role : asking.role,
    authority: inside ? to.authority : dossier.competent,
    unitKind: 'division',
    assignee: inside ? null : asking.assignee,
    dueAt: replyBy,
    subject: no,
  }
}

/** A look at the place, by whoever does the step. */
export const visitTask = (asking: Task, dueAt: string): NewTask => ({
  ...reopened(asking),
  kind: 'visit',
  stepKind: null,
  name: 'visit',
  dueAt,
})

/** Giving the result to one recipient. */
export const returnTask = (
  { receivedBy }: Pick<Dossier, 'receivedBy'>,
  channel: Delivery,
  delivery: number,
  time: Time,
): NewTask => ({
  ...plain,
  kind: 'return',
  name: 'return',
  role: channel === 'post' ? 'post' : 'reception',
  authority: receivedBy,
  unitKind: 'one-stop',
  dueAt: inHours(time, returnHours[channel]),
  subject: delivery,
})

/** Taking over a dossier that belongs elsewhere: its one-stop unit answers. */
export const transferTask = (authority: string, time: Time): NewTask => ({
  ...plain,
  kind: 'transfer',
  name: 'transfer',
  role: 'reception',
  authority,
  unitKind: 'one-stop',
  dueAt: inHours(time, takeOverHours),
})

/** Taking over papers. */
export const handOverTask = (
  { authority, role, officer }: { authority: string; role: Role; officer: string | null },
  time: Time,
): NewTask => ({
  ...plain,
  kind: 'handover',
  name: 'handover',
  role,
  authority,
  unitKind: 'division',
  assignee: officer,
  dueAt: inHours(time, takeOverHours),
})

/** The same task once more: number, times and outcome belong to the one that was. */
export const reopened = ({ no, openedAt, closedAt, closedBy, outcome, ...task }: Task): NewTask => task
