import { refusal } from '../../kernel/errors.ts'

/** What the vault can refuse. What is not somebody's to see does not exist for them. */
export const refusals = {
  notFound: () => refusal('not-found', 'vault.not-found'),
  /** Marked as revoked, replaced, expired or removed since. */
  notValid: (d: { name: string; state: string }) => refusal('conflict', 'vault.not-valid', d),
  contentGone: (d: { name: string }) => refusal('not-found', 'vault.content-gone', d),
  unknownReceiver: (d: { withId: string }) => refusal('invalid', 'vault.unknown-receiver', d),
  untilPast: (d: { until: string }) => refusal('invalid', 'vault.until-past', d),
  untilTooFar: (d: { latest: string }) => refusal('invalid', 'vault.until-too-far', d),
  shareEnded: () => refusal('conflict', 'vault.share-ended'),
  invalidInput: (d: { fields: string[] }) => refusal('invalid', 'vault.invalid-input', d),
  notAMember: () => refusal('forbidden', 'vault.not-a-member'),
}
