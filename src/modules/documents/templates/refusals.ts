import { refusal } from '../../../kernel/errors.ts'

/** A place of a template where something is wrong; the line is that of its Typst source. */
export interface TemplateProblem {
  line: number | null
  message: string
}

/** What keeps a template from being printed, each by its name. */
export const templateRefusals = {
  tooLarge: (details: { length: number; longest: number }) =>
    refusal('too-large', 'documents.template-too-large', details),
  /** It names a file: a template prints what its inputs hold, and nothing else. */
  readsFiles: (details: TemplateProblem) => refusal('invalid', 'documents.template-reads-files', details),
  /** It wants a package, another file as a module, or a way around this check. */
  imports: (details: TemplateProblem) => refusal('invalid', 'documents.template-imports', details),
  endless: (details: TemplateProblem & { seconds: number }) =>
    refusal('invalid', 'documents.template-endless', details),
  tooHungry: (details: { megabytes: number }) => refusal('invalid', 'documents.template-too-hungry', details),
  /** More pages, or a larger picture, than a paper of a dossier can have. */
  tooLong: (details: { pages: number; most: number }) =>
    refusal('invalid', 'documents.template-too-long', details),
  broken: (details: { problems: TemplateProblem[] }) =>
    refusal('invalid', 'documents.template-broken', details),
  busy: () => refusal('too-many', 'documents.template-busy', {}),
  incomplete: (details: { key: string; problem: string }) =>
    refusal('invalid', 'documents.template-incomplete', details),
}
