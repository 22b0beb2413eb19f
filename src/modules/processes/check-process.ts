import { eventErrors, eventWarnings } from './checking/events.ts'
import { flowErrors } from './checking/flows.ts'
import { gatewayErrors, gatewayWarnings } from './checking/gateways.ts'
import { hoursWarnings } from './checking/hours.ts'
import { soundness } from './checking/soundness.ts'
import type { CompiledProcess, ProcessProblem } from './compiled-process.ts'

export { longestHours } from './checking/hours.ts'

export interface ProcessCheck {
  /** What must be corrected before publication. */
  errors: ProcessProblem[]
  /** What a person should look at. */
  warnings: ProcessProblem[]
}

export interface CheckOptions {
  /** The legal limit in working hours: more planned hours are a warning. */
  limitHours?: number
  /** From when the process is to run, `YYYY-MM-DD`; what its file says when absent. Timers before it are a warning. */
  validFrom?: string
}

/**
 * Looks for what would make dossiers hang: elements that nothing leads to, gateways without a way on, loops without
 * an exit or without work, errors that nothing catches, and - by trying every way of running the process, within
 * bounds - tokens that wait for each other, meet at one step or are left over.
 */
export function checkProcess(process: CompiledProcess, options: CheckOptions = {}): ProcessCheck {
  const drawn = [...flowErrors(process), ...gatewayErrors(process), ...eventErrors(process)]
  const played = soundness(process)
  return {
    // What is drawn wrong explains what goes wrong with it.
    errors: [...drawn, ...(drawn.length > 0 ? played.crowded : played.errors)],
    warnings: [
      ...hoursWarnings(process, options.limitHours),
      ...gatewayWarnings(process),
      ...eventWarnings(process, options.validFrom),
      ...(drawn.length > 0 ? [] : played.warnings),
    ],
  }
}
