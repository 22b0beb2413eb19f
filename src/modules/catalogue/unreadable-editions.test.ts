import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { findVersion, forgetVersions, unreadableEditions } from './index.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 2 })
afterAll(() => db.close())

test('an edition that no longer reads is named, and all others are in force', async () => {
  expect(await unreadableEditions(db)).toEqual([])
  await database.pool.query(
    `update catalogue.procedure_version set definition = definition - 'cases' where procedure_code = '1.004873'`,
  )
  forgetVersions(db)
  expect(await unreadableEditions(db)).toEqual(['1.004873 1'])
  expect(await findVersion(db, '1.004873', '2026-11-20')).toBeUndefined()
  expect(await findVersion(db, '1.001193', '2026-11-20')).toBeDefined()
})
