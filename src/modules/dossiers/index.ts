export type { ActOptions } from './act-on-dossier.ts'
export { actingOf, mayOpen, standingOf } from './acting.ts'
export { dossierRoutes } from './api.ts'
export {
  maySign,
  meansOf,
  type SigningCommand,
  type SigningRequest,
  type WantedApproval,
} from './approve-signed.ts'
export { type Awaited, listAwaited } from './awaited.ts'
export {
  captureOriginal,
  changeCapture,
  type PageChange,
} from './certifying/capture-originals.ts'
export type { Capture, CapturedPage } from './certifying/capture-store.ts'
export {
  type BookFilter,
  type Certification,
  certificationNumber,
  certificationsOf,
  certificationVolume,
  readCertifications,
  sumCertifications,
} from './certifying/certification-store.ts'
export {
  certifyCopy,
  countedFees,
  originalsIn,
  previewCertification,
  type WantedCertification,
} from './certifying/certify-copies.ts'
export {
  certifiesCopies,
  feeOfAll,
  mostOriginals,
  type Original,
  wantsFiles,
} from './certifying/originals.ts'
export { certifyingRefusals } from './certifying/refusals.ts'
export { timersCrontab, timersTask } from './clock/fire-timers.ts'
export {
  type CalendarDraft,
  type Published,
  previewCalendar,
  previewedAtMost,
  publishCalendar,
  refuseToPublish,
  territoriesToPublish,
} from './clock/publish-calendar.ts'
export {
  askForRecomputation,
  findRecomputation,
  type Recomputation,
  recomputations,
  recomputeCrontab,
  recomputeTasks,
  runRecomputations,
  untilAllKnowMs,
} from './clock/recomputation-run.ts'
export {
  type CalendarEffect,
  previewRecomputation,
  type RecomputeOptions,
  recomputeDates,
} from './clock/recompute-dates.ts'
export { dossierCode, type NextCode } from './code-blocks.ts'
export { type Command, PaperInput, PartyInput, Request, SupplementItem, sealRequest } from './commands.ts'
export {
  type Counted,
  type CountedDossier,
  type CountedFacts,
  noFacts,
  readCounted,
  synchronises,
} from './counted-dossiers.ts'
export { type CountedLife, countedOf, ofNoFigure, readLives } from './counted-lives.ts'
export { decide } from './decide.ts'
export { clockFacts, intakeHours, runningDates } from './deciding/dates.ts'
export type { Facts } from './deciding/facts.ts'
export { decideSubmission, type Submission } from './deciding/intake.ts'
export { standing } from './deciding/process.ts'
export { stageOf } from './deciding/status-elsewhere.ts'
export { fireTimer } from './deciding/timers.ts'
export * from './derived.ts'
export {
  actOnMany,
  type BulkCommand,
  type BulkRequest,
  bulkCommands,
  type Marked,
  mostAtOnce,
  ordinaryOutcome,
} from './desk/act-on-many.ts'
export { type BulkOutcome, type BulkRun, readRun } from './desk/bulk-runs.ts'
export { type Duplicate, duplicatesFor, duplicatesOf, type SamePerson } from './desk/duplicates.ts'
export { type FoundDossier, findDossiers } from './desk/find-dossiers.ts'
export { type HandOver, type HandOverLine, openHandOvers, readHandOver } from './desk/hand-overs.ts'
export {
  createLabel,
  deleteLabel,
  type Label,
  labelColours,
  labelsOn,
  listLabels,
  putLabel,
  takeLabelOff,
} from './desk/labels.ts'
export { openByProcess } from './desk/open-by-process.ts'
export {
  mostCounted,
  type QueueCounts,
  QueueFilter,
  type QueueItem,
  type QueueViewName,
  queryOf,
  queuePageSize,
  queueViews,
  readQueueFilter,
} from './desk/queue.ts'
export {
  deleteView,
  listSavedViews,
  type SavedView,
  saveView,
  setDefaultView,
} from './desk/saved-views.ts'
export { type Alarm, patience, type StuckReason, stuckReasons } from './desk/stuck.ts'
export { alarmScope, readStuck, type StuckLine, type StuckList, seesAlarms } from './desk/stuck-list.ts'
export { type Load, readWorkload, tasksHeldBy, type Workload } from './desk/workload.ts'
export {
  addScan,
  type DigitisingDoor,
  digitisePapers,
  dropScans,
  previewCopy,
  refusedCopies,
  type WantedCopy,
} from './digitising/digitise-papers.ts'
export { type Digitise, type DigitiseRule, digitiseRule } from './digitising/digitise-rule.ts'
export { type DigitisedPaper, digitisedOf, holdsScan } from './digitising/digitised-store.ts'
export {
  type Digitising,
  type DigitisingLine,
  digitiserAt,
  digitisingOf,
  isMissing,
} from './digitising/digitising.ts'
export { fieldsOfPaper, type PaperField } from './digitising/paper-fields.ts'
export { digitisingRefusals } from './digitising/refusals.ts'
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
  readPrivates,
  toPartyRow,
} from './dossier-store.ts'
export { countDoubts, type Doubt, doubtfulDossiers, doubts } from './doubtful.ts'
export { enterMissing, firstAcceptance } from './enter-received.ts'
export * from './entries.ts'
export { evolve, fold } from './evolve.ts'
export { type Belonging, belongsElsewhere } from './filing/belonging.ts'
export * from './filing/drafts.ts'
export { filesNamed } from './filing/files-named.ts'
export { loadRules, type Rules } from './filing/filing-rules.ts'
export { nearRelatives, otherPartiesOf } from './filing/party-of.ts'
export { competenceAt, ownChoice, type Place, placeOfFiling, takesIn } from './filing/place-of-filing.ts'
export { answeredAgency, type Competence, competenceOf, competentFor, settles } from './filing/routing.ts'
export { SubmissionInput } from './filing/submission-input.ts'
export type { Submitted } from './filing/submit-dossier.ts'
export { stashTyped, type Typed, type TypedStash, takeTyped } from './filing/typed-stash.ts'
export { linkedConsumer, settleOpenGroups } from './linked/linked-consumer.ts'
export { childrenOf } from './linked/linked-store.ts'
export {
  type LogBookFilter,
  type LogBookLine,
  readLogBook,
} from './log-book.ts'
export { isGuessable, lookUpTries } from './look-up-tries.ts'
export { bulkMoveCrontab, bulkMoveTasks, runBulkMoves } from './moving-many/bulk-move-run.ts'
export {
  type BulkMove,
  editionMoves,
  findBulkMove,
  processMoves,
  type Stays,
} from './moving-many/bulk-move-store.ts'
export type { EditionTarget } from './moving-many/edition-move.ts'
export type { EditionPlan, EditionRule } from './moving-many/edition-plan.ts'
export { type Followed, followReorganisation } from './moving-many/follow-reorganisation.ts'
export {
  askForEditionMove,
  countDraftsOf,
  type EditionMovePreview,
  previewEditionMove,
  previewMoveBack,
} from './moving-many/move-editions.ts'
export { askForProcessMove } from './moving-many/move-processes.ts'
export { movedTo } from './moving-many/moved-to.ts'
export {
  type MoveExample,
  type ProcessMovePreview,
  previewProcessMove,
} from './moving-many/preview-process-move.ts'
export { previewSuccession, type SuccessionPreview } from './moving-many/preview-succession.ts'
export {
  movingRefusals,
  type PlanProblem,
  ProcessMoveRequest,
  ProcessPlan,
  sameSteps,
} from './moving-many/process-plan.ts'
export { type Succession, type SuccessionMove, succeededTo } from './moving-many/succession.ts'
export { inHours } from './open-task.ts'
export type { OtherPartyFile } from './other-party.ts'
export { controlSlip } from './papers/control-slip.ts'
export { dossierReuse } from './papers/dossier-reuse.ts'
export { draftFieldsFor, type ResultDraftField } from './papers/draft-fields.ts'
export { handOverSlip } from './papers/hand-over-slip.ts'
export { filesHeld } from './papers/held-files.ts'
export { knownFacts } from './papers/known-facts.ts'
export { type LogBook, logBookPaper, logBookPdf, logBookRow } from './papers/log-book-paper.ts'
export { declarationLines, placeNames, wordsOfAnswers } from './papers/paper-facts.ts'
export {
  type AvailablePaper,
  type IssuedKind,
  type PaperKind,
  paperNamed,
  paperResults,
  papersOf,
  resultsOf,
} from './papers/paper-kinds.ts'
export { type PaperWay, paperWays, type TakenPaper } from './papers/paper-source.ts'
export { papersConsumer } from './papers/papers-consumer.ts'
export { type ComponentFlags, type Reuse, type ReuseLine, type ReuseWay, reuseOf } from './papers/reuse.ts'
export { type SealingParts, sealCrontab, sealTask, sealWaiting } from './papers/seal-waiting.ts'
export { issuePaper, type PaperDoor, previewResult } from './papers/slips.ts'
export { vaultConsumer } from './papers/vault-consumer.ts'
export { differingWord, type KeptWord, PartnerReport, readPartnerWords } from './partner-word.ts'
export * from './party.ts'
export {
  countPastFilings,
  findPastFiling,
  type PastFiling,
  type PastQuery,
  readPastFilings,
} from './past-dossiers.ts'
export * from './permission.ts'
export { mostOnPhone, PhoneRequest, type WantedAct, type WantedCopies } from './phone-request.ts'
export * from './policy.ts'
export { policyTable } from './policy-table.ts'
export {
  type DossierView,
  type HistoryItem,
  lookUp,
  type MyDossier,
  mayKnowReaders,
  type PublicStatus,
} from './read-dossier.ts'
export { noteReadings, type Readings } from './readings/note-readings.ts'
export { asOfficer, asSystem, type Reading } from './readings/reading.ts'
export { type Reader, readersOf, recordExport } from './readings/readings-store.ts'
export { type Problem, refusals as dossierRefusals } from './refusals.ts'
export {
  followedSoFar,
  movesOf,
  openWorkOf,
  previewReorganised,
  reorganiseCrontab,
  reorganiseSoon,
  reorganiseTask,
  runReorganisations,
} from './reorganisation-run.ts'
export { nationalDestination, type SyncState } from './sync.ts'
export { type PurgedOf, type VerifyReport, verifyDossiers, verifyTheseDossiers } from './verify.ts'
