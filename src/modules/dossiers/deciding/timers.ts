import { occur } from '../../processes/index.ts'
import type { Dossier } from '../dossier.ts'
import type { DossierEntry } from '../entries.ts'
import { entry, type Facts } from './facts.ts'
import { followsDate, processFacts, standing } from './process.ts'
import { wayOn } from './work.ts'

/**
 * What follows when the next timer of the process fires; nothing when none is due. A timer that hangs on a date of the
 * dossier which has moved since is only counted anew. Of several that are due the earliest fires: what it ends fires
 * no more.
 */
export function fireTimer(dossier: Dossier, facts: Facts): DossierEntry[] {
  if (dossier.state !== 'in-progress') return []
  const now = facts.now.toISOString()
  const marking = standing(dossier, facts.process)
  const due = marking.timers.filter(({ at }) => at !== null && at <= now)
  const [timer] = due.toSorted((a, b) => (a.at! < b.at! ? -1 : 1))
  if (timer === undefined) return []
  const moved = followsDate(dossier, timer, facts)
  if (moved !== undefined && (moved === null || moved > now)) {
    const timers = marking.timers.map((each) => (each === timer ? { ...each, at: moved } : each))
    return [entry('dossiers.timer-fired', { nodes: [], marking: { ...marking, timers } }, facts)]
  }
  const run = occur(facts.process, marking, timer.node, processFacts(dossier, facts))
  const task = dossier.tasks.find(
    ({ kind, stepId, closedAt }) => kind === 'wait' && stepId === timer.node && closedAt === null,
  )
  const { changes, ending } = wayOn(dossier, task, 'passed', run, facts)
  return [entry('dossiers.timer-fired', { nodes: [timer.node], ...changes }, facts), ...ending]
}
