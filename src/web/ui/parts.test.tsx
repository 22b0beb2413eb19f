import { expect, test } from 'vitest'
import { niceRange } from './charts'
import { shownPages } from './table'

test('long lists show the first, the last and the neighbours of this page', () => {
  expect(shownPages(4, 11)).toEqual([1, null, 3, 4, 5, null, 11])
  expect(shownPages(1, 2)).toEqual([1, 2])
})

test('an axis ends at round figures, and values far from nought get one of their own', () => {
  expect(niceRange([95.2, 97.7])).toEqual({ low: 95, high: 98 })
  expect(niceRange([3, 41])).toEqual({ low: 0, high: 50 })
  expect(niceRange([])).toEqual({ low: 0, high: 1 })
})
