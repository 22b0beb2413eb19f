import { expect, test } from 'vitest'
import { aDossier, type Happening } from '../../../../test/builders/a-dossier.ts'
import { applyEntries } from '../dossier-store.ts'
import type { DossierEntry } from '../entries.ts'
import { type Succession, type SuccessionMove, succeededTo } from './succession.ts'

const accepted: Happening = {
  at: '2026-11-19T03:00:00.000Z',
  is: 'accepted',
  dueAt: '2026-11-25T10:00:00.000Z',
  step: { assignee: 'officer-1' },
}
const decided: Happening = { at: '2026-11-20T03:00:00.000Z', is: 'decided' }
const returned: Happening = { at: '2026-11-20T04:00:00.000Z', is: 'returned' }
const at = new Date('2026-11-21T00:00:00.000Z')

const merged: SuccessionMove[] = [{ from: 'H99.12', to: 'H99.20' }]
const succession = (moves = merged, officers: [string, string][] = []): Succession => ({
  ...{ id: '0190-run', decision: '12/QĐ-UBND', effectiveOn: '2026-11-21', moves },
  officers: new Map(officers),
})

function follow(stated: Parameters<typeof aDossier>[0], plan = succession()) {
  const { dossier } = aDossier(stated)
  const data = succeededTo(dossier, plan)
  if (data === null) return { before: dossier, data: null, after: dossier }
  const actor = { kind: 'system', id: 'reorganisation' } as const
  const entry = { kind: 'dossiers.succeeded', data, actor, at } as unknown as DossierEntry
  return { before: dossier, data, after: applyEntries(dossier.id, dossier, [entry]).after }
}

test('the heir settles it, and whose it was before stays known; code, dates and calendar stay', () => {
  const { before, after } = follow({ life: [accepted] })
  expect(after).toMatchObject({ competent: 'H99.20', receivedBy: 'H99.20', helpedBy: null })
  const until = at.toISOString()
  expect(after.predecessors).toEqual([
    { authority: 'H99.12', as: 'competent', until },
    { authority: 'H99.12', as: 'received', until },
  ])
  expect(after.tasks.at(-1)).toMatchObject({ authority: 'H99.20', assignee: null })
  const kept = ({ code, dueAt, indexDueAt, promisedDueAt, calendarVersion, state }: typeof before) => ({
    ...{ code, dueAt, indexDueAt, promisedDueAt, calendarVersion, state },
  })
  expect(kept(after)).toEqual(kept(before))
})

test.each([
  ['moved along', [['officer-1', 'H99.20']] as [string, string][], 'officer-1'],
  ['went elsewhere', [['officer-1', 'H99.21']] as [string, string][], null],
  ['was left behind', [], null],
])('an officer who %s', (_, officers, assignee) => {
  const { after } = follow({ life: [accepted] }, succession(merged, officers))
  expect(after.tasks.at(-1)!.assignee).toBe(assignee)
})

test('what lies elsewhere stays there', () => {
  expect(follow({ competent: 'H99.13', receivedBy: 'H99.13', life: [accepted] }).data).toBeNull()
  const { after } = follow({ competent: 'H99.13', receivedBy: 'H99.12', life: [accepted] })
  expect(after).toMatchObject({ competent: 'H99.13', receivedBy: 'H99.20' })
  expect(after.tasks.at(-1)).toMatchObject({ authority: 'H99.13', assignee: 'officer-1' })
  const helped = follow({ competent: 'H99.13', receivedBy: 'H99.13', helpedBy: 'H99.12' })
  expect(helped.after).toMatchObject({ competent: 'H99.13', helpedBy: 'H99.20' })
  expect(helped.data).not.toHaveProperty('changes')
})

test('what was decided still has to be handed out somewhere; what has ended stays as it was', () => {
  const { after } = follow({ life: [accepted, decided] })
  expect(after).toMatchObject({ competent: 'H99.20', state: 'decided', decidedAt: decided.at })
  expect(after.tasks.at(-1)).toMatchObject({ kind: 'return', authority: 'H99.20' })
  for (const life of [[accepted, decided, returned], [{ at: accepted.at, is: 'refused' as const }]])
    expect(follow({ life }).data).toBeNull()
})

test('closed tasks keep the authority that did them', () => {
  const { after } = follow({ life: [accepted] })
  expect(after.tasks.map(({ kind, authority }) => [kind, authority])).toEqual([
    ['intake', 'H99.12'],
    ['step', 'H99.20'],
  ])
})

test('a division by procedures takes the first move that fits', () => {
  const divided: SuccessionMove[] = [
    { from: 'H99.12', to: 'H99.21', when: { procedures: ['2.000815'] } },
    { from: 'H99.12', to: 'H99.20' },
  ]
  const heir = (procedureCode: string, moves = divided) =>
    follow({ procedureCode, life: [accepted] }, succession(moves)).after.competent
  expect(heir('2.000815')).toBe('H99.21')
  expect(heir('1.001193')).toBe('H99.20')
  expect(heir('1.001193', divided.slice(0, 1))).toBe('H99.12')
})

test('a one-stop unit that moves takes along what it received and does, not what others settle', () => {
  const oneStop: SuccessionMove[] = [{ from: 'H99.12', to: 'H99.12.1', when: { unitKind: 'one-stop' } }]
  const working = follow({ helpedBy: 'H99.12', life: [accepted] }, succession(oneStop)).after
  expect(working).toMatchObject({ competent: 'H99.12', receivedBy: 'H99.12.1', helpedBy: 'H99.12.1' })
  expect(working.tasks.at(-1)).toMatchObject({ authority: 'H99.12', assignee: 'officer-1' })
  const waiting = follow({ life: [accepted, decided] }, succession(oneStop)).after
  expect(waiting.tasks.at(-1)).toMatchObject({ kind: 'return', authority: 'H99.12.1' })
})
