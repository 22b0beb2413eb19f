import type { Locale, Translate } from 'motcua/kernel/i18n'
import { roundPoints } from 'motcua/modules/indicators'
import { type BoardAsk, boardHref } from '../board-query'
import { fewestToRank, indexPath } from './score.links'
import { hasFigures, pointsText, type ScoreFacts, type UnitFacts } from './score-facts'

/** Ranked units, best first; equal totals share a rank. */
export function ranked(
  units: readonly UnitFacts[],
  when: 'now' | 'before' = 'now',
): { unit: UnitFacts; rank: number }[] {
  const scoreOf = (unit: UnitFacts) => (when === 'now' ? unit.score : unit.before.score)
  const counted = units.filter((unit) => basesOf(unit, when) >= fewestToRank)
  return counted
    .map((unit) => ({
      unit,
      rank: 1 + counted.filter((other) => scoreOf(other).total > scoreOf(unit).total).length,
    }))
    .toSorted((a, b) => a.rank - b.rank || a.unit.name.localeCompare(b.unit.name, 'vi'))
}

const basesOf = ({ counts, before }: UnitFacts, when: 'now' | 'before') =>
  (when === 'now' ? counts : before.counts).onTime?.[1] ?? 0

export function rankView({ units, kind, place }: ScoreFacts, t: Translate) {
  const now = ranked(units).find(({ unit }) => unit.code === place.code)
  if (!now) return null
  const was = ranked(units, 'before').find(({ unit }) => unit.code === place.code)
  const moved = was ? was.rank - now.rank : 0
  return {
    rank: now.rank,
    of: t('score.rankOf', { count: ranked(units).length, kind: t(`score.kinds.${kind}`) }),
    moved:
      was === undefined
        ? null
        : moved > 0
          ? t('score.rankUp', { count: moved })
          : moved < 0
            ? t('score.rankDown', { count: -moved })
            : t('score.rankSame'),
  }
}

/** How many are shown at each end of a long ranking; those in between unfold. */
const shownAtEnds = { first: 8, last: 2 } as const

export function tableView(facts: ScoreFacts, ask: BoardAsk, t: Translate, locale: Locale) {
  const { set, units, kind } = facts
  const row = (unit: UnitFacts, rank: number | null) => ({
    code: unit.code,
    name: unit.name,
    href: boardHref(indexPath, ask, { authority: unit.code }),
    rank: rank === null ? '–' : String(rank),
    groups: set.groups.map(({ key, indicators }) =>
      indicators.every((each) => unit.score.indicators[each.key]?.missing)
        ? '–'
        : pointsText(unit.score.groups[key]?.points ?? 0, locale),
    ),
    total: pointsText(unit.score.total, locale),
    change: hasFigures(unit.before.counts)
      ? {
          value: roundPoints(unit.score.total - unit.before.score.total),
          text: pointsText(Math.abs(unit.score.total - unit.before.score.total), locale),
        }
      : null,
  })
  const rows = ranked(units).map(({ unit, rank }) => row(unit, rank))
  const few = units
    .filter(({ dossiers }) => dossiers > 0 && dossiers < fewestToRank)
    .map((unit) => row(unit, null))
  const isLong = rows.length > shownAtEnds.first + shownAtEnds.last + 2
  return {
    level: kind,
    title: t('score.table.title', { count: rows.length, kind: t(`score.kinds.${kind}`) }),
    heads: set.groups.map(({ key, name, max }) => ({ key, name: name[locale], max })),
    top: isLong ? rows.slice(0, shownAtEnds.first) : rows,
    middle: isLong ? rows.slice(shownAtEnds.first, -shownAtEnds.last) : [],
    bottom: isLong ? rows.slice(-shownAtEnds.last) : [],
    few,
  }
}

export type RankRow = ReturnType<typeof tableView>['top'][number]
