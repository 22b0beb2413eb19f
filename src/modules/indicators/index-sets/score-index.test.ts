import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../kernel/errors.ts'
import { findMessage } from '../../../kernel/i18n.ts'
import { type Counts, levels, type RatioKey, ratioKeys } from './figures.ts'
import type { IndexSet } from './index-set.ts'
import { readCounts, readCountsText } from './read-counts.ts'
import { readIndexSet } from './read-index-set.ts'
import type { SetProblem } from './refusals.ts'
import { scoreIndex, withInherited } from './score-index.ts'
import { shippedSet, shippedSets } from './shipped.ts'

const set = await shippedSet('index-sets/766-2026.json')
const every = await shippedSets()

const ratio = fc.nat(10_000).chain((d) => fc.tuple(fc.nat(d), fc.constant(d)))
const anyCounts = fc.record(
  { ...Object.fromEntries(ratioKeys.map((key) => [key, ratio])), certifiedCopies: fc.boolean() },
  { requiredKeys: [] },
) as fc.Arbitrary<Counts>
const anySet = fc.constantFrom(...every)
const anyLevel = fc.constantFrom(...levels)

describe('points of any counts', () => {
  test('are never negative, never above the maximum, and add up', () => {
    fc.assert(
      fc.property(anySet, anyLevel, anyCounts, (each, level, counts) => {
        const { indicators, groups, total, band } = scoreIndex(each, counts, { level })
        for (const { points, max, ratio } of Object.values(indicators)) {
          expect(points ?? 0).toBeGreaterThanOrEqual(0)
          expect(points ?? 0).toBeLessThanOrEqual(max)
          expect(ratio ?? 0).toBeLessThanOrEqual(1)
        }
        for (const group of each.groups) {
          const parts = group.indicators.map(({ key }) => Math.round((indicators[key]?.points ?? 0) * 100))
          expect(Math.round((groups[group.key]?.points ?? 0) * 100)).toBe(parts.reduce((a, b) => a + b, 0))
        }
        const sum = Object.values(groups).reduce(
          (all, { points }) => all + Math.round((points ?? 0) * 100),
          0,
        )
        expect(Math.round(total * 100)).toBe(sum)
        expect(total).toBeLessThanOrEqual(100)
        expect(band === null).toBe(Object.values(indicators).some(({ missing }) => missing))
      }),
    )
  })

  test('never fall when one more counts', () => {
    fc.assert(
      fc.property(anySet, anyLevel, anyCounts, fc.constantFrom(...ratioKeys), (each, level, counts, key) => {
        const now = counts[key]
        if (!now || now[0] === now[1]) return
        const more = { ...counts, [key]: [now[0] + 1, now[1]] }
        expect(scoreIndex(each, more, { level }).total).toBeGreaterThanOrEqual(
          scoreIndex(each, counts, { level }).total,
        )
      }),
    )
  })

  test('a half is rounded up, however large the counts', () => {
    // 20 · 1/1600 = 0.0125, and 2 · 1/400 = 0.005.
    expect(scoreIndex(set, { onTime: [1, 1600] }, { level: 'province' }).total).toBe(0.01)
    expect(scoreIndex(set, { fullContent: [1, 400] }, { level: 'province' }).total).toBe(0.01)
    const huge = Number.MAX_SAFE_INTEGER
    expect(scoreIndex(set, { onTime: [huge - 1, huge] }, { level: 'province' }).total).toBe(20)
  })
})

describe('what is missing', () => {
  test('is said, adds nothing, and leaves the total without a band', () => {
    const { indicators, groups, total, band } = scoreIndex(set, { onTime: [9, 10] }, { level: 'province' })
    expect(indicators.synced).toEqual({ ratio: null, points: null, max: 6, missing: true })
    expect(groups.CKMB).toEqual({ points: null, max: 18 })
    expect([total, band]).toEqual([18, null])
  })

  test('is not what the set does not apply', () => {
    expect(scoreIndex(set, {}, { level: 'commune' }).indicators.onlineServices).not.toHaveProperty('missing')
    expect(scoreIndex(set, {}, { level: 'province' }).indicators.onlineServices).toHaveProperty('missing')
  })
})

