import type { Locale, Translate } from 'motcua/kernel/i18n'
import {
  fewestShown,
  type GroupKey,
  type IndexScore,
  type IndexSet,
  type IndicatorScore,
  roundPoints,
} from 'motcua/modules/indicators'
import { numberText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import type { RadarAxis } from './radar'
import { indexPath } from './score.links'
import { hasFigures, pointsText, type Scored, type ScoreFacts } from './score-facts'

const monthText = (month: string, t: Translate) => t('board.heat.month', { month: Number(month.slice(5, 7)) })

/** A month under a line; one that has not ended carries a star. */
export const monthTick = (month: string, today: string, t: Translate) =>
  `${monthText(month, t)}${today.startsWith(month.slice(0, 7)) ? '*' : ''}`

export function trendView({ months, place, today }: ScoreFacts, t: Translate, locale: Locale) {
  const values = months.map(({ of }) => of.get(place.code)?.score.total ?? null)
  const known = values.filter((value) => value !== null)
  const change = known.length < 2 ? 0 : roundPoints(known.at(-1)! - known[0]!)
  const finding = Math.abs(change) < 0.5 ? 'flat' : change > 0 ? 'up' : 'down'
  return {
    title: t(`score.trend.${finding}`, { points: pointsText(Math.abs(change), locale) }),
    ticks: months.map(({ month }) => monthTick(month, today, t)),
    values,
    latest: known.length === 0 ? '' : pointsText(known.at(-1)!, locale),
    rows: months.map(({ month }, index) => ({
      month,
      label: `${month.slice(5, 7)}/${month.slice(0, 4)}`,
      total: values[index] === null ? '–' : pointsText(values[index]!, locale),
    })),
    describe: t('score.trend.describe', {
      place: place.name,
      values: values.map((value) => (value === null ? '–' : pointsText(value, locale))).join(', '),
    }),
  }
}

/** Groups as axes; the two groups of online service share one, as the national portal draws it. */
export function radarView({ set, place }: ScoreFacts, t: Translate, locale: Locale) {
  const online: readonly GroupKey[] = ['CLGQ', 'TTTT']
  const merged = [
    ...set.groups
      .filter(({ key }) => !online.includes(key))
      .map(({ key, name }) => ({ keys: [key], label: name[locale] })),
    { keys: online, label: t('score.radar.online') },
  ]
  const axes = merged.map(({ keys, label }): RadarAxis => {
    const now = together(set, place.score, keys)
    const was = hasFigures(place.before.counts) ? together(set, place.before.score, keys) : null
    return {
      label,
      share: now && now.points / now.max,
      compared: was && was.points / was.max,
      text: now
        ? `${pointsText(now.points, locale)}/${numberText(now.max, locale)}`
        : t('score.groups.notMeasured'),
    }
  })
  const rising = axes.filter(({ share }) => share !== null).toSorted((a, b) => a.share! - b.share!)
  return {
    axes,
    title:
      rising.length < 2
        ? t('score.radar.title')
        : t('score.radar.strong', { group: rising.at(-1)!.label, weak: rising[0]!.label }),
    describe: t('score.radar.describe', {
      values: axes.map(({ label, text }) => `${label} ${text}`).join(', '),
    }),
  }
}

/** Several groups as one, of the points that are measured; null when none is. */
function together(
  set: IndexSet,
  score: IndexScore,
  keys: readonly GroupKey[],
): { points: number; max: number } | null {
  const measured = set.groups
    .filter(({ key }) => keys.includes(key))
    .flatMap(({ indicators }) => indicators.flatMap(({ key }) => score.indicators[key] ?? []))
    .filter(({ missing }) => !missing)
  if (measured.length === 0) return null
  const sum = (of: (each: IndicatorScore) => number) => measured.reduce((all, each) => all + of(each), 0)
  return { points: sum(({ points }) => points ?? 0), max: sum(({ max }) => max) }
}

const heatSteps = [3, 6, 10, 15] as const
/** How far a total stands from the best of its month: 0 is near, 4 furthest. */
export const heatStep = (total: number, best: number) =>
  heatSteps.findLastIndex((step) => best - total >= step) + 1

const heatRows = 14
const basis = ({ counts }: Scored) => counts.onTime?.[1] ?? 0

export function heatView({ months, units, today }: ScoreFacts, ask: BoardAsk, t: Translate, locale: Locale) {
  const best = months.map(({ of }) =>
    Math.max(
      0,
      ...units.flatMap(({ code }) => {
        const scored = of.get(code)
        return scored && basis(scored) >= fewestShown ? scored.score.total : []
      }),
    ),
  )
  const rows = units
    .map(({ code, name }) => ({
      code,
      name,
      href: boardHref(indexPath, ask, { authority: code }),
      cells: months.map(({ month, of }, index) => {
        const scored = of.get(code)
        const total = scored && basis(scored) >= fewestShown ? scored.score.total : null
        const step = total === null ? 0 : heatStep(total, best[index]!)
        return {
          month,
          text: total === null ? '–' : numberText(total, locale, 1),
          level: step === 0 ? '' : `h${step}`,
          moving: today.startsWith(month.slice(0, 7)),
        }
      }),
    }))
    .filter(({ cells }) => cells.some(({ text }) => text !== '–'))
  const weight = (row: (typeof rows)[number]) =>
    row.cells.reduce((sum, { level }) => sum + Number(level.slice(1) || 0), 0)
  return {
    months: months.map(({ month }) => ({
      key: month,
      text: monthText(month, t),
      moving: today.startsWith(month.slice(0, 7)),
    })),
    rows: rows.toSorted((a, b) => weight(b) - weight(a)).slice(0, heatRows),
    all: rows.length,
  }
}
