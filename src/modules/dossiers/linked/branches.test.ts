import { expect, test } from 'vitest'
import type { Branch, Pause } from '../dossier.ts'
import { type Child, type Group, type Planned, pausesOf, standingOf } from './branches.ts'

const planned = (key: string, after: string[] = [], compensation = false): Planned => ({
  ...{ key, after },
  compensation: compensation ? { text: { vi: 'Báo lại', en: 'Tell them' }, role: 'specialist' } : null,
})
const plan = [
  planned('birth'),
  planned('residence', ['birth'], true),
  planned('card', ['birth']),
  planned('paper', ['card']),
]

const branch = (key: string): Branch => ({
  ...{ key, procedureCode: '1.001193', name: key, state: 'waiting', reason: null },
  ...{ dossierId: null, code: null, competent: null, dueAt: null, endedAt: null },
})
const group = (given: Partial<Group> = {}): Group => ({
  ...{ state: 'in-progress', acceptedAt: '2026-11-19T02:00:00.000Z', dueAt: '2026-11-24T10:00:00.000Z' },
  branches: plan.map(({ key }) => branch(key)),
  ...given,
})
const child = (key: string, given: Partial<Child> = {}): Child => ({
  ...{ id: key, code: `H99-${key}`, competent: 'H99.12', state: 'in-progress', outcome: null },
  ...{ resultState: 'none', dueAt: '2026-11-20T10:00:00.000Z', promisedDueAt: '2026-11-20T10:00:00.000Z' },
  ...{ decidedAt: null, closedAt: null, pauses: [] },
  ...given,
})
const decidedAt = '2026-11-19T08:00:00.000Z'
const granted = (key: string) =>
  child(key, { state: 'decided', outcome: 'granted', resultState: 'valid', decidedAt })
const refused = (key: string) => child(key, { state: 'decided', outcome: 'not-granted', decidedAt })
const of = (...children: Child[]) => new Map(children.map((each) => [each.id, each]))
const states = (...children: Child[]) =>
  standingOf(plan, group(), of(...children)).branches.map(({ state }) => state)

test('nothing begins before the group was accepted; then what waits for nothing does', () => {
  const before = standingOf(plan, group({ state: 'submitted', acceptedAt: null }), of())
  expect(before).toMatchObject({ begin: [], ended: false })
  const after = standingOf(plan, group(), of())
  expect(after.begin).toEqual([{ key: 'birth', since: '2026-11-19T02:00:00.000Z' }])
})

test('once the first is granted, what waits for it begins from that moment', () => {
  expect(standingOf(plan, group(), of(granted('birth'))).begin).toEqual([
    { key: 'residence', since: decidedAt },
    { key: 'card', since: decidedAt },
  ])
})

test('when the first is refused, the rest never starts and the group ends without a result', () => {
  expect(states(refused('birth'))).toEqual(['refused', 'not-started', 'not-started', 'not-started'])
  expect(standingOf(plan, group(), of(refused('birth')))).toMatchObject({
    ...{ ended: true, outcome: 'not-granted', compensations: [], begin: [] },
  })
})

test('a branch that is refused leaves what its sisters were granted, and somebody looks after the people', () => {
  const stands = standingOf(plan, group(), of(granted('birth'), refused('residence'), granted('card')))
  expect(stands.branches.map(({ state }) => state)).toEqual(['granted', 'refused', 'granted', 'waiting'])
  expect(stands.compensations).toEqual([{ cause: 'residence', branch: 'residence' }])
  expect(stands).toMatchObject({ ended: false, outcome: 'granted' })
})

test('a result that is revoked flags what began on it and keeps the rest from beginning', () => {
  const revoked = { ...granted('card'), resultState: 'revoked' } as const
  const before = standingOf(plan, group(), of(granted('birth'), revoked))
  expect(before.branches.at(-1)).toMatchObject({ state: 'not-started', reason: 'depends-on-refused' })
  expect(before.compensations).toEqual([])
  const after = standingOf(plan, group(), of(granted('birth'), revoked, child('paper')))
  expect(after.branches.at(-1)).toMatchObject({ state: 'running' })
  expect(after.compensations).toEqual([{ cause: 'card', branch: 'paper' }])
})

test('when the filing is withdrawn, what is decided stands and the rest ends', () => {
  const stands = standingOf(plan, group({ state: 'withdrawn' }), of(granted('birth'), child('card')))
  expect(stands.withdraw).toEqual(['card'])
  expect(stands.branches.map(({ state, reason }) => [state, reason])).toEqual([
    ['granted', null],
    ['not-started', 'filing-ended'],
    ['running', null],
    ['not-started', 'filing-ended'],
  ])
})

test('the date shown of a branch never goes beyond that of the group', () => {
  const late = child('birth', { dueAt: '2026-11-30T10:00:00.000Z' })
  expect(standingOf(plan, group(), of(late)).branches[0]).toMatchObject({ dueAt: '2026-11-24T10:00:00.000Z' })
  expect(standingOf(plan, group({ dueAt: null }), of(late)).branches[0]).toMatchObject({ dueAt: late.dueAt })
})

test('a branch left out of the group stands in nobody’s way', () => {
  const without = group({ branches: [branch('paper')] })
  expect(standingOf(plan, without, of()).begin.map(({ key }) => key)).toEqual(['paper'])
})

const pause = (from: string, to: string | null): Pause => ({ from, to, reason: 'supplement' })
const clock = (pauses: Pause[], ...of: Pause[][]) =>
  pausesOf(
    { state: 'in-progress', pauses },
    of.map((each) => ({ pauses: each })),
  ).map(({ from, to }) => [from, to])

test('the clock of the group stands while any branch waits for the applicant', () => {
  expect(clock([], [pause('1', null)], [])).toEqual([['1', null]])
  expect(clock([pause('1', null)], [pause('1', '3')], [pause('2', null)])).toEqual([['1', null]])
  expect(clock([pause('1', null)], [pause('1', '3')], [pause('2', '5')])).toEqual([['1', '5']])
  expect(clock([pause('1', '5')], [pause('1', '3')], [pause('2', '5'), pause('7', null)])).toEqual([
    ['1', '5'],
    ['7', null],
  ])
})
