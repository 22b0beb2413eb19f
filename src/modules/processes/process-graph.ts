import {
  type Boundary,
  type CompiledProcess,
  type Ending,
  type Gateway,
  nodesOf,
  type Step,
  type SubProcess,
  type Throwing,
  type Wait,
  waysFrom,
} from './compiled-process.ts'

/**
 * Questions about who leads to whom, answered once per process and question. A node leads on by its ways and by
 * its boundary events; sub-processes are nodes of the level at which they stand.
 */
export interface ProcessGraph {
  find(node: string): Found | undefined
  /** More moves than any run takes that comes to rest: a stored model that turns in a circle must not hang. */
  mostMoves: number
  boundariesOn(host: string): readonly Boundary[]
  /** The nodes that something which leaves a node can come to. */
  after(node: string): ReadonlySet<string>
  /** The nodes from which a token can come to a join without passing it, for each flow on which it can come. */
  towards(join: Gateway): readonly ReadonlySet<string>[]
  /** What only the branch of a boundary event leads to: while something stands there, the branch goes on. */
  branchOf(boundary: Boundary): ReadonlySet<string>
}

/** A node with what it is. */
export type Found =
  | { is: 'task'; task: Step | Wait }
  | { is: 'gateway'; gateway: Gateway }
  | { is: 'sub'; sub: SubProcess }
  | { is: 'throw'; throwing: Throwing }
  | { is: 'boundary'; boundary: Boundary }
  | { is: 'end'; ending: Ending }

const graphs = new WeakMap<CompiledProcess, ProcessGraph>()

export function graphOf(process: CompiledProcess): ProcessGraph {
  const graph = graphs.get(process) ?? newGraph(process)
  graphs.set(process, graph)
  return graph
}

function newGraph(process: CompiledProcess): ProcessGraph {
  const boundaries = Map.groupBy(Object.values(process.boundaries), (boundary) => boundary.host)
  const boundariesOn = (host: string) => boundaries.get(host) ?? []
  const next = (node: string) => [
    ...waysFrom(process, node).map((way) => way.to),
    ...boundariesOn(node).map((boundary) => boundary.id),
  ]
  const after = remembered((node: string) => reachable(next(node), next))
  const found = foundIn(process)
  return {
    find: (node) => found.get(node),
    mostMoves: 1_000 + 20 * nodesOf(process).length,
    boundariesOn,
    after,
    towards: remembered(
      (join: Gateway) => join.incoming.map((flowId) => searchTowards(process, join.id, flowId)),
      (join) => join.id,
    ),
    branchOf: remembered(
      ({ id, host }: Boundary) => {
        const otherwise = (node: string) => next(node).filter((each) => each !== id)
        return reachable(next(id), next).difference(reachable(otherwise(host), otherwise))
      },
      (boundary) => boundary.id,
    ),
  }
}

function foundIn(process: CompiledProcess): Map<string, Found> {
  const { steps, waits, gateways, subs, throws, boundaries, ends } = process
  return new Map<string, Found>([
    ...Object.values({ ...steps, ...waits }).map((task) => [task.stepId, { is: 'task', task }] as const),
    ...Object.values(gateways).map((gateway) => [gateway.id, { is: 'gateway', gateway }] as const),
    ...Object.values(subs).map((sub) => [sub.id, { is: 'sub', sub }] as const),
    ...Object.values(throws).map((throwing) => [throwing.id, { is: 'throw', throwing }] as const),
    ...Object.values(boundaries).map((boundary) => [boundary.id, { is: 'boundary', boundary }] as const),
    ...Object.values(ends).map((ending) => [ending.id, { is: 'end', ending }] as const),
  ])
}

function searchTowards(process: CompiledProcess, join: string, last: string): ReadonlySet<string> {
  const before = new Map<string, string[]>()
  const sources: string[] = []
  for (const node of nodesOf(process)) {
    for (const { flowId, to } of waysFrom(process, node)) {
      if (to !== join) put(before, to, node)
      else if (flowId === last) sources.push(node)
    }
  }
  for (const { id, host } of Object.values(process.boundaries)) put(before, id, host)
  return reachable(sources, (node) => before.get(node) ?? [])
}

/** Everything that can be come to, the beginnings included. */
export function reachable(from: readonly string[], next: (node: string) => readonly string[]): Set<string> {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    waiting.push(...next(node))
  }
  return seen
}

function put(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function remembered<Args extends unknown[], T>(
  compute: (...args: Args) => T,
  keyOf: (...args: Args) => string = (...args) => String(args[0]),
): (...args: Args) => T {
  const known = new Map<string, T>()
  return (...args) => {
    const key = keyOf(...args)
    const found = known.get(key) ?? compute(...args)
    known.set(key, found)
    return found
  }
}
