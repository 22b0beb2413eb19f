import { afterAll, afterEach, expect, test } from 'vitest'
import { aCalendar } from '../../../../test/builders/a-calendar.ts'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { draftCalendar, publishYear } from '../../calendar/index.ts'
import { verifyDossiers } from '../verify.ts'
import { previewRecomputation, recomputeDates } from './recompute-dates.ts'

const desk = await aDesk()
afterAll(() => desk.db.close())
const { act, file, officer } = desk
const now = new Date('2026-11-19T09:00:00.000Z')

const dayOff = (date: string, name: string) => ({
  ...{ date, name, kind: 'statutory_holiday' as const, status: 'official' as const },
  basis: 'Công bố của tỉnh',
})
const publish = async (...dates: string[]) =>
  accepted(
    await publishYear(desk.db, {
      ...{ territory: 'H99', year: 2026, source: 'Công bố của tỉnh', by: 'officer-control' },
      days: dates.map((date) => dayOff(date, 'Nghỉ vì lũ')),
    }),
  )
afterEach(() => publish())

async function inProgress() {
  const { dossier } = await file()
  return accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
}

test('a day off published later moves the dates of open dossiers, with a trace in each', async () => {
  const waiting = (await file()).dossier
  const accepted1 = await inProgress()
  await publish('2026-11-20')
  const effect = await recomputeDates(desk.db, { now: () => now })
  expect(effect).toMatchObject({ missing: [], complete: true, earlier: 0 })
  const moved = await desk.stored(accepted1)
  expect(moved.dueAt! > accepted1.dueAt!).toBe(true)
  expect(moved.promisedDueAt).toBe(accepted1.promisedDueAt)
  expect(moved.sequence).toBe(accepted1.sequence + 1)
  expect(moved.calendarVersion).toContain('H99-2026')
  expect((await desk.stored(waiting)).intakeDueAt! > waiting.intakeDueAt!).toBe(true)
  const view = accepted(await desk.dossiers.view(officer(staff.reception), moved.code))
  expect(view.history.at(-1)).toMatchObject({
    kind: 'dossiers.due-recomputed',
    actor: { kind: 'system', id: 'calendar' },
    data: { from: { dueAt: accepted1.dueAt }, dueAt: moved.dueAt },
  })
  expect(view.explanation.some(({ reason }) => reason === 'Nghỉ vì lũ')).toBe(true)
})

test('what a preview says is what happens, and the preview writes nothing', async () => {
  const dossier = await inProgress()
  await recomputeDates(desk.db, { now: () => now })
  const draft = { territory: 'H99', year: 2026, days: [dayOff('2026-11-23', 'Nghỉ')] }
  const calendarFor = (authorityCode: string) => draftCalendar(desk.db, { authorityCode, draft })
  const preview = await previewRecomputation(desk.db, calendarFor, { now: () => now })
  expect(preview.moved).toBeGreaterThan(0)
  expect((await desk.stored(dossier)).sequence).toBe(dossier.sequence)
  await publish('2026-11-23')
  expect(await recomputeDates(desk.db, { now: () => now })).toEqual(preview)
})

test('doing it twice changes nothing the second time; taking the day back moves the dates back', async () => {
  const dossier = await inProgress()
  await publish('2026-11-20')
  await recomputeDates(desk.db, { now: () => now })
  expect(await recomputeDates(desk.db, { now: () => now })).toMatchObject({ moved: 0 })
  await publish()
  await recomputeDates(desk.db, { now: () => now })
  expect((await desk.stored(dossier)).dueAt).toBe(dossier.dueAt)
  expect(await verifyDossiers(desk.db.pool)).toMatchObject({ chainFaults: [], differingRows: [] })
})

test('officers work while dates are recomputed: nobody is overwritten, and every row is its fold', async () => {
  const dossiers = await Promise.all(Array.from({ length: 12 }, inProgress))
  await publish('2026-11-20')
  const notes = dossiers.map((dossier) =>
    act(officer(staff.reception), dossier, { command: 'note', note: 'x' }, now),
  )
  await Promise.all([recomputeDates(desk.db, { now: () => now }), ...notes])
  for (const dossier of dossiers) {
    const stored = await desk.stored(dossier)
    expect(stored.dueAt! > dossier.dueAt!).toBe(true)
    expect(stored.sequence).toBe(dossier.sequence + 2)
    expect(await desk.folded(dossier)).toEqual(stored)
  }
})

test('a dossier that needs a year nobody published is told by name and stays as it is', async () => {
  const dossier = await inProgress()
  const onlyLastYear = aCalendar({ days: [], years: [2025] })
  const effect = await previewRecomputation(desk.db, async () => onlyLastYear, { now: () => now })
  expect(effect.missing.some(({ code }) => code === dossier.code)).toBe(true)
  expect(effect.moved).toBe(0)
})
