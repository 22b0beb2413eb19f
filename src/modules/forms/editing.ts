/**
 * The door of this module for the form builder, on the server and in browsers: pure editing of a draft. No file behind
 * it reads the database, checks schemas or compiles FEEL.
 */
export * from './edit-form.ts'
export { type Clash, mergeForms, type Side } from './merge-forms.ts'
