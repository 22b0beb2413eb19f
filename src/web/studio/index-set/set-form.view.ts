import type { Group, GroupKey, IndexSet, Indicator } from 'motcua/modules/indicators'

export const setsPath = '/thiet-ke/bo-chi-so'

/** How the state of a set is drawn. */
export const setTones = {
  draft: 'waiting',
  'handed-in': 'info',
  published: 'ok',
  abandoned: 'paused',
} as const

/** One indicator as a line of the table; an empty maximum means that the set does not use it. */
export interface IndicatorLine {
  key: string
  name: string
  max: string
  /** Per cent at which full marks are reached; empty for 100. */
  full: string
  zero: Indicator['whenZero']
  isRate: boolean
}

export interface GroupLines {
  key: GroupKey
  name: string
  max: string
  lines: IndicatorLine[]
}

const written = (value: number) => String(value).replace('.', ',')

/** A set as a table that officials edit: every known indicator, those that are not used with empty points. */
export function linesOf(set: IndexSet, template: IndexSet, locale: 'vi' | 'en'): GroupLines[] {
  return template.groups.map((known) => {
    const group = set.groups.find(({ key }) => key === known.key)
    const own = group?.indicators ?? []
    const unused = known.indicators.filter(({ key }) => !own.some((each) => each.key === key))
    return {
      ...{ key: known.key, name: known.name[locale], max: group ? written(group.max) : '' },
      lines: [
        ...own.map((each) => lineOf(each, locale)),
        ...unused.map((each) => ({ ...lineOf(each, locale), max: '' })),
      ],
    }
  })
}

const lineOf = (
  { key, name, max, method, threshold, whenZero }: Indicator,
  locale: 'vi' | 'en',
): IndicatorLine => ({
  ...{ key, name: name[locale], max: written(max), zero: whenZero, isRate: method !== 'provided' },
  full: threshold === undefined ? '' : written(Math.round(threshold * 10_000) / 100),
})

/** A number as people write it, with a comma; not a number when it is none. */
export const numberIn = (text: string | undefined): number =>
  text?.trim() ? Number(text.trim().replace(',', '.')) : Number.NaN

/** Sums of what is typed now: of each group and of the whole, in points. */
export function sumsOf(values: Record<string, string>, groups: readonly GroupLines[]) {
  const of = (names: readonly string[]) =>
    names.reduce((all, name) => all + Math.round((numberIn(values[name]) || 0) * 100), 0) / 100
  return {
    groups: Object.fromEntries(
      groups.map(({ key, lines }) => [key, of(lines.map((line) => `max.${line.key}`))]),
    ),
    whole: of(groups.map(({ key }) => `group.${key}`)),
  }
}

/** The set that a posted form means, for the module to read; what is no number stays none and is refused there. */
export function setIn(values: Record<string, string>, set: IndexSet, template: IndexSet): unknown {
  const groups = template.groups.flatMap((known) => groupIn(values, set, known))
  return {
    ...set,
    name: { vi: values.nameVi ?? '', en: values.nameEn || values.nameVi || '' },
    bands: set.bands.map((band) => ({ ...band, from: numberIn(values[`band.${band.key}`]) })),
    groups,
  }
}

function groupIn(values: Record<string, string>, set: IndexSet, known: Group): unknown[] {
  const group = set.groups.find(({ key }) => key === known.key) ?? known
  const all = new Map([...known.indicators, ...group.indicators].map((each) => [each.key, each]))
  const indicators = [...all.values()]
    .filter(({ key }) => values[`max.${key}`]?.trim())
    .map((each) => indicatorIn(values, each))
  return indicators.length === 0
    ? []
    : [{ ...group, max: numberIn(values[`group.${known.key}`]), indicators }]
}

function indicatorIn(values: Record<string, string>, base: Indicator): unknown {
  const { threshold: _, ...rest } = base
  const max = numberIn(values[`max.${base.key}`])
  if (base.method === 'provided') return { ...rest, max }
  const full = values[`full.${base.key}`]?.trim() ? numberIn(values[`full.${base.key}`]) : 100
  const whenZero = values[`zero.${base.key}`] ?? base.whenZero
  return full === 100
    ? { ...rest, max, whenZero, method: 'linear' }
    : { ...rest, max, whenZero, method: 'threshold', threshold: full / 100 }
}
