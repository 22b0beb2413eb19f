/** Kinds of refusal; only `http.ts` knows which status code each becomes. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

/** A named "no": a value that is part of the domain, never thrown. */
export interface Refusal<Code extends string = string, Details = unknown> {
  readonly refused: true
  readonly kind: RefusalKind
  readonly code: Code
  readonly details: Details
}

/** What a use case gives back: its answer, or a refusal. */
export type Outcome<T> = T | Refusal

/** Makes a refusal; `code` is `module.reason` and is looked up in the message catalogue. */
export function refusal<const Code extends string, Details = Record<string, never>>(
  kind: RefusalKind,
  code: Code,
  details: Details = {} as Details,
): Refusal<Code, Details> {
  return { refused: true, kind, code, details }
}

/** Tells a refusal from an answer. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}

/** Gives the answer or throws: for places where a refusal would be a bug (loading reference data, tests). */
export function accepted<T>(outcome: Outcome<T>): T {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.details)}`)
  return outcome
}
