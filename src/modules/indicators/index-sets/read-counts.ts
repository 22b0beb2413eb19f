import type { Outcome } from '../../../kernel/errors.ts'
import { type Counts, figureKeys, ratioKeys } from './figures.ts'
import { refusals, type SetProblem } from './refusals.ts'

/** Reads counts written as JSON, as `readCounts` does; text that is no JSON is refused. */
export function readCountsText(text: string): Outcome<Counts> {
  try {
    return readCounts(JSON.parse(text))
  } catch {
    return refusals.invalidCounts({ problems: [{ field: '', code: 'indexSets.not-json' }] })
  }
}

/**
 * Reads raw counts: an object of `[numerator, denominator]` by figure and `certifiedCopies` as true or false. Refuses keys
 * that are no figure, and numbers that are negative, fractional, too large to count with or larger than their base. A
 * figure that is left out was not measured.
 */
export function readCounts(raw: unknown): Outcome<Counts> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return refusals.invalidCounts({ problems: [{ field: '', code: 'indexSets.counts-are-no-object' }] })
  const problems = Object.entries(raw).flatMap(([key, value]) => problemOf(key, value))
  return problems.length === 0 ? (raw as Counts) : refusals.invalidCounts({ problems })
}

function problemOf(key: string, value: unknown): SetProblem[] {
  const code = codeOf(key, value)
  if (code === undefined) return []
  return [
    {
      field: key.slice(0, 60),
      code: `indexSets.${code}`,
      params: { figure: key.slice(0, 60), known: figureKeys.join(', ') },
    },
  ]
}

function codeOf(key: string, value: unknown): string | undefined {
  if (key === 'certifiedCopies') return typeof value === 'boolean' ? undefined : 'not-true-or-false'
  if (!(ratioKeys as readonly string[]).includes(key)) return 'unknown-figure'
  if (!Array.isArray(value) || value.length !== 2 || !value.every((part) => typeof part === 'number'))
    return 'not-two-numbers'
  const [n, d] = value as [number, number]
  if (n < 0 || d < 0) return 'negative'
  if (!Number.isInteger(n) || !Number.isInteger(d)) return 'fractional'
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return 'too-large'
  return n > d ? 'more-than-its-base' : undefined
}
