import { type CompiledProcess, nextOf, own } from './compiled-process.ts'
import { reachable } from './process-graph.ts'

/**
 * Whether nothing that stands at a step or wait is granted before somebody decides. Events beside steps are left
 * out: they are what happens otherwise.
 */
export function isStillDecided(process: CompiledProcess, node: string): boolean {
  const next = (id: string): string[] => {
    if (own(process.steps, id)?.kind === 'decide') return []
    const sub = own(process.subs, id)
    if (sub) return [sub.first.to]
    const end = own(process.ends, id)
    if (!end) return nextOf(process, id)
    const around = end.within === null ? undefined : own(process.subs, end.within)
    const goesOn = end.effect.is === 'none' || end.effect.is === 'terminate'
    return around && goesOn ? [around.next.to] : []
  }
  return [...reachable([node], next)].every((id) => {
    const end = own(process.ends, id)
    return end === undefined || end.within !== null || end.result === 'refused'
  })
}
