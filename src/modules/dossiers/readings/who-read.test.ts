import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import type { Actor } from '../../identity/index.ts'
import { createDossiers } from '../dossier-service.ts'
import { noteReadings } from './note-readings.ts'
import { asOfficer, quarterOf } from './reading.ts'
import { readersOf, recordExport } from './readings-store.ts'

const desk = await aDesk()
const at = new Date('2026-11-19T02:07:00Z')
const failures: unknown[] = []
let readings = noteReadings(desk.db.pool)
let dossiers = service()
afterAll(async () => {
  await readings.close()
  await desk.db.close()
})
beforeEach(() => {
  readings = noteReadings(desk.db.pool, { restMs: 60_000, onFailure: (error) => failures.push(error) })
  dossiers = service()
})

function service() {
  return createDossiers(
    desk.db,
    () => undefined,
    [],
    () => at,
    undefined,
    readings,
  )
}

const rows = async ({ id }: { id: string }) =>
  (
    await desk.database.pool.query(
      'select reader_kind, reader_id, how, authority, post, task from dossiers.reading where dossier_id = $1 order by read_at, reader_id',
      [id],
    )
  ).rows
const partner: Actor = {
  kind: 'system',
  clientId: 'partner-1',
  name: 'Hệ thống bạn',
  scopes: ['dossiers:read'],
}

describe('who opens a dossier', () => {
  test('an officer is written down with post, authority and the task that waits for them', async () => {
    const { dossier } = await desk.file()
    const officer = desk.officer(staff.reception)
    accepted(await dossiers.view(officer, dossier.code))
    await readings.close()
    const { postId } = officer.posts[0]!
    expect(await rows(dossier)).toEqual([
      {
        ...{ reader_kind: 'officer', reader_id: officer.officerId, how: 'opened' },
        ...{ authority: 'H99.12', post: postId, task: 1 },
      },
    ])
  })

  test('whoever has no work in it is written down without a task', async () => {
    const { dossier } = await desk.file()
    accepted(await dossiers.view(desk.officer(staff.control), dossier.code))
    await readings.close()
    expect(await rows(dossier)).toMatchObject([{ authority: 'H99.12', task: null }])
  })

  test('a partner system is written down by its name alone', async () => {
    const { dossier } = await desk.file()
    accepted(await dossiers.view(partner, dossier.code))
    await readings.close()
    expect(await rows(dossier)).toEqual([
      {
        ...{ reader_kind: 'system', reader_id: 'partner-1', how: 'opened' },
        ...{ authority: null, post: null, task: null },
      },
    ])
  })

  test('neither its own people, nor who is refused, nor the platform itself leaves a line', async () => {
    const { dossier } = await desk.file()
    accepted(await dossiers.view(desk.citizen(), dossier.code))
    for (const stranger of [desk.officer(staff.elsewhere), { ...partner, authorityCodes: ['H99.13'] }])
      expect(isRefusal(await dossiers.view(stranger, dossier.code))).toBe(true)
    accepted(await dossiers.view(partner, dossier.code, { now: at, unnoted: true }))
    await readings.close()
    expect(await rows(dossier)).toEqual([])
  })

  test('a quarter of an hour is one line, however often and through whichever process', async () => {
    const { dossier } = await desk.file()
    const officer = desk.officer(staff.reception)
    const minutes = (n: number) => ({ now: new Date(at.getTime() + n * 60_000) })
    for (const n of [0, 1, 7, 8]) accepted(await dossiers.view(officer, dossier.code, minutes(n)))
    await readings.close()
    readings = noteReadings(desk.db.pool)
    dossiers = service()
    for (const n of [2, 9]) accepted(await dossiers.view(officer, dossier.code, minutes(n)))
    await readings.close()
    expect(await rows(dossier)).toHaveLength(2)
    expect(await readersOf(desk.db.pool, dossier.id)).toMatchObject([
      { times: 2, lastAt: minutes(8).now.toISOString() },
    ])
  })

  test('a quarter begins on the hour', () => {
    expect(quarterOf(new Date('2026-11-19T02:29:59.999Z')).toISOString()).toBe('2026-11-19T02:15:00.000Z')
  })
})

