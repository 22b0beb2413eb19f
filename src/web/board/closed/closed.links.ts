import type { BoardAsk } from '../board-query'

export const closedPath = '/so-lieu/so-da-chot'
export const closedCsvPath = '/so-lieu/so-da-chot.csv'

/** Where a page of the index finds what was closed of its unit: its own period when that is one that is closed. */
export function closedOf({
  placeCode,
  ask,
}: {
  placeCode: string
  ask: Pick<BoardAsk, 'kind' | 'from'>
}): string {
  const [year, month] = [ask.from.slice(0, 4), Number(ask.from.slice(5, 7))]
  const keys: Partial<Record<BoardAsk['kind'], string>> = {
    thang: ask.from.slice(0, 7),
    quy: `${year}-Q${Math.ceil(month / 3)}`,
    nam: year,
  }
  const query = new URLSearchParams({
    ...(placeCode && { 'co-quan': placeCode }),
    ...(keys[ask.kind] && { ky: keys[ask.kind] }),
  })
  return query.size > 0 ? `${closedPath}?${query}` : closedPath
}
