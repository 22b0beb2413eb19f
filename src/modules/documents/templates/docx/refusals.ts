import { refusal } from '../../../../kernel/errors.ts'

/** Why a Word file is not taken as a template, each by its name. */
export const docxRefusals = {
  tooLarge: (details: { limitMb: number }) => refusal('too-large', 'documents.docx-too-large', details),
  /** No zip, cut off, or without the parts of a Word document. */
  damaged: () => refusal('invalid', 'documents.docx-damaged', {}),
  bomb: () => refusal('invalid', 'documents.docx-bomb', {}),
  locked: () => refusal('invalid', 'documents.docx-locked', {}),
  /** A name inside the file that leads out of it, or stands there twice. */
  paths: (details: { name: string }) => refusal('invalid', 'documents.docx-paths', details),
  macros: () => refusal('invalid', 'documents.docx-macros', {}),
  /** It takes a template, a picture or another file from elsewhere. */
  external: (details: { kind: string }) => refusal('invalid', 'documents.docx-external', details),
  /** XML with a document type: nothing that Word writes has one. */
  entities: (details: { part: string }) => refusal('invalid', 'documents.docx-entities', details),
  tooLong: (details: { most: number }) => refusal('too-large', 'documents.docx-too-long', details),
}
