export { checkProcess, type ProcessCheck } from './check-process.ts'
export { compileProcess } from './compile-process.ts'
export type {
  Branch,
  CompiledProcess,
  Diagram,
  Ending,
  Gateway,
  ProcessProblem,
  Step,
  StepKind,
  StepRef,
} from './compiled-process.ts'
export { type DrawOptions, drawProcess } from './draw-process.ts'
export type { Marking, Opening, Run, Scope, Timer, TimerSpec, Token } from './marking.ts'

export {
  findProcess,
  forgetProcesses,
  getProcess,
  listProcesses,
  loadProcesses,
  type ProcessVersion,
} from './process-store.ts'
export { type Advance, advance, outcomesOf, type ProcessFacts, start } from './run-process.ts'
