import {
  type Counts,
  type IndexSet,
  type Indicator,
  type Level,
  roundPoints,
  scoreIndex,
} from '../index-sets/index.ts'

/** What an indicator could still add to a total. */
export interface Raise {
  group: string
  indicator: string
  /** Points that are left to win. */
  gain: number
  /** How many more must count before nothing is left to win; 1 for something that is offered or not. */
  missing: number
  /** Points that each of them adds, not rounded. */
  perOne: number
}

/**
 * What would raise a total most, best first: for each indicator that is measured and in the unit's own hands, the
 * points still to win, how many more dossiers (procedures, petitions) that takes, and what each of them adds.
 */
export function raises(set: IndexSet, counts: Counts, { level }: { level: Level }): Raise[] {
  const { indicators } = scoreIndex(set, counts, { level })
  return set.groups
    .flatMap((group) => group.indicators.map((indicator) => ({ group, indicator })))
    .filter(({ indicator }) => isOwn(indicator, level))
    .flatMap(({ group, indicator }) => {
      const scored = indicators[indicator.key]
      if (!scored || scored.missing || scored.points === null) return []
      const gain = roundPoints(indicator.max - scored.points)
      const step = gain > 0 ? stepOf(indicator, counts) : null
      return step ? [{ group: group.key, indicator: indicator.key, gain, ...step }] : []
    })
    .toSorted((a, b) => b.gain - a.gain || b.perOne - a.perOne)
}

// What a unit inherits from its province is not in its own hands.
const isOwn = ({ levels }: Indicator, level: Level) => levels.includes(level)

function stepOf(indicator: Indicator, counts: Counts): Pick<Raise, 'missing' | 'perOne'> | null {
  if (indicator.counts === 'certifiedCopies') return { missing: 1, perOne: indicator.max }
  const ratio = counts[indicator.counts]
  if (!ratio || ratio[1] === 0) return null
  const full = ratio[1] * (indicator.method === 'threshold' ? (indicator.threshold ?? 1) : 1)
  // The base times a threshold such as 0.8 may come out a hair above a whole number.
  const missing = Math.ceil(full - ratio[0] - 1e-9)
  return { missing, perOne: indicator.max / full }
}
