import { describe, expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { officerAmong } from '../../../../test/builders/officers.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted } from '../../../kernel/errors.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { migrateJobs } from '../../../kernel/jobs.ts'
import { allOfficers } from '../../directory/index.ts'
import type { Actor } from '../../identity/index.ts'
import { noticesOf, outbox, stateAddress, unreadNotices } from '../../notifications/index.ts'
import { indicatorsConsumer } from '../indicators-consumer.ts'
import { findDefinition } from '../library/index.ts'
import { judgeTargets } from './measure-targets.ts'
import { endTarget, setTarget, targetRefusals } from './set-target.ts'
import { listAlerts, listTargets, markSeen } from './target-store.ts'
import { watchTargets } from './watch-targets.ts'

const database = await testDatabase({ reference: true })
await migrateJobs(database.url)
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
const now = new Date('2026-11-19T02:00:00Z')
const parts = { db, now }
const baseUrl = 'https://songmai.example'
const watch = (at = now) => watchTargets({ db, baseUrl }, at)
const officer = officerAmong(await allOfficers(db))
const control = officer('officer-control-1')
const leader = officer('officer-province-leader-1')

const wanted = {
  key: 'in-time-2026',
  name: { vi: 'Hồ sơ đúng hạn', en: 'Dossiers in time' },
  figure: 'onTime',
  operator: '>=',
  unit: 'percent',
  levels: ['province'],
  stages: [{ from: '2026-01-01', to: '2026-12-31', value: 98 }],
  basis: { document: 'Kế hoạch 12/KH-UBND', article: null, confidence: 'C' },
  responsible: 'H99',
}

describe('the national targets', () => {
  test('are there with their stages and documents, each figure with a definition', async () => {
    const targets = await listTargets(db.pool, 'VN')
    expect(targets.length).toBeGreaterThanOrEqual(20)
    for (const { target } of targets)
      if (target.figure) expect(await findDefinition(target.figure), target.key).toBeDefined()
    const satisfaction = targets.find(({ target }) => target.key === 'nq76-satisfaction')
    expect(satisfaction?.target.stages.map(({ value }) => value)).toEqual([90, 95])
  })

  test('that count procedures are not projected: there are no more of them next month', async () => {
    const judged = await judgeTargets(db, await listTargets(db.pool, 'VN'), now)
    const { assessment } = judged.find(({ target }) => target.key === 'cd11-services')!
    expect(assessment.projected?.counts).toEqual(assessment.counts)
  })

  test('without a dossier nothing is measured, and nobody is told', async () => {
    const judged = await judgeTargets(db, await listTargets(db.pool, 'VN'), now)
    expect(judged.find(({ target }) => target.key === 'nq76-satisfaction')?.assessment.status).toBe(
      'not-measured',
    )
    expect((await watch()).filter(({ key }) => key === 'nq76-satisfaction')).toEqual([])
  })
})

describe('a target of the province', () => {
  test.each<[string, Actor]>([
    ['control of the province', control],
    ['a leader of the province', leader],
  ])('is set by %s', async (_, actor) => {
    expect(accepted(await setTarget(actor, wanted, parts))).toMatchObject({ territory: 'H99' })
    const [own] = await listTargets(db.pool, 'H99')
    expect(own?.target).toMatchObject({ key: 'in-time-2026', responsible: 'H99' })
  })

  test.each<[string, Actor]>([
    ['an officer at the counter', officer('officer-centre-reception-1')],
    ['a leader of a commune', officer('officer-ben-go-leader-1')],
    ['nobody', { kind: 'anonymous' }],
  ])('is neither set nor taken back by %s', async (_, actor) => {
    expect(await setTarget(actor, wanted, parts)).toEqual(targetRefusals.notYours())
    expect(await endTarget(actor, wanted.key, parts)).toEqual(targetRefusals.notYours())
  })

  test('names a figure that is counted and an authority of the province', async () => {
    const bad = { ...wanted, figure: 'speed', responsible: 'H01' }
    expect(await setTarget(control, bad, parts)).toEqual(
      targetRefusals.invalid({
        problems: [
          { field: 'figure', code: 'targets.unknown-figure' },
          { field: 'responsible', code: 'targets.unknown-authority' },
        ],
      }),
    )
    expect(await setTarget(control, { ...wanted, stages: [] }, parts)).toMatchObject({
      code: 'targets.invalid',
    })
  })

  test('is taken back and stays in the journal', async () => {
    accepted(await endTarget(control, wanted.key, parts))
    expect(await listTargets(db.pool, 'H99')).toEqual([])
    expect(await endTarget(control, wanted.key, parts)).toEqual(targetRefusals.unknown())
    const { rows } = await db.pool.query(
      "select kind from journal.entry where kind like 'indicators.target-%' order by sequence",
    )
    expect(rows.map(({ kind }) => kind)).toEqual([
      'indicators.target-set',
      'indicators.target-set',
      'indicators.target-ended',
    ])
  })
})

describe('the responsible', () => {
  const own = async () => (await watch()).filter(({ territory }) => territory === 'H99')
  const at = '2026-11-02T02:00:00.000Z'
  const decided = async (on: string) => {
    const open: Happening = { at, is: 'accepted', dueAt: '2026-11-05T10:00:00.000Z' }
    await storeDossier(
      db.pool,
      aDossier({ at, competent: 'H99.12', life: [open, { at: on, is: 'decided' }] }),
    )
    await drainFeed(db, [indicatorsConsumer])
  }

  test('are told of each change once', async () => {
    accepted(await setTarget(control, wanted, parts))
    expect(await own()).toEqual([])
    await decided('2026-11-04T03:00:00.000Z')
    // Now met, as nobody expected: it was not measured before.
    expect(await own()).toMatchObject([
      { key: 'in-time-2026', previous: 'not-measured', status: 'met', value: 100 },
    ])
    expect(await own()).toEqual([])
    await decided('2026-11-09T03:00:00.000Z')
    expect(await own()).toMatchObject([{ previous: 'met', authority: 'H99', value: 50 }])
    expect(await own()).toEqual([])
  })

  test('see what they were told until they have read it', async () => {
    const told = await listAlerts(db.pool, ['H99'])
    // Both are of the same moment here, so neither is the newer.
    expect(told.map(({ previous, seenAt }) => [previous, seenAt]).toSorted()).toEqual([
      ['met', null],
      ['not-measured', null],
    ])
    expect(await listAlerts(db.pool, ['H99.12'])).toEqual([])
    expect(await markSeen(db.pool, { authorities: ['H99'], by: 'officer-control-1', at: now })).toBe(2)
    expect(await markSeen(db.pool, { authorities: ['H99'], by: 'officer-control-1', at: now })).toBe(0)
  })
})

describe('each person who answers', () => {
  const tomorrow = new Date('2026-11-20T00:00:00Z')
  const about = async (officerId: string) =>
    (await noticesOf(db.pool, officerId)).filter(({ kind }) => kind === 'targets-changed')
  const decided = async (on: string, count: number) => {
    const at = '2026-11-02T02:00:00.000Z'
    const open: Happening = { at, is: 'accepted', dueAt: '2026-11-05T10:00:00.000Z' }
    for (let i = 0; i < count; i++)
      await storeDossier(
        db.pool,
        aDossier({ at, competent: 'H99.12', life: [open, { at: on, is: 'decided' }] }),
      )
    await drainFeed(db, [indicatorsConsumer])
  }

  test('has one message of the day, whatever changed and however often one looks', async () => {
    for (const id of ['officer-province-leader-1', 'officer-control-1'])
      expect(await about(id)).toMatchObject([{ href: '/can-bo/chi-tieu', readAt: null }])
    const [told] = await about('officer-control-1')
    expect(told!.subject).toContain('19/11/2026')
    expect(told!.text).toContain('Hồ sơ đúng hạn, Ủy ban nhân dân tỉnh Sông Mai: Đạt')
    await watch()
    expect(await unreadNotices(db.pool, 'officer-control-1')).toBe(1)
  })

  test('hears of what changed later that day with the next day, with both numbers and what is needed', async () => {
    await watch(tomorrow)
    const [latest] = await about('officer-control-1')
    expect(latest!.text).toMatch(
      /\(trước đó: Đạt\)\. Hiện nay 50\s% \(1 trên 2\), cần ít nhất 98\s%, còn thiếu 1\./,
    )
    expect(await about('officer-control-1')).toHaveLength(2)
    await watch(tomorrow)
    expect(await about('officer-control-1')).toHaveLength(2)
  })

  test('is told by mail as well who gave an address; nobody of another place is told', async () => {
    await stateAddress(db.pool, { officerId: 'officer-control-1', email: 'kiem.soat@songmai.example', now })
    await decided('2026-11-04T03:00:00.000Z', 120)
    const later = new Date('2026-11-21T00:00:00Z')
    await watch(later)
    const [mail, ...others] = await outbox(db.pool)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ recipient: 'kiem.soat@songmai.example', kind: 'targets-changed' })
    // Back to met, and the link to where it stands.
    expect(mail!.text).toContain(': Đạt (trước đó:')
    expect(mail!.text).toContain('https://songmai.example/can-bo/chi-tieu')
    expect(await about('officer-hoa-sen-leader-1')).toEqual([])
    expect(await about('officer-centre-reception-1')).toEqual([])
    const { rows } = await database.pool.query('select count(*)::int as n from graphile_worker.jobs')
    expect(rows[0].n).toBe(1)
  })

  test('is told again from the beginning when the watch was stopped before it had told', async () => {
    await decided('2026-11-09T03:00:00.000Z', 60)
    const day = new Date('2026-11-22T00:00:00Z')
    await database.pool.query(
      'alter table notifications.message add constraint stopped check (false) not valid',
    )
    await expect(watch(day)).rejects.toThrow('stopped')
    await database.pool.query('alter table notifications.message drop constraint stopped')
    const before = (await about('officer-control-1')).length
    expect(await watch(day)).not.toEqual([])
    expect(await watch(day)).toEqual([])
    expect(await about('officer-control-1')).toHaveLength(before + 1)
  })
})
