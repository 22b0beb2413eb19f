import {
  type CompiledProcess,
  nextOf,
  nodeOf,
  nodesOf,
  own,
  type ProcessProblem,
} from '../compiled-process.ts'
import { graphOf, reachable } from '../process-graph.ts'
import { about } from './about.ts'

/** What nothing leads to, what leads to no end, and what would turn without anybody working. */
export function flowErrors(process: CompiledProcess): ProcessProblem[] {
  const nodes = nodesOf(process)
  const reached = reachable([process.first.to], (node) => leadsTo(process, node))
  const canEnd = leadingToEnds(process, nodes)
  return [
    ...nodes.filter((node) => !reached.has(node)).map((node) => about(process, 'unreachable', node)),
    ...nodes
      .filter((node) => reached.has(node) && !canEnd.has(node))
      .map((node) => about(process, 'loop-without-exit', node)),
    ...idleLoop(process).map((node) => about(process, 'loop-without-work', node)),
  ]
}

function leadsTo(process: CompiledProcess, node: string): string[] {
  const inside = own(process.subs, node)?.first.to
  return [
    ...nextOf(process, node),
    ...graphOf(process)
      .boundariesOn(node)
      .map(({ id }) => id),
    ...(inside === undefined ? [] : [inside]),
  ]
}

// What is inside a sub-process may also be left by an event on its border.
function leadingToEnds(process: CompiledProcess, nodes: string[]): Set<string> {
  const before = new Map<string, string[]>()
  const note = (node: string, target: string) => before.set(target, [...(before.get(target) ?? []), node])
  for (const node of nodes) {
    for (const target of [...nextOf(process, node), ...borders(process, node)]) note(node, target)
  }
  return reachable(Object.keys(process.ends), (node) => before.get(node) ?? [])
}

function borders(process: CompiledProcess, node: string): string[] {
  const { boundariesOn } = graphOf(process)
  const hosts: string[] = []
  for (let at: string | null = node; at !== null; at = nodeOf(process, at)?.within ?? null) hosts.push(at)
  return hosts
    .flatMap((host) => boundariesOn(host).filter((each) => each.interrupting || host === node))
    .map(({ id }) => id)
}

// Joins stop their tokens; a circle that still turns through one shows when the process is played.
function idleLoop(process: CompiledProcess): string[] {
  const passed = (node: string) => isPassed(process, node)
  const after = (node: string) => nextOf(process, node).filter(passed)
  return nodesOf(process).filter((node) => passed(node) && reachable(after(node), after).has(node))
}

function isPassed(process: CompiledProcess, node: string): boolean {
  const gateway = own(process.gateways, node)
  if (gateway) return gateway.kind === 'exclusive' || gateway.incoming.length < 2
  const sub = own(process.subs, node)
  if (!sub) return own(process.throws, node) !== undefined
  // A sub-process is passed at once when some way through it has no work.
  const inside = (each: string): string[] =>
    nextOf(process, each).filter((next) => own(process.ends, next) || isPassed(process, next))
  const first = sub.first.to
  if (!own(process.ends, first) && !isPassed(process, first)) return false
  return [...reachable([first], inside)].some((each) => own(process.ends, each) !== undefined)
}
