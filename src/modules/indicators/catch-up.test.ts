import { beforeEach, expect, test } from 'vitest'
import { aDossier, type Happening, storeDossier } from '../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { drainFeed, stampPositions } from '../../kernel/feed.ts'
import { catchUp, indicatorsConsumer, verifyFigures } from './index.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
const life: Happening[] = [
  { at: '2026-11-02T03:00:00.000Z', is: 'accepted', dueAt: '2026-11-05T10:00:00.000Z' },
  { at: '2026-11-04T03:00:00.000Z', is: 'decided' },
]

const positionOf = async () => {
  const { rows } = await database.pool.query(`select position from feed.cursor where consumer = 'indicators'`)
  return rows[0]?.position
}
const putBack = () => database.pool.query(`update feed.cursor set position = 0 where consumer = 'indicators'`)
const counted = async () => {
  const { rows } = await database.pool.query('select count(*)::int as n from indicators.contribution')
  return rows[0].n as number
}

let stored = 0
beforeEach(async () => {
  for (let i = 0; i < 3; i++) await storeDossier(db.pool, aDossier({ at: '2026-11-02T02:00:00.000Z', life }))
  stored += 3
  await drainFeed(db, [indicatorsConsumer])
})

test('a feed far behind is brought to where the journal stood, and every dossier counts once', async () => {
  await database.pool.query('truncate indicators.contribution, indicators.daily, indicators.monthly')
  await putBack()
  expect(await catchUp(db, { behind: 8 })).toBe(true)
  expect(await positionOf()).toBe(stored * 3)
  expect(await verifyFigures(db)).toMatchObject({ dossiers: stored, waiting: 0, differences: [] })
})

test('what comes meanwhile is left to the feed', async () => {
  await putBack()
  const catching = catchUp(db, { behind: 0 })
  const late = aDossier({ at: '2026-11-03T02:00:00.000Z', life: life.slice(1) })
  await storeDossier(db.pool, late, { upTo: 1 })
  await stampPositions(db)
  expect(await catching).toBe(true)
  stored += 1
  expect((await verifyFigures(db)).differences).toEqual([])
  await drainFeed(db, [indicatorsConsumer])
  expect(await verifyFigures(db)).toMatchObject({ dossiers: stored, waiting: 0, differences: [] })
})

test('a feed that is not far behind goes on by itself', async () => {
  const before = await positionOf()
  expect(await catchUp(db)).toBe(false)
  await putBack()
  expect(await catchUp(db, { behind: before })).toBe(false)
  expect(await positionOf()).toBe(0)
})

test('ended halfway, the feed stays where it is and what was counted is right', async () => {
  await database.pool.query('truncate indicators.contribution, indicators.daily, indicators.monthly')
  await putBack()
  expect(await catchUp(db, { behind: 0, signal: AbortSignal.abort() })).toBe(false)
  expect([await positionOf(), await counted()]).toEqual([0, 0])
  expect((await verifyFigures(db)).differences).toEqual([])
  await drainFeed(db, [indicatorsConsumer])
  expect(await verifyFigures(db)).toMatchObject({ waiting: 0, differences: [] })
})
