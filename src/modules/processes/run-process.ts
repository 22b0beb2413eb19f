import { type Feel, holds } from '../../kernel/feel/index.ts'
import { nestAnswers } from '../catalogue/index.ts'
import { type CompiledProcess, type Ending, type StepRef, stepRef } from './compiled-process.ts'

/** What the conditions of a model may read. */
export interface ProcessFacts {
  /** How the step ended; empty at the start. */
  outcome?: string
  /** Answers of the form by dotted key. */
  answers?: Readonly<Record<string, unknown>>
  /** Facts of the dossier's procedure, such as its case. */
  procedure?: Readonly<Record<string, unknown>>
  /** The date of law, `YYYY-MM-DD`. */
  today?: string
}

export interface Advance {
  /** Steps that are open now. */
  next: StepRef[]
  ended: boolean
  /** What kind of end was reached; null while the process goes on. */
  result: Ending['result']
}

/** The steps that open when a dossier is accepted. */
export function start(process: CompiledProcess, facts: ProcessFacts = {}): StepRef[] {
  return follow(process, process.first, facts).next
}

/** What follows a step that ended with `facts.outcome`. A step that the model does not have is a breakdown. */
export function advance(process: CompiledProcess, stepId: string, facts: ProcessFacts): Advance {
  const step = process.steps[stepId]
  if (!step) throw new Error(`process ${process.id} has no step ${stepId}`)
  return follow(process, step.next, facts)
}

/** The outcomes that a step may have, the ordinary one first; none for an unknown step. */
export function outcomesOf(process: CompiledProcess, stepId: string): string[] {
  return process.steps[stepId]?.outcomes ?? []
}

function follow(process: CompiledProcess, from: string, facts: ProcessFacts): Advance {
  const context = {
    outcome: facts.outcome ?? null,
    answers: nestAnswers(facts.answers ?? {}),
    procedure: facts.procedure ?? {},
  }
  const passed = new Set<string>()
  for (let at = from; ; ) {
    const step = process.steps[at]
    if (step) return { next: [stepRef(step)], ended: false, result: null }
    const ending = process.ends[at]
    if (ending) return { next: [], ended: true, result: ending.result }
    // A checked model has neither circles without a step nor a gateway without a true branch.
    if (passed.has(at)) throw new Error(`process ${process.id} turns in a circle at ${at}`)
    passed.add(at)
    at = chosenBranch(process, at, (condition) => holds(condition, context, { today: facts.today }))
  }
}

function chosenBranch(
  process: CompiledProcess,
  gatewayId: string,
  isTrue: (condition: Feel) => boolean,
): string {
  const gateway = process.gateways[gatewayId]
  if (!gateway) throw new Error(`process ${process.id} has no element ${gatewayId}`)
  const to = gateway.branches.find((branch) => isTrue(branch.condition))?.to ?? gateway.otherwise
  if (to === null) throw new Error(`process ${process.id}: no branch of ${gatewayId} is true`)
  return to
}
