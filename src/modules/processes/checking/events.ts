import { dateOfLaw } from '../../../kernel/time.ts'
import { type CompiledProcess, nodeOf, own, type ProcessProblem } from '../compiled-process.ts'
import type { TimerSpec } from '../marking.ts'
import { catcherOf } from '../token-game.ts'
import { about } from './about.ts'

/** Errors and escalations that nothing around them catches. */
export function eventErrors(process: CompiledProcess): ProcessProblem[] {
  const raised = [
    ...Object.values(process.ends).flatMap(({ id, effect }) =>
      effect.is === 'error' || effect.is === 'escalation' ? [{ id, is: effect.is, code: effect.code }] : [],
    ),
    ...Object.values(process.throws).flatMap(({ id, escalates }) =>
      escalates ? [{ id, is: 'escalation' as const, code: escalates.code }] : [],
    ),
  ]
  return raised
    .filter(({ id, is, code }) => !isCaught(process, id, is, code))
    .map(({ id, is, code }) => about(process, `${is}-uncaught`, id, { code }))
}

function isCaught(process: CompiledProcess, from: string, is: 'error' | 'escalation', code: string): boolean {
  for (
    let sub = nodeOf(process, from)?.within ?? null;
    sub !== null;
    sub = own(process.subs, sub)?.within ?? null
  ) {
    if (catcherOf(process, sub, is, code)) return true
  }
  return false
}

/** Fixed moments that lie before the process is valid, and results that nobody will hear of. */
export function eventWarnings(
  process: CompiledProcess,
  validFrom = process.edition.validFrom,
): ProcessProblem[] {
  const timers = [
    ...Object.values(process.waits).map(({ stepId, awaits }) => ({ id: stepId, on: awaits })),
    ...Object.values(process.boundaries),
  ].flatMap(({ id, on }) => (on.is === 'timer' ? [{ id, timer: on.timer }] : []))
  const inside = Object.values(process.ends).filter(
    ({ within, result }) => result !== null && own(process.subs, within)?.called === null,
  )
  return [
    ...timers
      .filter(({ timer }) => validFrom !== null && isBefore(timer, validFrom))
      .map(({ id }) => about(process, 'timer-in-the-past', id, { validFrom: validFrom ?? '' })),
    ...inside.map(({ id }) => about(process, 'result-inside', id)),
  ]
}

const isBefore = (timer: TimerSpec, day: string) =>
  timer.kind === 'date' && dateOfLaw(new Date(timer.at)) < day
