import { beforeEach, expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { type Consumer, drainFeed } from '../../kernel/feed.ts'
import { boardSummary, indicatorsConsumer, verifyFigures } from './index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T07:30:00.000Z')
const received = async () =>
  (await boardSummary(db.pool, { from: '2026-11-01', to: '2026-11-30', now })).received

let stored = 0
const life: Happening[] = [
  { at: '2026-11-02T03:00:00.000Z', is: 'accepted', dueAt: '2026-11-05T10:00:00.000Z' },
  { at: '2026-11-04T03:00:00.000Z', is: 'decided' },
]

beforeEach(async () => {
  for (let i = 0; i < 5; i++) await storeDossier(db.pool, aDossier({ at: '2026-11-02T02:00:00.000Z', life }))
  stored += 5
})

/** Does its work on a batch, and then something happens before the transaction ends. */
const until = (happens: (pid: number) => Promise<unknown>): Consumer => ({
  ...indicatorsConsumer,
  async apply(tx, entries) {
    await indicatorsConsumer.apply(tx, entries)
    const { rows } = await tx.query('select pg_backend_pid() as pid')
    await happens(rows[0].pid)
    await tx.query('select 1')
  },
})

async function isWhole() {
  await drainFeed(db, [indicatorsConsumer])
  expect(await received()).toBe(stored)
  expect(await verifyFigures(db)).toMatchObject({ dossiers: stored, waiting: 0, differences: [] })
}

test('a consumer killed in mid-batch leaves nothing half done, and the next one counts everything once', async () => {
  const kill = (pid: number) => database.pool.query('select pg_terminate_backend($1)', [pid])
  await expect(drainFeed(db, [until(kill)])).rejects.toThrow()
  expect((await verifyFigures(db)).differences).toEqual([])
  await isWhole()
})

test('a consumer that fails in mid-batch neither', async () => {
  const failing = until(() => Promise.reject(new Error('no more memory')))
  await expect(drainFeed(db, [failing])).rejects.toThrow('no more memory')
  await isWhole()
})

test('entries applied twice, and in another order, count once', async () => {
  await isWhole()
  await database.pool.query('update feed.cursor set position = 3')
  await isWhole()
  await database.pool.query('update feed.cursor set position = 0')
  await isWhole()
})

test('a figure that somebody changed is named with its unit', async () => {
  await isWhole()
  await database.pool.query(
    `update indicators.monthly set accepted_online = accepted_online + 1 where authority = 'H99.12' and procedure_code = '*'`,
  )
  expect((await verifyFigures(db)).differences).toEqual([
    {
      ...{ authority: 'H99.12', procedureCode: '*', on: '2026-11-01', grain: 'monthly' },
      ...{ measure: 'accepted-online', stored: stored + 1, expected: stored },
    },
  ])
})