describe('nothing is lost', () => {
  test('what could not be written waits and is written later', async () => {
    const { dossier } = await desk.file()
    const blocked = { query: () => Promise.reject(new Error('the database is away')) }
    let database: typeof blocked | typeof desk.db.pool = blocked
    const through = { query: (...args: never[]) => (database.query as (...all: never[]) => unknown)(...args) }
    readings = noteReadings(through as never, { restMs: 5, onFailure: (error) => failures.push(error) })
    dossiers = service()
    accepted(await dossiers.view(desk.officer(staff.control), dossier.code))
    await expect.poll(() => failures.length).toBeGreaterThan(0)
    database = desk.db.pool
    await expect.poll(() => rows(dossier)).toHaveLength(1)
  })

  test('ending writes what waits, also more than one batch of it', async () => {
    const { dossier } = await desk.file()
    const many = Array.from({ length: 2500 }, (_, n) => ({
      ...{ dossierId: dossier.id, readerKind: 'system' as const, readerId: `s${n}`, how: 'opened' as const },
      ...{ authority: null, post: null, task: null, at },
    }))
    readings.note(many)
    await readings.close()
    expect(await rows(dossier)).toHaveLength(2500)
  })

  test('what the database can never take does not hold up the rest', async () => {
    const { dossier } = await desk.file()
    const one = { readerKind: 'system' as const, readerId: 's', how: 'opened' as const, at }
    const where = { authority: null, post: null, task: null }
    readings.note([
      { ...one, ...where, dossierId: '0199d000-0000-7000-8000-0000000000aa' },
      { ...one, ...where, dossierId: dossier.id },
    ])
    await readings.close()
    expect(await rows(dossier)).toHaveLength(1)
  })
})

describe('who is told', () => {
  test('its applicant, and nobody else', async () => {
    const { dossier } = await desk.file()
    accepted(await dossiers.view(desk.officer(staff.reception), dossier.code))
    await readings.close()
    const told = accepted(await dossiers.readers(desk.citizen(), dossier.code))
    expect(told).toMatchObject([{ readerKind: 'officer', times: 1, atWork: true, how: 'opened' }])
    const other = { ...desk.citizen(), personId: 'somebody-else', personalId: '001099000000' }
    expect(await dossiers.readers(other, dossier.code)).toMatchObject({ code: 'dossiers.not-found' })
    const officer = desk.officer(staff.reception) as unknown as typeof other
    expect(await dossiers.readers(officer, dossier.code)).toMatchObject({ code: 'dossiers.not-found' })
  })
})

test('a file that names its people is written down apart from opening it', async () => {
  const [{ dossier: one }, { dossier: two }] = [await desk.file(), await desk.file()]
  const by = asOfficer(desk.officer(staff.reception), ['H99.12'])
  await recordExport(desk.db.pool, by, { codes: [one.code, 'H99.12-261119-99999'], at })
  await recordExport(desk.db.pool, by, { codes: [one.code], at })
  expect(await rows(one)).toMatchObject([{ how: 'exported', authority: 'H99.12' }])
  expect(await rows(two)).toEqual([])
})

test('the application can add and read, and neither change nor remove', async () => {
  for (const sql of ['delete from dossiers.reading', `update dossiers.reading set reader_id = 'x'`])
    await expect(desk.db.pool.query(sql)).rejects.toThrow(/permission denied/)
})

test('a line holds ids alone', async () => {
  const { dossier } = await desk.file()
  const { name, personalId } = desk.citizen()
  accepted(await dossiers.view(desk.officer(staff.specialist), dossier.code, { now: morning }))
  await readings.close()
  const line = JSON.stringify(await rows(dossier))
  for (const words of [name, personalId!, desk.officer(staff.specialist).name])
    expect(line).not.toContain(words)
})
