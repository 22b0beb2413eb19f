import { expect, test } from 'vitest'
import { aDossier, type Happening } from '../../../test/builders/a-dossier.ts'
import { contributions, type Measure } from './index.ts'

const filed = '2026-11-02T02:00:00.000Z' // Monday 09:00 in Hà Nội
const dueAt = '2026-11-05T10:00:00.000Z' // Thursday 17:00
const accepted: Happening = { at: '2026-11-02T03:00:00.000Z', is: 'accepted', dueAt }

const of = (life: readonly Happening[], rating?: Parameters<typeof contributions>[1]) =>
  contributions(aDossier({ at: filed, life }).dossier, rating).deltas

/** The figure at the end of a day: the running sum. */
const stand = (deltas: ReturnType<typeof of>, measure: Measure, day: string) =>
  deltas.reduce((sum, delta) => (delta.measure === measure && delta.on <= day ? sum + delta.n : sum), 0)

const finishes = (deltas: ReturnType<typeof of>) =>
  deltas.filter(({ measure }) => measure.startsWith('finished')).map(({ measure, on }) => `${measure} ${on}`)

test('a filing waits for intake until it is accepted', () => {
  expect(stand(of([]), 'awaiting-intake', '2026-11-30')).toBe(1)
  expect(stand(of([accepted]), 'awaiting-intake', '2026-11-30')).toBe(0)
  expect(stand(of([accepted]), 'in-progress', '2026-11-30')).toBe(1)
})

test('an open dossier becomes overdue by itself on the day after it is due', () => {
  const deltas = of([accepted])
  expect(stand(deltas, 'overdue', '2026-11-05')).toBe(0)
  expect(stand(deltas, 'overdue', '2026-11-06')).toBe(1)
})

test('finishing late ends the overdue', () => {
  const deltas = of([accepted, { at: '2026-11-09T03:00:00.000Z', is: 'decided' }])
  expect(stand(deltas, 'overdue', '2026-11-08')).toBe(1)
  expect(stand(deltas, 'overdue', '2026-11-09')).toBe(0)
  expect(stand(deltas, 'in-progress', '2026-11-09')).toBe(0)
})

test.each([
  ['the day before it is due', '2026-11-04T03:00:00.000Z', 'finished-early 2026-11-04'],
  ['on the day it is due', '2026-11-05T09:59:00.000Z', 'finished-on-time 2026-11-05'],
  ['at the minute it is due', dueAt, 'finished-on-time 2026-11-05'],
  ['a minute later', '2026-11-05T10:01:00.000Z', 'finished-late 2026-11-05'],
  [
    'after midnight in Hà Nội, still the fifth in UTC',
    '2026-11-05T17:30:00.000Z',
    'finished-late 2026-11-06',
  ],
])('finished %s', (_, at, expected) => {
  expect(finishes(of([accepted, { at, is: 'decided' }]))).toEqual([expected])
})

test('returning a result does not move the day it was finished', () => {
  const life: Happening[] = [
    accepted,
    { at: '2026-11-04T03:00:00.000Z', is: 'decided' },
    { at: '2026-11-20T03:00:00.000Z', is: 'returned' },
  ]
  expect(finishes(of(life))).toEqual(['finished-early 2026-11-04'])
})

test('waiting for the applicant is never overdue, and one supplement is no fault', () => {
  const asked: Happening = { at: '2026-11-04T03:00:00.000Z', is: 'supplement-requested' }
  expect(stand(of([accepted, asked]), 'overdue', '2026-12-31')).toBe(0)
  const answered: Happening = {
    at: '2026-11-16T03:00:00.000Z',
    is: 'supplemented',
    dueAt: '2026-11-19T10:00:00.000Z',
  }
  const decided: Happening = { at: '2026-11-18T03:00:00.000Z', is: 'decided' }
  expect(finishes(of([accepted, asked, answered, decided]))).toEqual(['finished-early 2026-11-18'])
})

test('asking for more than once counts as late whatever the date', () => {
  const life: Happening[] = [
    { at: '2026-11-02T02:10:00.000Z', is: 'supplement-requested' },
    { at: '2026-11-02T02:20:00.000Z', is: 'supplemented' },
    accepted,
    { at: '2026-11-03T03:00:00.000Z', is: 'supplement-requested' },
    { at: '2026-11-03T04:00:00.000Z', is: 'supplemented', dueAt },
    { at: '2026-11-04T03:00:00.000Z', is: 'decided' },
  ]
  expect(finishes(of(life))).toEqual(['finished-late 2026-11-04'])
})

test.each(['refused', 'withdrawn'] as const)(
  '%s before acceptance is counted as such, not as finished',
  (is) => {
    const deltas = of([{ at: '2026-11-03T03:00:00.000Z', is }])
    expect(finishes(deltas)).toEqual([])
    expect(stand(deltas, is, '2026-11-03')).toBe(1)
    expect(stand(deltas, 'awaiting-intake', '2026-11-03')).toBe(0)
  },
)

