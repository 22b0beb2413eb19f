import type { Translate } from 'motcua/kernel/i18n'
import { fewestShown } from 'motcua/modules/indicators'
import type { Cell } from '../csv.view'
import type { ScoreTable } from './score.links'
import { measuredMax } from './score.view'
import { hasFigures, type Scored, type ScoreFacts } from './score-facts'

type Lines = Iterable<Cell[]>

/** The numbers of a picture of the index as lines, heads first; nothing that its page does not show. */
export function scoreLines(table: ScoreTable, facts: ScoreFacts, t: Translate): Lines {
  return linesOf[table](facts, t)
}

const linesOf: Record<ScoreTable, (facts: ScoreFacts, t: Translate) => Lines> = {
  *nhom({ set, place }, t) {
    yield [
      'code',
      t('score.csv.group'),
      t('score.csv.points'),
      t('score.csv.measured'),
      t('score.csv.max'),
      t('score.why.before'),
    ]
    const before = hasFigures(place.before.counts)
    for (const { key, name, max, indicators } of set.groups) {
      const own = Object.fromEntries(
        indicators.flatMap(({ key: each }) => {
          const scored = place.score.indicators[each]
          return scored ? [[each, scored]] : []
        }),
      )
      const measured = measuredMax({ ...place.score, indicators: own })
      yield [
        key,
        name.vi,
        measured === 0 ? null : (place.score.groups[key]?.points ?? null),
        measured,
        max,
        before && measured > 0 ? (place.before.score.groups[key]?.points ?? null) : null,
      ]
    }
  },
  *thang({ months, place }, t) {
    yield ['code', t('score.table.unit'), t('score.trend.month'), t('score.trend.total')]
    for (const { month, of } of months)
      yield [place.code, place.name, month.slice(0, 7), of.get(place.code)?.score.total ?? null]
  },
  *'don-vi-thang'({ months, units }, t) {
    yield ['code', t('score.table.unit'), t('score.trend.month'), t('score.trend.total')]
    for (const { code, name } of units)
      for (const { month, of } of months) yield [code, name, month.slice(0, 7), shownTotal(of.get(code))]
  },
  *'vi-sao'({ set, changes }, t) {
    yield ['code', t('score.why.indicator'), t('score.why.before'), t('score.why.now'), t('score.why.points')]
    const names = new Map(
      set.groups.flatMap(({ indicators }) => indicators.map(({ key, name }) => [key, name.vi] as const)),
    )
    for (const { indicator, before, now, change } of changes)
      yield [indicator, names.get(indicator) ?? indicator, before, now, change]
  },
}

/** As on the heat map: nothing of a month with so few dossiers that chance decides it. */
const shownTotal = (scored: Scored | undefined) =>
  scored && (scored.counts.onTime?.[1] ?? 0) >= fewestShown ? scored.score.total : null
