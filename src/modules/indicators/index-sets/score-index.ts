import type { Counts, GroupKey, Level, Ratio, RatioKey } from './figures.ts'
import { shareInHundredths, toHundredths, toPoints } from './hundredths.ts'
import type { Group, IndexSet, Indicator } from './index-set.ts'

export interface IndicatorScore {
  /** Numerator over base; null when there is nothing to divide. */
  ratio: number | null
  /** Null when there is nothing to score: it adds nothing, and is not a zero that somebody earned. */
  points: number | null
  max: number
  /** Nobody measured it. */
  missing?: true
  /** The set does not apply it at this level. */
  notApplied?: true
  /** The value is that of the province. */
  inherited?: true
}

/** Points of a group; null when none of its indicators was measured. */
export interface GroupScore {
  points: number | null
  max: number
}

export interface IndexScore {
  indicators: Record<string, IndicatorScore>
  groups: Partial<Record<GroupKey, GroupScore>>
  /** The sum of what was measured. */
  total: number
  /** Key of the band of the total as displayed; null while a figure is missing, since the total is then only a part. */
  band: string | null
}

/**
 * Scores counts by a set. Points are rounded half up to two decimals for each indicator, groups and total are sums of
 * these, so that what is shown adds up. Expects counts that `readCounts` has accepted.
 */
export function scoreIndex(set: IndexSet, counts: Counts, { level }: { level: Level }): IndexScore {
  const scored = set.groups.map((group) => ({ group, ...scoreGroup(group, counts, level) }))
  const indicators = Object.assign({}, ...scored.map(({ parts }) => parts)) as Record<string, IndicatorScore>
  const total = toPoints(scored.reduce((sum, { hundredths }) => sum + (hundredths ?? 0), 0))
  const complete = Object.values(indicators).every(({ missing }) => !missing)
  return {
    indicators,
    groups: Object.fromEntries(
      scored.map(({ group, hundredths }) => [
        group.key,
        { points: hundredths === null ? null : toPoints(hundredths), max: group.max },
      ]),
    ),
    total,
    band: complete ? bandOf(set, total) : null,
  }
}

/** The band that a total falls into, by its key. */
export function bandOf({ bands }: Pick<IndexSet, 'bands'>, total: number): string {
  return bands.find(({ from }) => total >= from)?.key ?? bands.at(-1)!.key
}

/** Puts the province's counts in the place of those that a unit below inherits. */
export function withInherited(set: IndexSet, own: Counts, province: Counts, level: Level): Counts {
  const counts: Record<string, unknown> = { ...own }
  for (const indicator of set.groups.flatMap((group) => group.indicators)) {
    if (!inherits(indicator, level)) continue
    if (province[indicator.counts] === undefined) delete counts[indicator.counts]
    else counts[indicator.counts] = province[indicator.counts]
  }
  return counts as Counts
}

/** Whether a unit of this level takes the value of the province. */
export function inherits({ levels, inheritedFrom }: Indicator, level: Level): boolean {
  return inheritedFrom !== undefined && !levels.includes(level)
}

interface Scored extends IndicatorScore {
  key: string
  /** Earned at the rate of the rest of the group. */
  shared?: boolean
}

function scoreGroup(group: Group, counts: Counts, level: Level) {
  const scored = group.indicators.map((indicator) => scoreIndicator(indicator, counts, level))
  const rest = scored.filter(({ shared, missing }) => !shared && !missing)
  const parts = scored.map((each) => (each.shared ? { ...each, points: sharedPoints(each.max, rest) } : each))
  const measured = parts.filter(({ missing }) => !missing)
  return {
    parts: Object.fromEntries(parts.map(({ key, shared: _, ...score }) => [key, score])),
    hundredths: measured.length === 0 ? null : sumOf(measured),
  }
}

const sumOf = (scores: readonly IndicatorScore[]) =>
  scores.reduce((sum, { points }) => sum + toHundredths(points ?? 0), 0)

function sharedPoints(max: number, rest: readonly IndicatorScore[]): number | null {
  const base = rest.reduce((sum, each) => sum + toHundredths(each.max), 0)
  return base === 0 ? null : toPoints(shareInHundredths(max, [sumOf(rest), base]))
}

function scoreIndicator(indicator: Indicator, counts: Counts, level: Level): Scored {
  const { key, max, inheritedFrom } = indicator
  const applied = indicator.levels.includes(level)
  if (!applied && inheritedFrom === undefined) return notApplied(indicator, counts)
  const value = counts[indicator.counts]
  if (value === undefined) return { key, ratio: null, points: null, max, missing: true }
  return { key, ...scoreValue(indicator, value), max, ...(!applied && { inherited: true as const }) }
}

function notApplied({ key, max, counts: figure, atOtherLevels }: Indicator, counts: Counts): Scored {
  const shared = atOtherLevels === 'shared'
  const points = shared ? null : atOtherLevels === 'full' ? max : 0
  return { key, ratio: ratioOf(counts[figure]), points, max, notApplied: true, shared }
}

function ratioOf(value: Ratio | boolean | undefined): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === undefined || value[1] === 0 ? null : value[0] / value[1]
}

function scoreValue(
  indicator: Indicator,
  value: Ratio | boolean,
): Pick<Scored, 'ratio' | 'points' | 'shared'> {
  const { max, threshold, whenZero } = indicator
  if (typeof value === 'boolean') return { ratio: value ? 1 : 0, points: value ? max : 0 }
  if (value[1] === 0) return nothingToCount(max, whenZero)
  return { ratio: value[0] / value[1], points: toPoints(shareInHundredths(max, value, threshold)) }
}

function nothingToCount(max: number, whenZero: Indicator['whenZero']) {
  if (whenZero === 'full') return { ratio: null, points: max }
  if (whenZero === 'zero') return { ratio: 0, points: 0 }
  return { ratio: null, points: null, shared: whenZero === 'shared' }
}

/** The figures that a set needs, for those who count. */
export function figuresOf(set: IndexSet): (RatioKey | 'certifiedCopies')[] {
  return [...new Set(set.groups.flatMap(({ indicators }) => indicators.map(({ counts }) => counts)))]
}
