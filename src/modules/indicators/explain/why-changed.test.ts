import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Counts, type Ratio, ratioKeys, scoreIndex, shippedSets } from '../index-sets/index.ts'
import { type PeriodCounts, whyChanged } from './why-changed.ts'

const set = (await shippedSets()).find(({ key }) => key === '766-2026')!
const level = 'province' as const

const ratio = fc.tuple(fc.nat(90), fc.nat(90)).map(([a, b]): Ratio => [Math.min(a, b), Math.max(a, b)])
const unitCounts: fc.Arbitrary<Counts> = fc.record(
  Object.fromEntries(ratioKeys.map((key) => [key, ratio])) as Record<'onTime', typeof ratio>,
)
const period: fc.Arbitrary<PeriodCounts> = fc
  .array(unitCounts, { minLength: 1, maxLength: 5 })
  .map((list) => ({ whole: sumOf(list), units: new Map(list.map((counts, i) => [`H99.1${i}`, counts])) }))

function sumOf(list: readonly Counts[]): Counts {
  const sum = (key: 'onTime', part: 0 | 1) =>
    list.reduce((all, counts) => all + (counts[key]?.[part] ?? 0), 0)
  return Object.fromEntries(ratioKeys.map((key) => [key, [sum(key as 'onTime', 0), sum(key as 'onTime', 1)]]))
}

test('the changes of all indicators are the change of the total, and the units of one are its change', () => {
  fc.assert(
    fc.property(period, period, (before, now) => {
      const changes = whyChanged(set, { before, now, level })
      const [was, is] = [before, now].map(({ whole }) => scoreIndex(set, whole, { level }).total)
      expect(changes.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(is! - was!, 6)
      for (const { change, units, rest } of changes)
        expect(units.reduce((sum, { own, weight }) => sum + own + weight, rest)).toBeCloseTo(change, 9)
    }),
  )
})

const at = (whole: Counts, units: Record<string, Counts> = {}): PeriodCounts => ({
  whole,
  units: new Map(Object.entries(units)),
})

test('names the unit that pulled the whole down', () => {
  const [change, ...others] = whyChanged(set, {
    before: at({ onTime: [190, 200] }, { A: { onTime: [95, 100] }, B: { onTime: [95, 100] } }),
    now: at({ onTime: [165, 200] }, { A: { onTime: [95, 100] }, B: { onTime: [70, 100] } }),
    level,
  })
  expect(others).toEqual([])
  expect(change).toMatchObject({ indicator: 'onTime', before: 19, now: 16.5, change: -2.5 })
  expect(change!.units).toHaveLength(1)
  expect(change!.units[0]).toMatchObject({ unit: 'B' })
  expect(change!.units[0]!.own).toBeCloseTo(-2.5, 9)
})

test('what the whole counts beyond its units stands as a unit without a name', () => {
  const [change] = whyChanged(set, {
    before: at({ onTime: [150, 200] }, { A: { onTime: [100, 100] } }),
    now: at({ onTime: [100, 200] }, { A: { onTime: [100, 100] } }),
    level,
  })
  expect(change!.units).toEqual([{ unit: '', own: expect.closeTo(-5, 9), weight: expect.closeTo(0, 9) }])
})

test('procedures that several units share are not split', () => {
  const shared = {
    A: { servicesWithDossiers: [8, 10] as Ratio },
    B: { servicesWithDossiers: [8, 10] as Ratio },
  }
  const [change] = whyChanged(set, {
    before: at({ servicesWithDossiers: [9, 10] }, shared),
    now: at({ servicesWithDossiers: [8, 10] }, shared),
    level,
  })
  expect(change).toMatchObject({ change: -0.4, units: [] })
  expect(change!.rest).toBeCloseTo(-0.4, 9)
})

test('beyond the threshold nothing changes, whatever the ratio does', () => {
  const changes = whyChanged(set, {
    before: at({ satisfied: [95, 100] }),
    now: at({ satisfied: [99, 100] }),
    level,
  })
  expect(changes).toEqual([])
})

test('a source that came or went changes the total by its points', () => {
  const [change] = whyChanged(set, { before: at({}), now: at({ onTime: [1, 2] }), level })
  expect(change).toMatchObject({ before: null, now: 10, change: 10 })
})
