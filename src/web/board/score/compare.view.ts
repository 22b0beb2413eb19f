import type { Locale } from 'motcua/kernel/i18n'
import type { IndexSet } from 'motcua/modules/indicators'
import { numberText, percentText } from '../../ui/format'
import type { BoardAsk } from '../board-query'
import { comparePath } from './score.links'
import { pointsText, type ScoreFacts, signed, type UnitFacts } from './score-facts'
import { scoreFrame } from './score-frame.view'

/** Two units side by side: groups, and the indicators that each is made of. */
export function compareView(
  facts: ScoreFacts,
  { ask, locale, first, second }: { ask: BoardAsk; locale: Locale; first: string; second: string },
) {
  const all = [facts.place, ...facts.units.filter(({ code }) => code !== facts.place.code)].filter(
    ({ dossiers }) => dossiers > 0,
  )
  const find = (code: string) => all.find((unit) => unit.code === code)
  const pair = [find(first), find(second)] as const
  const [a, b] = pair
  return {
    ...scoreFrame(facts, { ...{ ask, locale, path: comparePath }, more: { a: first, b: second } }),
    ...{ first, second },
    level: facts.kind,
    units: all
      .map(({ code, name }) => ({ code, name }))
      .toSorted((x, y) => x.name.localeCompare(y.name, 'vi')),
    names: a && b ? [a.name, b.name] : null,
    rows: a && b ? rowsOf(facts, a, b, locale) : [],
  }
}

export type CompareView = ReturnType<typeof compareView>

function rowsOf({ set }: ScoreFacts, a: UnitFacts, b: UnitFacts, locale: Locale) {
  const row = (
    key: string,
    name: string,
    kind: 'total' | 'group' | 'indicator',
    points: readonly [number | null, number | null],
    notes: readonly [string, string] = ['', ''],
  ) => ({
    ...{ key, name, kind, notes },
    points: points.map((each) => (each === null ? '–' : pointsText(each, locale))),
    difference:
      points[0] === null || points[1] === null
        ? null
        : { value: points[0] - points[1], text: signed(points[0] - points[1], locale) },
  })
  const share = (unit: UnitFacts, { key, counts }: IndexSet['groups'][number]['indicators'][number]) => {
    const ratio = unit.score.indicators[key]?.ratio
    if (ratio == null) return ''
    const both = counts === 'certifiedCopies' ? undefined : unit.counts[counts]
    const share = percentText(ratio, locale)
    return both ? `${share} (${both.map((each) => numberText(each, locale)).join('/')})` : share
  }
  return [
    row('total', '', 'total', [a.score.total, b.score.total]),
    ...set.groups.flatMap(({ key, name, indicators }) => [
      row(key, name[locale], 'group', [
        a.score.groups[key]?.points ?? null,
        b.score.groups[key]?.points ?? null,
      ]),
      ...indicators.map((each) =>
        row(
          each.key,
          each.name[locale],
          'indicator',
          [a.score.indicators[each.key]?.points ?? null, b.score.indicators[each.key]?.points ?? null],
          [share(a, each), share(b, each)],
        ),
      ),
    ]),
  ]
}
