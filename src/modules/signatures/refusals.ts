import { refusal } from '../../kernel/errors.ts'

/** What this module can refuse. */
export const refusals = {
  unreadable: (details: { why: string }) => refusal('invalid', 'signatures.unreadable-pdf', details),
  encrypted: () => refusal('invalid', 'signatures.encrypted-pdf'),
  noSuchPage: (details: { page: number }) => refusal('invalid', 'signatures.no-such-page', details),
  fieldTaken: (details: { field: string }) => refusal('conflict', 'signatures.field-taken', details),
  noSuchField: (details: { field: string }) => refusal('invalid', 'signatures.no-such-field', details),
  filledAlready: (details: { field: string }) => refusal('conflict', 'signatures.filled-already', details),
  badImage: () => refusal('invalid', 'signatures.bad-image'),
  cannotDraw: (details: { characters: string }) => refusal('invalid', 'signatures.cannot-draw', details),
  noSuchSigner: () => refusal('not-found', 'signatures.no-such-signer'),
  signerEnded: () => refusal('conflict', 'signatures.signer-ended'),
  wrongPin: (details: { left: number }) => refusal('forbidden', 'signatures.wrong-pin', details),
  standingPinWrong: () => refusal('unavailable', 'signatures.standing-pin-wrong'),
  locked: () => refusal('forbidden', 'signatures.locked'),
  authorisationNeeded: () => refusal('invalid', 'signatures.authorisation-needed'),
  declined: () => refusal('conflict', 'signatures.declined'),
  confirmationExpired: () => refusal('conflict', 'signatures.confirmation-expired'),
  waiting: (details: { requestId: string; code: string | null }) =>
    refusal('conflict', 'signatures.waiting-for-confirmation', details),
  requestDiffers: () => refusal('conflict', 'signatures.request-differs'),
  providerDown: (details: { provider: string }) =>
    refusal('unavailable', 'signatures.provider-down', details),
  providerRefused: (details: { provider: string; why: string }) =>
    refusal('conflict', 'signatures.provider-refused', details),
  certificateNotValid: (details: { from: string; to: string }) =>
    refusal('conflict', 'signatures.certificate-not-valid', details),
  timestampDown: () => refusal('unavailable', 'signatures.timestamp-down'),
  revocationUnknown: () => refusal('unavailable', 'signatures.revocation-unknown'),
  revoked: () => refusal('conflict', 'signatures.certificate-revoked'),
  badCertificate: () => refusal('invalid', 'signatures.bad-certificate'),
  badDays: () => refusal('invalid', 'signatures.bad-days'),
  noSuchService: () => refusal('not-found', 'signatures.no-such-service'),
  /** A certificate at a service that nothing could be signed by. */
  notUsable: ({ why }: { why: string }) => refusal('conflict', `signatures.unusable.${why}`),
  remoteAlready: () => refusal('conflict', 'signatures.remote-already'),
  certificateTaken: () => refusal('conflict', 'signatures.certificate-taken'),
  badKeyFile: () => refusal('invalid', 'signatures.bad-key-file'),
}
