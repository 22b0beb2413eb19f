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

/** The first text inside a JSON-like value that cannot be stored, as a path; undefined when all is well. */
export function findUnstorableText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : path || '.'
  if (Array.isArray(value)) return firstOf(value.map((item, i) => [`${path}[${i}]`, item] as const))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.some(([key]) => !isStorableText(key))) return path || '.'
    return firstOf(entries.map(([key, item]) => [path ? `${path}.${key}` : key, item] as const))
  }
  return undefined
}

function firstOf(entries: (readonly [string, unknown])[]): string | undefined {
  for (const [path, item] of entries) {
    const found = findUnstorableText(item, path)
    if (found !== undefined) return found
  }
  return undefined
}
