export type { ChangeParts } from './acting.ts'
export { changeRoutes } from './api.ts'
export type {
  ChangeKind,
  ChangeState,
  OpenDossiers,
  Part,
  ProcedureChange,
  PublicationOfChange,
  Versions,
} from './change.ts'
export { type ListedChange, listChanges } from './change-store.ts'
export { findingsOfChange, questionsInForce } from './checks/check-facts.ts'
export {
  checkChange,
  type Finding,
  findingText,
} from './checks/index.ts'
export {
  type Contents,
  type DraftForm,
  type DraftProcedure,
  PartKind,
  partKinds,
} from './contents.ts'
export { actsOpen, type ChangeAct, type Powers } from './decide-change.ts'
export {
  DecisionLines,
  type DecisionText,
  decisionTextOf,
  draftedHash,
  mayWriteDecision,
  saveDecisionText,
} from './decision-text.ts'
export { type AnnouncementDraft, draftAnnouncement } from './differences/announcement.ts'
export { type Difference, differencesOf } from './differences/index.ts'
export {
  baseContents,
  contentsOf,
  draftFormOf,
  draftOf,
  effectiveParts,
  formerContents,
  inForce,
  lastEdition,
  publishedContents,
} from './effective-parts.ts'
export { withEnglish } from './english.ts'
export { PackageCase } from './package-case.ts'
export {
  type ExportedPackage,
  exportPackage,
  installPackage,
  tryPackage,
} from './packages/install-package.ts'
export type { Manifest } from './packages/package-file.ts'
export { mostPacked, readPackage } from './packages/read-package.ts'
export { powersOver } from './powers-over-changes.ts'
export type { PartProblem } from './prepare-publication.ts'
export { type PublicationClock, publicationClock } from './publication-clock.ts'
export { PublishRequest, publishChange } from './publish-change.ts'
export { changesFor, mayReadChanges, readChange } from './read-changes.ts'
export { caseRulesOf, type Readiness, readinessOf, readinessOfContents, readinessSeen } from './readiness.ts'
export { rebaseChange } from './rebase-change.ts'
export { type Meanwhile, refusals as changeRefusals, type StatedProblem } from './refusals.ts'
export type { BlackedOut } from './replay/blacked-out.ts'
export type { Deciding, Said } from './replay/deciding.ts'
export {
  mayOpenPast,
  type OpenedPast,
  openPast,
  type PastSide,
  pastReadingsOf,
} from './replay/open-past.ts'
export type { PastDossier, PastOutcome, Replayed, ReplayKind, ReplayRules } from './replay/past.ts'
export { replayKinds } from './replay/past.ts'
export { replayOne } from './replay/replay-one.ts'
export {
  askForReplay,
  replayCrontab,
  replayFor,
  replayScope,
  replayTasks,
  runReplays,
} from './replay/replay-run.ts'
export { type ReplayDetails, type ReplayLine, type ReplayRun, replayLines } from './replay/replay-store.ts'
export { hashOf, replayRefusals, rulesOfChange } from './replay/rules-of.ts'
export {
  abandonChange,
  approveChange,
  returnChange,
  submitForReview,
  takeBackChange,
} from './review-change.ts'
export {
  type CaseDifference,
  type CaseResults,
  type CaseRules,
  type Citizens,
  fillCase,
  inventedCitizens,
  runPackageCase,
  type TriedCase,
  tryPackageCase,
  withOutcome,
} from './run-package-case.ts'

export { runPackageTests, type TestLine, type TestReport } from './run-package-tests.ts'
export { SaveRequest, savePart } from './save-part.ts'
export { StartRequest, startChange } from './start-change.ts'
export { moveBackOf, withdrawChange } from './withdraw-change.ts'
