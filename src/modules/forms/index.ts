export { type AddressCell, addressesIn, type Cell, cellsOf } from './addresses.ts'
export { formRoutes } from './api.ts'
export { burden, statedCounts } from './burden.ts'
export {
  allFieldsOf,
  type CompiledForm,
  compileForm,
  type DefinitionProblem,
  fieldsOf,
  type PlacedField,
} from './compile-form.ts'
export {
  type EvaluateContext,
  type Evaluation,
  evaluateForm,
  type FieldState,
  setPath,
} from './evaluate-form.ts'
export { type DisplayContext, type FieldKind, fieldKinds, isBlank } from './fields/index.ts'
export {
  type BurdenComparison,
  type BurdenSide,
  type CountedPaper,
  compareBurden,
  type FormBurden,
  figuresOf,
  formBurden,
  questionFigures,
  secondsFor,
} from './form-burden.ts'
export * from './form-definition.ts'
export { formFunctionArity } from './form-functions.ts'
export { type FormPageInput, formPageView, sourceLabel } from './form-page-view.ts'
export {
  demonstrationRegisters,
  type FormVersion,
  findForm,
  forgetForms,
  formVersions,
  loadForms,
} from './form-store.ts'
export type * from './form-view.ts'
export { jsonSchemaOf } from './json-schema.ts'
export { type LiveForm, type LiveInput, liveForm } from './live-form.ts'
export { accountFacts, type PrefillAccount, type PrefillInput, prefill } from './prefill.ts'
export { fieldOf, problemText } from './problem-text.ts'
export { addFormVersion, ownersOfForm, takeFormBack } from './publish-form.ts'
export { type PageAction, readPage } from './read-page.ts'
export {
  dataRegisters,
  isUnavailable,
  type RegisterSource,
  type Registers,
  registersFor,
  unavailable,
} from './register-source.ts'
export { type PlaceChoices, resolveAddresses } from './resolve-addresses.ts'
export { reviewView } from './review-view.ts'
export {
  submittedAnswers,
  type ValidateOptions,
  type Validation,
  validateAnswers,
} from './validate-answers.ts'
export { amountInWords, dateInWords } from './words.ts'
