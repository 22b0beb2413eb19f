import { refusal } from '../../kernel/errors.ts'

/** What this module can refuse. */
export const refusals = {
  unknownToken: () => refusal('not-found', 'feedback.unknown-token'),
  tooEarly: () => refusal('conflict', 'feedback.too-early'),
  closed: () => refusal('conflict', 'feedback.closed'),
  ratedMeanwhile: () => refusal('conflict', 'feedback.rated-meanwhile'),
  invalid: (problems: { field: string; code: string }[]) =>
    refusal('invalid', 'feedback.invalid', { problems }),
}
