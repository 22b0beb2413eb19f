import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import { type Db, openDatabase } from '../kernel/db.ts'
import { verifyDossiers } from '../modules/dossiers/index.ts'
import { lastDays } from './filings.ts'
import { simulate } from './simulate.ts'

const now = new Date('2026-11-20T03:00:00.000Z')
const databases = [await testDatabase({ reference: true }), await testDatabase({ reference: true })]
const dbs = databases.map(({ url }) => openDatabase(url, { role: 'motcua_app', max: 4 }))
afterAll(() => Promise.all(dbs.map((db) => db.close())))

const play = (db: Db, seed: number, count = 200) =>
  simulate(db, { span: lastDays(60, count, now), seed, now })
const picture = async (db: Db) => {
  const { rows } = await db.pool.query(
    `select d.id, d.code, d.state, d.sequence, encode(d.head_hash, 'hex') as head, p.name
     from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id order by d.id`,
  )
  return rows
}

test('the same seed makes the same people, dossiers and journal', async () => {
  const [one, two] = dbs as [Db, Db]
  const stored = await play(one, 7)
  expect(stored).toBeGreaterThan(180)
  expect(await play(two, 7)).toBe(stored)
  expect(await picture(one)).toEqual(await picture(two))
})

test('what it made is sound: every chain holds and every row is the fold of its journal', async () => {
  const report = await verifyDossiers(dbs[0]!.pool)
  expect(report).toMatchObject({ chainFaults: [], differingRows: [] })
  expect(report.entries).toBeGreaterThan(report.streams)
})

test('every dossier that has not ended waits for somebody, and none that has', async () => {
  const { rows } = await dbs[0]!.pool.query(
    `select d.code, d.closed_at, count(t.*) filter (where t.closed_at is null) as open
     from dossiers.dossier d join dossiers.task t on t.dossier_id = d.id group by d.id`,
  )
  expect(rows.filter(({ closed_at, open }) => (closed_at === null) !== open > 0)).toEqual([])
  expect(rows.some(({ closed_at }) => closed_at === null)).toBe(true)
})

test('people ask, wait, pay, look at places and are told of delays, not only the ordinary course', async () => {
  const { rows } = await dbs[0]!.pool.query(`select distinct kind from journal.entry where kind = any ($1)`, [
    [
      ...['messaged', 'noted', 'visit-recorded', 'obligation-met', 'consulted', 'extended', 'apologised'],
      ...['withdrawn', 'result-dispatched', 'confirmed', 'result-delivered', 'result-corrected'],
    ].map((kind) => `dossiers.${kind}`),
  ])
  expect(rows.length).toBeGreaterThan(5)
})

test('nothing happens after the present, and nobody who does not exist can be called', async () => {
  const { rows } = await dbs[0]!.pool.query(
    `select (select max(at) from journal.entry) as latest,
            (select count(*) from dossiers.party where phone is not null or email is not null) as reachable`,
  )
  expect(rows[0].latest <= now).toBe(true)
  expect(rows[0].reachable).toBe(0)
})

test('of finished dossiers only, all have ended', async () => {
  const db = dbs[1]!
  const before = await picture(db)
  await simulate(db, {
    span: lastDays(300, 100, new Date('2026-06-01T00:00:00Z')),
    seed: 8,
    now,
    finishedOnly: true,
  })
  const known = new Set(before.map(({ id }) => id))
  const added = (await picture(db)).filter(({ id }) => !known.has(id))
  expect(added.length).toBeGreaterThan(50)
  expect(
    added.filter(({ state }) => !['returned', 'refused', 'withdrawn', 'stopped'].includes(state)),
  ).toEqual([])
})
