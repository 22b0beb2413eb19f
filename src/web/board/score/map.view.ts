import { type Locale, messages } from 'motcua/kernel/i18n'
import type { TileMap } from 'motcua/modules/directory'
import { type BoardAsk, boardHref } from '../board-query'
import { indexPath, mapPath } from './score.links'
import { pointsText, type ScoreFacts, type UnitFacts } from './score-facts'
import { scoreFrame } from './score-frame.view'
import type { Tile } from './tile-map'

/** How far below the best, as a part of all that can be had, each step of colour begins. */
const steps = [0.03, 0.06, 0.1, 0.15] as const

/** The map of a province by one figure: the total, a group or an indicator. */
export function mapView(
  facts: ScoreFacts,
  { ask, locale, map, by }: { ask: BoardAsk; locale: Locale; map: TileMap | null; by: string | null },
) {
  const t = messages(locale)
  const figures = [
    { key: 'tong', name: t('score.map.total'), max: 100 },
    ...facts.set.groups.flatMap((group) => [
      { key: group.key as string, name: group.name[locale], max: group.max },
      ...group.indicators.map(({ key, name, max }) => ({ key, name: name[locale], max })),
    ]),
  ]
  const chosen = figures.find(({ key }) => key === by) ?? figures[0]!
  const pointsOf = (unit: UnitFacts): number | null =>
    unit.dossiers === 0
      ? null
      : chosen.key === 'tong'
        ? unit.score.total
        : (unit.score.groups[chosen.key as keyof typeof unit.score.groups]?.points ??
          unit.score.indicators[chosen.key]?.points ??
          null)
  const rows = facts.units.map((unit) => {
    const value = pointsOf(unit)
    return {
      code: unit.code,
      communeCode: unit.communeCode,
      name: unit.name,
      href: boardHref(chosen.key === 'tong' ? indexPath : `${indexPath}/${chosen.key}`, ask, {
        authority: unit.code,
      }),
      value,
      text: value === null ? '–' : pointsText(value, locale),
    }
  })
  const best = Math.max(0, ...rows.flatMap(({ value }) => value ?? []))
  const stepOf = (value: number) => steps.findLastIndex((step) => best - value >= step * chosen.max) + 1
  const byCommune = new Map(rows.map((row) => [row.communeCode, row]))
  const tiles = (map?.tiles ?? []).flatMap(({ communeCode, name, column, row }): Tile[] => {
    const unit = byCommune.get(communeCode)
    if (!unit) return []
    const { code, text, href, value } = unit
    return [{ code, name, column, row, text, href, step: value === null ? null : stepOf(value) }]
  })
  return {
    ...scoreFrame(facts, {
      ...{ ask, locale, path: mapPath },
      more: { theo: by === null ? '' : chosen.key },
    }),
    ...{ figures, by: chosen },
    tiles,
    describe: t('score.map.describe', { count: tiles.length, what: chosen.name }),
    scale: [0, 1, 2, 3, 4].map((step) => ({
      step,
      text: t(step === 0 ? 'score.map.near' : 'score.map.below', {
        points: pointsText((steps[Math.max(0, step - 1)] ?? 0) * chosen.max, locale),
      }),
    })),
    rows: rows.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || a.name.localeCompare(b.name, 'vi')),
  }
}

export type MapView = ReturnType<typeof mapView>
