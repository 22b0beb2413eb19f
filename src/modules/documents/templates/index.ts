export {
  bindFields,
  fieldsOfTemplate,
  guessChoice,
  inputOf,
  labelOf,
  pathOf,
  pathsIn,
  type SourceChoice,
  sameSource,
  withLabels,
} from './bind-fields.ts'
export { sourceOf, typstHead, typstOf } from './compile-template.ts'
export { type DocxNote, docxNoteCodes } from './docx/notes.ts'
export { type DocxTemplate, readDocx } from './docx/read-docx.ts'
export { docxRefusals } from './docx/refusals.ts'
export { fieldsIn } from './marked-text.ts'
export { type TemplateProblem, templateRefusals } from './refusals.ts'
export { sampleFacts, sampleView } from './sample-view.ts'
export * from './template-draft.ts'
export { type FactValues, type TemplateFact, templateFacts } from './template-facts.ts'
export { type TemplateFinding, templateFindings, tryTemplates } from './template-problems.ts'
export {
  type AddedTemplate,
  addTemplateVersions,
  findTemplate,
  lastTemplateDay,
  type TemplatePublication,
  type TemplateVersion,
  takeTemplatesBack,
  templatesInForce,
  templateVersions,
} from './template-store.ts'
export {
  type PrintedValue,
  type TemplateSources,
  type TemplateValues,
  templateValues,
} from './template-values.ts'
export { type Tried, type TryOptions, tryTemplate } from './try-template.ts'
