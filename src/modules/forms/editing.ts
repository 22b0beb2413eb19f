/**
 * The door of this module for the form builder, on the server and in browsers: pure editing of a draft. No file behind
 * it reads the database, checks schemas or compiles FEEL.
 */
export { isDraft, readDraft, readDraftText } from './draft-shape.ts'
export * from './edit-form.ts'
export { formFunctionArity } from './form-functions.ts'
export { type Clash, mergeForms, type Side } from './merge-forms.ts'
