import { beforeEach, expect, test } from 'vitest'
import { aDossier, storeDossier } from '../../../../test/builders/a-dossier.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import {
  findIndexSet,
  forgetScores,
  indicatorsConsumer,
  rememberedScores,
  scoresAround,
  scoreUnits,
} from '../index.ts'
import { monthsUpTo } from './scores-around.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app' })
const now = new Date('2026-11-20T07:30:00.000Z')
const [november, october] = [
  { from: '2026-11-01', to: '2026-11-30' },
  { from: '2026-10-01', to: '2026-10-31' },
]
const time = { now: 0 }
const clock = () => time.now
const place = 'H99.21'

/** The statements that a piece of work sends. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  const send = db.pool.query.bind(db.pool) as (...args: unknown[]) => unknown
  db.pool.query = ((...args: unknown[]) => {
    texts.push((args[0] as { text?: string }).text ?? String(args[0]))
    return send(...args)
  }) as never
  try {
    await work()
  } finally {
    db.pool.query = send as never
  }
  return texts
}

const isReading = (text: string) => text.includes('sum(index_overdue)')

async function file(day: string): Promise<void> {
  const life = [{ at: `${day}T03:00:00.000Z`, is: 'accepted' as const, dueAt: '2026-12-24T10:00:00.000Z' }]
  await storeDossier(db.pool, aDossier({ competent: place, at: `${day}T02:00:00.000Z`, life }))
  await drainFeed(db, [indicatorsConsumer])
}

const dossiersIn = async (period: { from: string; to: string }) =>
  (await rememberedScores(db, { only: place, ...period, now, clock }))!.units[0]!.counts.onlineDossiers![1]

beforeEach(() => forgetScores(db))

test('two hundred who open a board at once cost one reading, which the board of a peer shares', async () => {
  const around = (unit: string) => scoresAround(db, { unit, ...november, before: october, now, clock })
  const readings = async (work: () => Promise<unknown>) => (await statementsOf(work)).filter(isReading).length
  // One of the period and the one before, one of twelve months.
  expect(await readings(() => Promise.all(Array.from({ length: 200 }, () => around(place))))).toBe(2)
  expect(await readings(() => around('H99.22'))).toBe(0)
})

test('a figure is a second old at most, also of a period that is over', async () => {
  expect([await dossiersIn(november), await dossiersIn(october)]).toEqual([0, 0])
  await file('2026-11-10')
  await file('2026-10-12')
  time.now += 999
  expect([await dossiersIn(november), await dossiersIn(october)]).toEqual([0, 0])
  time.now += 1
  expect([await dossiersIn(november), await dossiersIn(october)]).toEqual([1, 1])
})

test('a period that is over is not counted anew because a later figure moved', async () => {
  const readings = async (work: () => Promise<unknown>) => (await statementsOf(work)).filter(isReading).length
  const september = { from: '2026-09-01', to: '2026-09-30' }
  await dossiersIn(september)
  await file('2026-10-13')
  time.now += 1000
  expect(await readings(() => dossiersIn(september))).toBe(0)
  await file('2026-08-13')
  time.now += 1000
  // What stood open at its end may have changed.
  expect(await readings(() => dossiersIn(september))).toBe(1)
  time.now += 300_000
  expect(await readings(() => dossiersIn(september))).toBe(1)
})

test('says of when the figures are that still move', async () => {
  const position = async () =>
    (await rememberedScores(db, { only: place, ...november, now, clock }))!.asAt.position
  const first = await position()
  await file('2026-11-11')
  expect(await position()).toBe(first)
  time.now += 1000
  expect(await position()).toBeGreaterThan(first)
})

test('a reading that fails is not remembered', async () => {
  const send = db.pool.query
  db.pool.query = (() => Promise.reject(new Error('down'))) as never
  await expect(dossiersIn(november)).rejects.toThrow('down')
  db.pool.query = send
  expect(await dossiersIn(november)).toBeGreaterThan(0)
})

test('what stands around a unit is what each period gives by itself', async () => {
  const around = (await scoresAround(db, { unit: place, ...november, before: october, now, clock }))!
  const set = (await findIndexSet(db, { on: '2026-11-20' }))!
  const fresh = (period: { from: string; to: string }, withPast: boolean) =>
    scoreUnits(db, { set, units: [around.own.unit], ...period, now, withPast })
  expect(around.own.now).toEqual((await fresh(november, false))[0])
  expect(around.own.before).toEqual((await fresh(october, false))[0])
  expect(around.months).toEqual(monthsUpTo('2026-11-20', 12))
  expect(around.own.months).toEqual(
    await Promise.all(around.months.map(async (month) => (await fresh(month, true))[0])),
  )
  expect(around.peers).toHaveLength(42)
  expect(around.peers.map(({ unit }) => unit.code)).toContain(place)
  expect(around.below).toEqual([])
})

test('around the province are its communes, below it what it holds; the whole has nobody beside it', async () => {
  const province = (await scoresAround(db, { unit: 'H99', ...november, before: october, now, clock }))!
  expect(province.peers).toHaveLength(42)
  expect(province.below.length).toBeGreaterThan(42)
  expect(province.own.now.counts.onlineDossiers![1]).toBeGreaterThan(0)
  const whole = (await scoresAround(db, { unit: '', ...november, before: october, now, clock }))!
  expect(whole.below.map(({ unit }) => unit.code)).toEqual(['H99'])
  expect(await scoresAround(db, { unit: 'H11', ...november, before: october, now, clock })).toBeUndefined()
})
