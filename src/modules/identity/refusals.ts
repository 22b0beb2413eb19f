import { refusal } from '../../kernel/errors.ts'

/** Everything this module may refuse. */
export const refusals = {
  providerUnavailable: () => refusal('unavailable', 'identity.provider-unavailable'),
  signInExpired: () => refusal('invalid', 'identity.sign-in-expired'),
  signInCancelled: () => refusal('forbidden', 'identity.sign-in-cancelled'),
  signInFailed: () => refusal('forbidden', 'identity.sign-in-failed'),
  claimsUnusable: (d: { claims: string[] }) => refusal('invalid', 'identity.claims-unusable', d),
  locked: () => refusal('forbidden', 'identity.locked'),
  signInRequired: () => refusal('unauthenticated', 'identity.sign-in-required'),
  crossSite: () => refusal('forbidden', 'identity.cross-site'),
  tooMany: (d: { retryAfterSeconds: number }) => refusal('too-many', 'identity.too-many', d),
  unknownRole: () => refusal('not-found', 'identity.unknown-role'),
  demonstrationOnly: () => refusal('not-found', 'identity.demonstration-only'),
  tokenInvalid: (d: { problems: string[] }) => refusal('invalid', 'identity.token-invalid', d),
  mayNotRepresent: (d: { reason: RepresentationProblem }) =>
    refusal('forbidden', 'identity.may-not-represent', d),
}

export type RepresentationProblem =
  | 'not-a-person'
  | 'procedure-not-for-others'
  | 'authorisation-ended'
  | 'authorisation-not-proved'
  | 'not-a-member'
  | 'member-role-differs'
  | 'helper-is-not-an-officer'
  | 'officer-files-only-as-helper'
