import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { inTransaction, openDatabase } from '../../kernel/db.ts'
import { enterInLog, logEntriesOf, type Received, readLogEntries } from './log-entries.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app', max: 6 })
afterAll(() => db.close())

let unit = 0
const aUnit = () => `H99.${++unit}`
const received = (authorityCode: string, receivedOn = '2026-11-20'): Received => ({
  dossierId: randomUUID(),
  authorityCode,
  receivedOn,
})
const enter = (...lines: Received[]) => inTransaction(db, (tx) => enterInLog(tx, lines))
const numbersIn = async (authorityCode: string, from = '2026-01-01', to = '2027-12-31') =>
  (await readLogEntries(db.pool, { authorityCode, from, to, limit: 1000 })).map(
    ({ year, n }) => `${n}/${year}`,
  )

test('dossiers are numbered in the order given, by unit and year', async () => {
  const [here, there] = [aUnit(), aUnit()]
  await enter(received(here), received(there), received(here), received(here, '2027-01-04'))
  await enter(received(here))
  expect(await numbersIn(here)).toEqual(['1/2026', '2/2026', '3/2026', '1/2027'])
  expect(await numbersIn(there)).toEqual(['1/2026'])
})

test('a dossier stands on one line, however often it is entered', async () => {
  const here = aUnit()
  const dossier = received(here)
  await enter(dossier, dossier)
  await enter(received(here), dossier)
  expect(await numbersIn(here)).toEqual(['1/2026', '2/2026'])
  expect(await logEntriesOf(db.pool, [dossier.dossierId])).toEqual([
    { dossierId: dossier.dossierId, year: 2026, n: 1 },
  ])
})

test('several who enter at once leave no gap', async () => {
  const [here, there] = [aUnit(), aUnit()]
  const same = received(here)
  await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      i % 2 === 0 ? enter(same, received(there), received(here)) : enter(received(there), same),
    ),
  )
  expect(await numbersIn(here)).toEqual(['1/2026', '2/2026', '3/2026', '4/2026'])
  expect(await numbersIn(there)).toHaveLength(6)
})

test('a roll-back gives the numbers back', async () => {
  const here = aUnit()
  await enter(received(here))
  await inTransaction(db, async (tx) => {
    await enterInLog(tx, [received(here)])
    throw new Error('no')
  }).catch(() => undefined)
  await enter(received(here))
  expect(await numbersIn(here)).toEqual(['1/2026', '2/2026'])
})

test('a period includes both its days', async () => {
  const here = aUnit()
  await enter(received(here, '2026-11-19'), received(here, '2026-11-20'), received(here, '2026-11-21'))
  expect(await numbersIn(here, '2026-11-20', '2026-11-21')).toEqual(['2/2026', '3/2026'])
})

test('the application cannot renumber what was entered', async () => {
  await expect(db.pool.query('update documents.log_entry set n = 7')).rejects.toThrow('permission denied')
  await expect(db.pool.query('delete from documents.log_entry')).rejects.toThrow('permission denied')
})