test('a commune takes three figures of its province, and only these', () => {
  const own: Counts = { publishedOnTime: [5, 5], onTime: [1, 2] }
  const province: Counts = { publishedOnTime: [1, 47], updatedOnTime: [43, 47], onTime: [2, 2] }
  expect(withInherited(set, own, province, 'commune')).toEqual({
    publishedOnTime: [1, 47],
    updatedOnTime: [43, 47],
    onTime: [1, 2],
  })
  expect(withInherited(set, own, province, 'province')).toEqual(own)
  expect(withInherited(set, own, {}, 'commune')).toEqual({ onTime: [1, 2] })
})

describe('other ways to say nothing', () => {
  const metrics = every.find(({ key }) => key === '766-2026-metrics')!
  test('without petitions their points are earned at the rate of the rest of the group', () => {
    const counts: Counts = { satisfied: [45, 90], petitionsOnTime: [0, 0], petitionsSatisfied: [0, 0] }
    const { groups, indicators } = scoreIndex(metrics, counts, { level: 'province' })
    expect(indicators.petitionsOnTime).toEqual({ ratio: null, points: 3.33, max: 6 })
    expect(groups.MDHL?.points).toBe(9.99)
  })

  test('with nothing at all in the group nobody earns anything', () => {
    const none: Counts = { petitionsOnTime: [0, 0], petitionsSatisfied: [0, 0] }
    expect(scoreIndex(metrics, none, { level: 'province' }).groups.MDHL?.points).toBe(0)
  })
})

describe('counts that cannot be', () => {
  test.each<[string, unknown, string]>([
    ['negative', { synced: [-1, 2] }, 'negative'],
    ['a negative base', { synced: [0, -2] }, 'negative'],
    ['fractional', { synced: [0.5, 2] }, 'fractional'],
    ['too large for a number', JSON.parse('{"synced":[0,1e400]}'), 'too-large'],
    ['no number', { synced: [Number.NaN, 2] }, 'fractional'],
    ['yes and no', { onTime: true }, 'not-two-numbers'],
    ['a figure inside a figure', { onTime: [[1], 2] }, 'not-two-numbers'],
    ['a rate instead of a yes', { certifiedCopies: [1, 1] }, 'not-true-or-false'],
    ['too large to count', { synced: [0, 1e17] }, 'too-large'],
    ['larger than their base', { onTime: [5, 3] }, 'more-than-its-base'],
    ['one number', { onTime: [5] }, 'not-two-numbers'],
    ['three numbers', { onTime: [1, 2, 3] }, 'not-two-numbers'],
    ['text', { onTime: ['1', '2'] }, 'not-two-numbers'],
    ['nothing', { onTime: null }, 'not-two-numbers'],
    ['a word for yes', { certifiedCopies: 'yes' }, 'not-true-or-false'],
    ['an unknown figure', { speed: [1, 2] }, 'unknown-figure'],
    ['a figure of the language itself', JSON.parse('{"__proto__":[1,2]}'), 'unknown-figure'],
    ['a list', [], 'counts-are-no-object'],
    ['null', null, 'counts-are-no-object'],
  ])('%s', (_, raw, code) => {
    expect(codesOf(readCounts(raw))).toEqual([`indexSets.${code}`])
  })

  test('all of them are named at once', () => {
    expect(codesOf(readCounts({ onTime: [5, 3], speed: [1, 1], synced: [-1, 1] }))).toHaveLength(3)
  })

  test.each([
    ['a figure twice', '{"onTime":[1,2],"onTime":[2,2]}', ['figure-twice']],
    ['twice, once escaped', String.raw`{"onTime":[1,2],"on\u0054ime":[1,2]}`, ['figure-twice']],
    [
      'two figures twice',
      '{"reused":[1,2],"synced":[1,2],"reused":[1,2],"synced":[1,2]}',
      ['figure-twice', 'figure-twice'],
    ],
    ['twice, and one that nobody knows', '{"onTime":[1,2],"onTime":[2,2],"speed":[1,1]}', ['figure-twice']],
    ['brackets and colons inside a name', String.raw`{"on:{\"Time":[1,2]}`, ['unknown-figure']],
    ['nothing', '', ['not-json']],
    ['NaN', '{"onTime":[NaN,2]}', ['not-json']],
    ['two objects', '{}{}', ['not-json']],
  ])('text with %s', (_, text, codes) => {
    expect(codesOf(readCountsText(text))).toEqual(codes.map((code) => `indexSets.${code}`))
  })

  test('text that is no JSON', () => {
    expect(codesOf(readCountsText('{'))).toEqual(['indexSets.not-json'])
    expect(readCountsText('{"onTime":[1,2]}')).toEqual({ onTime: [1, 2] })
  })
})

