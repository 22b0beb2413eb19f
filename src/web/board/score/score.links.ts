import type { BoardAsk } from '../board-query'

export const boardPath = '/so-lieu'
export const indexPath = '/so-lieu/chi-so'
export const mapPath = '/so-lieu/ban-do'
export const stepsPath = '/so-lieu/cac-buoc'
export const comparePath = '/so-lieu/so-sanh'
export const embedPath = '/so-lieu/chi-so.svg'
export const dataPath = '/so-lieu/du-lieu-mo'
export const slidesPath = '/so-lieu/trinh-chieu'

/** Whoever handled fewer dossiers is shown without a rank: one late dossier would decide it. */
export const fewestToRank = 20

/** The figures of a page of the index as open data: both numbers and the points of every indicator, for every unit. */
export function openDataHref(ask: BoardAsk, level: string, format: 'json' | 'csv'): string {
  const query = new URLSearchParams({ from: ask.from, to: ask.to, level, format })
  if (ask.set) query.set('set', ask.set)
  return `/api/v1/index/scores?${query}`
}
