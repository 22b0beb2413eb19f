import { afterEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { listAuthorities } from '../directory/index.ts'
import { authoritiesOf, calendarOfVersions, draftCalendar, loadCalendar } from './authority-calendar.ts'
import { changedBetween } from './calendar-change.ts'
import { addVersion, findYear, yearsPublished } from './calendar-store.ts'
import { computeDue } from './due.ts'
import { publishYear } from './publish-year.ts'
import { addWorkingHours } from './working-time.ts'

const { url } = await testDatabase({ reference: true })
const db = openDatabase(url, { role: 'motcua_app', max: 2 })
const acceptedAt = '2026-11-23T02:00:00.000Z'
const limit = { amount: 1, unit: 'working-day' as const }
const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()

const aDay = (date: string, more: object = {}) => ({
  date,
  kind: 'statutory_holiday' as const,
  name: 'Ngày hội của tỉnh',
  status: 'official' as const,
  basis: 'Quyết định của Ủy ban nhân dân tỉnh',
  ...more,
})
const aYear = (more: object = {}) => ({
  territory: 'H99',
  year: 2027,
  days: [aDay('2027-06-15')],
  source: 'Quyết định 12/QĐ-UBND',
  by: 'officer-1',
  ...more,
})

afterEach(() => vi.restoreAllMocks())

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
  const dueOf = (received: string, unit: 'working-day' | 'working-hour' | 'same-day') =>
    computeDue({ acceptedAt: at(received), limit: { amount: 1, unit }, calendar: police }).dueAt
  expect(dueOf('2026-11-20T09:00', 'working-day')).toBe(at('2026-11-23T17:30'))
  expect(dueOf('2026-11-21T09:00', 'working-day')).toBe(at('2026-11-23T17:30'))
  expect(dueOf('2026-11-21T09:00', 'working-hour')).toBe(at('2026-11-23T08:30'))
  expect(dueOf('2026-11-21T09:00', 'same-day')).toBe(at('2026-11-23T17:30'))
  expect(addWorkingHours(police, at('2026-11-21T09:00'), 8)).toBe(at('2026-11-23T17:30'))
})

test('a Saturday worked in exchange for a day off runs the clock, also at a Saturday desk', async () => {
  const police = await loadCalendar(db, { authorityCode: 'H99.10.01' })
  const hours = { amount: 1, unit: 'working-hour' as const }
  const due = computeDue({ acceptedAt: at('2026-08-22T09:00'), limit: hours, calendar: police })
  expect(due.dueAt).toBe(at('2026-08-22T10:00'))
})

test('an authority that states no hours keeps the usual ones', async () => {
  const calendar = await loadCalendar(db, { authorityCode: 'X00' })
  expect(calendar.hours).toEqual([
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ])
})

test('a corrected year is a new version, and the same days again change nothing', async () => {
  const year = { territory: 'VN', year: 2026, days: [aDay('2026-11-24')] }
  expect(await publishYear(db, aYear(year))).toEqual({ territory: 'VN', year: 2026, version: 2 })
  expect(await publishYear(db, aYear(year))).toEqual({ territory: 'VN', year: 2026, version: null })
  const calendar = await loadCalendar(db, { authorityCode: 'H99.12' })
  expect(calendar.version).toContain('VN-2026.2')
  expect(computeDue({ acceptedAt, limit, calendar }).dueAt).toBe('2026-11-25T10:30:00.000Z')
})

test('a due date of an earlier version can still be explained', async () => {
  const now = await loadCalendar(db, { authorityCode: 'H99.12' })
  const version = now.version.replace('VN-2026.2', 'VN-2026.1')
  const then = await calendarOfVersions(db, { authorityCode: 'H99.12', version })
  expect(then!.version).toBe(version)
  expect(computeDue({ acceptedAt, limit, calendar: then! }).dueAt).toBe('2026-11-24T10:30:00.000Z')
  expect(await calendarOfVersions(db, { authorityCode: 'H99.12', version: now.version })).toBe(now)
})

test('a version text brings the working hours of its time; without them those of today are taken', async () => {
  const hours = '@12345/08:00-12:00,13:00-16:00'
  const then = await calendarOfVersions(db, {
    authorityCode: 'H99.12',
    version: `VN-2026.1 VN-2027.1 ${hours}`,
  })
  expect(then!.hours).toEqual([
    ['08:00', '12:00'],
    ['13:00', '16:00'],
  ])
  const old = await calendarOfVersions(db, { authorityCode: 'H99.12', version: 'VN-2026.1' })
  expect(old!.minutesPerDay).toBe(480)
  expect(old!.years).toEqual([2026])
})

