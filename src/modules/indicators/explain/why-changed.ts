import {
  type Counts,
  type IndexSet,
  type Level,
  type Ratio,
  type RatioKey,
  roundPoints,
  scoreIndex,
} from '../index-sets/index.ts'
import { splitChange, type UnitChange } from './split-change.ts'

/** The counts of the whole and of the units below it, of one period. */
export interface PeriodCounts {
  whole: Counts
  units: ReadonlyMap<string, Counts>
}

/** What one indicator did to the total, in points, and which units did it. */
export interface IndicatorChange {
  group: string
  indicator: string
  before: number | null
  now: number | null
  change: number
  /** Points by unit, largest first: by its own ratio, and by the part of the whole it has become. */
  units: { unit: string; own: number; weight: number }[]
  /** What cannot be told by units: rounding, procedures that several units share, sources that came or went. */
  rest: number
}

/**
 * Why a total changed: the change of every indicator, largest first; their sum is the change of the total. Where the
 * counts of the whole are the sum of its units, the change is split over them (see `splitChange`); a capped indicator
 * passes on only the points that it really changed by.
 */
export function whyChanged(
  set: IndexSet,
  { before, now, level }: { before: PeriodCounts; now: PeriodCounts; level: Level },
): IndicatorChange[] {
  const [was, is] = [before, now].map(({ whole }) => scoreIndex(set, whole, { level }).indicators)
  return set.groups
    .flatMap((group) => group.indicators.map((indicator) => ({ group: group.key, indicator })))
    .map(({ group, indicator }) => {
      const [pointsBefore, pointsNow] = [was, is].map((each) => each?.[indicator.key]?.points ?? null)
      const change = roundPoints((pointsNow ?? 0) - (pointsBefore ?? 0))
      const units =
        change === 0 || indicator.counts === 'certifiedCopies'
          ? []
          : unitShares(indicator.counts, change, before, now)
      return {
        ...{ group, indicator: indicator.key, change, units },
        before: pointsBefore ?? null,
        now: pointsNow ?? null,
        rest: change - units.reduce((sum, { own, weight }) => sum + own + weight, 0),
      }
    })
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
}

function unitShares(key: RatioKey, change: number, before: PeriodCounts, now: PeriodCounts) {
  const names = [...new Set([...before.units.keys(), ...now.units.keys()])]
  const units = names.map((unit) => ({
    unit,
    before: before.units.get(unit)?.[key] ?? nothing,
    after: now.units.get(unit)?.[key] ?? nothing,
  }))
  const own = itself(units, before.whole[key] ?? nothing, now.whole[key] ?? nothing)
  if (!own) return []
  const shares = splitChange([...units, own])
  const ratio = shares.reduce((sum, { own, weight }) => sum + own + weight, 0)
  if (Math.abs(ratio) < 1e-12) return []
  const points = change / ratio
  return shares
    .map(({ unit, own, weight }) => ({ unit, own: own * points, weight: weight * points }))
    .filter(({ own, weight }) => Math.abs(own) + Math.abs(weight) >= leastShown)
    .toSorted((a, b) => Math.abs(b.own + b.weight) - Math.abs(a.own + a.weight))
}

/**
 * What the whole counts beyond the units below it, as one more unit without a name. Null when it counts less than they
 * do together: procedures that several units share cannot be added up.
 */
function itself(units: readonly UnitChange[], before: Ratio, after: Ratio): UnitChange | null {
  const beyond = (when: 'before' | 'after', whole: Ratio): Ratio => [
    whole[0] - units.reduce((sum, unit) => sum + unit[when][0], 0),
    whole[1] - units.reduce((sum, unit) => sum + unit[when][1], 0),
  ]
  const own = { unit: '', before: beyond('before', before), after: beyond('after', after) }
  const isPart = ([n, d]: Ratio) => n >= 0 && n <= d
  return isPart(own.before) && isPart(own.after) ? own : null
}

const nothing = [0, 0] as const
const leastShown = 0.005