test.each(['withdrawn', 'stopped'] as const)('%s after acceptance ends the work', (is) => {
  expect(finishes(of([accepted, { at: '2026-11-03T03:00:00.000Z', is }]))).toEqual([
    'finished-early 2026-11-03',
  ])
})

test('a rating is counted on the day it was first given', () => {
  const deltas = of([accepted], { grade: 'satisfied', firstRatedAt: '2026-11-25T20:00:00.000Z' })
  expect(stand(deltas, 'rating-satisfied', '2026-11-25')).toBe(0)
  expect(stand(deltas, 'rating-satisfied', '2026-11-26')).toBe(1)
})

/** The figure of an authority at the end of a day; the builder's dossiers are settled by H99.12. */
const at = (life: readonly Happening[], measure: Measure, day: string, rating?: Parameters<typeof of>[1]) => {
  const { authority, deltas } = contributions(aDossier({ at: filed, life }).dossier, rating)
  const of = (code: string) =>
    stand(
      deltas.filter((each) => (each.authority ?? authority) === code),
      measure,
      day,
    )
  return [of('H99.12'), of('H99.20'), of('H99.30')]
}
const succeeded: Happening = { at: '2026-11-04T03:00:00.000Z', is: 'succeeded', to: 'H99.20' }
const again: Happening = { at: '2026-11-10T03:00:00.000Z', is: 'succeeded', to: 'H99.30' }
const late: Happening = { at: '2026-11-11T03:00:00.000Z', is: 'decided' }

test('after a reorganisation what happened stays with the one that was, and the heir has what is open', () => {
  const life = [accepted, succeeded]
  expect(at(life, 'received', '2026-11-30')).toEqual([1, 0, 0])
  expect(at(life, 'accepted', '2026-11-30')).toEqual([1, 0, 0])
  expect(at(life, 'in-progress', '2026-11-03')).toEqual([1, 0, 0])
  expect(at(life, 'in-progress', '2026-11-04')).toEqual([0, 1, 0])
  expect(at(life, 'overdue', '2026-11-05')).toEqual([0, 0, 0])
  expect(at(life, 'overdue', '2026-11-06')).toEqual([0, 1, 0])
})

test('what an heir finishes is its own, also when it was overdue at the one before', () => {
  const life = [accepted, succeeded, again, late]
  expect(at(life, 'in-progress', '2026-11-09')).toEqual([0, 1, 0])
  expect(at(life, 'overdue', '2026-11-09')).toEqual([0, 1, 0])
  expect(at(life, 'overdue', '2026-11-10')).toEqual([0, 0, 1])
  expect(at(life, 'overdue', '2026-11-11')).toEqual([0, 0, 0])
  expect(at(life, 'in-progress', '2026-11-11')).toEqual([0, 0, 0])
  expect(at(life, 'finished-late', '2026-11-30')).toEqual([0, 0, 1])
})

test('what was decided before stays decided there, though the heir hands it out', () => {
  const life: Happening[] = [
    accepted,
    { at: '2026-11-03T03:00:00.000Z', is: 'decided' },
    succeeded,
    { at: '2026-11-05T03:00:00.000Z', is: 'returned' },
  ]
  expect(at(life, 'finished-early', '2026-11-30')).toEqual([1, 0, 0])
  expect(at(life, 'in-progress', '2026-11-30')).toEqual([0, 0, 0])
  const rating = { grade: 'satisfied' as const, firstRatedAt: '2026-11-05T04:00:00.000Z' }
  expect(at(life, 'rating-satisfied', '2026-11-30', rating)).toEqual([0, 1, 0])
})

test("on the day on which it changes hands it is the heir's already", () => {
  const same: Happening = { ...succeeded, at: '2026-11-02T04:00:00.000Z' }
  expect(at([accepted, same], 'in-progress', '2026-11-02')).toEqual([0, 1, 0])
  expect(at([accepted, same], 'accepted', '2026-11-02')).toEqual([1, 0, 0])
  expect(at([same], 'awaiting-intake', '2026-11-02')).toEqual([0, 1, 0])
})

test('back at the one that was, nothing names an authority of its own', () => {
  const back: Happening = { ...again, to: 'H99.12' }
  expect(at([accepted, succeeded, back], 'in-progress', '2026-11-09')).toEqual([0, 1, 0])
  expect(at([accepted, succeeded, back], 'in-progress', '2026-11-10')).toEqual([1, 0, 0])
  expect(of([accepted]).every((delta) => !('authority' in delta))).toBe(true)
})

test('a group of linked procedures is counted by its branches; its rating is its own', () => {
  const { dossier } = aDossier({ at: filed, life: [accepted] })
  const rating = { grade: 'satisfied' as const, firstRatedAt: '2026-11-05T04:00:00.000Z' }
  const group = { ...dossier, branches: [] }
  expect(contributions(group).deltas).toEqual([])
  expect(contributions(group, rating).deltas).toEqual([
    { measure: 'rating-satisfied', on: '2026-11-05', n: 1 },
  ])
})
