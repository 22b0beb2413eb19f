import { type Boundary, type CompiledProcess, type Gateway, nodesOf, waysFrom } from './compiled-process.ts'

/**
 * Questions about who leads to whom, answered once per process and question. A node leads on by its ways and by
 * its boundary events; sub-processes are nodes of the level at which they stand.
 */
export interface ProcessGraph {
  /** More moves than any run takes that comes to rest: a stored model that turns in a circle must not hang. */
  mostMoves: number
  boundariesOn(host: string): readonly Boundary[]
  /** The nodes that something which leaves a node can come to. */
  after(node: string): ReadonlySet<string>
  /** The nodes from which a token can come to a join on one of these flows without passing the join itself. */
  towards(join: Gateway, flows: readonly string[]): ReadonlySet<string>
  /** What only the branch of a boundary event leads to: while something stands there, the branch goes on. */
  branchOf(boundary: Boundary): ReadonlySet<string>
}

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
  return {
    mostMoves: 1_000 + 20 * nodesOf(process).length,
    boundariesOn,
    after,
    towards: remembered(
      (join: Gateway, flows: readonly string[]) => searchTowards(process, join.id, new Set(flows)),
      (join, flows) => `${join.id} ${flows.join(' ')}`,
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

function searchTowards(
  process: CompiledProcess,
  join: string,
  flows: ReadonlySet<string>,
): ReadonlySet<string> {
  const before = new Map<string, string[]>()
  const last: string[] = []
  for (const node of nodesOf(process)) {
    for (const { flowId, to } of waysFrom(process, node)) {
      if (to !== join) put(before, to, node)
      else if (flows.has(flowId)) last.push(node)
    }
  }
  for (const { id, host } of Object.values(process.boundaries)) put(before, id, host)
  return reachable(last, (node) => before.get(node) ?? [])
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
