import type { Ratio } from '../index-sets/index.ts'
import type { Stage, Target } from './target.ts'

export const targetStatuses = ['met', 'at-risk', 'missed', 'coming', 'not-measured'] as const
export type TargetStatus = (typeof targetStatuses)[number]

/** What was counted since the stage began, and within the last days, from which the pace is taken. */
export interface Measured {
  counts: Ratio
  recent: { counts: Ratio; days: number }
}

export interface Assessment {
  status: TargetStatus
  /** Per cent now; null with nothing to divide by. */
  value: number | null
  counts: Ratio | null
  /** What the counts will be at the stage's end if the last days' pace goes on; null when the stage is over. */
  projected: { value: number; counts: Ratio } | null
  /** For `>=`: how many more must meet it now, if nothing else changes; 0 when met. */
  missing: number | null
}

const unmeasured = (status: TargetStatus): Assessment => ({
  ...{ status, value: null, counts: null, projected: null, missing: null },
})

/**
 * Judges a target on a day. A stage that is over is met or missed. While it runs it is met when the value and its
 * projection are; missed when even the best rest of the stage cannot reach it; at risk otherwise.
 */
export function assessTarget(
  { operator }: Pick<Target, 'operator'>,
  stage: Stage,
  measured: Measured | undefined,
  today: string,
): Assessment {
  if (today < stage.from) return unmeasured('coming')
  if (!measured || measured.counts[1] === 0) return unmeasured('not-measured')
  const { counts } = measured
  const meets = (ratio: Ratio) => compare(percentOf(ratio), operator, stage.value)
  const now = { value: percentOf(counts), counts, missing: missingOf(operator, stage.value, counts) }
  if (today > stage.to) return { ...now, status: meets(counts) ? 'met' : 'missed', projected: null }
  const daysLeft = daysBetween(today, stage.to)
  const ahead = project(measured, daysLeft)
  const projected = { value: percentOf(ahead), counts: ahead }
  const best = bestOf(operator, counts, ahead)
  const status = meets(counts) && meets(ahead) ? 'met' : meets(best) ? 'at-risk' : 'missed'
  return { ...now, status, projected }
}

/** Counts at the stage's end when each day brings what the last days brought on average; whole numbers. */
export function project({ counts: [n, d], recent }: Measured, daysLeft: number): Ratio {
  const scale = recent.days === 0 ? 0 : daysLeft / recent.days
  const base = d + Math.round(recent.counts[1] * scale)
  return [Math.min(base, n + Math.round(recent.counts[0] * scale)), base]
}

/** The most favourable rest: everything that comes meets it, or nothing does. */
function bestOf(operator: Target['operator'], [n, d]: Ratio, [ahead, base]: Ratio): Ratio {
  if (operator === '>=') return [n + (base - d), base]
  return operator === '<=' ? [n, base] : [ahead, base]
}

const percentOf = ([n, d]: Ratio): number => (n / d) * 100

// Shown with two decimals, so judged with two: 79.996 % is what people read as 80 %.
const rounded = (value: number) => Math.round(value * 100) / 100

function compare(value: number, operator: Target['operator'], wanted: number): boolean {
  if (operator === '>=') return rounded(value) >= wanted
  return operator === '<=' ? rounded(value) <= wanted : rounded(value) === wanted
}

function missingOf(operator: Target['operator'], wanted: number, [n, d]: Ratio): number | null {
  return operator === '>=' ? Math.max(0, Math.ceil((wanted * d) / 100 - n - 1e-9)) : null
}

const dayMs = 86_400_000
/** Days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs
/** The day so many days later. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
