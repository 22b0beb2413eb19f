import { z } from 'zod'

// U+0000 cannot be stored by PostgreSQL, and a lone surrogate is not text.
const forbidden = /\u0000|\p{Surrogate}/u

/** True when the text can be stored and shown: no U+0000, no lone surrogate. */
export function isStorableText(text: string): boolean {
  return !forbidden.test(text)
}

/** Text from outside: refuses U+0000 and lone surrogates, comes out in Unicode NFC. */
export const cleanText = z
  .string()
  .refine(isStorableText, { error: 'text.not-storable' })
  .transform((text) => text.normalize('NFC'))

/** The text as people search it: lower case, no accents, đ as d, single spaces. */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()
}

/** Nobody's form is deeper; a value that is could end the process that walks it. */
const deepest = 50

/**
 * The first place inside a JSON-like value that cannot be stored, as a path; undefined when all is well.
 * Besides text that cannot be stored it finds nesting beyond all reason.
 */
export function findUnstorableText(value: unknown, path = '', depth = 0): string | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : path || '.'
  if (typeof value !== 'object' || value === null) return undefined
  if (depth >= deepest) return path
  if (Array.isArray(value)) return firstOf(value.entries(), (i) => `${path}[${i}]`, depth)
  const entries = Object.entries(value)
  if (entries.some(([key]) => !isStorableText(key))) return path || '.'
  return firstOf(entries, (key) => (path ? `${path}.${key}` : key), depth)
}

function firstOf<K>(
  entries: Iterable<readonly [K, unknown]>,
  pathOf: (key: K) => string,
  depth: number,
): string | undefined {
  for (const [key, item] of entries) {
    if (item === null || typeof item === 'number' || typeof item === 'boolean') continue
    const found = findUnstorableText(item, pathOf(key), depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
