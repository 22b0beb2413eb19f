import { holds, pathsOf } from '../../kernel/feel/index.ts'
import {
  type CompiledProcess,
  type Gateway,
  nameOf,
  nextOf,
  nodesOf,
  type ProcessProblem,
} from './compiled-process.ts'

export interface ProcessCheck {
  /** What must be corrected before publication. */
  errors: ProcessProblem[]
  /** What a person should look at. */
  warnings: ProcessProblem[]
}

/**
 * Looks for what would make dossiers hang: unreachable elements, gateways without a way on, loops without an exit
 * or without a step. With `limitHours` it warns when the planned hours exceed the legal limit.
 */
export function checkProcess(process: CompiledProcess, options: { limitHours?: number } = {}): ProcessCheck {
  const about = (code: string, element: string, params: ProcessProblem['params'] = {}) => ({
    code,
    element,
    params: { name: nameOf(process, element), ...params },
  })
  const nodes = nodesOf(process)
  const reached = reachable([process.first.to], (node) => nextOf(process, node))
  const canEnd = reachable(Object.keys(process.ends), reversed(process, nodes))
  const errors = [
    ...nodes.filter((node) => !reached.has(node)).map((node) => about('unreachable', node)),
    ...nodes
      .filter((node) => reached.has(node) && !canEnd.has(node))
      .map((node) => about('loop-without-exit', node)),
    ...Object.values(process.gateways)
      .filter((gateway) => gateway.otherwise === null && !isExhaustive(process, gateway))
      .map((gateway) => about('gateway-without-default', gateway.id)),
    ...idleLoop(process).map((node) => about('loop-without-work', node)),
  ]
  const hours = longestHours(process)
  const { limitHours } = options
  const warnings =
    limitHours !== undefined && hours > limitHours
      ? [about('hours-above-limit', process.id, { hours, limitHours })]
      : []
  return { errors, warnings }
}

/** Working hours along the longest way through the model, loops walked once at most. */
export function longestHours(process: CompiledProcess): number {
  const known = new Map<string, number>()
  const open = new Set<string>()
  const from = (node: string): number => {
    // An element met again while still open closes a loop back: it adds nothing.
    if (open.has(node)) return 0
    const found = known.get(node)
    if (found !== undefined) return found
    open.add(node)
    const onward = Math.max(0, ...nextOf(process, node).map(from))
    open.delete(node)
    const hours = (process.steps[node]?.hours ?? 0) + onward
    known.set(node, hours)
    return hours
  }
  return from(process.first.to)
}

function reachable(from: string[], next: (node: string) => string[]): Set<string> {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    waiting.push(...next(node))
  }
  return seen
}

function reversed(process: CompiledProcess, nodes: string[]): (node: string) => string[] {
  const before = new Map<string, string[]>()
  for (const node of nodes) {
    for (const target of nextOf(process, node)) before.set(target, [...(before.get(target) ?? []), node])
  }
  return (node) => before.get(node) ?? []
}

// Without a default, the conditions must read nothing but the outcome and answer every outcome that can arrive.
function isExhaustive(process: CompiledProcess, gateway: Gateway): boolean {
  if (
    gateway.branches.some(
      (branch) => branch.condition !== null && pathsOf(branch.condition).some((path) => path !== 'outcome'),
    )
  )
    return false
  const others = [process.start.id, ...Object.keys(process.gateways)]
  if (others.some((node) => nextOf(process, node).includes(gateway.id))) return false
  const arriving = Object.values(process.steps).filter((step) => step.next.to === gateway.id)
  const outcomes = arriving.flatMap((step) => step.outcomes)
  return outcomes.every((outcome) =>
    gateway.branches.some((branch) => branch.condition !== null && holds(branch.condition, { outcome })),
  )
}

function idleLoop(process: CompiledProcess): string[] {
  const gatewaysAfter = (node: string) => nextOf(process, node).filter((next) => next in process.gateways)
  return Object.keys(process.gateways).filter((gateway) =>
    reachable(gatewaysAfter(gateway), gatewaysAfter).has(gateway),
  )
}
