import { afterAll, expect, test } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import type { Dossier } from '../dossier.ts'
import { verifyDossiers } from '../verify.ts'
import { findBulkMove } from './bulk-move-store.ts'
import { followReorganisation } from './follow-reorganisation.ts'
import { previewSuccession } from './preview-succession.ts'
import type { Succession } from './succession.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())
const { act, db, file, officer } = desk
const now = new Date('2026-11-19T09:00:00.000Z')
const parts = { db, now: () => now, rest: 0 }

const aSuccession = (more: Partial<Succession> = {}): Succession => ({
  ...{ id: newId(), decision: '12/QĐ-UBND', effectiveOn: '2026-11-19', officers: new Map() },
  moves: [{ from: 'H99.12', to: 'H99.13' }],
  ...more,
})
const backAgain = { moves: [{ from: 'H99.13', to: 'H99.12' }] }
const follow = async (more: Partial<Succession> = {}, at = parts) =>
  accepted(await followReorganisation(at, aSuccession(more)))

async function inProgress() {
  const { dossier } = await file()
  return accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
}
const assignedTo = async (dossier: Dossier, who: string) =>
  accepted(await act(officer(staff.head), dossier, { command: 'assign', officer: who }))

async function sound() {
  expect(await verifyDossiers(db.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
}

test('before the day on which it takes effect nothing moves', async () => {
  const early = aSuccession({ effectiveOn: '2026-11-20' })
  expect(await followReorganisation(parts, early)).toMatchObject({ code: 'moving.not-yet' })
  expect(await findBulkMove(db.pool, early.id)).toBeUndefined()
})

test('open dossiers follow with their tasks, and the run says how many', async () => {
  const waiting = (await file()).dossier
  const held = await assignedTo(await inProgress(), staff.specialist)
  const free = await inProgress()
  const officers = new Map([[staff.specialist as string, 'H99.13']])
  const succession = aSuccession({ officers })
  const followed = accepted(await followReorganisation(parts, succession))
  expect(followed).toEqual({ open: 3, moved: 3, freed: 0 })
  expect(await findBulkMove(db.pool, succession.id)).toMatchObject({
    ...{ kind: 'succession', decision: '12/QĐ-UBND', by: 'reorganisation', startedAt: now, finishedAt: now },
    plan: { moves: succession.moves, officers: [[staff.specialist, 'H99.13']] },
  })
  for (const dossier of [waiting, held, free]) {
    const stored = await desk.stored(dossier)
    expect(stored).toMatchObject({ competent: 'H99.13', receivedBy: 'H99.13', code: dossier.code })
    expect(stored).toMatchObject({ dueAt: dossier.dueAt, calendarVersion: dossier.calendarVersion })
  }
  expect((await desk.stored(held)).tasks.at(-1)!.assignee).toBe(staff.specialist)
  await sound()
  await follow(backAgain)
})

test('at the heir they are worked on as if they had always been there', async () => {
  const dossier = (await file()).dossier
  await follow()
  const reception = officer(staff.elsewhere)
  const took = accepted(await act(reception, dossier, { command: 'accept' }))
  expect(took.tasks.at(-1)!.authority).toBe('H99.13')
  expect(await act(officer(staff.reception), dossier, { command: 'note', note: 'x' })).toMatchObject({
    refused: true,
  })
  await follow(backAgain)
})

test('doing it twice changes nothing the second time', async () => {
  const dossier = await inProgress()
  const succession = aSuccession()
  const first = accepted(await followReorganisation(parts, succession))
  const stored = await desk.stored(dossier)
  expect(accepted(await followReorganisation(parts, succession))).toEqual({ ...first })
  expect((await desk.stored(dossier)).sequence).toBe(stored.sequence)
  await follow(backAgain)
})

test('what a process left behind when it died goes on where it stopped, and the counts stay whole', async () => {
  const dossiers = await Promise.all(Array.from({ length: 30 }, inProgress))
  const succession = aSuccession()
  let batches = 0
  const dies = async () => {
    batches += 1
    if (batches === 3) throw new Error('died')
  }
  await expect(followReorganisation({ ...parts, onProgress: dies }, succession)).rejects.toThrow('died')
  const half = (await findBulkMove(db.pool, succession.id))!
  expect(half).toMatchObject({ finishedAt: null })
  expect(half.moved).toBeGreaterThan(0)
  expect(half.moved).toBeLessThan(30)
  const followed = accepted(await followReorganisation(parts, succession))
  expect(followed.moved).toBe(followed.open)
  for (const dossier of dossiers) {
    const stored = await desk.stored(dossier)
    expect([stored.competent, stored.sequence]).toEqual(['H99.13', dossier.sequence + 1])
  }
  await sound()
  await follow(backAgain)
})

test('authorities that exchange dossiers give each of them away once', async () => {
  const dossier = await inProgress()
  const exchange = aSuccession({
    moves: [
      { from: 'H99.12', to: 'H99.13' },
      { from: 'H99.13', to: 'H99.12' },
    ],
  })
  await followReorganisation(parts, exchange)
  expect((await desk.stored(dossier)).competent).toBe('H99.13')
  await followReorganisation(parts, exchange)
  expect((await desk.stored(dossier)).competent).toBe('H99.13')
  await follow(backAgain)
})

test('officers work while dossiers follow: nobody is overwritten, and every row is its fold', async () => {
  const dossiers = await Promise.all(Array.from({ length: 12 }, inProgress))
  const notes = dossiers.map((dossier) =>
    act(officer(staff.reception), dossier, { command: 'note', note: 'x' }, now),
  )
  await Promise.all([follow(), ...notes])
  const noted = (await Promise.all(notes)).filter((done) => !('refused' in done)).length
  let entries = 0
  for (const dossier of dossiers) {
    const stored = await desk.stored(dossier)
    expect(stored.competent).toBe('H99.13')
    entries += stored.sequence - dossier.sequence
    expect(await desk.folded(dossier)).toEqual(stored)
  }
  expect(entries).toBe(dossiers.length + noted)
  await follow(backAgain)
})

test('a dossier that somebody holds just now is looked at again', async () => {
  const dossier = await inProgress()
  const client = await db.pool.connect()
  await client.query('begin')
  await client.query('select from dossiers.dossier where id = $1 for update', [dossier.id])
  const following = follow()
  await client.query('select pg_sleep(0.05)')
  await client.query('commit')
  client.release()
  await following
  expect((await desk.stored(dossier)).competent).toBe('H99.13')
  await follow(backAgain)
})

test('the preview counts what would follow, move by move, and writes nothing', async () => {
  const before = (await previewSuccession(db, aSuccession(), now))[0]!
  const held = await assignedTo(await inProgress(), staff.specialist)
  await file()
  const officers = new Map([[staff.specialist as string, 'H99.13']])
  const preview = async (moves = aSuccession().moves, at = now) =>
    previewSuccession(db, { moves, officers }, at)
  const [whole] = await preview()
  expect(whole).toMatchObject({ from: 'H99.12', to: 'H99.13', open: before.open + 2, overdue: 0 })
  const count = (role: string, { tasks }: typeof before) =>
    tasks.find((each) => each.role === role)?.count ?? 0
  expect(count('reception', whole!)).toBe(count('reception', before) + 1)
  expect(whole!.holders).toEqual([{ officer: staff.specialist, count: 1, keeps: true }])
  expect((await desk.stored(held)).sequence).toBe(held.sequence)
  const late = new Date(Date.parse(held.dueAt!) + 1)
  const dayBefore = new Date(Date.parse(held.dueAt!) - 86_400_000)
  expect((await preview(undefined, late))[0]!.overdue).toBeGreaterThan(0)
  expect((await preview(undefined, dayBefore))[0]!.dueTomorrow).toBeGreaterThan(0)
  const [none, rest] = await preview([
    { from: 'H99.12', to: 'H99.14', when: { procedures: ['9.999999'] } },
    { from: 'H99.12', to: 'H99.13' },
  ])
  expect(none).toMatchObject({ open: 0, tasks: [], unheld: 0 })
  expect(rest!.open).toBe(whole!.open)
})