test.each([
  'VN-2026.9',
  'H99-1999.1 VN-2026.1',
  'db/reference/holidays.csv',
  '',
  'VN-2026.1 @9/x',
  'VN-2026.x',
])('there is no calendar of "%s"', async (version) => {
  expect(await calendarOfVersions(db, { authorityCode: 'H99.12', version })).toBeUndefined()
})

test('a province publishes days of its own, for itself and everybody under it', async () => {
  accepted(await publishYear(db, aYear()))
  accepted(await publishYear(db, aYear({ territory: 'H99.12', days: [aDay('2027-06-16')] })))
  const calendarOf = (authorityCode: string) => loadCalendar(db, { authorityCode })
  const province = await calendarOf('H99')
  const hoaSen = await calendarOf('H99.12')
  const land = await calendarOf('H99.05.01')
  const limit = { amount: 1, unit: 'working-day' as const }
  const dueOf = (calendar: typeof province) =>
    computeDue({ acceptedAt: at('2027-06-14T09:00'), limit, calendar }).dueAt
  expect(dueOf(province)).toBe(at('2027-06-16T17:00'))
  expect(dueOf(land)).toBe(at('2027-06-16T17:00'))
  expect(dueOf(hoaSen)).toBe(at('2027-06-17T17:30'))
  expect(hoaSen.version).toBe(
    'VN-2024.1 VN-2025.1 VN-2026.2 VN-2027.1 H99-2027.1 H99.12-2027.1 @12345/07:30-11:30,13:30-17:30',
  )
  const back = await calendarOfVersions(db, { authorityCode: 'H99.05.01', version: hoaSen.version })
  expect(dueOf(back!)).toBe(at('2027-06-17T17:30'))
})

test('days of a province do not make a year known that the country has not published', async () => {
  accepted(await publishYear(db, aYear({ year: 2028, days: [aDay('2028-06-15')] })))
  const calendar = await loadCalendar(db, { authorityCode: 'H99.12' })
  expect(calendar.years).toEqual([2024, 2025, 2026, 2027])
})

test('a draft shows what would change before it is published', async () => {
  const before = await loadCalendar(db, { authorityCode: 'H99.13' })
  const draft = { territory: 'H99', year: 2027, days: [aDay('2027-06-18')] }
  const after = await draftCalendar(db, { authorityCode: 'H99.13', draft })
  expect(changedBetween(before, after)).toEqual({
    dates: ['2027-06-15', '2027-06-18'],
    years: [],
    hours: false,
  })
  const elsewhere = await draftCalendar(db, {
    authorityCode: 'H99.13',
    draft: { ...draft, territory: 'H98' },
  })
  expect(changedBetween(before, elsewhere).dates).toEqual([])
})

test('tells whose calendar has the days of a territory', async () => {
  const all = await listAuthorities(db)
  expect(await authoritiesOf(db, 'VN')).toHaveLength(all.length)
  expect(await authoritiesOf(db, 'H99.05')).toEqual(['H99.05', 'H99.05.01'])
  expect(await authoritiesOf(db, 'H98')).toEqual([])
})

test('what another process publishes is known after two seconds', async () => {
  const other = openDatabase(url, { role: 'motcua_app', max: 1 })
  const before = await loadCalendar(db, { authorityCode: 'H99.12' })
  const days = [aDay('2027-06-15'), aDay('2027-06-17')]
  accepted(await publishYear(other, aYear({ days })))
  expect(await loadCalendar(db, { authorityCode: 'H99.12' })).toBe(before)
  const later = performance.now() + 2001
  vi.spyOn(performance, 'now').mockReturnValue(later)
  const after = await loadCalendar(db, { authorityCode: 'H99.12' })
  expect(changedBetween(before, after).dates).toEqual(['2027-06-17'])
  expect(after.version).toContain('H99-2027.2')
  await other.close()
})

test('two who publish at once get two numbers, or one is told to look again', async () => {
  const years = [1, 2, 3, 4].map((n) => aYear({ territory: 'H99.13', days: [aDay(`2027-07-0${n}`)] }))
  const outcomes = await Promise.all(years.map((year) => publishYear(db, year)))
  const numbers = outcomes.flatMap((outcome) => ('version' in outcome ? [outcome.version] : []))
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers).toContain(1)
})

