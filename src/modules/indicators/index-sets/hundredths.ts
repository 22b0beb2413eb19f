/**
 * Whole hundredths of a point, so that sums of points are exact. A share like 5/8 of 0.01 is cut by nobody: it is rounded
 * half up once for each indicator, as the published figures are.
 */

/** 11.45 as 1145. */
export const toHundredths = (points: number): number => Math.round(points * 100)

/** 1145 as 11.45. */
export const toPoints = (hundredths: number): number => hundredths / 100

/** Points to two decimals, as they are published: sums of such points stay exact. */
export const roundPoints = (points: number): number => toPoints(toHundredths(points))

const scale = 1_000_000

/** `max · n / (d · threshold)` in hundredths, rounded half up and capped at the maximum; the division is exact. */
export function shareInHundredths(max: number, [n, d]: readonly [number, number], threshold = 1): number {
  const top = BigInt(toHundredths(max)) * BigInt(n) * BigInt(scale)
  const bottom = BigInt(d) * BigInt(Math.round(threshold * scale))
  const rounded = Number((2n * top + bottom) / (2n * bottom))
  return Math.min(toHundredths(max), rounded)
}

/** Whether points are written with two decimals at most. */
export const hasTwoDecimals = (points: number): boolean =>
  Math.abs(points * 100 - Math.round(points * 100)) < 1e-9
