import { type CompiledProcess, nodesOf, own, type ProcessProblem } from '../compiled-process.ts'
import { awaits } from '../run-process.ts'
import { type State, type StateSpace, stateSpaceOf } from '../state-space.ts'
import { about } from './about.ts'

export interface Soundness {
  /** Places where two tokens would stand: true whatever else is wrong. */
  crowded: ProcessProblem[]
  errors: ProcessProblem[]
  warnings: ProcessProblem[]
}

/** What playing the process in every way shows. */
export function soundness(process: CompiledProcess): Soundness {
  const space = stateSpaceOf(process)
  const crowded = [...space.crowded].map((node) => about(process, 'two-tokens', node))
  const circles = [...space.circles].map((node) => about(process, 'loop-without-work', node))
  const stuck = stuckProblems(process, space)
  const errors = [...crowded, ...circles, ...stuck]
  if (!space.complete)
    return { crowded, errors, warnings: [about(process, 'too-large-to-check', process.id)] }
  if (errors.length > 0) return { crowded, errors, warnings: [] }
  return { crowded, errors: withoutEnd(process, space), warnings: neverReached(process, space) }
}

// Tokens wait at joins, and nothing is left that could bring the others.
function stuckProblems(process: CompiledProcess, { states }: StateSpace): ProcessProblem[] {
  const found = new Map<string, ProcessProblem>()
  for (const state of states.filter((each) => isStuck(process, each))) {
    const code = state.passedEnd ? 'tokens-left' : 'deadlock'
    for (const { at } of state.marking.tokens) found.set(at, found.get(at) ?? about(process, code, at))
  }
  return [...found.values()]
}

function isStuck(process: CompiledProcess, { marking, ended, next }: State): boolean {
  if (ended || next.length > 0 || marking.tokens.some(({ by }) => by === null)) return false
  return marking.timers.length === 0 && awaits(process, marking).messages.length === 0
}

/** From somewhere no end can be reached although something could always happen. */
function withoutEnd(process: CompiledProcess, { states }: StateSpace): ProcessProblem[] {
  const before = new Map<number, number[]>()
  states.forEach(({ next }, i) => {
    for (const each of next) before.set(each, [...(before.get(each) ?? []), i])
  })
  const canEnd = new Set<number>()
  const waiting = states.flatMap(({ ended }, i) => (ended ? [i] : []))
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    if (canEnd.has(i)) continue
    canEnd.add(i)
    waiting.push(...(before.get(i) ?? []))
  }
  const lost = states.find((_, i) => !canEnd.has(i))
  const at = lost?.marking.tokens[0]?.at
  return at === undefined ? [] : [about(process, 'cannot-end', at)]
}

function neverReached(process: CompiledProcess, { visited }: StateSpace): ProcessProblem[] {
  return nodesOf(process)
    .filter((node) => !visited.has(node) && own(process.gateways, node) === undefined)
    .map((node) => about(process, 'never-reached', node))
}
