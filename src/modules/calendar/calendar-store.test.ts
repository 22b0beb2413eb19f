import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { addVersion, computeDue, forgetCalendars, loadCalendar } from './index.ts'

const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })
const acceptedAt = '2026-11-23T02:00:00.000Z'
const limit = { amount: 1, unit: 'working-day' as const }

test('each authority has its own closing time', async () => {
  const hoaSen = await loadCalendar(db, { authorityCode: 'H99.12' })
  const benGo = await loadCalendar(db, { authorityCode: 'H99.13' })
  expect(computeDue({ acceptedAt, limit, calendar: hoaSen }).dueAt).toBe('2026-11-24T10:30:00.000Z')
  expect(computeDue({ acceptedAt, limit, calendar: benGo }).dueAt).toBe('2026-11-24T10:00:00.000Z')
  expect(hoaSen.minutesPerDay).toBe(480)
  expect(benGo.minutesPerDay).toBe(450)
})

test('the Saturday desk of the commune police receives people but runs no clock', async () => {
  const police = await loadCalendar(db, { authorityCode: 'H99.10.01' })
  expect(police.saturdayDesk).toEqual(['07:30', '11:30'])
  const friday = computeDue({ acceptedAt: '2026-11-20T02:00:00.000Z', limit, calendar: police })
  expect(friday.dueAt).toBe('2026-11-23T10:30:00.000Z')
})

test('an authority that states no hours keeps the usual ones', async () => {
  const calendar = await loadCalendar(db, { authorityCode: 'X00' })
  expect(calendar.hours).toEqual([
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ])
})

test('a corrected year is a new version, and the same days again change nothing', async () => {
  const publish = (status: 'pending' | 'official', hash: string) =>
    addVersion(db.pool, {
      territory: 'VN',
      year: 2026,
      source: 'thông báo sửa đổi',
      hash,
      days: [
        {
          date: '2026-11-24',
          kind: 'statutory_holiday',
          name: 'Ngày Văn hóa Việt Nam',
          status,
          basis: 'BLLĐ',
        },
      ],
    })
  await publish('official', 'second')
  await publish('official', 'second')
  const { rows } = await db.pool.query(
    'select max(version) as newest from calendar.version where year = 2026',
  )
  expect(rows[0].newest).toBe(2)
  forgetCalendars(db)
  const calendar = await loadCalendar(db, { authorityCode: 'H99.12' })
  expect(calendar.version).toContain('VN-2026.2')
  expect(computeDue({ acceptedAt, limit, calendar }).dueAt).toBe('2026-11-25T10:30:00.000Z')
})
