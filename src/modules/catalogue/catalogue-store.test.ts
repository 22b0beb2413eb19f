import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { findListedProcedure, lifeEvents, listFields, resultsOf, searchProcedures } from './index.ts'

const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })

test('holds the national list with results', async () => {
  const { rows } = await db.pool.query(
    `select (select count(*) from catalogue.procedure where publisher is not null) as procedures,
            (select count(*) from catalogue.procedure_result) as results`,
  )
  expect(rows[0]).toEqual({ procedures: 2642, results: 3452 })
  expect(await findListedProcedure(db, '1.001193')).toMatchObject({
    plainName: 'Làm giấy khai sinh cho con',
    field: 'Hộ tịch',
    channels: expect.arrayContaining(['direct']),
  })
  expect((await resultsOf(db, '1.001193')).length).toBeGreaterThan(0)
})

test('pages through what was found, each procedure once', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = accepted(await searchProcedures(db, { q: 'dang ky', limit: 50, cursor }))
    seen.push(...page.items.map(({ code }) => code))
    cursor = page.nextCursor ?? undefined
    expect(page.total).toBeGreaterThanOrEqual(seen.length)
  } while (cursor)
  expect(new Set(seen).size).toBe(seen.length)
})

test('keeps to a field when asked', async () => {
  const page = accepted(await searchProcedures(db, { q: 'dang ky', field: 'Hộ tịch', limit: 100 }))
  expect(new Set(page.items.map(({ field }) => field))).toEqual(new Set(['Hộ tịch']))
})

test('refuses a cursor that it did not give', async () => {
  const page = await searchProcedures(db, { q: 'dang ky', cursor: 'xyz' })
  expect(isRefusal(page) && page.code).toBe('catalogue.unknown-cursor')
})

test('says whose procedures are in the list when nothing was found', async () => {
  const page = accepted(await searchProcedures(db, { q: 'xyzzy qwrtp' }))
  expect(page.items).toEqual([])
  expect(page.publishers.map(({ name }) => name)).toContain('Bộ Tư pháp')
})

test('knows eight life events, the birth of a child first', async () => {
  const events = await lifeEvents(db)
  expect(events).toHaveLength(8)
  expect(events[0]).toMatchObject({
    key: 'birth',
    entries: expect.arrayContaining([{ plainName: 'Làm giấy khai sinh cho con', codes: ['1.001193'] }]),
  })
})

test('lists the fields with their numbers', async () => {
  // The national list has forty-one; the groups of birth and death are not in it.
  expect(await listFields(db)).toContainEqual({ name: 'Hộ tịch', count: 43 })
})
