import type { Queryable } from '../../kernel/db.ts'
import type { Opening } from './slots.ts'

export type BookingState = 'booked' | 'cancelled' | 'received' | 'missed'

/** A paper that somebody will bring. */
export interface BookedPaper {
  name: string
  pages: number
  copies: number
}

/** A time that somebody booked at a counter. */
export interface Booking {
  id: string
  /** What the person shows at the counter. */
  code: string
  authority: string
  procedureCode: string
  startsAt: string
  endsAt: string
  seat: number
  personId: string
  name: string
  personalId: string | null
  phone: string | null
  papers: BookedPaper[]
  state: BookingState
  dossierCode: string | null
  bookedAt: string
}

const columns = `id, code, authority, procedure_code as "procedureCode", starts_at as "startsAt", ends_at as "endsAt",
  seat, person_id as "personId", name, personal_id as "personalId", phone, papers, state,
  dossier_code as "dossierCode", booked_at as "bookedAt"`

type Row = Omit<Booking, 'startsAt' | 'endsAt' | 'bookedAt'> & {
  startsAt: Date
  endsAt: Date
  bookedAt: Date
}
const toBooking = (row: Row): Booking => ({
  ...row,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  bookedAt: row.bookedAt.toISOString(),
})

/** How an authority takes bookings for a procedure; undefined when nobody stated anything for it. */
export async function findOpening(
  db: Queryable,
  { authority, procedureCode }: { authority: string; procedureCode: string },
): Promise<Opening | undefined> {
  const { rows } = await db.query({
    name: 'appointments.opening',
    text: `select is_open as "isOpen", slot_minutes as "slotMinutes", capacity, days_ahead as "daysAhead",
             notice_minutes as "noticeMinutes"
           from appointments.opening where authority in ($1, '') and procedure_code = $2
           order by authority desc limit 1`,
    values: [authority, procedureCode],
  })
  return rows[0]
}

export async function keepOpening(
  db: Queryable,
  at: { authority: string; procedureCode: string; by: string; now: Date },
  opening: Opening,
): Promise<void> {
  await db.query(
    `insert into appointments.opening (authority, procedure_code, is_open, slot_minutes, capacity, days_ahead,
       notice_minutes, stated_by, stated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (authority, procedure_code) do update set is_open = excluded.is_open,
       slot_minutes = excluded.slot_minutes, capacity = excluded.capacity, days_ahead = excluded.days_ahead,
       notice_minutes = excluded.notice_minutes, stated_by = excluded.stated_by, stated_at = excluded.stated_at`,
    [
      ...[at.authority, at.procedureCode, opening.isOpen, opening.slotMinutes, opening.capacity],
      ...[opening.daysAhead, opening.noticeMinutes, at.by, at.now],
    ],
  )
}

/** People who come to each time from an instant on, by when it starts. */
export async function takenFrom(
  db: Queryable,
  { authority, procedureCode, from }: { authority: string; procedureCode: string; from: Date },
): Promise<Map<string, number>> {
  const { rows } = await db.query(
    `select starts_at as "startsAt", count(*)::int as count from appointments.booking
     where authority = $1 and procedure_code = $2 and starts_at >= $3 and state <> 'cancelled' group by 1`,
    [authority, procedureCode, from],
  )
  return new Map(rows.map(({ startsAt, count }) => [startsAt.toISOString(), count]))
}

/** Keeps others from taking seats of the same time, and the person from booking twice at once, until the transaction ends. */
export async function lockTime(tx: Queryable, keys: readonly string[]): Promise<void> {
  for (const key of keys.toSorted())
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`appointments ${key}`])
}

/** The lowest seat that nobody has at a time; undefined when all are taken. */
export async function freeSeat(
  tx: Queryable,
  { authority, procedureCode, startsAt }: Pick<Booking, 'authority' | 'procedureCode' | 'startsAt'>,
  capacity: number,
): Promise<number | undefined> {
  const { rows } = await tx.query(
    `select min(n)::int as seat from generate_series(1, $4::int) n where not exists (
       select from appointments.booking b where b.authority = $1 and b.procedure_code = $2
         and b.starts_at = $3 and b.seat = n and b.state <> 'cancelled')`,
    [authority, procedureCode, startsAt, capacity],
  )
  return rows[0]?.seat ?? undefined
}

