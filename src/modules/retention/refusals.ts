import { refusal } from '../../kernel/errors.ts'

/** What this module refuses. */
export const refusals = {
  notYours: () => refusal('forbidden', 'retention.not-yours'),
  unknown: () => refusal('not-found', 'retention.unknown'),
  unknownDossiers: (details: { codes: string[] }) =>
    refusal('invalid', 'retention.unknown-dossiers', details),
  purgedAlready: (details: { codes: string[] }) => refusal('conflict', 'retention.purged-already', details),
  notDue: (details: { codes: string[] }) => refusal('conflict', 'retention.not-due', details),
  inABatch: (details: { codes: string[] }) => refusal('conflict', 'retention.in-a-batch', details),
  nothingDue: () => refusal('conflict', 'retention.nothing-due'),
  notNow: (details: { state: string }) => refusal('conflict', 'retention.not-now', details),
  samePerson: () => refusal('forbidden', 'retention.same-person'),
  /** A period begins after the last of its name, and no sooner than today. */
  ruleTooEarly: (details: { after: string }) => refusal('conflict', 'retention.rule-too-early', details),
  invalid: (details: { fields: string[] }) => refusal('invalid', 'retention.invalid', details),
}
