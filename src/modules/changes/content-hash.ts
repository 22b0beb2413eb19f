import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'

/** SHA-256 over the canonical JSON of a part, so that the journal says which content was saved. */
export const canonicalHash = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex')

/** The same content, whatever the order of its members. */
export const isSame = (one: unknown, other: unknown): boolean => hashOfJson(one) === hashOfJson(other)

// What is not given and what is given as undefined are the same.
const hashOfJson = (content: unknown) => canonicalHash(JSON.parse(JSON.stringify(content ?? null)))