export async function insertBooking(tx: Queryable, booking: Booking): Promise<void> {
  await tx.query(
    `insert into appointments.booking (id, code, authority, procedure_code, starts_at, ends_at, seat, person_id, name,
       personal_id, phone, papers, state, dossier_code, booked_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      ...[booking.id, booking.code, booking.authority, booking.procedureCode, booking.startsAt],
      ...[booking.endsAt, booking.seat, booking.personId, booking.name, booking.personalId, booking.phone],
      ...[JSON.stringify(booking.papers), booking.state, booking.dossierCode, booking.bookedAt],
    ],
  )
}

/** Writes where a booking stands now. */
export async function updateBooking(tx: Queryable, booking: Booking, now: Date): Promise<void> {
  await tx.query(
    `update appointments.booking set starts_at = $2, ends_at = $3, seat = $4, state = $5, dossier_code = $6,
       changed_at = $7 where id = $1`,
    [
      ...[booking.id, booking.startsAt, booking.endsAt, booking.seat, booking.state],
      ...[booking.dossierCode, now],
    ],
  )
}

export interface Change {
  act: 'book' | 'move' | 'cancel' | 'receive' | 'miss' | 'expect'
  actorKind: string
  actorId: string
}

export async function insertChange(tx: Queryable, { id, startsAt }: Booking, change: Change, now: Date) {
  await tx.query(
    `insert into appointments.change (booking_id, at, act, actor_kind, actor_id, starts_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, now, change.act, change.actorKind, change.actorId, startsAt],
  )
}

/** A booking by its code; `forUpdate` holds it until the transaction ends. */
export async function findBooking(
  db: Queryable,
  code: string,
  { forUpdate = false } = {},
): Promise<Booking | undefined> {
  const { rows } = await db.query(
    `select ${columns} from appointments.booking where code = $1 ${forUpdate ? 'for update' : ''}`,
    [code],
  )
  return rows[0] && toBooking(rows[0])
}

/** What a person booked, the next first, then what is over, the newest first. */
export async function bookingsOf(db: Queryable, personId: string, now: Date): Promise<Booking[]> {
  const { rows } = await db.query(
    `select ${columns} from appointments.booking where person_id = $1
     order by (state = 'booked' and ends_at >= $2) desc,
       case when state = 'booked' and ends_at >= $2 then starts_at end, starts_at desc limit 50`,
    [personId, now],
  )
  return rows.map(toBooking)
}

/** Bookings of a person that are still to come. */
export async function openBookings(tx: Queryable, personId: string, now: Date): Promise<number> {
  const { rows } = await tx.query(
    `select count(*)::int as count from appointments.booking where person_id = $1 and state = 'booked' and ends_at >= $2`,
    [personId, now],
  )
  return rows[0].count
}

/** Who comes to an authority on a date of law, in the order of their times; who cancelled is left out. */
export async function bookingsOn(
  db: Queryable,
  { authority, date }: { authority: string; date: string },
): Promise<Booking[]> {
  const { rows } = await db.query(
    `select ${columns} from appointments.booking
     where authority = $1 and (starts_at at time zone 'Asia/Ho_Chi_Minh')::date = $2 and state <> 'cancelled'
       and purged_at is null
     order by starts_at, seat`,
    [authority, date],
  )
  return rows.map(toBooking)
}

/** Open bookings that start between two instants, the next first. */
export async function startingBetween(
  db: Queryable,
  { from, to }: { from: Date; to: Date },
): Promise<Booking[]> {
  const { rows } = await db.query(
    `select ${columns} from appointments.booking
     where state = 'booked' and starts_at > $1 and starts_at <= $2 order by starts_at, id`,
    [from, to],
  )
  return rows.map(toBooking)
}

/** How many of those whose time has passed came and did not come; `open`: nobody said. */
export interface Attendance {
  received: number
  missed: number
  cancelled: number
  open: number
}

/** Who came to an authority at times within an interval; those whose person was taken out count as before. */
export async function attendanceOf(
  db: Queryable,
  { authority, from, to }: { authority: string; from: Date; to: Date },
): Promise<Attendance> {
  const { rows } = await db.query<Attendance>(
    `select count(*) filter (where state = 'received')::int as received,
       count(*) filter (where state = 'missed')::int as missed,
       count(*) filter (where state = 'cancelled')::int as cancelled,
       count(*) filter (where state = 'booked')::int as open
     from appointments.booking where authority = $1 and starts_at >= $2 and starts_at < $3`,
    [authority, from, to],
  )
  return rows[0]!
}

/** Bookings from which the person was taken out, by authority, period and what had become of them. */
export interface Erased {
  authority: string
  rule: string
  state: BookingState
  bookings: number
}

/** Takes the person out of every booking whose period is over; the database counts the days. */
export async function eraseBookings(tx: Queryable, now: Date): Promise<Erased[]> {
  const { rows } = await tx.query<Erased>('select * from appointments.erase($1)', [now])
  return rows
}
