import { type CompiledProcess, nextOf, own, type ProcessProblem } from '../compiled-process.ts'
import { graphOf } from '../process-graph.ts'
import { taskOf } from '../token-game.ts'
import { about } from './about.ts'

export function hoursWarnings(process: CompiledProcess, limitHours: number | undefined): ProcessProblem[] {
  if (limitHours === undefined) return []
  const hours = longestHours(process)
  return hours > limitHours ? [about(process, 'hours-above-limit', process.id, { hours, limitHours })] : []
}

/**
 * Working hours along the longest way through the model: branches side by side count as the longest of them, a
 * sub-process with what is inside, and a loop once at most.
 */
export function longestHours(process: CompiledProcess): number {
  const { boundariesOn } = graphOf(process)
  const known = new Map<string, number>()
  const open = new Set<string>()
  const from = (node: string): number => {
    // An element met again while still open closes a loop back: it adds nothing.
    if (open.has(node)) return 0
    const found = known.get(node)
    if (found !== undefined) return found
    open.add(node)
    const inside = own(process.subs, node)?.first.to
    const after = [...nextOf(process, node), ...boundariesOn(node).map(({ id }) => id)]
    const onward = Math.max(0, ...after.map(from))
    const hours = (taskOf(process, node)?.hours ?? 0) + (inside === undefined ? 0 : from(inside)) + onward
    open.delete(node)
    known.set(node, hours)
    return hours
  }
  return from(process.first.to)
}
