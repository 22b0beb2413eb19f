import { messages } from 'motcua/kernel/i18n'
import { expect, test } from 'vitest'
import { heatLevel, pointsBetween, pullsOf, sortRows, type TableRow } from './board.view.ts'
import { periodText } from './head.view.ts'

const t = messages('vi')
const finished = (early: number, onTime: number, late: number) => ({ early, onTime, late })

test('names each kind of period in words', () => {
  expect(periodText({ kind: 'thang', from: '2026-11-01', to: '2026-11-30' }, t)).toBe('tháng 11/2026')
  expect(periodText({ kind: 'quy', from: '2026-10-01', to: '2026-12-31' }, t)).toBe('quý IV/2026')
  expect(periodText({ kind: 'khac', from: '2026-02-01', to: '2026-02-14' }, t)).toBe(
    'từ 01/02/2026 đến 14/02/2026',
  )
})

test('compares shares in points, and says nothing when one is missing', () => {
  expect(pointsBetween(0.951, 0.97)).toBe(-1.9)
  expect(pointsBetween(null, 0.97)).toBeNull()
})

test('finds what the whole would gain if one place did as well as the others', () => {
  const rows = [
    { key: 'a', kind: 'authority' as const, code: 'a', finished: finished(0, 80, 20) },
    { key: 'b', kind: 'authority' as const, code: 'b', finished: finished(0, 100, 0) },
    { key: 'tiny', kind: 'authority' as const, code: 'tiny', finished: finished(0, 0, 4) },
  ]
  const pulls = pullsOf(rows)
  expect(pulls.map(({ code }) => code)).toEqual(['a'])
  // 100 of 204 dossiers, 20 late instead of 100 × 4/104.
  expect(pulls[0]!.points).toBeCloseTo(((20 - (100 * 4) / 104) / 204) * 100)
})

test('finds nothing to blame when there is nothing, or nothing late', () => {
  expect(pullsOf([])).toEqual([])
  expect(pullsOf([{ key: 'a', kind: 'authority', code: 'a', finished: finished(3, 9, 0) }])).toEqual([])
})

test('judges a month only from five dossiers on', () => {
  expect(heatLevel(finished(0, 0, 4))).toBe('')
  expect(heatLevel(finished(0, 95, 5))).toBe('')
  expect(heatLevel(finished(0, 94, 6))).toBe('h1')
  expect(heatLevel(finished(0, 85, 15))).toBe('h2')
  expect(heatLevel(finished(0, 80, 20))).toBe('h3')
  expect(heatLevel(finished(0, 79, 21))).toBe('h4')
})

const row = (name: string, received: number, onTimeShare: number | null): TableRow => ({
  code: name,
  name,
  href: null,
  received,
  onlineShare: null,
  finished: 0,
  onTimeShare,
  late: 0,
  open: null,
  overdue: null,
  awaiting: null,
  satisfied: null,
  ratings: 0,
})

test('sorts by a figure either way, and keeps rows without one last', () => {
  const rows = [row('Bến Gỗ', 5, 0.9), row('An Lạc', 7, null), row('Đèo Mơ', 5, 1)]
  const names = (sort: 'nhan' | 'dung-han' | 'ten', direction: 'tang' | 'giam') =>
    sortRows(rows, { sort, direction }).map(({ name }) => name)
  expect(names('nhan', 'giam')).toEqual(['An Lạc', 'Bến Gỗ', 'Đèo Mơ'])
  expect(names('dung-han', 'giam')).toEqual(['Đèo Mơ', 'Bến Gỗ', 'An Lạc'])
  expect(names('dung-han', 'tang')).toEqual(['Bến Gỗ', 'Đèo Mơ', 'An Lạc'])
  expect(names('ten', 'tang')).toEqual(['An Lạc', 'Bến Gỗ', 'Đèo Mơ'])
})
