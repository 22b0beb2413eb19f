import { expect, test } from 'vitest'
import { cutsOf, piecesOf } from './intervals.ts'

const november = { from: '2026-11-01', to: '2026-11-30' }
const october = { from: '2026-10-01', to: '2026-10-31' }

test('months that touch are cut once, and only the month that still runs is read by day', () => {
  const cuts = cutsOf([november, october], ['2026-11-20', '2026-10-31'])
  expect(cuts).toEqual({
    starts: ['2000-01-01', '2026-10-01', '2026-11-01', '2026-11-21'],
    last: '2026-11-30',
    byDay: ['2026-11-01'],
  })
  expect(piecesOf(cuts, november)).toEqual([2, 4])
  expect(piecesOf(cuts, october)).toEqual([1, 2])
  expect(piecesOf(cuts, { from: '2000-01-01', to: '2026-11-20' })).toEqual([0, 3])
})

test('a year over its months is made of the same pieces', () => {
  const year = { from: '2026-01-01', to: '2026-12-31' }
  const cuts = cutsOf([year, october], ['2026-10-31'])
  expect(cuts.starts).toEqual(['2000-01-01', '2026-01-01', '2026-10-01', '2026-11-01'])
  expect(piecesOf(cuts, year)).toEqual([1, 4])
  expect(cuts.byDay).toEqual([])
})

test('a day in the middle of a month is read by day on both sides', () => {
  const cuts = cutsOf([{ from: '2026-11-15', to: '2026-11-15' }], ['2026-11-15'])
  expect(cuts).toEqual({ starts: ['2000-01-01', '2026-11-15'], last: '2026-11-15', byDay: ['2026-11-01'] })
})
