import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId, newSecret } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { loadCalendar } from '../calendar/index.ts'
import type { Officer, Person } from '../identity/index.ts'
import {
  type Booking,
  type Change,
  findBooking,
  findOpening,
  freeSeat,
  insertBooking,
  insertChange,
  keepOpening,
  lockTime,
  openBookings,
  takenFrom,
  updateBooking,
} from './bookings-store.ts'
import { refusals } from './refusals.ts'
import { bookableDays, type Opening, type Slot, type SlotDay } from './slots.ts'

export interface AppointmentsDoor {
  db: Db
  now(): Date
}

/** More than two open bookings take times from others. */
export const mostOpen = 2
export const mostPapers = 5

/** What somebody books, as it comes through a door. */
export const BookingInput = z.object({
  authority: z.string().max(35),
  procedureCode: z.string().max(40),
  startsAt: z.iso.datetime(),
  phone: z
    .string()
    .regex(/^0\d{9}$/)
    .nullable(),
  papers: z
    .array(
      z.object({
        name: cleanText.pipe(z.string().trim().min(1).max(200)),
        pages: z.int().min(1).max(500),
        copies: z.int().min(1).max(50),
      }),
    )
    .min(1)
    .max(mostPapers),
})
export type BookingInput = z.infer<typeof BookingInput>

interface Counter {
  authority: string
  procedureCode: string
}

/** The days and times at which a counter can be booked now; empty where it takes no bookings. */
export async function offerOf({ db, now }: AppointmentsDoor, counter: Counter): Promise<SlotDay[]> {
  const opening = await findOpening(db.pool, counter)
  if (!opening?.isOpen) return []
  return daysOf(db.pool, { db, now }, counter, opening)
}

async function daysOf(db: Queryable, door: AppointmentsDoor, counter: Counter, opening: Opening) {
  const now = door.now()
  const calendar = await loadCalendar(door.db, { authorityCode: counter.authority })
  return bookableDays(calendar, opening, { taken: await takenFrom(db, { ...counter, from: now }), now })
}

/**
 * Books a time for a person. Refuses a time that the counter does not offer or that is full, and who has as many open
 * bookings as anybody may have.
 */
export function book(door: AppointmentsDoor, person: Person, input: BookingInput): Promise<Outcome<Booking>> {
  const now = door.now()
  return inTransaction(door.db, async (tx): Promise<Outcome<Booking>> => {
    await lockTime(tx, [person.personId, timeKey(input)])
    if ((await openBookings(tx, person.personId, now)) >= mostOpen)
      return refusals.tooMany({ most: mostOpen })
    const seated = await seatAt(tx, door, input, input.startsAt)
    if (isRefusal(seated)) return seated
    const booking: Booking = {
      ...{ id: newId(now.getTime()), code: newSecret(8), ...seated },
      ...{ authority: input.authority, procedureCode: input.procedureCode, personId: person.personId },
      ...{
        name: person.name,
        personalId: person.personalId ?? null,
        phone: input.phone,
        papers: input.papers,
      },
      ...{ state: 'booked', dossierCode: null, bookedAt: now.toISOString() },
    }
    await insertBooking(tx, booking)
    await insertChange(tx, booking, by(person, 'book'), now)
    return booking
  })
}

/** Moves a booking to another time of the same counter; the person keeps the code. Refuses what booking refuses. */
export function moveBooking(
  door: AppointmentsDoor,
  person: Person,
  { code, startsAt }: { code: string; startsAt: string },
): Promise<Outcome<Booking>> {
  return ownOpen(door, person, code, async (tx, booking) => {
    if (booking.startsAt === startsAt) return booking
    await lockTime(tx, [timeKey({ ...booking, startsAt })])
    const seated = await seatAt(tx, door, booking, startsAt)
    if (isRefusal(seated)) return seated
    return change(tx, { ...booking, ...seated }, by(person, 'move'), door.now())
  })
}

/** Gives the time back to others. */
export function cancelBooking(
  door: AppointmentsDoor,
  person: Person,
  code: string,
): Promise<Outcome<Booking>> {
  return ownOpen(door, person, code, (tx, booking) =>
    change(tx, { ...booking, state: 'cancelled' }, by(person, 'cancel'), door.now()),
  )
}

/** Remembers that reception started a dossier from a booking. */
export function receiveBooking(
  door: AppointmentsDoor,
  officer: Officer,
  { code, dossierCode }: { code: string; dossierCode: string },
): Promise<Outcome<Booking>> {
  return atCounter(door, officer, code, ['booked', 'missed'], (tx, booking) =>
    change(tx, { ...booking, state: 'received', dossierCode }, byOfficer(officer, 'receive'), door.now()),
  )
}

