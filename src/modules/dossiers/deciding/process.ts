import { isRefusal } from '../../../kernel/errors.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { addWorkingHours, type Calendar, workingHoursBefore } from '../../calendar/index.ts'
import {
  awaits,
  type CompiledProcess,
  type Marking,
  markingOf,
  type Opening,
  type Run,
  type Timer,
  type TimerSpec,
  timerOf,
} from '../../processes/index.ts'
import { type Dossier, type NewTask, openTasks, type Task } from '../dossier.ts'
import type { TaskChanges } from '../entries.ts'
import { stepTask, waitTask } from '../open-task.ts'
import type { Facts } from './facts.ts'
import { knownYear } from './known-year.ts'

/** What conditions of the process may read. */
export const processFacts = (
  { procedureCode, caseCode }: Pick<Dossier, 'procedureCode' | 'caseCode'>,
  { answers, now }: Pick<Facts, 'answers' | 'now'>,
  outcome?: string,
) => ({
  answers,
  procedure: { code: procedureCode, case: caseCode },
  today: dateOfLaw(now),
  ...(outcome !== undefined && { outcome }),
})

const ofProcess = new Set<Task['kind']>(['step', 'wait', 'supplement', 'obligation'])

/** Where the process stands; of what was accepted before markings were kept, the open work says it. */
export function standing(dossier: Pick<Dossier, 'marking' | 'tasks'>, process: CompiledProcess): Marking {
  if (dossier.marking !== null) return dossier.marking
  const nodes = openTasks(dossier).flatMap(({ kind, stepId }) =>
    ofProcess.has(kind) && stepId !== null ? [stepId] : [],
  )
  return markingOf(process, [...new Set(nodes)])
}

type Working = Pick<Dossier, 'receivedBy' | 'competent' | 'dueAt' | 'tasks'>
type ProcessTime = Pick<Facts, 'process' | 'calendar' | 'now'>

/** The changes of a dossier that follow from what its process did; `done` is the task that was answered. */
export function followed(dossier: Working, run: Run, facts: ProcessTime, done?: Task): Required<TaskChanges> {
  const steps = run.opens
    .filter(({ kind }) => kind === 'step')
    .map(({ step }) => stepTask(dossier, step, facts))
  const marking = timed(run, { dossier, steps }, facts)
  const waits = run.opens
    .filter(({ kind }) => kind !== 'step')
    .map((opening) => waitTask(dossier, opening.step, dueOfWait(opening, marking), facts))
  const beside = watchedBeside(dossier, run, facts)
  const gone = new Set([...run.ends, ...beside.gone])
  const interrupted = openTasks(dossier).filter(
    ({ no, stepId }) => no !== done?.no && stepId !== null && gone.has(stepId),
  )
  const closes = interrupted.map(({ no }) => ({ no, outcome: 'interrupted' }))
  return { opens: [...steps, ...waits, ...beside.opens], closes, changes: [], marking }
}

// A message that may come while a step or a part runs is watched over beside it, by whoever does the step.
function watchedBeside(dossier: Working, { marking }: Run, facts: ProcessTime) {
  const { process } = facts
  const boundary = (node: string) => process.boundaries[node]
  const awaited = awaits(process, marking).messages.filter(({ node }) => boundary(node) !== undefined)
  const open = openTasks(dossier).flatMap(({ kind, stepId }) =>
    kind === 'wait' && stepId !== null && boundary(stepId) !== undefined ? [stepId] : [],
  )
  const opens = awaited
    .filter(({ node }) => !open.includes(node))
    .map(({ node }) => {
      const { host, name } = boundary(node)!
      const step = process.steps[host] ?? process.waits[host] ?? Object.values(process.steps)[0]!
      return waitTask(dossier, { ...step, stepId: node, name: name || node }, null, facts)
    })
  const gone = open.filter((node) => !awaited.some((each) => each.node === node))
  return { opens, gone }
}

const dueOfWait = ({ kind, node }: Opening, { timers }: Marking) =>
  kind === 'timer' ? (timers.find((timer) => timer.node === node)?.at ?? null) : undefined

interface Timing {
  dossier: Pick<Dossier, 'dueAt' | 'tasks'>
  /** Steps that open at the same moment. */
  steps: readonly NewTask[]
}

// Only what was armed now has no moment yet.
function timed({ marking, arms }: Run, timing: Timing, facts: ProcessTime): Marking {
  const armed = new Map(arms.map(({ node, spec }) => [node, spec]))
  const timers = marking.timers.map((timer) => {
    const spec = timer.at === null ? armed.get(timer.node) : undefined
    return spec ? { ...timer, at: momentOf(spec, timer, { ...timing, marking }, facts) } : timer
  })
  return { ...marking, timers }
}

/**
 * The timers with their moments counted anew: once the clock goes on after a pause, those that count from now, and at
 * any time those that count from a date that has moved meanwhile.
 */
export function countedAnew(dossier: Dossier, steps: readonly NewTask[], facts: Facts): Marking {
  const marking = standing(dossier, facts.process)
  const timers = marking.timers.map((timer) => {
    const spec = timerOf(facts.process, timer.node)
    return spec ? { ...timer, at: momentOf(spec, timer, { dossier, steps, marking }, facts) } : timer
  })
  return { ...marking, timers }
}

/** When a timer that hangs on a date of the dossier fires by today's date; undefined for those that do not. */
export function followsDate(dossier: Dossier, timer: Timer, facts: Facts): string | null | undefined {
  const spec = timerOf(facts.process, timer.node)
  if (spec?.kind !== 'duration' || spec.relativeTo === 'start') return undefined
  return momentOf(spec, timer, { dossier, steps: [], marking: standing(dossier, facts.process) }, facts)
}

/** When a timer fires; `now` is the moment at which what it stands on began. */
export function momentOf(
  spec: TimerSpec,
  timer: Timer,
  timing: Timing & { marking: Marking },
  { now, calendar }: Pick<Facts, 'now' | 'calendar'>,
): string | null {
  if (spec.kind === 'date') return new Date(spec.at).toISOString()
  const { relativeTo, minutes } = spec
  const from = relativeTo === 'start' ? now.toISOString() : dateMeant(relativeTo, timer, timing)
  if (from === null) return null
  if (spec.clock === 'calendar') return new Date(Date.parse(from) + minutes * 60_000).toISOString()
  // A year that nobody published gives no moment: the alarm list shows the dossier, nothing is guessed.
  const at = knownYear(() => inWorkingTime(calendar, from, minutes / 60))
  return isRefusal(at) ? null : at
}

const inWorkingTime = (calendar: Calendar, from: string, hours: number) =>
  hours < 0 ? workingHoursBefore(calendar, from, -hours) : addWorkingHours(calendar, from, hours)

// A timer on a step counts from the hours of that step; anywhere else only the dossier has a date.
function dateMeant(
  relativeTo: 'step-due' | 'dossier-due',
  { token }: Timer,
  { dossier, steps, marking }: Timing & { marking: Marking },
): string | null {
  const host = marking.tokens.find(({ no }) => no === token)?.at
  if (relativeTo === 'dossier-due' || host === undefined) return dossier.dueAt
  const work = [...steps, ...openTasks(dossier)].find(
    ({ kind, stepId }) => kind === 'step' && stepId === host,
  )
  return work?.dueAt ?? dossier.dueAt
}
