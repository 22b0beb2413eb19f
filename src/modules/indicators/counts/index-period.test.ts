import { expect, test } from 'vitest'
import { closedPeriods, PeriodKey, periodBefore, periodNamed, periodOf } from './index-period.ts'

test.each([
  ['2026-11-21', 'day', '2026-11-21', '2026-11-21'],
  ['2026-02', 'month', '2026-02-01', '2026-02-28'],
  ['2024-02', 'month', '2024-02-01', '2024-02-29'],
  ['2026-Q4', 'quarter', '2026-10-01', '2026-12-31'],
  ['2026-H1', 'half', '2026-01-01', '2026-06-30'],
  ['2026-9M', 'nine-months', '2026-01-01', '2026-09-30'],
  ['2026', 'year', '2026-01-01', '2026-12-31'],
])('%s is a %s', (key, kind, from, to) => {
  expect(periodNamed(PeriodKey.parse(key))).toEqual({ key, kind, from, to })
  expect(periodOf(kind as 'day', from).key).toBe(key)
})

test.each(['2026-13', '2026-Q5', '2026-H3', '2026-02-30', '26', '2026-9', 'x'])('%s is no period', (key) => {
  expect(PeriodKey.safeParse(key).success).toBe(false)
})

test.each([
  ['2026-01', '2025-12'],
  ['2026-Q1', '2025-Q4'],
  ['2026-H2', '2026-H1'],
  ['2026-9M', '2025-9M'],
  ['2026', '2025'],
  ['2026-03-01', '2026-02-28'],
])('before %s comes %s', (key, before) => {
  expect(periodBefore(periodNamed(key)).key).toBe(before)
})

test('on the first of October four periods have just closed', () => {
  const closed = closedPeriods('2026-10-01').filter(({ to }) => to === '2026-09-30')
  expect(closed.map(({ key }) => key).toSorted()).toEqual(['2026-09', '2026-09-30', '2026-9M', '2026-Q3'])
})

test('nothing that still runs is closed', () => {
  expect(closedPeriods('2026-11-21').every(({ to }) => to < '2026-11-21')).toBe(true)
})
