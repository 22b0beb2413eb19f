import { refusal } from '../../kernel/errors.ts'

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
  fileQuarantined: () => refusal('forbidden', 'documents.file-quarantined', {}),
  /** A template that the installation brought cannot be laid out; the shipped ones are tested. */
  layoutBroken: (details: { edition: string; template: string; reason: string }) =>
    refusal('unavailable', 'documents.layout-broken', details),
  notFound: () => refusal('not-found', 'documents.not-found', {}),
}
