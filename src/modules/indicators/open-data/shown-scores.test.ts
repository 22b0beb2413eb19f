import { expect, test } from 'vitest'
import type { ScoredUnit } from '../counts/score-units.ts'
import type { ScoresAround, UnitOverTime } from '../counts/scores-around.ts'
import { type Counts, scoreIndex, shippedSets } from '../index-sets/index.ts'
import { withoutWithheld } from './shown-scores.ts'

const set = (await shippedSets()).find(({ key }) => key === '766-2026')!
const unitOf = (code: string) => ({
  ...{ code, name: code, shortName: code, level: 'commune' as const },
  ...{ parent: null, validFrom: null, validTo: null },
})
const scored = (code: string, counts: Counts): ScoredUnit => ({
  ...{ unit: unitOf(code), counts, notMeasured: [], notes: [] },
  score: scoreIndex(set, counts, { level: 'commune' }),
})
const unit = (code: string): UnitOverTime => ({
  ...{
    unit: unitOf(code),
    now: scored(code, { onTime: [9, 10] }),
    before: scored(code, { onTime: [7, 10] }),
  },
  months: [scored(code, { onTime: [3, 10] })],
})
const [october, november] = [
  { from: '2026-10-01', to: '2026-10-31' },
  { from: '2026-11-01', to: '2026-11-30' },
]
const units = ['H99.1', 'H99.2', 'H99.3'].map(unit)
const around = {
  ...{ set, months: [november], own: unit('H99'), peers: units, below: units },
  asAt: { position: 0, movedAt: null, readAt: '', version: 1 },
} as ScoresAround
const protection = {
  shows: (code: string, { from }: { from: string }) =>
    !(code === 'H99.1' && from === november!.from) && !(code === 'H99.2' && from === october!.from),
  showsWithPast: (code: string) => code !== 'H99.3',
  showsProcedure: () => false,
}
const shownTo = (seesAll: (code: string) => boolean) =>
  withoutWithheld(around, { protection, now: november!, before: october!, seesAll })
const judged = ({ counts, score }: ScoredUnit) => [counts.onTime?.[1], score.total > 0]

test('what is withheld is gone from the period, the one before and each month by itself', () => {
  const { own, peers, withheld } = shownTo(() => false)
  expect(peers.map(({ now }) => judged(now))).toEqual([
    [undefined, false],
    [10, true],
    [10, true],
  ])
  expect(peers.map(({ before }) => judged(before))).toEqual([
    [10, true],
    [undefined, false],
    [10, true],
  ])
  expect(peers.map(({ months }) => judged(months[0]!))).toEqual([
    [10, true],
    [10, true],
    [undefined, false],
  ])
  expect([...withheld]).toEqual(['H99.1'])
  expect(judged(own.now)).toEqual([10, true])
})

test('who is withheld in one of two periods explains no change', () => {
  const { below } = shownTo(() => false)
  expect(below.map(({ now, before }) => [now.counts.onTime?.[1], before.counts.onTime?.[1]])).toEqual([
    ...[
      [undefined, undefined],
      [undefined, undefined],
      [10, 10],
    ],
  ])
})

test('whoever answers for a unit sees all of it, and nothing more of others', () => {
  const { peers } = shownTo((code) => code === 'H99.1')
  expect(judged(peers[0]!.now)).toEqual([10, true])
  expect(judged(peers[1]!.before)).toEqual([undefined, false])
})
