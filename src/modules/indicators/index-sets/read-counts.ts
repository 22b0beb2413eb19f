import type { Outcome } from '../../../kernel/errors.ts'
import { readJson } from '../../../kernel/read-json.ts'
import { type Counts, figureKeys, ratioKeys } from './figures.ts'
import { refusals, type SetProblem } from './refusals.ts'

/**
 * Reads counts written as JSON, as `readCounts` does. Refuses text that is no JSON, and a figure that is written twice:
 * JSON would take the last one and say nothing.
 */
export function readCountsText(text: string): Outcome<Counts> {
  const raw = readJson(text)
  if (raw === undefined)
    return refusals.invalidCounts({ problems: [{ field: '', code: 'indexSets.not-json' }] })
  const twice = keysTwice(text).map((key) => ({
    ...{ field: key.slice(0, 60), code: 'indexSets.figure-twice' },
    params: { figure: key.slice(0, 60) },
  }))
  return twice.length > 0 ? refusals.invalidCounts({ problems: twice }) : readCounts(raw)
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/** Keys that the outermost object of a valid text of JSON has more than once, however they are escaped. */
function keysTwice(text: string): string[] {
  const seen = new Map<string, number>()
  let depth = 0
  let before = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === ':' && depth === 1) {
      const key = JSON.parse(before) as string
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    before = token
  }
  return [...seen].filter(([, times]) => times > 1).map(([key]) => key)
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
  // A number like 1e400 is read as infinite.
  if (n === Number.POSITIVE_INFINITY || d === Number.POSITIVE_INFINITY) return 'too-large'
  if (!Number.isInteger(n) || !Number.isInteger(d)) return 'fractional'
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return 'too-large'
  return n > d ? 'more-than-its-base' : undefined
}
