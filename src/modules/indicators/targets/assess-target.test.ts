import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ratio } from '../index-sets/index.ts'
import { assessTarget, type Measured, project } from './assess-target.ts'
import { stageOn, Target } from './target.ts'

const stage = { from: '2026-01-01', to: '2026-12-31', value: 80 }
const measured = (counts: Ratio, recent: Ratio): Measured => ({
  counts,
  recent: { counts: recent, days: 30 },
})
const on = (today: string, counts: Ratio, recent: Ratio, operator: Target['operator'] = '>=') =>
  assessTarget({ operator }, stage, measured(counts, recent), today)

describe('while a stage runs', () => {
  test.each<[string, Ratio, Ratio, string]>([
    ['met, and going on so', [90, 100], [9, 10], 'met'],
    ['met, but the last days would take it below', [81, 100], [0, 30], 'at-risk'],
    ['not met, though the last days are good', [70, 100], [30, 30], 'at-risk'],
    ['not met and going on so, but it can still be reached', [70, 100], [21, 30], 'at-risk'],
    ['not to be reached whatever comes', [10, 1000], [1, 10], 'missed'],
  ])('%s', (_, counts, recent, status) => {
    expect(on('2026-11-01', counts, recent).status).toBe(status)
  })

  test('the projection adds the pace of the last days until the end', () => {
    // 60 days are left on 1 November: twice what the last 30 days brought.
    expect(on('2026-11-01', [70, 100], [20, 40]).projected).toEqual({
      value: (110 / 180) * 100,
      counts: [110, 180],
    })
  })

  test('says how many more are needed', () => {
    expect(on('2026-11-01', [70, 100], [0, 0]).missing).toBe(10)
    expect(on('2026-11-01', [80, 100], [0, 0]).missing).toBe(0)
    expect(on('2026-11-01', [1, 3], [0, 0]).missing).toBe(2)
  })
})

describe('at its borders', () => {
  test('the last day still runs, the day after it is over', () => {
    expect(on('2026-12-31', [79, 100], [30, 30]).projected).not.toBeNull()
    expect(on('2027-01-01', [79, 100], [30, 30])).toMatchObject({ status: 'missed', projected: null })
    expect(on('2027-01-01', [80, 100], [0, 0]).status).toBe('met')
  })

  test('before it begins it is coming; with nothing to divide by it is not measured', () => {
    expect(on('2025-12-31', [1, 1], [0, 0]).status).toBe('coming')
    expect(on('2026-05-01', [0, 0], [0, 0]).status).toBe('not-measured')
    expect(assessTarget({ operator: '>=' }, stage, undefined, '2026-05-01').status).toBe('not-measured')
  })

  test('a share is judged as it is read, with two decimals', () => {
    expect(on('2027-01-01', [79_996, 100_000], [0, 0]).status).toBe('met')
    expect(on('2027-01-01', [79_994, 100_000], [0, 0]).status).toBe('missed')
  })

  test('at most and exactly', () => {
    expect(on('2027-01-01', [80, 100], [0, 0], '<=').status).toBe('met')
    expect(on('2027-01-01', [81, 100], [0, 0], '<=').status).toBe('missed')
    expect(on('2027-01-01', [80, 100], [0, 0], '=').status).toBe('met')
  })
})

test('a projection never has more in than its base, and never fewer than now', () => {
  const ratio = fc.nat(5000).chain((d) => fc.tuple(fc.nat(d), fc.constant(d)))
  fc.assert(
    fc.property(ratio, ratio, fc.nat(366), fc.integer({ min: 0, max: 30 }), (counts, recent, left, days) => {
      const [n, d] = project({ counts, recent: { counts: recent, days } }, left)
      expect(n).toBeLessThanOrEqual(d)
      expect(n).toBeGreaterThanOrEqual(counts[0])
    }),
  )
})

describe('stages', () => {
  const target = {
    key: 'x1',
    name: { vi: 'x', en: 'x' },
    figure: 'onTime',
    operator: '>=',
    unit: 'percent',
    levels: ['province'],
    basis: { document: 'x', confidence: 'C' },
    responsible: '',
  }
  const stages = [
    { from: '2025-01-01', to: '2025-08-31', value: 80 },
    { from: '2025-09-01', to: '2025-12-31', value: 100 },
  ]
  test('the running one counts, then the last that is over, and before the first none', () => {
    const read = Target.parse({ ...target, stages })
    expect(stageOn(read, '2025-08-31')?.value).toBe(80)
    expect(stageOn(read, '2025-09-01')?.value).toBe(100)
    expect(stageOn(read, '2027-01-01')?.value).toBe(100)
    expect(stageOn(read, '2024-12-31')).toBeUndefined()
  })

  test('that overlap or end before they begin are refused', () => {
    const bad = [
      [stages[0], { ...stages[1], from: '2025-08-31' }],
      [{ from: '2025-02-01', to: '2025-01-01', value: 1 }],
      [],
    ]
    for (const each of bad) expect(Target.safeParse({ ...target, stages: each }).success).toBe(false)
  })
})
