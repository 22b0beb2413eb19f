import { expect, test } from 'vitest'
import { ranked } from './rank.view'
import type { UnitFacts } from './score-facts'
import { heatStep } from './score-pictures.view'

const unit = (name: string, total: number, dossiers = 100): UnitFacts => {
  const scored = {
    counts: { onTime: [dossiers, dossiers] as const },
    score: { indicators: {}, groups: {}, total, band: null },
  }
  return { code: name, name, level: 'commune', communeCode: null, dossiers, ...scored, before: scored }
}

test('equal totals share a rank, and the next rank is left out', () => {
  const order = ranked([
    unit('Bến Gỗ', 70),
    unit('Hoa Sen', 80),
    unit('Đồi Thông', 70),
    unit('Mai Thượng', 60),
  ])
  expect(order.map(({ unit: { name }, rank }) => [rank, name])).toEqual([
    [1, 'Hoa Sen'],
    [2, 'Bến Gỗ'],
    [2, 'Đồi Thông'],
    [4, 'Mai Thượng'],
  ])
})

test('who has too few dossiers has no rank and takes none away', () => {
  const order = ranked([unit('Hoa Sen', 80), unit('Cồn Sậy', 99, 19), unit('Bến Gỗ', 70, 20)])
  expect(order.map(({ unit: { name }, rank }) => [rank, name])).toEqual([
    [1, 'Hoa Sen'],
    [2, 'Bến Gỗ'],
  ])
})

test('a total is coloured by how far it stands from the best', () => {
  expect([80, 77.01, 77, 74, 70, 65, 0].map((total) => heatStep(total, 80))).toEqual([0, 0, 1, 2, 3, 4, 4])
})
