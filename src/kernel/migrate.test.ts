import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/harness/database.ts'
import { migrate } from './migrate.ts'

const db = await testDatabase()
const dir = mkdtempSync(join(tmpdir(), 'migrations-'))
afterAll(() => rmSync(dir, { recursive: true }))

// The template is migrated already; these stories begin from an empty list.
await db.pool.query('delete from public.motcua_migration')
writeFileSync(join(dir, '0001_shop_open.sql'), 'create schema shop; create table shop.bread (id int);')

test('applies each file once', async () => {
  expect(await migrate(db.url, dir)).toEqual(['0001_shop_open.sql'])
  expect(await migrate(db.url, dir)).toEqual([])
})

test('a file that fails leaves nothing behind and is named with its line', async () => {
  const broken = join(dir, '0002_shop_broken.sql')
  writeFileSync(broken, 'create table shop.cake (id int);\nselect nonsense;')
  await expect(migrate(db.url, dir)).rejects.toThrow(/0002_shop_broken\.sql, line 2/)
  const { rows } = await db.pool.query("select to_regclass('shop.cake') as cake")
  expect(rows[0].cake).toBeNull()
  rmSync(broken)
})

test('two servers that start together apply each file once', async () => {
  writeFileSync(join(dir, '0003_shop_tea.sql'), 'create table shop.tea (id int);')
  const applied = await Promise.all([migrate(db.url, dir), migrate(db.url, dir)])
  expect(applied.flat()).toEqual(['0003_shop_tea.sql'])
})

test('refuses a shipped file that was changed', async () => {
  writeFileSync(join(dir, '0001_shop_open.sql'), 'create schema shop;')
  await expect(migrate(db.url, dir)).rejects.toMatchObject({ code: 'migration-changed' })
})

test('refuses a database that is newer than the program', async () => {
  rmSync(join(dir, '0001_shop_open.sql'))
  await expect(migrate(db.url, dir)).rejects.toMatchObject({ code: 'database-newer' })
})
