import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { migrateJobs } from '../../kernel/jobs.ts'
import { at } from '../../kernel/time.ts'
import { shippedCalendar } from '../calendar/index.ts'
import type { Person } from '../identity/index.ts'
import { messagesOf, outbox } from '../notifications/index.ts'
import { stateRule } from '../retention/index.ts'
import { book, cancelBooking, markMissed, moveBooking, offerOf, receiveBooking } from './bookings.ts'
import { attendanceOf, type Booking, bookingsOf, bookingsOn } from './bookings-store.ts'
import { purgeBookings } from './purge-bookings.ts'
import { remindBookings, workingDayBefore } from './remind-bookings.ts'

const desk = await aDesk()
const { db, database, officer } = desk
await migrateJobs(database.url)
afterAll(() => db.close())

let now = morning
const door = { db, now: () => now }
const reception = officer(staff.reception)
const names = {
  authority: () => ({ name: 'Ủy ban nhân dân phường Hoa Sen', shortName: 'UBND phường Hoa Sen' }),
  procedure: () => undefined,
  officer: () => undefined,
}
const remind = () =>
  remindBookings(db, { names, baseUrl: 'https://dichvucong.songmai.example', now: door.now })

const person = (): Person => ({
  ...{ kind: 'person', personId: randomUUID(), name: 'Trần Thị Lụa', personalId: '099150000004' },
  ...{ phone: '0912345678', assurance: 2, organisations: [] },
})
const counter = { authority: 'H99.12', procedureCode: '2.000815' }
const papers = [{ name: 'Bằng tốt nghiệp', pages: 2, copies: 1 }]

/** A free time on a date. */
async function timeOn(date: string): Promise<string> {
  const day = (await offerOf(door, counter)).find((each) => each.date === date)
  return day!.slots.find(({ free }) => free > 0)!.startsAt
}

async function booked(who: Person, date: string, phone: string | null = '0912345678'): Promise<Booking> {
  return accepted(await book(door, who, { ...counter, startsAt: await timeOn(date), phone, papers }))
}

const told = (who: Person) => messagesOf(db.pool, who.personId)
const textsTo = async (phone: string) =>
  (await outbox(db.pool)).filter(({ recipient }) => recipient === phone)

// Thursday is the morning on which everybody books.
const thursday = morning
const [friday, monday, tuesday] = ['2026-11-20', '2026-11-23', '2026-11-24']
const eight = (date: string) => at(date, '08:00')

const calendar = await shippedCalendar()

describe('the working day before', () => {
  test('is the day before in the week, and Friday for a Monday and for a Saturday desk', () => {
    expect(workingDayBefore(calendar, tuesday)).toBe(monday)
    expect(workingDayBefore(calendar, monday)).toBe(friday)
    expect(workingDayBefore(calendar, '2026-11-21')).toBe(friday)
  })

  test('leaves out holidays, and is the day before where no days off are published', () => {
    expect(workingDayBefore(calendar, '2026-05-04')).toBe('2026-04-29')
    expect(workingDayBefore(calendar, '2039-11-24')).toBe('2039-11-23')
  })
})

describe('who booked a time', () => {
  test('is reminded on the working day before, in the app and by text, once', async () => {
    now = thursday
    const who = { ...person(), phone: '0911000001' }
    const booking = await booked(who, monday, '0911000001')
    await remind()
    expect(await told(who)).toEqual([])
    now = eight(friday)
    await remind()
    await remind()
    const [message, ...more] = await told(who)
    expect(more).toEqual([])
    expect(message).toMatchObject({
      kind: 'booking-reminder',
      dossierCode: '',
      dossierId: null,
      href: '/hen',
    })
    expect(message!.text).toContain(booking.code)
    expect(message!.text).toContain('23/11/2026')
    const texts = await textsTo('0911000001')
    expect(texts.map(({ text }) => text)).toEqual([expect.stringMatching(/^[\x20-\x7e]{40,160}$/)])
    expect(texts[0]!.text).toContain(booking.code)
    expect(texts[0]!.text).not.toMatch(/Lua|Bang tot nghiep/)
  })

  test('without a phone is reminded in the app alone', async () => {
    now = thursday
    const who = person()
    await booked(who, monday, null)
    now = eight(friday)
    const before = (await outbox(db.pool, { limit: 500 })).length
    await remind()
    expect(await told(who)).toHaveLength(1)
    expect((await outbox(db.pool, { limit: 500 })).length).toBe(before)
  })

  test('is not reminded of what was cancelled, nor of what was booked on that very day', async () => {
    now = thursday
    const [who, late] = [person(), person()]
    const { code } = await booked(who, monday)
    accepted(await cancelBooking(door, who, code))
    now = eight(friday)
    await booked(late, monday)
    await remind()
    expect([await told(who), await told(late)]).toEqual([[], []])
  })

  test('is reminded of the new time after moving, and late where the morning was missed', async () => {
    now = thursday
    const [who, other] = [person(), person()]
    const { code } = await booked(who, monday)
    await booked(other, monday)
    now = eight(friday)
    await remind()
    accepted(await moveBooking(door, who, { code, startsAt: await timeOn('2026-11-25') }))
    now = at(tuesday, '08:00')
    await remind()
    expect((await told(who)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('25/11/2026'),
      expect.stringContaining('23/11/2026'),
    ])
    now = thursday
    const missed = person()
    const hours = (await offerOf(door, counter)).find(({ date }) => date === monday)!.slots
    const { startsAt } = hours.findLast(({ free }) => free > 0)!
    accepted(await book(door, missed, { ...counter, startsAt, phone: null, papers }))
    now = eight(monday)
    await remind()
    expect(await told(missed)).toHaveLength(1)
  })
})

