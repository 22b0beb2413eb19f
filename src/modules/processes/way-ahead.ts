import type { CompiledProcess, StepRef } from './compiled-process.ts'
import type { Marking, Run } from './marking.ts'
import { begin, complete, NoWayOn, occur, outcomesOf, type ProcessFacts } from './run-process.ts'

/** What lies ahead of a process when nothing out of the ordinary happens. */
export interface WayAhead {
  /** Steps in the order in which they open. */
  steps: StepRef[]
  /** How it ends; null when that is further than one can see. */
  result: 'granted' | 'refused' | null
}

const mostSteps = 12

/**
 * The way on from where a process stands, or from its beginning, when each step ends in its ordinary outcome and what
 * is waited for comes. It ends at a loop, and where no branch is known to be true.
 */
export function wayAhead(process: CompiledProcess, from: Marking | null, facts: ProcessFacts): WayAhead {
  const steps: StepRef[] = []
  const seen = new Set<string>()
  try {
    let run: Run | undefined = from === null ? begin(process, facts) : next(process, from, facts, seen)
    while (run && steps.length < mostSteps) {
      steps.push(...run.opens.flatMap(({ kind, step }) => (kind === 'step' ? [step] : [])))
      if (run.ended) return { steps, result: run.result }
      run = next(process, run.marking, facts, seen)
    }
  } catch (error) {
    if (!(error instanceof NoWayOn)) throw error
  }
  return { steps, result: null }
}

// The next thing that was not done yet; nothing when all that stands was met before, or waits for what is unknown.
function next(process: CompiledProcess, marking: Marking, facts: ProcessFacts, seen: Set<string>) {
  const token = marking.tokens.find(({ at, by }) => by === null && !seen.has(at))
  if (token === undefined) return undefined
  seen.add(token.at)
  const [outcome] = outcomesOf(process, token.at)
  return outcome === undefined
    ? occur(process, marking, token.at, facts)
    : complete(process, marking, token.at, { ...facts, outcome })
}
