import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { type Counted, countedOf, type IndexSet, type Ratio } from 'motcua/modules/indicators'
import { numberText, percentText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import { behindHref, indexPath } from './score.links'
import { indicatorHref, pointsText, type Scored, type ScoreFacts, type UnitFacts } from './score-facts'
import { scoreFrame } from './score-frame.view'
import { monthTick } from './score-pictures.view'

type Group = IndexSet['groups'][number]
type Indicator = Group['indicators'][number]

/** The group and, unless a whole group is asked for, the indicator that an address names. */
export function findPart(set: IndexSet, key: string): { group: Group; indicator: Indicator | null } | null {
  for (const group of set.groups) {
    if (group.key === key) return { group, indicator: null }
    const indicator = group.indicators.find((each) => each.key === key)
    if (indicator) return { group, indicator }
  }
  return null
}

/** The page of a group or an indicator: its figures, how it is worked out, and every unit. */
export function indicatorView(
  facts: ScoreFacts,
  { group, indicator }: NonNullable<ReturnType<typeof findPart>>,
  { mayOpen, ...page }: { ask: BoardAsk; locale: Locale; mayOpen: boolean },
) {
  const { ask, locale } = page
  const t = messages(locale)
  const key = indicator?.key ?? group.key
  return {
    ...scoreFrame(facts, { ...page, path: `${indexPath}/${key}` }),
    key,
    title: (indicator ?? group).name[locale],
    lead: indicator
      ? t('score.indicator.lead', { group: group.name[locale], place: facts.place.name })
      : facts.place.name,
    parts: (indicator ? [indicator] : group.indicators).map((each) =>
      partView(each, facts, { ask, locale, mayOpen }, t),
    ),
    isGroup: indicator === null,
    unitRows: unitRows(facts, group, indicator, ask, locale),
    /** The level of the units in the table. */
    level: facts.kind,
    ratioTrend: indicator ? ratioTrend(facts, indicator, t, locale) : null,
  }
}

export type IndicatorView = ReturnType<typeof indicatorView>

const ratioOf = ({ counts }: Scored, { counts: key }: Indicator): Ratio | null =>
  key === 'certifiedCopies' ? null : (counts[key] ?? null)

function partView(
  indicator: Indicator,
  { place, raises }: ScoreFacts,
  { ask, locale, mayOpen }: { ask: BoardAsk; locale: Locale; mayOpen: boolean },
  t: Translate,
) {
  const { key, name, max, levels, inheritedFrom, method, threshold } = indicator
  const scored = place.score.indicators[key]
  const ratio = ratioOf(place, indicator)
  const counted = countedOf(indicator.counts)
  const raise = raises.find((each) => each.indicator === key)
  const isHere = levels.includes(place.level)
  const missing = !scored || Boolean(scored.missing)
  return {
    key,
    name: name[locale],
    href: indicatorHref(ask, key),
    definitionHref: `/so-lieu/thu-vien/${key}`,
    max: numberText(max, locale),
    points: missing || scored.points === null ? '–' : pointsText(scored.points, locale),
    share: missing || max === 0 ? 0 : (scored.points ?? 0) / max,
    figure: ratio
      ? t('score.indicator.figure', { n: numberText(ratio[0], locale), d: numberText(ratio[1], locale) })
      : null,
    ratio: scored?.ratio == null ? null : percentText(scored.ratio, locale),
    note: missing
      ? t('score.indicator.notMeasured')
      : !isHere
        ? t('score.indicator.notHere')
        : inheritedFrom && inheritedFrom !== place.level
          ? t('score.indicator.inherited')
          : ratio && ratio[1] === 0
            ? t('score.indicator.none', { unit: unitWord(counted, t) })
            : method === 'threshold' && threshold
              ? t('score.indicator.fullAt', { share: percentText(threshold, locale) })
              : null,
    raise:
      counted === 'provided' || !isHere
        ? null
        : raise
          ? t('score.indicator.raise', {
              unit: unitWord(counted, t),
              points: numberText(raise.perOne, locale, raise.perOne < 0.01 ? 4 : 2),
              missing: numberText(raise.missing, locale),
              max: numberText(max, locale),
            })
          : ratio && ratio[1] > 0 && !missing
            ? t('score.indicator.full', { max: numberText(max, locale) })
            : null,
    open:
      mayOpen && ratio && ratio[1] > 0 && counted !== 'petitions'
        ? [
            {
              href: behindHref(ask, indicator.counts, place.code, 'out'),
              text: t(counted === 'procedures' ? 'score.indicator.openProcedures' : 'score.indicator.open'),
            },
            {
              href: behindHref(ask, indicator.counts, place.code, 'in'),
              text: t(
                counted === 'procedures' ? 'score.indicator.openInProcedures' : 'score.indicator.openIn',
              ),
            },
          ]
        : [],
  }
}

const unitWord = (counted: Counted, t: Translate) =>
  counted === 'provided' ? '' : t(`score.raise.units.${counted}`)

/** Every unit, by the points that it can still win. */
function unitRows(
  { units }: ScoreFacts,
  group: Group,
  indicator: Indicator | null,
  ask: BoardAsk,
  locale: Locale,
) {
  const key = indicator?.key ?? group.key
  const pointsOf = (unit: UnitFacts) =>
    indicator ? (unit.score.indicators[key]?.points ?? null) : (unit.score.groups[group.key]?.points ?? null)
  const max = (indicator ?? group).max
  return units
    .filter(({ dossiers }) => dossiers > 0)
    .map((unit) => {
      const ratio = indicator ? ratioOf(unit, indicator) : null
      const points = indicator && !ratio && indicator.method !== 'provided' ? null : pointsOf(unit)
      return {
        code: unit.code,
        name: unit.name,
        href: boardHref(`${indexPath}/${key}`, ask, { authority: unit.code }),
        in: ratio ? numberText(ratio[0], locale) : '–',
        of: ratio ? numberText(ratio[1], locale) : '–',
        share: ratio && ratio[1] > 0 ? percentText(ratio[0] / ratio[1], locale) : '–',
        points: points === null ? '–' : pointsText(points, locale),
        left: points === null ? '–' : pointsText(max - points, locale),
        sortBy: points === null ? -1 : max - points,
      }
    })
    .toSorted((a, b) => b.sortBy - a.sortBy || a.name.localeCompare(b.name, 'vi'))
}

function ratioTrend(
  { months, place, today }: ScoreFacts,
  indicator: Indicator,
  t: Translate,
  locale: Locale,
) {
  const ratios = months.map(({ of }) => {
    const scored = of.get(place.code)
    const ratio = scored ? ratioOf(scored, indicator) : null
    return ratio && ratio[1] > 0 ? Math.round((ratio[0] / ratio[1]) * 1000) / 10 : null
  })
  if (ratios.filter((each) => each !== null).length < 2) return null
  return {
    ticks: months.map(({ month }) => monthTick(month, today, t)),
    values: ratios,
    latest: `${numberText(ratios.findLast((each) => each != null)!, locale, 1)} %`,
    describe: months
      .map(
        ({ month }, i) =>
          `${month.slice(5, 7)}/${month.slice(0, 4)}: ${ratios[i] == null ? '–' : `${numberText(ratios[i], locale, 1)} %`}`,
      )
      .join('; '),
  }
}