/** Marks that somebody did not come; refused before their time has begun. `came` takes the mark back. */
export function markMissed(
  door: AppointmentsDoor,
  officer: Officer,
  { code, came = false }: { code: string; came?: boolean },
): Promise<Outcome<Booking>> {
  const now = door.now()
  return atCounter(door, officer, code, [came ? 'missed' : 'booked'], async (tx, booking) => {
    if (!came && booking.startsAt > now.toISOString()) return refusals.tooEarly()
    const act = byOfficer(officer, came ? 'expect' : 'miss')
    return change(tx, { ...booking, state: came ? 'booked' : 'missed' }, act, now)
  })
}

/** Whether an officer receives people at an authority. */
export const receivesAt = ({ posts }: Officer, authority: string): boolean =>
  posts.some((post) => post.authorityCode === authority && post.roles.includes('reception'))

/** Whether an officer says how many people the counter of an authority takes: who heads its counter or leads it. */
export const statesOpening = ({ posts }: Officer, authority: string): boolean =>
  posts.some(
    ({ authorityCode, roles }) =>
      authorityCode === authority && (roles.includes('head') || roles.includes('leader')),
  )

export const OpeningInput = z.object({
  isOpen: z.boolean(),
  slotMinutes: z.int().min(10).max(240),
  capacity: z.int().min(1).max(50),
  daysAhead: z.int().min(1).max(60),
  noticeMinutes: z.int().min(0).max(1440),
})

/** States how a counter takes bookings from now on; what is booked stays booked. */
export async function stateOpening(
  { db, now }: AppointmentsDoor,
  officer: Officer,
  counter: Counter,
  opening: unknown,
): Promise<Outcome<Opening>> {
  if (!statesOpening(officer, counter.authority)) return refusals.mayNot()
  const read = OpeningInput.safeParse(opening)
  if (!read.success) return refusals.badOpening()
  await keepOpening(db.pool, { ...counter, by: officer.officerId, now: now() }, read.data)
  return read.data
}

const timeKey = ({ authority, procedureCode, startsAt }: Counter & { startsAt: string }) =>
  `${authority} ${procedureCode} ${new Date(startsAt).toISOString()}`

async function seatAt(
  tx: Queryable,
  door: AppointmentsDoor,
  { authority, procedureCode }: Counter,
  startsAt: string,
): Promise<Outcome<Pick<Booking, 'startsAt' | 'endsAt' | 'seat'>>> {
  const counter = { authority, procedureCode }
  const opening = await findOpening(tx, counter)
  if (!opening?.isOpen) return refusals.closed()
  const wanted = new Date(startsAt).toISOString()
  const days = await daysOf(tx, door, counter, opening)
  const slot: Slot | undefined = days
    .find(({ date }) => date === dateOfLaw(wanted))
    ?.slots.find((each) => each.startsAt === wanted)
  if (!slot) return refusals.closed()
  const seat = await freeSeat(tx, { ...counter, startsAt: wanted }, opening.capacity)
  return seat === undefined ? refusals.taken() : { startsAt: slot.startsAt, endsAt: slot.endsAt, seat }
}

type Step = (tx: Queryable, booking: Booking) => Promise<Outcome<Booking>>

// To anybody else the booking does not exist.
function ownOpen(
  door: AppointmentsDoor,
  person: Person,
  code: string,
  step: Step,
): Promise<Outcome<Booking>> {
  return inTransaction(door.db, async (tx): Promise<Outcome<Booking>> => {
    const booking = await findBooking(tx, code, { forUpdate: true })
    if (booking?.personId !== person.personId) return refusals.notFound()
    if (booking.state !== 'booked' || booking.startsAt <= door.now().toISOString()) return refusals.tooLate()
    return step(tx, booking)
  })
}

function atCounter(
  door: AppointmentsDoor,
  officer: Officer,
  code: string,
  from: readonly Booking['state'][],
  step: Step,
): Promise<Outcome<Booking>> {
  return inTransaction(door.db, async (tx): Promise<Outcome<Booking>> => {
    const booking = await findBooking(tx, code, { forUpdate: true })
    if (!booking) return refusals.notFound()
    if (!receivesAt(officer, booking.authority)) return refusals.mayNot()
    return from.includes(booking.state) ? step(tx, booking) : refusals.tooLate()
  })
}

async function change(tx: Queryable, booking: Booking, made: Change, now: Date): Promise<Booking> {
  await updateBooking(tx, booking, now)
  await insertChange(tx, booking, made, now)
  return booking
}

const by = ({ personId }: Person, act: Change['act']): Change => ({
  act,
  actorKind: 'person',
  actorId: personId,
})
const byOfficer = ({ officerId }: Officer, act: Change['act']): Change => ({
  ...{ act, actorKind: 'officer', actorId: officerId },
})
