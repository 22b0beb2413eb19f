/** Numerator and denominator of a unit before and after. */
export interface UnitChange {
  unit: string
  before: readonly [number, number]
  after: readonly [number, number]
}

/** What a unit did to the ratio of the whole: by its own ratio, and by weighing more or less than before. */
export interface UnitShare {
  unit: string
  own: number
  weight: number
}

/**
 * Splits the change of a ratio over the units that it is the sum of. What a unit adds by its own ratio is its change
 * at the weight it has now; what it adds by its weight is how far it stood from the whole before, times how much more
 * of the whole it has become. All shares together are the change of the whole, exactly. A unit that had nothing
 * before counts as having stood where the whole stood.
 */
export function splitChange(units: readonly UnitChange[]): UnitShare[] {
  const before = sumOf(units.map(({ before }) => before))
  const after = sumOf(units.map(({ after }) => after))
  if (before[1] === 0 || after[1] === 0) return []
  const whole = before[0] / before[1]
  return units.map(({ unit, before: [n0, d0], after: [n1, d1] }) => {
    const stood = d0 === 0 ? whole : n0 / d0
    const weight = d1 / after[1]
    return {
      unit,
      own: d1 === 0 ? 0 : weight * (n1 / d1 - stood),
      weight: (weight - d0 / before[1]) * (stood - whole),
    }
  })
}

const sumOf = (pairs: readonly (readonly [number, number])[]): readonly [number, number] =>
  pairs.reduce<readonly [number, number]>(([n, d], [m, e]) => [n + m, d + e], [0, 0])
