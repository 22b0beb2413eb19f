import { expect, test } from 'vitest'
import { aDossier, type Happening } from '../../../test/builders/a-dossier.ts'
import { isOverdue, nationalStatus } from './derived.ts'
import { isEnded, openTasks } from './dossier.ts'
import { applyEntries } from './dossier-store.ts'
import type { SealedDossierEntry } from './entries.ts'
import { evolve, fold } from './evolve.ts'

const accepted: Happening = { at: '2026-11-19T03:00:00Z', is: 'accepted', dueAt: '2026-11-23T10:00:00.000Z' }
const asked: Happening = { at: '2026-11-19T04:00:00Z', is: 'supplement-requested' }
const answered: Happening = { at: '2026-11-20T02:00:00Z', is: 'supplemented' }
const decided: Happening = { at: '2026-11-20T04:00:00Z', is: 'decided' }

test.each<[number, string, Happening[]]>([
  [1, 'filed', []],
  [2, 'accepted', [accepted]],
  [3, 'refused at intake', [{ at: '2026-11-19T03:00:00Z', is: 'refused' }]],
  [4, 'taken up again after a supplement', [accepted, asked, answered]],
  [5, 'waiting for the applicant before acceptance', [asked]],
  [5, 'waiting for the applicant after acceptance', [accepted, asked]],
  [6, 'waiting for money', [accepted, { at: '2026-11-19T04:00:00Z', is: 'obligation-requested' }]],
  [
    4,
    'taken up again after money came',
    [
      accepted,
      { at: '2026-11-19T04:00:00Z', is: 'obligation-requested' },
      { at: '2026-11-19T05:00:00Z', is: 'obligation-met' },
    ],
  ],
  [7, 'withdrawn', [accepted, { at: '2026-11-19T04:00:00Z', is: 'withdrawn' }]],
  [8, 'stopped', [accepted, { at: '2026-11-19T04:00:00Z', is: 'stopped' }]],
  [9, 'decided', [accepted, decided]],
  [10, 'returned', [accepted, decided, { at: '2026-11-20T05:00:00Z', is: 'returned' }]],
])('national status %i: %s', (status, _what, life) => {
  expect(nationalStatus(aDossier({ life }).dossier)).toBe(status)
})

test('a filing that somebody else has yet to agree to is "new", and so it is once they have', () => {
  const otherParties = [{ kind: 'second-party' as const, until: null }]
  const waiting = aDossier({ otherParties }).dossier
  expect(waiting).toMatchObject({ state: 'awaiting-party', intakeDueAt: null })
  expect(nationalStatus(waiting)).toBe(1)
  const agreed = aDossier({ otherParties, life: [{ at: '2026-11-20T03:00:00Z', is: 'confirmed' }] }).dossier
  expect(agreed).toMatchObject({ state: 'submitted', intakeDueAt: '2026-11-20T11:00:00.000Z' })
  expect(nationalStatus(agreed)).toBe(1)
})

test.each([
  ['pause', null, 1],
  ['run', accepted.dueAt, 0],
] as const)('waiting for money, the clock is by sector law: %s', (obligationRule, dueAt, pauses) => {
  const life: Happening[] = [accepted, { at: '2026-11-19T04:00:00Z', is: 'obligation-requested' }]
  const { dossier } = aDossier({ obligationRule, life })
  expect(dossier).toMatchObject({ state: 'awaiting-obligation', dueAt })
  expect(dossier.pauses.filter(({ to }) => to === null)).toHaveLength(pauses)
})

test('an officer who holds the first step makes it "being processed"', () => {
  const { dossier } = aDossier({ life: [{ ...accepted, step: { assignee: 'officer-1' } }] })
  expect(nationalStatus(dossier)).toBe(4)
})

test('waiting after acceptance stops the clock, and the answer starts it again', () => {
  const waiting = aDossier({ life: [accepted, asked] }).dossier
  expect(waiting.dueAt).toBeNull()
  expect(waiting.pauses).toEqual([{ from: '2026-11-19T04:00:00.000Z', to: null, reason: 'supplement' }])
  const again = aDossier({
    life: [accepted, asked, { ...answered, dueAt: '2026-11-24T10:00:00.000Z' }],
  }).dossier
  expect(again.dueAt).toBe('2026-11-24T10:00:00.000Z')
  expect(again.promisedDueAt).toBe('2026-11-23T10:00:00.000Z')
  expect(again.pauses[0]!.to).toBe('2026-11-20T02:00:00.000Z')
})

test('the fold of all entries is what they made one by one', () => {
  const { id, entries, dossier } = aDossier({ life: [accepted, asked, answered, decided] })
  const sealed = applyEntries(id, undefined, entries).entries
  expect(fold(sealed)).toEqual(dossier)
  expect(sealed.map((_, i) => fold(sealed.slice(0, i + 1))).at(-1)).toEqual(
    sealed.reduce(evolve, undefined as never),
  )
})

test('a stream begins with a filing', () => {
  const { id, entries } = aDossier({ life: [accepted] })
  const second = applyEntries(id, undefined, entries).entries[1] as SealedDossierEntry
  expect(() => evolve(undefined, second)).toThrow(/begins with/)
})

test('an ended dossier has no open task and cannot become late any more', () => {
  const { dossier } = aDossier({ life: [accepted, { at: '2026-11-20T04:00:00Z', is: 'withdrawn' }] })
  expect(isEnded(dossier)).toBe(true)
  expect(openTasks(dossier)).toEqual([])
  expect(isOverdue(dossier, new Date('2027-01-01T00:00:00Z'))).toBe(false)
})

test('a dossier is overdue from the instant after its date, until it is decided', () => {
  const { dossier } = aDossier({ life: [accepted] })
  expect(isOverdue(dossier, new Date('2026-11-23T10:00:00.000Z'))).toBe(false)
  expect(isOverdue(dossier, new Date('2026-11-23T10:00:00.001Z'))).toBe(true)
  const late = aDossier({ life: [accepted, { ...decided, at: '2026-11-24T02:00:00Z' }] }).dossier
  expect(isOverdue(late, new Date('2027-01-01T00:00:00Z'))).toBe(true)
})