describe('when the period of bookings is over', () => {
  const year = { authority: 'H99.12', from: at('2026-01-01', '00:00'), to: at('2027-01-01', '00:00') }

  test('the person goes with everything personal; who came and who did not is counted as before', async () => {
    now = thursday
    const [came, missed] = [person(), person()]
    const first = await booked(came, monday)
    const second = await booked(missed, monday, '0911000009')
    now = eight(friday)
    await remind()
    now = at(monday, '17:00')
    accepted(await receiveBooking(door, reception, { code: first.code, dossierCode: 'H99.12-261123-00001' }))
    accepted(await markMissed(door, reception, { code: second.code }))
    const before = await attendanceOf(db.pool, year)
    expect(before).toMatchObject({ received: 1, missed: 1 })

    // A year counted from the end of the year: the last day is 31 December of the next.
    expect(await purgeBookings(db, at('2027-12-31', '20:00'))).toEqual([])
    const erased = await purgeBookings(db, at('2028-01-01', '02:20'))
    expect(erased).toContainEqual({ authority: 'H99.12', rule: 'booking', state: 'missed', bookings: 1 })
    expect(await purgeBookings(db, at('2028-01-02', '02:20'))).toEqual([])

    expect(await attendanceOf(db.pool, year)).toEqual(before)
    expect(await bookingsOf(db.pool, missed.personId, now)).toEqual([])
    expect(await bookingsOn(db.pool, { authority: 'H99.12', date: monday })).toEqual([])
    expect([await told(came), await told(missed)]).toEqual([[], []])
    const left = await database.pool.query(
      `select b::text || coalesce(string_agg(c::text, ' '), '') as row from appointments.booking b
       left join appointments.change c on c.booking_id = b.id group by b.id, b`,
    )
    const rows = left.rows.map(({ row }) => row).join('\n')
    for (const word of [
      'Trần',
      '099150000004',
      '091',
      'Bằng',
      first.code,
      second.code,
      came.personId,
      missed.personId,
    ])
      expect(rows).not.toContain(word)
    const entries = await database.pool.query(
      `select data from journal.entry where kind = 'retention.bookings-purged'`,
    )
    expect(entries.rows).toEqual([{ data: { erased } }])
  })

  test('a longer period that somebody states keeps them longer', async () => {
    now = thursday
    const who = person()
    await booked(who, monday)
    const period = {
      id: 'booking-copies',
      validFrom: '2027-01-01',
      part: 'booking',
      years: 3,
      procedureCode: '2.000815',
    }
    const said = { basis: 'Quyết định của tỉnh', source: 'Quyết định 1/QĐ-UBND', confidence: 'C' }
    accepted(await stateRule(db, { ...period, ...said }, { by: 'H99', now }))
    expect(await purgeBookings(db, at('2028-06-01', '02:20'))).toEqual([])
    const erased = await purgeBookings(db, at('2030-01-01', '02:20'))
    expect(new Set(erased.map(({ rule }) => rule))).toEqual(new Set(['booking-copies']))
    expect(await bookingsOf(db.pool, who.personId, now)).toEqual([])
  })

  test('the application can neither delete a booking nor write another person into it', async () => {
    for (const sql of [
      'delete from appointments.booking',
      `update appointments.booking set name = 'Ai đó'`,
      `update appointments.change set actor_id = ''`,
    ])
      await expect(db.pool.query(sql)).rejects.toThrow('permission denied')
  })
})
