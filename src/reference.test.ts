import { expect, test } from 'vitest'
import { testDatabase } from '../test/harness/database.ts'
import { openDatabase } from './kernel/db.ts'
import { loadReference } from './reference.ts'

test('loads everything once and nothing the second time, as the role of the application', async () => {
  const { url } = await testDatabase()
  const db = openDatabase(url, { role: 'motcua_app', max: 2 })
  const first = await loadReference(db, { demonstration: true })
  expect(first.slice(0, 3)).toEqual(['directory', 'calendar', 'catalogue'])
  expect(await loadReference(db, { demonstration: true })).toEqual([])
  await db.close()
})

test('a real installation holds nothing of the sample province', async () => {
  const { url } = await testDatabase()
  const db = openDatabase(url, { role: 'motcua_app', max: 2 })
  await loadReference(db, { demonstration: false })
  const { rows } = await db.pool.query(
    `select (select count(*) from directory.authority) as authorities,
            (select count(*) from directory.administrative_unit where sample) as places`,
  )
  expect(rows[0]).toEqual({ authorities: 0, places: 0 })
  await db.close()
})
