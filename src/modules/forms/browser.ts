/**
 * The door of this module for browsers: the same evaluation as on the server, over the same compiled tree. No file
 * behind it reads the database or compiles FEEL; the web build gives it only the messages of forms.
 */
export {
  type EvaluateContext,
  type Evaluation,
  evaluateForm,
  type FieldState,
  isClosed,
} from './evaluate-form.ts'
export { type FieldKind, type FormReader, fieldKinds, isBlank } from './fields/index.ts'
export type { Answers, Field, Group, Problem } from './form-definition.ts'
export type { LiveForm } from './live-form.ts'
export { problemText } from './problem-text.ts'
export { readsOf } from './reads.ts'
export { checkValue, validateAnswers } from './validate-answers.ts'
