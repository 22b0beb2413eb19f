import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitChange, type UnitChange } from './split-change.ts'

const pair = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const units = fc
  .array(fc.record({ before: pair, after: pair }), { minLength: 1, maxLength: 12 })
  .map((list): UnitChange[] => list.map((each, index) => ({ unit: `u${index}`, ...each })))

const ratio = (list: readonly UnitChange[], when: 'before' | 'after') =>
  list.reduce((sum, each) => sum + each[when][0], 0) / list.reduce((sum, each) => sum + each[when][1], 0)

test('the shares of all units are the change of the whole', () => {
  fc.assert(
    fc.property(units, (list) => {
      const whole = ratio(list, 'after') - ratio(list, 'before')
      fc.pre(Number.isFinite(whole))
      const shares = splitChange(list).reduce((sum, { own, weight }) => sum + own + weight, 0)
      expect(shares).toBeCloseTo(whole, 9)
    }),
  )
})

test('a unit that stayed as bad as it was, and as large, explains nothing', () => {
  const [bad, fell] = splitChange([
    { unit: 'always bad', before: [50, 100], after: [50, 100] },
    { unit: 'fell', before: [100, 100], after: [80, 100] },
  ])
  expect(bad!.own + bad!.weight).toBeCloseTo(0, 9)
  expect(fell!.own).toBeCloseTo(-0.1, 9)
  expect(fell!.weight).toBeCloseTo(0, 9)
})

test('a bad unit that grew pulls down by its weight alone', () => {
  const [bad] = splitChange([
    { unit: 'bad', before: [50, 100], after: [150, 300] },
    { unit: 'good', before: [100, 100], after: [100, 100] },
  ])
  expect(bad!.own).toBe(0)
  expect(bad!.weight).toBeLessThan(0)
})

test('a whole without a base before or after has no change to split', () => {
  expect(splitChange([{ unit: 'new', before: [0, 0], after: [3, 4] }])).toEqual([])
  expect(splitChange([{ unit: 'gone', before: [3, 4], after: [0, 0] }])).toEqual([])
})

test('a unit that began or ended in between is counted once', () => {
  const list: UnitChange[] = [
    { unit: 'stays', before: [9, 10], after: [9, 10] },
    { unit: 'began', before: [0, 0], after: [2, 10] },
    { unit: 'ended', before: [10, 10], after: [0, 0] },
  ]
  const shares = splitChange(list)
  expect(shares.find(({ unit }) => unit === 'began')!.own).toBeCloseTo(0.5 * (0.2 - 0.95), 9)
  expect(shares.find(({ unit }) => unit === 'ended')!.own).toBe(0)
})
