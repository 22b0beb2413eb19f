import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'

/** SHA-256 over the canonical JSON of a part, so that the journal says which content was saved. */
export const canonicalHash = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex')