test('a correction by people outlives the file that came before it', async () => {
  const file = { territory: 'VN', year: 2030, source: 'db/reference/holidays.csv', by: null }
  const fromFile = (date: string) => addVersion(db.pool, { ...file, days: [aDay(date)] }, { onlyNews: true })
  expect(await fromFile('2030-01-01')).toBe(1)
  accepted(await publishYear(db, aYear({ territory: 'VN', year: 2030, days: [aDay('2030-01-02')] })))
  expect(await fromFile('2030-01-01')).toBeUndefined()
  expect(await fromFile('2030-01-03')).toBe(3)
})

test('a year without special days can be published', async () => {
  accepted(await publishYear(db, aYear({ territory: 'VN', year: 2031, days: [] })))
  expect((await loadCalendar(db, { authorityCode: 'H99.12' })).years).toContain(2031)
})

test('refuses a year with everything that is wrong in it', async () => {
  const days = [
    aDay('2026-06-15'),
    aDay('2027-06-15'),
    aDay('2027-06-15'),
    aDay('2027-06-14', { kind: 'makeup_workday' }),
    aDay('2027-06-19', { kind: 'swapped_off', name: ' ' }),
    aDay('2027-02-30'),
    aDay('2027-06-17', { kind: 'party' }),
  ]
  expect(await publishYear(db, aYear({ days, source: '', by: 'a\u0000b' }))).toMatchObject({
    code: 'calendar.invalid-year',
    details: {
      problems: expect.arrayContaining([
        { field: 'days.4.name', code: 'calendar.input-too_small' },
        { field: 'days.5.date', code: 'calendar.input-invalid_format' },
        { field: 'days.6.kind', code: 'calendar.input-invalid_value' },
        { field: 'source', code: 'calendar.input-too_small' },
        { field: 'by', code: 'calendar.input-custom' },
        { field: 'days.0.date', code: 'calendar.day-other-year', params: { date: '2026-06-15', year: 2027 } },
        { field: 'days.2.date', code: 'calendar.day-twice', params: { date: '2027-06-15', year: 2027 } },
        {
          field: 'days.3.date',
          code: 'calendar.day-make-up-on-a-working-day',
          params: { date: '2027-06-14', year: 2027 },
        },
        {
          field: 'days.4.date',
          code: 'calendar.day-off-on-a-day-off',
          params: { date: '2027-06-19', year: 2027 },
        },
      ]),
    },
  })
})

test.each([
  [{ territory: 'H98' }, 'calendar.unknown-territory'],
  [{ year: 9999 }, 'calendar.invalid-year'],
  [{ year: 1900 }, 'calendar.invalid-year'],
  [{ year: 2027.5 }, 'calendar.invalid-year'],
  [{ days: 'none' }, 'calendar.invalid-year'],
  [{ territory: '' }, 'calendar.invalid-year'],
])('refuses %o', async (wrong, code) => {
  expect(await publishYear(db, aYear(wrong))).toMatchObject({ refused: true, code })
})

test('who publishes without having seen the newest version is told to look again', async () => {
  const year = { territory: 'H99.14', year: 2027 }
  const publish = (date: string, seen: number | null) =>
    publishYear(db, aYear({ ...year, days: [aDay(date)] }), { seen })
  expect(await publish('2027-08-02', 1)).toMatchObject({ code: 'calendar.published-meanwhile' })
  expect(await publish('2027-08-02', null)).toMatchObject({ version: 1 })
  expect(await publish('2027-08-03', null)).toMatchObject({ code: 'calendar.published-meanwhile' })
  const both = await Promise.all([publish('2027-08-03', 1), publish('2027-08-04', 1)])
  expect(both.filter((outcome) => 'version' in outcome)).toHaveLength(1)
  expect(await findYear(db.pool, year)).toMatchObject({
    ...{ ...year, version: 2, by: 'officer-1', source: 'Quyết định 12/QĐ-UBND' },
    days: [{ kind: 'statutory_holiday', note: null }],
  })
})

test('what is stored beside a version is stored with it or not at all', async () => {
  const year = { territory: 'H99.15', year: 2027, days: [aDay('2027-08-02')] }
  const breaks = publishYear(db, aYear(year), { beside: () => Promise.reject(new Error('broken')) })
  await expect(breaks).rejects.toThrow('broken')
  expect(await yearsPublished(db.pool, 'H99.15')).toEqual([])
  const told: unknown[] = []
  const beside = async (_: unknown, published: unknown) => void told.push(published)
  accepted(await publishYear(db, aYear(year), { beside }))
  accepted(await publishYear(db, aYear(year), { beside }))
  expect(told).toEqual([{ territory: 'H99.15', year: 2027, version: 1 }])
})
