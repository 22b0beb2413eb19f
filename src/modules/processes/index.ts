export { processRoutes } from './api.ts'
export { checkProcess, longestHours, type ProcessCheck } from './check-process.ts'
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
  Wait,
} from './compiled-process.ts'
export { stepKinds } from './compiled-process.ts'
export { type DrawOptions, drawDiagram, drawProcess, type StepFigure } from './draw-process.ts'
export { exportProcess } from './export-process.ts'
export { exportVersion } from './export-version.ts'
export type { Marking, Opening, Run, Scope, Timer, TimerSpec, Token } from './marking.ts'
export { motcuaModdle } from './moddle-extension.ts'
export { outsideHours } from './outside-hours.ts'
export {
  compareSteps,
  type PreviewFacts,
  type ProcessPreview,
  previewProcess,
  type StepChange,
} from './preview-process.ts'
export { problemText } from './problem-text.ts'
export {
  findLastProcess,
  findProcess,
  findProcessVersion,
  findProcessXml,
  forgetProcesses,
  getProcess,
  listProcesses,
  loadProcesses,
  type ProcessVersion,
} from './process-store.ts'
export { type Holders, type HoldersOf, holdersIn, type ProcedureUse, proceduresUsing } from './process-use.ts'
export { publicationFacts } from './publication-facts.ts'
export { type PublishedVersion, publishedVersions } from './publication-store.ts'
export {
  mayCheck,
  mayPublish,
  Publication,
  type Published,
  type PublishParts,
  publishProcess,
  storeProcess,
  takeProcessBack,
  withdrawProcess,
} from './publish-process.ts'
export { readDrawing } from './read-drawing.ts'
export { refusals as processRefusals, type StatementProblem } from './refusals.ts'
export {
  awaits,
  begin,
  complete,
  NoWayOn,
  occur,
  outcomesOf,
  type ProcessFacts,
  timerOf,
} from './run-process.ts'
export { canReach, markingOf, moveToken } from './standing.ts'
export {
  ordinaryOutcome,
  placeOfRole,
  StepRow,
  StepTable,
  type Target as StepTarget,
} from './step-table.ts'
export { modelToSteps, type Richer } from './step-table-from-model.ts'
export { readHours } from './step-table-hours.ts'
export { stepsToModel } from './step-table-model.ts'
export type { TableNote } from './step-table-notes.ts'
export { type OutsideStep, type ReadTable, readStepTable } from './step-table-read.ts'
export { savedTable, withKnownIds } from './step-table-save.ts'
export { isStillDecided } from './still-decided.ts'
export { type WayAhead, wayAhead } from './way-ahead.ts'
