import type { Measure } from './contributions.ts'

/** The sums of a day or month, for an authority with all below it, for one procedure or all (`*`). */
export interface Cell {
  authority: string
  procedureCode: string
  on: string
  counts: Counts
}

export type Counts = Partial<Record<Measure, number>>

/** Every authority whose figures include this one's: itself, those above it by code, and '' for all. */
export function authoritiesAbove(code: string): string[] {
  const parts = code.split('.')
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('.')), '']
}

/** The authority directly above, by code; null for the whole. */
export function parentOf(code: string): string | null {
  if (code === '') return null
  const dot = code.lastIndexOf('.')
  return dot < 0 ? '' : code.slice(0, dot)
}
