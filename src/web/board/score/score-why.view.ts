import type { Locale, Translate } from 'motcua/kernel/i18n'
import { countedOf, type IndexSet, type Raise, roundPoints } from 'motcua/modules/indicators'
import { numberText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import { behindHref, indexPath } from './score.links'
import { hasFigures, indicatorHref, pointsText, type ScoreFacts, signed } from './score-facts'
import type { ScoreFrame } from './score-frame.view'

export function raiseView(
  raise: Raise,
  { set, place }: ScoreFacts,
  { ask, locale, mayOpen = false }: ScoreFrame,
  t: Translate,
) {
  const indicator = findIndicator(set, raise.indicator)
  const counted = indicator ? countedOf(indicator.counts) : 'dossiers'
  const group = set.groups.find(({ key }) => key === raise.group)?.name[locale] ?? raise.group
  return {
    key: raise.indicator,
    href: indicatorHref(ask, raise.indicator),
    // The very dossiers or procedures that could still count, and those that no longer can.
    openHref:
      mayOpen && indicator && (counted === 'dossiers' || counted === 'procedures')
        ? behindHref(ask, indicator.counts, place.code, 'out')
        : null,
    gain: `+${pointsText(raise.gain, locale)}`,
    text: t(`score.raise.${counted}`, {
      count: numberText(raise.missing, locale),
      indicator: indicator?.name[locale] ?? raise.indicator,
    }),
    detail:
      counted === 'provided'
        ? t('score.raise.provide', { group })
        : t('score.raise.perOne', {
            group,
            unit: t(`score.raise.units.${counted}`),
            points: numberText(raise.perOne, locale, raise.perOne < 0.01 ? 4 : 2),
          }),
  }
}

const mostUnitsNamed = 3

export function whyView(facts: ScoreFacts, ask: BoardAsk, before: string, t: Translate, locale: Locale) {
  const { set, changes, place, names } = facts
  if (!hasFigures(place.before.counts)) return null
  const total = roundPoints(changes.reduce((sum, { change }) => sum + change, 0))
  const points = (value: number | null) => (value === null ? '–' : pointsText(value, locale))
  return {
    title:
      total === 0
        ? t('score.why.same', { period: before })
        : t('score.why.title', {
            direction: t(total > 0 ? 'score.why.up' : 'score.why.down'),
            points: pointsText(Math.abs(total), locale),
            period: before,
          }),
    rows: changes.map(({ indicator, before: was, now, change, units: shares, rest }) => ({
      key: indicator,
      name: findIndicator(set, indicator)?.name[locale] ?? indicator,
      href: indicatorHref(ask, indicator),
      before: points(was),
      now: points(now),
      change: { value: change, text: signed(change, locale) },
      units: shares.slice(0, mostUnitsNamed).map(({ unit, own, weight }) => ({
        code: unit,
        name: names[unit] ?? place.name,
        href: boardHref(`${indexPath}/${indicator}`, ask, { authority: unit }),
        points: signed(own + weight, locale),
        why: Math.abs(own) >= Math.abs(weight) ? t('score.why.own') : t('score.why.weight'),
      })),
      rest: shares.length === 0 && Math.abs(rest) >= 0.005 ? t('score.why.rest') : null,
    })),
  }
}

const findIndicator = (set: IndexSet, key: string) =>
  set.groups.flatMap(({ indicators }) => indicators).find((each) => each.key === key)

/** "1,94 điểm": the size of a change; its direction stands beside it. */
export const changeText = (change: number, t: Translate, locale: Locale) =>
  t('score.change', { value: pointsText(Math.abs(change), locale) })
