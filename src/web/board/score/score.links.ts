import { type BoardAsk, boardHref } from '../board-query'

export const boardPath = '/so-lieu'
export const indexPath = '/so-lieu/chi-so'
export const mapPath = '/so-lieu/ban-do'
export const stepsPath = '/so-lieu/cac-buoc'
export const stepsCsvPath = '/so-lieu/cac-buoc.csv'
export const comparePath = '/so-lieu/so-sanh'
export const embedPath = '/so-lieu/chi-so.svg'
export const dataPath = '/so-lieu/du-lieu-mo'
export const slidesPath = '/so-lieu/trinh-chieu'
export const embedPagePath = '/so-lieu/nhung'
const csvPath = '/so-lieu/chi-so.csv'

/** The pictures of the index whose numbers are downloaded: groups, total by month, units by month, the change. */
export const scoreTables = ['nhom', 'thang', 'don-vi-thang', 'vi-sao'] as const
export type ScoreTable = (typeof scoreTables)[number]

/** The numbers of a picture as CSV, of the unit, period and set of its page, and the open data behind it. */
export function linksOf(
  { ask, placeCode }: { ask: BoardAsk; placeCode: string },
  table: ScoreTable,
): { csv: string; api: string } {
  const csv = boardHref(csvPath, { ...ask, wall: false }, {}, { bang: table })
  if (table === 'thang') return { csv, api: seriesLinks(ask, placeCode).api }
  const { from, to, set } = ask
  const query = new URLSearchParams({ from, to, ...(placeCode && { below: placeCode }), ...(set && { set }) })
  return { csv, api: `/api/v1/index/scores?${query}` }
}

/** Both numbers of every indicator of a unit, month by month. */
export function seriesLinks({ set }: BoardAsk, unit: string): { csv: string; api: string } {
  const api = `/api/v1/index/series?${new URLSearchParams({ unit, ...(set && { set }) })}`
  return { csv: `${api}&format=csv`, api }
}

/** Both numbers and the points of every indicator, for every unit of a level. */
export const unitLinks = (ask: BoardAsk, level: string) => ({
  csv: openDataHref(ask, level, 'csv'),
  api: openDataHref(ask, level, 'json'),
})

/** Whoever handled fewer dossiers is shown without a rank: one late dossier would decide it. */
export const fewestToRank = 20

/** The figures of a page of the index as open data: both numbers and the points of every indicator, for every unit. */
export function openDataHref(ask: BoardAsk, level: string, format: 'json' | 'csv'): string {
  const query = new URLSearchParams({ from: ask.from, to: ask.to, level, format })
  if (ask.set) query.set('set', ask.set)
  return `/api/v1/index/scores?${query}`
}

/** What stands in the numerator of an indicator, or in its base and not there, one by one. */
export function behindHref(ask: BoardAsk, key: string, place: string, side: 'in' | 'out'): string {
  const path = `/bang/chi-so/${key}/${side === 'in' ? 'dat' : 'chua-dat'}`
  return boardHref(path, { ...ask, authority: place || null, wall: false })
}
