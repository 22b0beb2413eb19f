export { catalogueRoutes } from './api.ts'
export { branchAnswers, type GroupFacts, isWanted } from './branch-answers.ts'
export { additionFor, caseFor, channelsOf, findCase, limitFor, limitHours, limitText } from './cases.ts'
export {
  catalogueChanged,
  findListedProcedure,
  lifeEvents,
  listFields,
  resultsOf,
  searchProcedures,
} from './catalogue-store.ts'
export { type ComponentLine, componentsFor, type Provision } from './components.ts'
export { type Answers, nestAnswers } from './condition.ts'
export {
  answerTo,
  type EligibilityQuestion,
  type EligibilityState,
  evaluateEligibility,
} from './eligibility.ts'
export { csvOf } from './exchange/csv-export.ts'
export type { ImportedRecord } from './exchange/imported.ts'
export { jsonLdOf } from './exchange/json-ld.ts'
export { type ImportReport, mostImported, readRecords } from './exchange/read-records.ts'
export type { Trait } from './exchange/trait.ts'
export { type FeeFacts, type FeeLine, feesFor, priceText, totalOf, vnd as vndText } from './fees.ts'
export { Linked, LinkedBranch } from './linked.ts'
export { loadProcedures } from './load-procedures.ts'
export {
  type LifeEvent,
  type ListedProcedure,
  type ProcedurePage,
  ProcedureQuery,
  type ProcedureResult,
} from './procedure-list.ts'
export * from './procedure-version.ts'
export { OverrideRule, type ProvinceOverride } from './province-overrides.ts'
export type { ProvinceAddition, ProvinceFee } from './province-rules.ts'
export { hasPublished, type Publication, publicationsBetween } from './publications.ts'
export {
  type Announced,
  addEdition,
  type Edition,
  editionDates,
  editionsOf,
  endEditions,
  keysOfEdition,
  proceduresOn,
  reopenEdition,
  takeEditionBack,
} from './publish-edition.ts'
export { type Remembered, remember } from './revision.ts'
export { type Route, RoutingRule, routeOf, StatusAuthority, statusSystem } from './routing.ts'
export { type StatedParty, secondPartyOf } from './second-party.ts'
export {
  endProvinceOverride,
  listProvinceOverrides,
  type OverrideProblem,
  overrideRefusals,
  provincesOf,
  setProvinceOverride,
} from './set-province-override.ts'
export {
  findVersion,
  forgetVersions,
  getVersion,
  listVersions,
  loadProcedureVersions,
  unreadableEditions,
  type VersionOptions,
} from './version-store.ts'
