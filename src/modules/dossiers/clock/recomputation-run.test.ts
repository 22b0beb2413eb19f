import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aDesk, staff } from '../../../../test/builders/a-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { migrateJobs, runJobs } from '../../../kernel/jobs.ts'
import { openLog } from '../../../kernel/log.ts'
import { findYear } from '../../calendar/index.ts'
import {
  previewCalendar,
  publishCalendar,
  refuseToPublish,
  territoriesToPublish,
} from './publish-calendar.ts'
import { findRecomputation, recomputations, recomputeTasks, runRecomputations } from './recomputation-run.ts'
import { addRecomputation, alone, noteProgress } from './recomputation-store.ts'

const desk = await aDesk()
beforeAll(() => migrateJobs(desk.database.url))
afterAll(() => desk.db.close())
const { act, db, file, officer } = desk
const now = new Date('2026-11-19T09:00:00.000Z')
const parts = { db, now: () => now }

const dayOff = (date: string) => ({
  ...{ date, name: 'Nghỉ vì lũ', basis: 'Công điện 5', note: null },
  ...{ kind: 'statutory_holiday' as const, status: 'official' as const },
})
const aDraft = (dates: string[], more: { territory?: string; seen?: number | null } = {}) => ({
  ...{ territory: 'H99.12', year: 2026, source: 'Công điện 5', by: 'officer-hoa-sen-control-1', ...more },
  days: dates.map(dayOff),
})
const publish = async (...draft: Parameters<typeof aDraft>) =>
  accepted(await publishCalendar(db, aDraft(...draft), now))

async function inProgress() {
  const { dossier } = await file()
  return accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
}

test('procedure control publishes for its authority, and its office for the province as well', async () => {
  const of = (id: string) => territoriesToPublish(db, officer(id))
  expect(await of('officer-control-1')).toEqual(['H99', 'H99.02'])
  expect(await of(staff.control)).toEqual(['H99.12'])
  expect(await of('officer-centre-admin-1')).toEqual(['H99.01'])
  expect(await refuseToPublish(db, officer(staff.control), 'H99.12')).toBeUndefined()
})

test.each([
  [staff.leader, 'H99.12'],
  [staff.reception, 'H99.12'],
  [staff.control, 'H99'],
  [staff.control, 'H99.13'],
  ['officer-centre-admin-1', 'H99'],
  ['officer-control-1', 'VN'],
])('%s may not publish for %s', async (id, territory) => {
  expect(await refuseToPublish(db, officer(id), territory)).toMatchObject({ kind: 'forbidden' })
})

test('a signature lent for some procedures publishes no days', async () => {
  const control = officer(staff.control)
  const limited = { ...control, posts: control.posts.map((post) => ({ ...post, procedures: ['1.001193'] })) }
  expect(await territoriesToPublish(db, limited)).toEqual([])
})

test('what the preview says is what the run counts, and it moves only what the days concern', async () => {
  const here = await inProgress()
  const preview = accepted(await previewCalendar(db, aDraft(['2026-11-20'], { seen: null }), { now }))
  expect(preview).toMatchObject({ complete: true, moved: 1, later: 1, earlier: 0, withoutYear: 0 })
  expect(preview.examples).toMatchObject([{ code: here.code, authority: 'H99.12', from: here.dueAt }])
  const published = await publish(['2026-11-20'], { seen: null })
  expect(published).toMatchObject({ territory: 'H99.12', year: 2026, version: 1 })
  expect(await runRecomputations(parts)).toBe(true)
  const run = await findRecomputation(db.pool, published.run!)
  const { open, moved, later, earlier, withoutYear, missing } = preview
  expect(run).toMatchObject({ open, moved, later, earlier, withoutYear, missing, version: 1 })
  expect(run).toMatchObject({ startedAt: now, finishedAt: now, by: 'officer-hoa-sen-control-1' })
  expect((await desk.stored(here)).dueAt).toBe(preview.examples[0]!.to)
  const elsewhere = accepted(await previewCalendar(db, aDraft([], { territory: 'H99.13' }), { now }))
  expect(elsewhere.open).toBe(0)
})

