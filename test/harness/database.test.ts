import { expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const [bare, full] = [await testDatabase(), await testDatabase({ reference: true })]

test('each test file gets a migrated database of its own', async () => {
  const names = await Promise.all(
    [bare, full].map((db) => db.pool.query('select current_database() as name')),
  )
  expect(new Set(names.map(({ rows }) => rows[0].name)).size).toBe(2)
  const { rows } = await bare.pool.query('select count(*) as files from public.motcua_migration')
  expect(Number(rows[0].files)).toBeGreaterThan(5)
})

test('reference data is there when it is asked for', async () => {
  const count = async (db: typeof bare) => {
    const { rows } = await db.pool.query(
      "select count(*) as units from directory.administrative_unit where level = 'commune'",
    )
    return Number(rows[0].units)
  }
  expect(await count(bare)).toBe(0)
  expect(await count(full)).toBeGreaterThanOrEqual(3321)
})

test('the application role may read what the owner made, and cannot rewrite the past', async () => {
  const client = await bare.pool.connect()
  await client.query('set role motcua_app')
  await expect(client.query('update journal.entry set kind = kind')).rejects.toThrow(/permission denied/)
  await client.query('reset role')
  client.release()
})
