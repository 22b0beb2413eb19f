import type { z } from 'zod'
import type { Outcome } from '../../../kernel/errors.ts'
import { figureKeys } from './figures.ts'
import { hasTwoDecimals, toHundredths, toPoints } from './hundredths.ts'
import { type Group, IndexSet, type Indicator, wholeIndex } from './index-set.ts'
import { refusals, type SetProblem } from './refusals.ts'

/**
 * Reads a set, or refuses it with everything that is wrong: points that do not add up, a figure that nobody counts, a
 * threshold of zero, bands that leave a total without a name.
 */
export function readIndexSet(raw: unknown): Outcome<IndexSet> {
  const parsed = IndexSet.safeParse(raw)
  if (!parsed.success)
    return refusals.invalidSet({ problems: parsed.error.issues.map((issue) => toProblem(issue, raw)) })
  const problems = problemsOf(parsed.data)
  return problems.length === 0 ? parsed.data : refusals.invalidSet({ problems })
}

/** What is wrong with a set of the right shape; nothing when it can be used. */
export function problemsOf(set: IndexSet): SetProblem[] {
  return [
    ...validity(set),
    ...bandProblems(set),
    ...twice(set),
    ...set.groups.flatMap((group, i) => groupProblems(group, `groups.${i}`)),
    ...wholeProblems(set),
  ]
}

function toProblem({ path, code }: z.core.$ZodIssue, raw: unknown): SetProblem {
  const field = path.map(String).join('.')
  const last = path.at(-1)
  if (last === 'threshold') return { field, code: 'indexSets.threshold-out-of-range' }
  if (last === 'counts' && code === 'invalid_value')
    return {
      field,
      code: 'indexSets.unknown-figure',
      params: { figure: shown(valueAt(raw, path)), known: figureKeys.join(', ') },
    }
  return { field, code: `indexSets.input-${code}` }
}

const valueAt = (raw: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], raw)

const shown = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 60) : '-')

function validity({ validFrom, validTo }: IndexSet): SetProblem[] {
  if (validTo === null || validTo >= validFrom) return []
  return [
    { field: 'validTo', code: 'indexSets.ends-before-it-begins', params: { from: validFrom, to: validTo } },
  ]
}

function bandProblems({ bands }: IndexSet): SetProblem[] {
  const falling = bands.every(({ from }, i) => i === 0 || from < bands[i - 1]!.from)
  const known = new Set(bands.map(({ key }) => key)).size === bands.length
  return falling && known && bands.at(-1)!.from === 0
    ? []
    : [{ field: 'bands', code: 'indexSets.bands-have-gaps' }]
}

function twice({ groups }: IndexSet): SetProblem[] {
  const seen = new Set<string>()
  return groups.flatMap((group, i) =>
    [
      { key: group.key as string, field: `groups.${i}.key` },
      ...group.indicators.map(({ key }, j) => ({ key, field: `groups.${i}.indicators.${j}.key` })),
    ].flatMap(({ key, field }) => {
      const again = seen.has(key)
      seen.add(key)
      return again ? [{ field, code: 'indexSets.twice', params: { key } }] : []
    }),
  )
}

const sum = (parts: readonly { max: number }[]) => parts.reduce((all, { max }) => all + toHundredths(max), 0)

function groupProblems(group: Group, field: string): SetProblem[] {
  const parts = group.indicators.flatMap((indicator, j) =>
    indicatorProblems(indicator, `${field}.indicators.${j}`),
  )
  const found = sum(group.indicators)
  if (found === toHundredths(group.max)) return parts
  const params = { group: group.name.vi, sum: toPoints(found), max: group.max }
  return [...parts, { field: `${field}.max`, code: 'indexSets.points-do-not-add-up', params }]
}

function wholeProblems({ groups }: IndexSet): SetProblem[] {
  const found = sum(groups)
  if (found === toHundredths(wholeIndex)) return []
  return [
    {
      field: 'groups',
      code: 'indexSets.groups-do-not-add-up',
      params: { sum: toPoints(found), max: wholeIndex },
    },
  ]
}

function indicatorProblems(indicator: Indicator, field: string): SetProblem[] {
  const params = { indicator: indicator.name.vi }
  const problem = (at: string, code: string) => ({
    field: `${field}.${at}`,
    code: `indexSets.${code}`,
    params,
  })
  const { method, threshold, counts, max, levels, inheritedFrom } = indicator
  return [
    ...(hasTwoDecimals(max) ? [] : [problem('max', 'too-many-decimals')]),
    ...(method === 'threshold' && threshold === undefined ? [problem('threshold', 'threshold-missing')] : []),
    ...(method !== 'threshold' && threshold !== undefined
      ? [problem('threshold', 'threshold-not-used')]
      : []),
    ...((method === 'provided') !== (counts === 'certifiedCopies')
      ? [problem('method', 'method-does-not-fit')]
      : []),
    ...(inheritedFrom !== undefined && !levels.includes(inheritedFrom)
      ? [problem('inheritedFrom', 'inherits-from-nobody')]
      : []),
  ]
}
