import { advance, type CompiledProcess, type StepRef, start } from 'motcua/modules/processes'

interface Facts {
  answers: Readonly<Record<string, unknown>>
  caseCode: string
}

const mostSteps = 12

/**
 * The steps that follow when each ends in the ordinary way: what an applicant may expect next.
 * From the beginning when no step is open yet.
 */
export function wayAhead(process: CompiledProcess, openStepId: string | null, facts: Facts): StepRef[] {
  const given = { answers: facts.answers, procedure: { case: facts.caseCode } }
  const ahead: StepRef[] = []
  const seen = new Set<string>(openStepId === null ? [] : [openStepId])
  let next = openStepId === null ? start(process, given) : after(process, openStepId, given)
  while (next[0] && !seen.has(next[0].stepId) && ahead.length < mostSteps) {
    seen.add(next[0].stepId)
    ahead.push(next[0])
    next = after(process, next[0].stepId, given)
  }
  return ahead
}

function after(process: CompiledProcess, stepId: string, given: object): StepRef[] {
  const step = process.steps[stepId]
  // A step that a newer model dropped has no known way ahead.
  return step ? advance(process, stepId, { ...given, outcome: step.outcomes[0] }).next : []
}
