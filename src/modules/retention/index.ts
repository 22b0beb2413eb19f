export { retentionRoutes } from './api.ts'
export { BatchInput, DecisionInput, mostInBatch } from './batches.ts'
export { erasedKinds, skippedWhy } from './certificate.ts'
export { type RetentionFaults, verifyRetention } from './check.ts'
export { type ComingDue, comingDue, type DueDossier } from './coming-due.ts'
export { type Closing, closings, type Due, dueOf, type Ended, type Rule } from './due.ts'
export { HoldInput, holdKinds } from './holds.ts'
export { loadPeriods } from './load-periods.ts'
export { type PurgeParts, purgeCrontab, purgeTask, purgeTasks, runPurges } from './purge-run.ts'
export { refusals as retentionRefusals } from './refusals.ts'
export { type ContentRemoval, removeContent } from './remove-content.ts'
export { createRetention, ExportInput, mostExported, type Retention } from './retention.ts'
export {
  type Batch,
  byMachine,
  type Check,
  destructionOf,
  endedBefore,
  enter,
  type Hold,
  type Line,
  purgedOf,
  readRules,
} from './retention-store.ts'
export { mayDecide, mayExport, mayPropose, mayRead, placesOfRetention, worksOnRetention } from './rights.ts'
export { RuleInput, stateRule } from './state-rule.ts'
