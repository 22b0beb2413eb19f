import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawSchema } from '../src/kernel/schema-picture.ts'
import { testDatabase } from './harness/database.ts'

const db = await testDatabase()
const committed = join(import.meta.dirname, '../db/schema.sql')

test('db/schema.sql shows the database that the migrations make (npm run -s motcua -- schema --write)', async () => {
  expect(await drawSchema(db.url)).toBe(readFileSync(committed, 'utf8'))
})
