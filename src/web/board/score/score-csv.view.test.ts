import { messages } from 'motcua/kernel/i18n'
import { scoreIndex, shippedSets } from 'motcua/modules/indicators'
import { expect, test } from 'vitest'
import { scoreLines } from './score-csv.view'
import type { Scored, ScoreFacts } from './score-facts'

const set = (await shippedSets()).find(({ key }) => key === '766-2026')!
const scored = (counts: Scored['counts']) => ({
  counts,
  score: scoreIndex(set, counts, { level: 'commune' }),
})
const own = { code: 'H99.12', name: 'Phường Hoa Sen', ...scored({ onTime: [27, 30] }), before: scored({}) }
const facts = {
  ...{ set, place: own, units: [own], changes: [] },
  months: [
    { month: '2026-10-01', of: new Map([['H99.12', scored({ onTime: [27, 30] })]]) },
    { month: '2026-11-01', of: new Map([['H99.12', scored({ onTime: [1, 2] })]]) },
  ],
} as unknown as ScoreFacts
const lines = (table: Parameters<typeof scoreLines>[0]) =>
  [...scoreLines(table, facts, messages('vi'))].slice(1)

test('a group that nobody measures has no points, and nothing to compare with is no zero', () => {
  const groups = Object.fromEntries(lines('nhom').map(([code, , ...numbers]) => [code, numbers]))
  expect(groups.TDGQ).toEqual([18, 20, 20, null])
  expect(groups.TTTT).toEqual([null, 0, 10, null])
})

test('units by month leave out a month of so few dossiers, as the heat map does', () => {
  expect(lines('don-vi-thang')).toEqual([
    ['H99.12', 'Phường Hoa Sen', '2026-10', 18],
    ['H99.12', 'Phường Hoa Sen', '2026-11', null],
  ])
})
