/*
 * What is found in a record of a procedure besides what it means to say. Published records mix papers with notes,
 * write OTHER where working days are meant and keep obsolete bases; nothing of it is dropped silently.
 */

export const traitCodes = [
  'note-as-component',
  'unit-other',
  'contradicting-limits',
  'obsolete-basis',
  'no-field',
  'no-limit',
  'no-case',
  'channel-twice',
  'order-shuffled',
  'group-of-components',
  'amount-in-words',
  'amount-by-province',
  'unknown-channel',
  'several-results',
  'not-taken-over',
  'formula',
  'encoding',
  'line-unreadable',
] as const
export type TraitCode = (typeof traitCodes)[number]

/** One trait: what it is, where in the record, and the words of the record. */
export interface Trait {
  code: TraitCode
  /** Path in the record (`executionMethods.2.processingTimeUnit`) or line of the file. */
  at: string
  /** What the record says there, shortened. */
  says: string
}

/** A trait with what the file says there, cut to what a page can show. */
export const trait = (code: TraitCode, at: string, says: unknown): Trait => ({
  code,
  at,
  says: (typeof says === 'string' ? says : (JSON.stringify(says) ?? '')).slice(0, 300),
})
