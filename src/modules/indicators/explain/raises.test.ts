import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Counts, ratioKeys, scoreIndex, shippedSets } from '../index-sets/index.ts'
import { raises } from './raises.ts'

const set = (await shippedSets()).find(({ key }) => key === '766-2026')!
const level = 'province' as const

const ratio = fc.tuple(fc.nat(400), fc.nat(400)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const anyCounts: fc.Arbitrary<Counts> = fc.record(
  { ...Object.fromEntries(ratioKeys.map((key) => [key, ratio])), certifiedCopies: fc.boolean() },
  { requiredKeys: [] },
)

/** The counts after a raise was carried out. */
function carriedOut(counts: Counts, indicator: string, missing: number): Counts {
  if (indicator === 'certifiedCopies') return { ...counts, certifiedCopies: true }
  const [n, d] = counts[indicator as 'onTime']!
  return { ...counts, [indicator]: [n + missing, d] }
}

test('carrying out what is proposed brings exactly the points that were promised', () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const before = scoreIndex(set, counts, { level }).total
      for (const { indicator, missing, gain } of raises(set, counts, { level })) {
        const after = scoreIndex(set, carriedOut(counts, indicator, missing), { level }).total
        expect(after - before).toBeCloseTo(gain, 6)
      }
    }),
  )
})

test('one fewer than proposed leaves something to win', () => {
  const counts: Counts = { satisfied: [700, 1000], onTime: [900, 1000] }
  const [best, second] = raises(set, counts, { level })
  expect(best).toMatchObject({ indicator: 'onTime', gain: 2, missing: 100, perOne: 0.02 })
  // Full marks at ninety in a hundred, so two hundred more are enough.
  expect(second).toMatchObject({ indicator: 'satisfied', gain: 1.33, missing: 200 })
  expect(second!.perOne).toBeCloseTo(6 / 900, 9)
})

test('what nobody measures, what has nothing to count and what is inherited is not proposed', () => {
  expect(raises(set, {}, { level })).toEqual([])
  expect(raises(set, { onTime: [0, 0] }, { level })).toEqual([])
  expect(raises(set, { publishedOnTime: [1, 2] }, { level: 'commune' })).toEqual([])
  expect(raises(set, { publishedOnTime: [1, 2] }, { level })).toHaveLength(1)
})

test('a service that is not offered yet is one step', () => {
  expect(raises(set, { certifiedCopies: false }, { level })).toEqual([
    { group: 'MDSH', indicator: 'certifiedCopies', gain: 2, missing: 1, perOne: 2 },
  ])
})
