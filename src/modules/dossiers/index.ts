export { type ActOptions, actOnDossier } from './act-on-dossier.ts'
export { actingOf, isApplicant, mayOpen } from './acting.ts'
export { dossierRoutes } from './api.ts'
export { codeGiver, dossierCode, type NextCode } from './code-blocks.ts'
export { type Command, PaperInput, Request, SupplementItem, sealRequest } from './commands.ts'
export { decide, decideSubmission, type Facts, intakeHours, type Submission } from './decide.ts'
export * from './dossier.ts'
export { dossierColumns, taskColumns, toRow, toTaskRow } from './dossier-row.ts'
export { createDossiers, type Dossiers } from './dossier-service.ts'
export {
  append,
  appendQuery,
  applyEntries,
  type Beside,
  type Change,
  type DossierFile,
  findByCode,
  findById,
  findByIds,
  type Paper,
  readPapers,
  toPartyRow,
} from './dossier-store.ts'
export * from './drafts.ts'
export { filesNamed } from './files-named.ts'
export { type LogFilter, type LogLine, readLog } from './log-book.ts'
export { isGuessable, lookUpTries, triesOfOneCode } from './look-up-tries.ts'
export { draftFieldsFor, type ResultDraftField } from './papers/draft-fields.ts'
export { declarationLines, placeNames } from './papers/paper-facts.ts'
export {
  type AvailablePaper,
  issuePaper,
  type PaperDoor,
  type PaperKind,
  papersOf,
  previewResult,
} from './papers/slips.ts'
export * from './party.ts'
export * from './policy.ts'
export {
  countQueue,
  type QueueCounts,
  QueueFilter,
  type QueueItem,
  queuePageSize,
  readQueue,
} from './queue.ts'
export {
  type DossierView,
  explainDue,
  type HistoryItem,
  listMine,
  lookUp,
  type MyDossier,
  type PublicStatus,
  viewDossier,
} from './read-dossier.ts'
export { type Problem, refusals as dossierRefusals } from './refusals.ts'
export {
  ApplicantInput,
  loadRules,
  nearRelatives,
  type Rules,
  SubmissionInput,
  type Submitted,
  submitDossier,
} from './submit-dossier.ts'
export { longestTyped, stashTyped, type Typed, type TypedStash, takeTyped } from './typed-stash.ts'
export { differences, type VerifyReport, verifyDossiers } from './verify.ts'
