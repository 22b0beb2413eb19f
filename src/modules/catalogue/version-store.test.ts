import { expect, test } from 'vitest'
import { packagedFiles } from '../../../test/builders/packages.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { additionFor } from './cases.ts'
import { findListedProcedure } from './catalogue-store.ts'
import { feesFor, totalOf } from './fees.ts'
import {
  findVersion,
  forgetVersions,
  getVersion,
  listVersions,
  loadProcedureVersions,
} from './version-store.ts'

const { url, pool } = await testDatabase()
const db = openDatabase(url, { max: 2 })
const app = openDatabase(url, { role: 'motcua_app', max: 2 })
const today = '2026-11-21'

test('without the sample province a fee set by a council has no amount', async () => {
  expect(await loadProcedureVersions(db, { demonstration: false })).toBe(true)
  const version = await getVersion(app, '1.004873', 1)
  expect(totalOf(feesFor(version))).toBe(null)
})

test('the sample province fills in its own fees, marked as samples', async () => {
  expect(await loadProcedureVersions(db)).toBe(true)
  expect(await loadProcedureVersions(db)).toBe(false)
  forgetVersions(app)
  const [line] = feesFor((await findVersion(app, '1.004873', today))!)
  expect(line).toMatchObject({ amountVnd: 15_000, sample: true })
  expect(line?.text).toBe('15.000 đ mỗi hồ sơ; mức thu mẫu')
})

test('another province knows nothing of them, and national fees cannot be changed', async () => {
  const other = (await findVersion(app, '1.004873', today, { province: 'H01' }))!
  expect(totalOf(feesFor(other))).toBe(null)
  await pool.query(
    `insert into catalogue.province_fee values ('H99', '2.000635', 'copies', 1, 'thử', true, '2025-07-01', null)`,
  )
  forgetVersions(app)
  expect(totalOf(feesFor((await findVersion(app, '2.000635', today))!))).toBe(8_000)
})

test('a version is found on the days on which it is valid', async () => {
  expect(await findVersion(app, '1.001193', '2025-06-30')).toBeUndefined()
  expect((await findVersion(app, '1.001193', today))?.plainName).toBe('Làm giấy khai sinh cho con')
  expect(await findVersion(app, '9.999999', today)).toBeUndefined()
  const files = packagedFiles('procedure.json')
  expect(await listVersions(app, today)).toHaveLength(files.length)
})

test('a procedure that the national list lacks gets a row of its own', async () => {
  expect(await findListedProcedure(app, '1.014028')).toMatchObject({
    plainName: 'Tiền mai táng',
    filedHere: true,
  })
})

test('the sample province adds days where it is hard to reach, and nowhere else', async () => {
  const { limit } = (await findVersion(app, '1.013225', today))!.cases[0]!
  expect(additionFor(limit, 'S9003')).toEqual({ days: 5, reason: 'xã vùng cao, đường đi xa (mẫu)' })
  for (const commune of ['S9001', null]) expect(additionFor(limit, commune)).toBeNull()
  const elsewhere = (await findVersion(app, '1.013225', today, { province: 'H01' }))!.cases[0]!.limit
  expect(additionFor(elsewhere, 'S9003')).toBeNull()
})

test('an edition that no longer reads as one keeps no other procedure from being found', async () => {
  await pool.query(
    `update catalogue.procedure_version set definition = '{"procedureCode": "1.004873"}' where procedure_code = '1.004873'`,
  )
  forgetVersions(app)
  expect(await findVersion(app, '1.004873', today)).toBeUndefined()
  expect(await findVersion(app, '1.001193', today)).toMatchObject({ version: 1 })
  expect((await listVersions(app, today)).length).toBe(packagedFiles('procedure.json').length - 1)
})
