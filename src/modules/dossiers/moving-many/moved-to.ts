import type { Calendar } from '../../calendar/index.ts'
import { type CompiledProcess, type Marking, type StepRef, timerOf } from '../../processes/index.ts'
import { followed, momentOf, standing } from '../deciding/process.ts'
import { type Dossier, openTasks, type Task, type TaskChange } from '../dossier.ts'
import type { EntryData, ProcessRef, TaskChanges } from '../entries.ts'
import { stepTask, waitTask } from '../open-task.ts'
import { movedMarking, own, type StepMapping, type VersionChange } from './moved-marking.ts'

/** The part of a dossier that its process changes; `tasks` may be the open ones alone. */
export type ProcessedDossier = Pick<
  Dossier,
  | 'state'
  | 'acceptedAt'
  | 'decidedAt'
  | 'closedAt'
  | 'dueAt'
  | 'receivedBy'
  | 'competent'
  | 'marking'
  | 'tasks'
>

export interface MoveFacts {
  now: Date
  /** Of the authority that settles it. */
  calendar: Calendar
  /** Names of the two versions. */
  versions: { from: ProcessRef; to: ProcessRef }
  run: string
}

/** Why a dossier stays on its version; `step` is the one where it stands, when that is why. */
export type StaysBecause = 'step-not-mapped' | 'not-reachable'
type Stays = { stays: StaysBecause; step: string | null }
type Changed = EntryData['dossiers.process-changed']

/**
 * What becomes of an open dossier on another version of its process, or why it stays. Each open step becomes the one
 * that the mapping names, with its name, role, hours and timers, counted from when the task was opened and never beyond
 * the legal date; who holds it keeps it while role and authority stay. A dossier that the new version could never have
 * brought to where it would stand stays: it might never end.
 */
export function movedTo(
  dossier: ProcessedDossier,
  from: CompiledProcess,
  to: CompiledProcess,
  mapping: StepMapping,
  facts: MoveFacts,
): Changed | Stays {
  const { run, versions } = facts
  const stated = { ...versions, mapping: { ...mapping }, run }
  // Its process has not begun: nothing of it is to be mapped.
  if (dossier.acceptedAt === null) return stated
  const change = { from, to, mapping }
  const astray = openTasks(dossier).find(({ stepId }) => stepId !== null && newIdOf(stepId, change) === null)
  if (astray) return { stays: 'step-not-mapped', step: astray.stepId }
  const marking = movedMarking(standing(dossier, from), change)
  return 'stays' in marking ? marking : { ...stated, ...taskChanges(dossier, change, marking, facts) }
}

/** The new id of a step, wait or event; null when the mapping says none, undefined for an event that is gone. */
function newIdOf(stepId: string, { from, to, mapping }: VersionChange): string | null | undefined {
  const named = own(mapping, stepId)
  if (named !== undefined) return named
  if (own(from.boundaries, stepId) === undefined) return null
  return own(to.boundaries, stepId)?.on.is === 'message' ? stepId : undefined
}

function taskChanges(
  dossier: ProcessedDossier,
  change: VersionChange,
  placed: Marking,
  { calendar, now }: MoveFacts,
): TaskChanges {
  const open = openTasks(dossier)
  const newId = (task: Task) => (task.stepId === null ? null : newIdOf(task.stepId, change))
  const gone = open.filter((task) => newId(task) === undefined)
  const become = open.map((task) => {
    const stepId = newId(task)
    return typeof stepId === 'string'
      ? { ...task, ...becomes(task, stepId, { dossier, change, calendar }) }
      : task
  })
  const marking = timed(placed, change, { dossier: { ...dossier, tasks: become }, calendar })
  const tasks = become.map((task) => waitingUntil(task, marking, change))
  // Messages that the new version awaits beside a step are watched over from now on, those it does not no longer.
  const stands = { marking, opens: [], ends: [], arms: [], ended: false, result: null }
  const left = { ...dossier, tasks: tasks.filter(({ no }) => !gone.some((task) => task.no === no)) }
  const beside = followed(left, stands, { process: change.to, calendar, now })
  const ends = gone.map(({ no }) => ({ no, outcome: 'process-changed' }))
  return {
    changes: open.flatMap((task, i) => changed(task, tasks[i]!)),
    opens: beside.opens,
    closes: [...ends, ...beside.closes],
    marking,
  }
}

interface Becoming {
  dossier: ProcessedDossier
  change: VersionChange
  calendar: Calendar
}

/** What an open task becomes; of what only stands beside a step, no more than where it belongs. */
function becomes(task: Task, stepId: string, { dossier, change: { to }, calendar }: Becoming): TaskChange {
  const step = own(to.steps, stepId) ?? own(to.waits, stepId) ?? eventOf(to, stepId)
  if (step === undefined) return { stepId }
  const time = { now: new Date(task.openedAt), calendar }
  const made = task.kind === 'wait' ? waitTask(dossier, step, undefined, time) : stepTask(dossier, step, time)
  const { name, role, authority, unitKind, stepKind } = made
  const assignee = task.role === role && task.authority === authority ? task.assignee : null
  switch (task.kind) {
    case 'step':
    case 'wait': {
      // While the dossier waits for the applicant no hours run beside it.
      const stands = task.dueAt === null && (task.kind === 'wait' || dossier.state !== 'in-progress')
      const dueAt = stands ? null : made.dueAt
      return { stepId, stepKind, name, role, authority, unitKind, dueAt, assignee }
    }
    case 'supplement':
    case 'obligation':
      return { stepId, stepKind, name, authority, unitKind }
    case 'visit':
      return { stepId, role, authority, unitKind, assignee }
    default:
      return { stepId }
  }
}

// A message beside a step is watched over by whoever does the step.
function eventOf({ boundaries, steps, waits }: CompiledProcess, id: string): StepRef | undefined {
  const event = own(boundaries, id)
  const host = event && (own(steps, event.host) ?? own(waits, event.host))
  return host && { ...host, stepId: id, name: event.name || id }
}

/** The moments of timers that were armed now, and of those that hang on a date which may have moved. */
function timed(
  marking: Marking,
  { to }: VersionChange,
  { dossier, calendar }: { dossier: ProcessedDossier; calendar: Calendar },
): Marking {
  const began = new Map(openTasks(dossier).map(({ stepId, openedAt }) => [stepId, openedAt]))
  const earliest = [...began.values()].toSorted()[0]!
  const timers = marking.timers.map((timer) => {
    const spec = timerOf(to, timer.node)!
    const goesOn = spec.kind === 'date' || spec.relativeTo === 'start'
    if (timer.at !== null && goesOn) return timer
    const host = marking.tokens.find(({ no }) => no === timer.token)?.at
    const now = new Date(began.get(host ?? null) ?? earliest)
    return { ...timer, at: momentOf(spec, timer, { dossier, steps: [], marking }, { now, calendar }) }
  })
  return { ...marking, timers }
}

function waitingUntil(task: Task, { timers }: Marking, { to }: VersionChange): Task {
  if (task.kind !== 'wait' || own(to.waits, task.stepId!)?.awaits.is !== 'timer') return task
  return { ...task, dueAt: timers.find(({ node }) => node === task.stepId)?.at ?? null }
}

/** What is stated of a task that goes on: no more than what changes. */
function changed(before: Task, after: Task): NonNullable<TaskChanges['changes']> {
  const keys = ['stepId', 'stepKind', 'name', 'role', 'authority', 'unitKind', 'dueAt', 'assignee'] as const
  const set = Object.fromEntries(
    keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]),
  )
  return Object.keys(set).length === 0 ? [] : [{ no: before.no, set }]
}
