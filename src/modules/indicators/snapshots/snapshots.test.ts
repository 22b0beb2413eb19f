import { expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted as granted } from '../../../kernel/errors.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { rate, ratingToken } from '../../feedback/index.ts'
import {
  indicatorsConsumer,
  latestSnapshots,
  loadIndexSets,
  periodNamed,
  snapshotsOf,
  takeSnapshots,
} from '../index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app' })
const owner = openDatabase(database.url, { max: 2 })
await loadIndexSets(owner)
await owner.close()
const secret = 'a secret of at least thirty-two letters'
const drain = () => drainFeed(db, [indicatorsConsumer])
const night = new Date('2026-10-31T17:15:00.000Z')
const authority = 'H99.14'
const of = (period: string) => snapshotsOf(db.pool, { setKey: '766-2026', authority, period })

const life: Happening[] = [
  { at: '2026-10-02T03:00:00.000Z', is: 'accepted', dueAt: '2026-10-05T10:00:00.000Z' },
  { at: '2026-10-04T03:00:00.000Z', is: 'decided' },
]
const { id } = aDossier()
const first = aDossier({ at: '2026-10-02T02:00:00.000Z', competent: authority, life })
expect(id).not.toBe(first.id)

test('the night after a period closes it, with raw counts, points and when it was', async () => {
  await storeDossier(db.pool, first)
  await drain()
  await takeSnapshots(db, { now: night })
  const [month, ...others] = await of('2026-10')
  expect(others).toEqual([])
  expect(month).toMatchObject({
    ...{
      setKey: '766-2026',
      level: 'commune',
      from: '2026-10-01',
      to: '2026-10-31',
      revision: 1,
      why: 'closed',
    },
    ...{ asAt: night.toISOString(), changed: null },
    counts: { onTime: [1, 1], satisfied: [1, 1], onlineDossiers: [1, 1] },
  })
  expect(month!.position).toBeGreaterThan(0)
  expect(month!.notMeasured).toContain('petitionsOnTime')
  expect(month!.score.indicators).not.toEqual({})
  expect(await of('2026-10-02')).toEqual([])
  expect(await of('2026-10-30')).toHaveLength(1)
  expect(await of('2026-Q4')).toEqual([])
})

test('the same night again keeps nothing twice', async () => {
  expect(await takeSnapshots(db, { now: night })).toBe(0)
  expect(await of('2026-10')).toHaveLength(1)
})

test('what comes late of a closed period is a revision that says what changed; the first one stays', async () => {
  const [before] = await of('2026-10')
  const later = new Date('2026-11-03T17:15:00.000Z')
  granted(
    await rate({ db, secret }, ratingToken(secret, first.id), { grade: 'not-satisfied' }, { now: later }),
  )
  await drain()
  await takeSnapshots(db, { now: later })
  const [same, revision, ...others] = await of('2026-10')
  expect(same).toEqual(before)
  expect(others).toEqual([])
  expect(revision).toMatchObject({
    ...{ revision: 2, why: 'late-facts', asAt: later.toISOString() },
    changed: {
      satisfied: [
        [1, 1],
        [0, 1],
      ],
    },
  })
  const [latest] = await latestSnapshots(db.pool, {
    ...{ setKey: '766-2026', authorities: [authority], periods: ['2026-10'] },
  })
  expect(latest).toEqual(revision)
})

test('a period that still runs is kept only when asked for', async () => {
  const now = new Date('2026-11-10T03:00:00.000Z')
  expect(await of('2026-11')).toEqual([])
  await takeSnapshots(db, { now, periods: [periodNamed('2026-11')], authorities: [authority] })
  expect(await of('2026-11')).toMatchObject([{ why: 'asked', revision: 1 }])
})

test('one that was kept while it ran is closed when it is over, also when nothing has changed since', async () => {
  const [asked] = await of('2026-11')
  await takeSnapshots(db, { now: new Date('2026-11-30T16:59:59.999Z'), periods: [periodNamed('2026-11')] })
  expect((await of('2026-11')).map(({ why }) => why)).toEqual(['asked'])
  await takeSnapshots(db, { now: new Date('2026-11-30T17:15:00.000Z') })
  const [same, closed, ...others] = await of('2026-11')
  expect([same, others]).toEqual([asked, []])
  expect(closed).toMatchObject({ revision: 2, why: 'closed', changed: {} })
  expect(await takeSnapshots(db, { now: new Date('2026-11-30T17:15:00.000Z') })).toBe(0)
})

test('a period that has not begun is kept for nobody', async () => {
  const now = new Date('2026-11-30T16:59:59.999Z')
  for (const key of ['2026-12', '2026-12-01', '2027-Q1', '2027'])
    expect(await takeSnapshots(db, { now, periods: [periodNamed(key)] })).toBe(0)
  const begins = new Date('2026-11-30T17:00:00.000Z')
  expect(await takeSnapshots(db, { now: begins, periods: [periodNamed('2026-12')] })).toBeGreaterThan(0)
})

test('nobody rewrites a snapshot, not even the application', async () => {
  for (const change of ['update indicators.snapshot set counts = counts', 'delete from indicators.snapshot'])
    await expect(db.pool.query(change)).rejects.toThrow('permission denied')
})