describe('sets that cannot be', () => {
  type Change = (raw: IndexSet) => unknown
  test.each<[string, string, Change]>([
    ['indicators that do not add up to their group', 'points-do-not-add-up', (s) => (indicator(s).max = 5)],
    ['groups that do not add up to the whole', 'groups-do-not-add-up', (s) => s.groups.pop()],
    ['a threshold of zero', 'threshold-out-of-range', (s) => (indicator(s, 2).threshold = 0)],
    ['a threshold above 100 %', 'threshold-out-of-range', (s) => (indicator(s, 2).threshold = 1.2)],
    ['a threshold left out', 'threshold-missing', (s) => (indicator(s, 2).threshold = undefined)],
    ['a threshold that is not used', 'threshold-not-used', (s) => (indicator(s).threshold = 0.5)],
    [
      'a figure that nobody counts',
      'unknown-figure',
      (s) => Object.assign(indicator(s), { counts: 'speed' }),
    ],
    ['a rate that is provided', 'method-does-not-fit', (s) => (indicator(s).method = 'provided')],
    ['an indicator twice', 'twice', (s) => (indicator(s, 0, 1).key = indicator(s).key)],
    ['points of a thousandth', 'too-many-decimals', (s) => (indicator(s).max = 6.005)],
    ['an end before its beginning', 'ends-before-it-begins', (s) => (s.validTo = '2025-12-31')],
    ['a day that does not exist', 'input-invalid_format', (s) => (s.validFrom = '2026-02-30')],
    ['bands with a gap at the bottom', 'bands-have-gaps', (s) => s.bands.pop()],
    ['bands out of order', 'bands-have-gaps', (s) => s.bands.reverse()],
    ['a negative maximum', 'input-too_small', (s) => (indicator(s).max = -1)],
    [
      'a province that inherits from itself',
      'inherits-from-nobody',
      (s) => (indicator(s).levels = ['commune']),
    ],
  ])('%s', (_, code, change) => {
    const raw = structuredClone(set)
    change(raw)
    const codes = codesOf(readIndexSet(raw))
    expect(codes).toContain(`indexSets.${code}`)
    for (const each of codes)
      for (const locale of ['vi', 'en'] as const) expect(findMessage(locale, each), each).toBeDefined()
  })

  test('what is no set at all', () => {
    for (const raw of [null, 1, 'x', [], {}]) expect(isRefusal(readIndexSet(raw))).toBe(true)
  })
})

const indicator = (raw: IndexSet, group = 0, at = 0) => raw.groups[group]!.indicators[at]!

function codesOf(answer: unknown): string[] {
  if (!isRefusal(answer)) throw new Error('it was accepted')
  return (answer.details as { problems: SetProblem[] }).problems.map(({ code }) => code)
}

test('of the sets that come with the platform one at most holds on any day', () => {
  const inForce = every.filter(({ trial }) => !trial).toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  expect(inForce.length).toBeGreaterThan(1)
  for (const [i, { validTo }] of inForce.slice(0, -1).entries())
    expect(validTo !== null && validTo < inForce[i + 1]!.validFrom).toBe(true)
})

test('every figure of the index is scored once by the set of 2026', () => {
  const figures = set.groups.flatMap(({ indicators }) => indicators.map(({ counts }) => counts))
  expect(figures.toSorted()).toEqual([...ratioKeys, 'certifiedCopies'].toSorted())
  expect(set.groups.map(({ max }) => max)).toEqual([18, 20, 12, 10, 22, 18])
})

test('the indicator and its figure are called alike in sets that come with the platform', () => {
  for (const each of every)
    for (const { key, counts } of each.groups.flatMap(({ indicators }) => indicators))
      expect(key as RatioKey).toBe(counts)
})
