import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import { type IndexScore, type IndexSet, roundPoints } from 'motcua/modules/indicators'
import { dateText, numberText, percentText } from '../../ui/format'
import { type BoardAsk, boardHref } from '../board-query'
import { beforeText } from '../head.view'
import { rankView, tableView } from './rank.view'
import { hasFigures, indicatorHref, pointsText, type ScoreFacts, type ScoreNote } from './score-facts'
import { type ScoreFrame, scoreFrame } from './score-frame.view'
import { heatView, radarView, trendView } from './score-pictures.view'
import { changeText, raiseView, whyView } from './score-why.view'

/** The page of an index: total, groups, what would raise it, why it changed, and who stands where. */
export function scoreView(facts: ScoreFacts, frame: ScoreFrame) {
  const { ask, locale } = frame
  const t = messages(locale)
  const { set } = facts
  const before = beforeText(ask, t)
  return {
    ...scoreFrame(facts, frame),
    before,
    headline: headline(facts, t, locale),
    bands: set.bands.map(({ key, name, from }) => ({ key, label: name[locale], from })),
    rank: rankView(facts, t),
    stats: statsView(facts, t, locale),
    groups: groupsView(facts, ask, t, locale),
    raises: facts.raises.slice(0, 4).map((raise) => raiseView(raise, facts, frame, t)),
    why: whyView(facts, ask, before, t, locale),
    trend: trendView(facts, t, locale),
    radar: radarView(facts, t, locale),
    heat: heatView(facts, ask, t, locale),
    table: tableView(facts, ask, t, locale),
    notes: notesView(facts, ask, t, locale),
    doubts: doubtsView(facts, ask, t, locale),
  }
}

export type ScoreView = ReturnType<typeof scoreView>

function statsView({ stats }: ScoreFacts, t: Translate, locale: Locale) {
  if (stats === null) return { received: '–', finished: null }
  const { received, finished, onTimeShare } = stats
  return {
    received: numberText(received, locale),
    finished:
      onTimeShare === null
        ? null
        : t('score.finished', {
            finished: numberText(finished, locale),
            share: percentText(onTimeShare, locale),
          }),
  }
}

/** The points that have a source in a score: what nobody measures is not counted as lost. */
export function measuredMax(score: IndexScore): number {
  return Object.values(score.indicators)
    .filter(({ missing }) => !missing)
    .reduce((sum, { max }) => sum + max, 0)
}

const fullMax = (set: IndexSet) => set.groups.reduce((sum, { max }) => sum + max, 0)

function headline({ set, place, withheld }: ScoreFacts, t: Translate, locale: Locale) {
  const { total, band } = place.score
  const [measured, full] = [measuredMax(place.score), fullMax(set)]
  const change = roundPoints(total - place.before.score.total)
  const name = set.bands.find(({ key }) => key === band)?.name[locale]
  return {
    total,
    text: withheld ? '–' : pointsText(total, locale),
    outOf: t('score.outOf', { max: numberText(full, locale) }),
    band:
      measured < full
        ? t('score.noBand', { points: numberText(full - measured, locale) })
        : name
          ? t('score.band', { band: name })
          : '',
    ofMeasured:
      measured < full && measured > 0 && !withheld
        ? t('score.ofMeasured', {
            share: percentText(total / measured, locale),
            max: numberText(measured, locale),
          })
        : null,
    change: hasFigures(place.before.counts) ? { value: change, text: changeText(change, t, locale) } : null,
    isRated: measured === full,
    instead: withheld ? t('score.withheld') : hasFigures(place.counts) ? null : t('score.nothing'),
  }
}

