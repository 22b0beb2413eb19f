import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import type { Person } from '../identity/index.ts'
import {
  book,
  cancelBooking,
  markMissed,
  moveBooking,
  offerOf,
  receiveBooking,
  stateOpening,
} from './bookings.ts'
import { bookingsOf, bookingsOn, findOpening } from './bookings-store.ts'

const desk = await aDesk()
const { db, officer } = desk
afterAll(() => db.close())

let now = morning
const door = { db, now: () => now }
const reception = officer(staff.reception)
const head = officer(staff.head)
const elsewhere = officer(staff.elsewhere)

const person = (): Person => ({
  ...{ kind: 'person', personId: randomUUID(), name: 'Trần Thị Lụa', personalId: '099150000004' },
  ...{ phone: '0912345678', assurance: 2, organisations: [] },
})
const counter = { authority: 'H99.12', procedureCode: '2.000815' }
const papers = [{ name: 'Bằng tốt nghiệp', pages: 2, copies: 1 }]
const wish = (startsAt: string) => ({ ...counter, startsAt, phone: '0912345678', papers })

let next = 0
/** A time of its own for each test. */
async function aTime(): Promise<string> {
  const times = (await offerOf(door, counter)).flatMap(({ slots }) => slots).filter(({ free }) => free === 2)
  return times[20 + next++]!.startsAt
}

describe('a person', () => {
  test('books a time, moves it and gives it back', async () => {
    const who = person()
    const [first, second] = [await aTime(), await aTime()]
    const booking = accepted(await book(door, who, wish(first)))
    expect(booking).toMatchObject({ state: 'booked', name: who.name, startsAt: first, papers })
    const moved = accepted(await moveBooking(door, who, { code: booking.code, startsAt: second }))
    expect(moved).toMatchObject({ id: booking.id, code: booking.code, startsAt: second })
    accepted(await cancelBooking(door, who, booking.code))
    expect(await cancelBooking(door, who, booking.code)).toMatchObject({ code: 'appointments.too-late' })
    expect((await bookingsOf(db.pool, who.personId, now)).map(({ state }) => state)).toEqual(['cancelled'])
  })

  test('has at most two open bookings, however many presses come at once', async () => {
    const who = person()
    const times = [await aTime(), await aTime(), await aTime(), await aTime()]
    const answers = await Promise.all(times.map((time) => book(door, who, wish(time))))
    const codes = answers.map((each) => ('kind' in each ? each.code : 'booked')).toSorted()
    expect(codes).toEqual(['appointments.too-many', 'appointments.too-many', 'booked', 'booked'])
  })

  test('gets no seat when all are taken, and one again when somebody gives theirs back', async () => {
    const time = await aTime()
    const answers = await Promise.all(
      [person(), person(), person()].map(async (who) => ({ who, answer: await book(door, who, wish(time)) })),
    )
    const seated = answers.filter(({ answer }) => !('kind' in answer))
    expect(seated).toHaveLength(2)
    const refused = answers.find(({ answer }) => 'kind' in answer)!
    expect(refused.answer).toMatchObject({ code: 'appointments.taken' })
    const { who, answer } = seated[0]!
    accepted(await cancelBooking(door, who, accepted(answer).code))
    accepted(await book(door, refused.who, wish(time)))
  })

  test.each([
    ['in the night', '2026-11-23T15:00:00.000Z'],
    ['in the past', '2026-11-18T02:00:00.000Z'],
    ['between two times', '2026-11-23T00:45:00.000Z'],
    ['on a Sunday', '2026-11-22T01:30:00.000Z'],
  ])('cannot book %s', async (_when, startsAt) => {
    expect(await book(door, person(), wish(startsAt))).toMatchObject({ code: 'appointments.closed' })
  })

  test("sees nothing of somebody else's booking", async () => {
    const booking = accepted(await book(door, person(), wish(await aTime())))
    const { code } = booking
    expect(await cancelBooking(door, person(), code)).toMatchObject({ code: 'appointments.not-found' })
    const move = { code, startsAt: await aTime() }
    expect(await moveBooking(door, person(), move)).toMatchObject({ code: 'appointments.not-found' })
  })
})

describe('the counter', () => {
  test('has a list of the day, starts the dossier from a booking, and marks who did not come', async () => {
    const time = await aTime()
    const [came, missed] = [
      accepted(await book(door, person(), wish(time))),
      accepted(await book(door, person(), wish(time))),
    ]
    const date = new Date(Date.parse(time) + 7 * 3_600_000).toISOString().slice(0, 10)
    const list = await bookingsOn(db.pool, { authority: counter.authority, date })
    expect(list.map(({ code }) => code)).toEqual(expect.arrayContaining([came.code, missed.code]))
    expect(await markMissed(door, reception, missed)).toMatchObject({ code: 'appointments.too-early' })
    now = new Date(Date.parse(time) + 60_000)
    const received = await receiveBooking(door, reception, { code: came.code, dossierCode: 'H99.12-1' })
    expect(accepted(received)).toMatchObject({ state: 'received', dossierCode: 'H99.12-1' })
    expect(accepted(await markMissed(door, reception, missed)).state).toBe('missed')
    expect(accepted(await markMissed(door, reception, { code: missed.code, came: true })).state).toBe(
      'booked',
    )
    const again = await receiveBooking(door, reception, { code: came.code, dossierCode: 'H99.12-2' })
    expect(again).toMatchObject({ code: 'appointments.too-late' })
    now = morning
  })

  test.each([
    ['a specialist', staff.specialist],
    ['a colleague of another commune', staff.elsewhere],
  ])('is not %s', async (_who, key) => {
    const booking = accepted(await book(door, person(), wish(await aTime())))
    const other = officer(key)
    expect(await markMissed(door, other, booking)).toMatchObject({ code: 'appointments.may-not' })
    const receive = { code: booking.code, dossierCode: 'H99.12-1' }
    expect(await receiveBooking(door, other, receive)).toMatchObject({ code: 'appointments.may-not' })
  })

  test('is opened and closed by who heads it', async () => {
    const closed = { isOpen: false, slotMinutes: 30, capacity: 1, daysAhead: 7, noticeMinutes: 30 }
    for (const other of [reception, elsewhere])
      expect(await stateOpening(door, other, counter, closed)).toMatchObject({ code: 'appointments.may-not' })
    const bad = { ...closed, capacity: 0 }
    expect(await stateOpening(door, head, counter, bad)).toMatchObject({ code: 'appointments.bad-opening' })
    accepted(await stateOpening(door, head, counter, closed))
    expect(await offerOf(door, counter)).toEqual([])
    expect(await book(door, person(), wish('2026-11-23T01:30:00.000Z'))).toMatchObject({
      code: 'appointments.closed',
    })
    expect(await findOpening(db.pool, { ...counter, authority: 'H99.13' })).toMatchObject({ isOpen: true })
  })
})
