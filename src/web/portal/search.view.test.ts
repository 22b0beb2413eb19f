import { expect, test } from 'vitest'
import { bodiesText, readSearch, searchPath } from './search.view'

test('a search is its address, so that it can be sent to somebody', () => {
  const path = searchPath({ q: 'khai sinh', field: 'Hộ tịch' })
  expect(path).toBe('/tim?q=khai+sinh&linh-vuc=H%E1%BB%99+t%E1%BB%8Bch')
  expect(readSearch(new URL(path, 'http://x').searchParams)).toEqual({
    q: 'khai sinh',
    field: 'Hộ tịch',
    cursor: undefined,
  })
})

test('U+0000 in an address is dropped, not searched for', () => {
  expect(readSearch(new URLSearchParams({ q: 'khai\u0000 sinh' })).q).toBe('khai sinh')
})

test('the largest bodies are named and the others counted', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ name }))
  expect(bodiesText(names, (count) => `và ${count} nơi khác`)).toBe('A, B, C, D và 2 nơi khác')
  expect(bodiesText(names.slice(0, 2), () => '')).toBe('A, B')
})
