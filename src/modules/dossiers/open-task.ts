import { addWorkingHours, type Calendar } from '../calendar/index.ts'
import type { CompiledProcess, StepRef } from '../processes/index.ts'
import type { Dossier, NewTask, Task } from './dossier.ts'

/** What the time of a task depends on. */
interface TaskFacts {
  now: Date
  calendar: Calendar
  process: CompiledProcess
}

/**
 * Working hours until a result should have reached the person; at the counter, until somebody reminds them.
 * Our own planning: the legal date is that of the decision, and whoever comes late is not the officer's delay.
 */
const returnHours = { electronic: 4, post: 8, counter: 40 } as const

/** Looking whether a filing is complete, at the one-stop unit that received it. */
export const intakeTask = (authority: string, dueAt: string): NewTask => ({
  kind: 'intake',
  stepId: null,
  stepKind: null,
  name: 'intake',
  role: 'reception',
  authority,
  unitKind: 'one-stop',
  assignee: null,
  dueAt,
})

/** A step of the process, with its own hours from now. */
export function stepTask(
  dossier: Pick<Dossier, 'receivedBy' | 'competent'>,
  step: StepRef,
  { now, calendar }: Pick<TaskFacts, 'now' | 'calendar'>,
): NewTask {
  return {
    kind: 'step',
    stepId: step.stepId,
    stepKind: step.kind,
    name: step.name,
    role: step.role,
    authority: step.authority === 'receiving' ? dossier.receivedBy : dossier.competent,
    unitKind: step.unitKind,
    assignee: null,
    dueAt: addWorkingHours(calendar, now.toISOString(), step.hours),
  }
}

/** A step taken up again keeps its officer and gets its hours anew. */
export function stepAgain(task: Task, dossier: Dossier, facts: TaskFacts): NewTask {
  const step = facts.process.steps[task.stepId!]
  if (step === undefined) return asNew(task)
  return { ...stepTask(dossier, step, facts), assignee: task.assignee }
}

/** Waiting for the applicant, in the place of the task that asked; no hours run. */
export const waitingTask = (asking: Task): NewTask => ({
  ...asNew(asking),
  kind: 'supplement',
  role: 'applicant',
  assignee: null,
  dueAt: null,
})

/** Giving the result to the person. */
export const returnTask = (
  { receivedBy, delivery }: Pick<Dossier, 'receivedBy' | 'delivery'>,
  { now, calendar }: Pick<TaskFacts, 'now' | 'calendar'>,
): NewTask => ({
  kind: 'return',
  stepId: null,
  stepKind: null,
  name: 'return',
  role: delivery === 'post' ? 'post' : 'reception',
  authority: receivedBy,
  unitKind: 'one-stop',
  assignee: null,
  dueAt: addWorkingHours(calendar, now.toISOString(), returnHours[delivery]),
})

// Number, times and outcome belong to the task that was.
const asNew = ({ no, openedAt, closedAt, closedBy, outcome, ...task }: Task): NewTask => task
