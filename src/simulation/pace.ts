import type { Task } from '../modules/dossiers/index.ts'
import type { Random } from './random.ts'

/**
 * How people do the kinds of step: the share of the planned hours that a step takes, and how much of that passes before
 * somebody begins. Specialists begin early and work long; heads check and leaders sign what has gathered, at a stroke.
 */
const paces = {
  work: { takes: [0.2, 0.75], before: 0.4 },
  draft: { takes: [0.1, 0.5], before: 0.35 },
  review: { takes: [0.25, 0.8], before: 0.85 },
  decide: { takes: [0.3, 0.95], before: 1 },
  issue: { takes: [0.1, 0.35], before: 1 },
} as const satisfies Record<string, { takes: readonly [number, number]; before: number }>

type PacedStep = Pick<Task, 'stepKind' | 'assignee'>
const paceOf = ({ stepKind }: PacedStep) => paces[stepKind ?? 'work']

/** A few steps take longer than they may. */
const late = 0.014

/** Planned hours that pass until the next act on a step: until somebody begins it, or from then to its end. */
export function hoursOfStep(step: PacedStep, hours: number, begun: boolean, random: Random): number {
  const {
    takes: [least, most],
    before,
  } = paceOf(step)
  const share = least + random.next() * (most - least) + (random.chance(late) ? random.waiting(1.4) : 0)
  return hours * share * (begun ? 1 - before : before)
}

/** Who checks a file takes it to their desk first; who signs does it at a stroke, and who drafts begins by drafting. */
export function isTakenFirst(task: Task, random: Random): boolean {
  if (task.kind !== 'step' || task.assignee !== null) return false
  if (task.stepKind === 'work') return true
  return task.stepKind === 'review' && random.chance(0.6)
}