function groupsView({ set, place, withheld }: ScoreFacts, ask: BoardAsk, t: Translate, locale: Locale) {
  return set.groups.map(({ key, name, max, indicators }) => {
    const scored = indicators.map((each) => ({ ...each, scored: place.score.indicators[each.key] }))
    const measured = scored
      .filter(({ scored }) => scored && !scored.missing)
      .reduce((sum, each) => sum + each.max, 0)
    const points = place.score.groups[key]?.points ?? 0
    const change = roundPoints(points - (place.before.score.groups[key]?.points ?? 0))
    const lost = scored
      .filter(({ scored }) => scored && !scored.missing)
      .map((each) => ({ name: each.name[locale], lost: each.max - (each.scored?.points ?? 0) }))
      .toSorted((a, b) => b.lost - a.lost)[0]
    return {
      key,
      name: name[locale],
      href: indicatorHref(ask, key),
      points: measured === 0 || withheld ? '–' : pointsText(points, locale),
      max: numberText(max, locale),
      share: max === 0 ? 0 : points / max,
      measuredShare: max === 0 ? 0 : measured / max,
      change: { value: change, text: pointsText(Math.abs(change), locale) },
      note: withheld
        ? t('score.withheld')
        : measured === 0
          ? t('score.groups.notMeasured')
          : lost && lost.lost >= 0.005
            ? t('score.groups.lost', { indicator: lost.name, points: pointsText(lost.lost, locale) })
            : t('score.groups.full'),
      partly:
        measured > 0 && measured < max && !withheld
          ? t('score.groups.partly', { max: numberText(measured, locale), full: numberText(max, locale) })
          : null,
    }
  })
}

function notesView(
  { set, place, today, notes, withheld, names }: ScoreFacts,
  ask: BoardAsk,
  t: Translate,
  locale: Locale,
) {
  const missing = set.groups
    .flatMap(({ indicators }) => indicators)
    .filter(({ key }) => place.score.indicators[key]?.missing)
  return [
    ...(missing.length > 0 && !withheld
      ? [
          {
            key: 'missing',
            tone: 'warn' as const,
            title: t('score.quality.notMeasured', {
              count: missing.length,
              points: numberText(
                missing.reduce((sum, { max }) => sum + max, 0),
                locale,
              ),
            }),
            text: t('score.quality.notMeasuredMore', {
              indicators: missing.map(({ name }) => name[locale]).join('; '),
            }),
          },
        ]
      : []),
    ...(ask.from <= today && today <= ask.to
      ? [
          {
            key: 'moving',
            tone: 'warn' as const,
            title: t('score.quality.moving'),
            text: t('score.quality.movingMore'),
          },
        ]
      : []),
    ...notes.filter(isWorded).map(({ key, params }) => ({
      key,
      tone: 'warn' as const,
      title: t(`score.note.${key}`, inWords(params, names)),
      text: t(`score.note.${key}-more`),
    })),
    {
      key: 'recount',
      tone: 'ok' as const,
      title: t('score.quality.recount'),
      text: t('score.quality.recountMore'),
    },
  ]
}

/** Each kind of doubtful dossiers with how many there are, and where they are listed. */
function doubtsView({ doubts, place }: ScoreFacts, ask: BoardAsk, t: Translate, locale: Locale) {
  return doubts.map(({ doubt, count }) => ({
    key: doubt,
    name: t(`doubts.kind.${doubt}`),
    count: t('doubts.count', { count: numberText(count, locale) }),
    href: boardHref(`/bang/chat-luong/${doubt}`, ask, { authority: place.code || null, wall: false }),
  }))
}

const worded = [
  'unit-began',
  'unit-ended',
  'with-predecessors',
  'calendar-missing',
  'assurance-noted-since',
  'withheld',
  'others-withheld',
  'whole-months',
] as const
type Worded = ScoreNote & { key: (typeof worded)[number] }
// That a period runs, and what nobody measures, is said in words of the page itself.
const isWorded = (note: ScoreNote): note is Worded => worded.some((key) => key === note.key)

function inWords({ on, codes, ...rest }: ScoreNote['params'], names: ScoreFacts['names']) {
  const nameOf = (code: string) => names[code] ?? code
  return {
    ...rest,
    ...(on !== undefined && { on: dateText(String(on)) }),
    ...(codes !== undefined && { codes: String(codes).split(', ').map(nameOf).join(', ') }),
  }
}