test('an authority adds no day off that has passed; what it published stays, and the province may', async () => {
  const code = 'calendar.invalid-year'
  expect(await previewCalendar(db, aDraft(['2026-11-17']), { now })).toMatchObject({ code })
  expect(await publishCalendar(db, aDraft(['2026-11-17']), now)).toMatchObject({ code })
  const province = aDraft(['2026-11-17'], { territory: 'H99' })
  expect(accepted(await previewCalendar(db, province, { now }))).toMatchObject({ complete: true })
})

test('a preview that stops early says so', async () => {
  await inProgress()
  await Promise.all([inProgress(), inProgress()])
  const all = accepted(await previewCalendar(db, aDraft(['2026-11-23']), { now }))
  expect(all.complete).toBe(true)
  const some = accepted(await previewCalendar(db, aDraft(['2026-11-23']), { now, atMost: 1 }))
  expect(some).toMatchObject({ open: 1, complete: false })
})

test('somebody published meanwhile: neither previewed nor published, and no run is asked for', async () => {
  await publish(['2026-11-24'])
  const seen = (await findYear(db.pool, { territory: 'H99.12', year: 2026 }))!.version
  await publish(['2026-11-25'], { seen })
  const before = await recomputations(db.pool, { territories: ['H99.12'], limit: 50 })
  const stale = { code: 'calendar.published-meanwhile' }
  expect(await previewCalendar(db, aDraft(['2026-11-24'], { seen }), { now })).toMatchObject(stale)
  expect(await publishCalendar(db, aDraft(['2026-11-24'], { seen }), now)).toMatchObject(stale)
  expect(await recomputations(db.pool, { territories: ['H99.12'], limit: 50 })).toEqual(before)
})

test('the same days again are no new version and nothing is recomputed', async () => {
  await publish(['2026-11-25'])
  expect(await publish(['2026-11-25'])).toMatchObject({ version: null, run: null })
})

test.each([
  [aDraft(['2027-01-05']), 'calendar.invalid-year'],
  [aDraft([], { territory: 'H98' }), 'calendar.unknown-territory'],
])('a preview refuses what publishing would refuse', async (draft, code) => {
  expect(await previewCalendar(db, draft, { now })).toMatchObject({ code })
  expect(await publishCalendar(db, draft, now)).toMatchObject({ code })
})

test('one process recomputes at a time', async () => {
  const tried: boolean[] = []
  await alone(db.pool, async () => void tried.push(await runRecomputations(parts)))
  expect(tried).toEqual([false])
})

test('what a process left behind when it died is finished by the next one, and counts stay whole', async () => {
  await publish(['2026-11-20'])
  await runRecomputations(parts)
  await inProgress()
  const { run } = await publish(['2026-11-20', '2026-11-23'])
  const moved = { open: 2, moved: 2, later: 2, earlier: 0, withoutYear: 0, missing: [] }
  await noteProgress(db.pool, run!, moved, { startedAt: now, finishedAt: null })
  const later = new Date(now.getTime() + 60_000)
  await runRecomputations({ db, now: () => later })
  const finished = await findRecomputation(db.pool, run!)
  expect(finished).toMatchObject({ startedAt: now, finishedAt: later })
  expect(finished!.moved).toBeGreaterThan(2)
  expect(finished!.moved).toBeLessThanOrEqual(finished!.open + 2)
})

test('a run that cannot be done does not hold up the others', async () => {
  const bad = { territory: 'H99.12', year: 2026, version: 99, by: 'x', source: 'x', askedAt: new Date(0) }
  await addRecomputation(db.pool, { ...bad, id: '00000000-0000-7000-8000-000000000001' })
  const { run } = await publish(['2026-11-27'])
  let times = 0
  const breaksOnce = () => {
    times += 1
    if (times === 1) throw new Error('broken')
    return now
  }
  await expect(runRecomputations({ db, now: breaksOnce })).rejects.toThrow('broken')
  expect((await findRecomputation(db.pool, run!))!.finishedAt).not.toBeNull()
  await runRecomputations(parts)
})

test('the worker takes up what was published', async () => {
  const dossier = await inProgress()
  const { run } = await publish(['2026-11-20', '2026-11-30'])
  const runner = await runJobs(desk.database.url, recomputeTasks(parts), openLog('silent'))
  try {
    await vi.waitFor(
      async () => expect((await findRecomputation(db.pool, run!))!.finishedAt).not.toBeNull(),
      { timeout: 30_000, interval: 100 },
    )
  } finally {
    await runner.stop()
  }
  expect((await desk.stored(dossier)).calendarVersion).toContain('H99.12-2026')
})
