import { type CompiledProcess, type Gateway, nodesOf, own, type Way, waysFrom } from '../compiled-process.ts'
import { judge } from '../judge-branch.ts'
import { graphOf } from '../process-graph.ts'

/** How the step before may have ended when a token comes to a node; null when no step brought it. */
export type Arriving = ReadonlyMap<string, ReadonlySet<string | null>>

/** The outcomes that may arrive at every node, followed through the whole process. */
export function arrivingOutcomes(process: CompiledProcess): Arriving {
  const arriving = new Map<string, Set<string | null>>()
  const all = new Set<string | null>([null, ...Object.values(process.steps).flatMap((step) => step.outcomes)])
  const waiting: string[] = []
  const bring = (node: string, outcomes: Iterable<string | null>) => {
    const known = arriving.get(node) ?? new Set()
    const before = known.size
    for (const outcome of outcomes) known.add(outcome)
    arriving.set(node, known)
    if (known.size > before || before === 0) waiting.push(node)
  }
  bring(process.first.to, [null])
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const [next, outcomes] of passedOn(process, node, arriving.get(node)!, all)) bring(next, outcomes)
  }
  return arriving
}

type Passed = [node: string, outcomes: Iterable<string | null>]

function passedOn(
  process: CompiledProcess,
  node: string,
  arrived: ReadonlySet<string | null>,
  all: ReadonlySet<string | null>,
): Passed[] {
  const borders = graphOf(process).boundariesOn(node)
  const onBorder: Passed[] = borders.map(({ next, on }) => [next.to, 'code' in on ? all : [null]])
  const step = own(process.steps, node)
  const gateway = own(process.gateways, node)
  const sub = own(process.subs, node)
  const ending = own(process.ends, node)
  if (step) return [...onBorder, [step.next.to, step.outcomes.filter((each) => !raises(process, node, each))]]
  if (gateway)
    return chosen(gateway, gateway.kind === 'inclusive' && gateway.incoming.length > 1 ? all : arrived)
  if (sub) return [...onBorder, [sub.first.to, arrived]]
  if (ending) return ending.within === null ? [] : [[own(process.subs, ending.within)!.next.to, arrived]]
  const outcomes = own(process.waits, node) ? [null] : arrived
  return [...onBorder, ...waysFrom(process, node).map(({ to }): Passed => [to, outcomes])]
}

function raises(process: CompiledProcess, stepId: string, outcome: string): boolean {
  return graphOf(process)
    .boundariesOn(stepId)
    .some(({ on }) => 'code' in on && on.code === outcome)
}

function chosen(gateway: Gateway, arrived: ReadonlySet<string | null>): Passed[] {
  return [...gateway.branches, ...(gateway.otherwise ? [gateway.otherwise] : [])].map((way) => [
    way.to,
    [...arrived].filter((outcome) => mayTake(gateway, way, outcome)),
  ])
}

/** Whether a gateway may choose a way after an outcome. */
export function mayTake(gateway: Gateway, way: Way, outcome: string | null): boolean {
  const index = gateway.branches.findIndex((branch) => branch.flowId === way.flowId)
  const before = index < 0 ? gateway.branches : gateway.branches.slice(0, index)
  const earlier = gateway.kind !== 'inclusive' || index < 0
  if (earlier && gateway.kind !== 'parallel' && before.some((branch) => judge(branch, outcome) === true))
    return false
  return index < 0 || judge(gateway.branches[index]!, outcome) !== false
}

/** Nodes of a process that choose. */
export const choosingGateways = (process: CompiledProcess): Gateway[] =>
  nodesOf(process)
    .map((node) => own(process.gateways, node))
    .filter((gateway) => gateway !== undefined && gateway.kind !== 'parallel') as Gateway[]
