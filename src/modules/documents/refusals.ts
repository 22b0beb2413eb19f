import { type Refusal, refusal } from '../../kernel/errors.ts'
import type { PdfFault } from './intake/pdf-check.ts'

type Named = { name: string }

/** What the file door and the registers can refuse. */
export const refusals = {
  empty: (details: Named) => refusal('invalid', 'documents.empty', details),
  tooLarge: (details: Named & { limitMb: number }) => refusal('too-large', 'documents.too-large', details),
  executable: (details: Named) => refusal('invalid', 'documents.executable', details),
  zipBomb: (details: Named) => refusal('invalid', 'documents.zip-bomb', details),
  tooManyPixels: (details: Named) => refusal('invalid', 'documents.too-many-pixels', details),
  notAccepted: (details: Named) => refusal('invalid', 'documents.not-accepted', details),
  zipNotAccepted: (details: Named) => refusal('invalid', 'documents.zip-not-accepted', details),
  damaged: (details: Named) => refusal('invalid', 'documents.damaged', details),
  badName: () => refusal('invalid', 'documents.bad-name', {}),
  fileNotFound: () => refusal('not-found', 'documents.file-not-found', {}),
  heic: (details: Named) => refusal('invalid', 'documents.heic', details),
  /** No converter of Office files here. */
  office: (details: Named) => refusal('invalid', 'documents.office', details),
  /** A signature around the file, where it should be inside. */
  signedContainer: (details: Named) => refusal('invalid', 'documents.signed-container', details),
  /** A signature in a form that nobody can check. */
  signatureFormat: (details: Named) => refusal('invalid', 'documents.signature-format', details),
  /** An XML file that names other content. */
  xmlEntities: (details: Named) => refusal('invalid', 'documents.xml-entities', details),
  /** A PDF that can do things, or that nobody can look into. */
  pdf: (details: Named, fault: Exclude<PdfFault, 'damaged'>) =>
    refusal('invalid', `documents.${fault}`, details),
  malware: (details: Named & { found: string }) => refusal('invalid', 'documents.malware', details),
  /** The store could not keep it: no room, or no answer. */
  store: (details: Named, why: Refusal) =>
    refusal(
      'unavailable',
      why.code === 'files.full' ? 'documents.store-full' : 'documents.store-away',
      details,
    ),
  /** The store has it and cannot give it. */
  notReadable: (why: Refusal) =>
    refusal(
      'unavailable',
      why.code === 'files.unavailable' ? 'documents.store-silent' : 'documents.unreadable',
      why.details,
    ),
  fileWaiting: () => refusal('unavailable', 'documents.file-waiting', {}),
  capturedAsPictures: (details: Named) => refusal('invalid', 'documents.captured-as-pictures', details),
  /** Several files of which not every one is a picture. */
  notOnePaper: (details: Named) => refusal('invalid', 'documents.not-one-paper', details),
  fileQuarantined: () => refusal('forbidden', 'documents.file-quarantined', {}),
  /** A template that the installation brought cannot be laid out; the shipped ones are tested. */
  layoutBroken: (details: { edition: string; template: string; reason: string }) =>
    refusal('unavailable', 'documents.layout-broken', details),
  notFound: () => refusal('not-found', 'documents.not-found', {}),
}
