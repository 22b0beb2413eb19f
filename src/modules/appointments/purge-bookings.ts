import { type Db, inTransaction } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { byMachine, enter } from '../retention/index.ts'
import { type Erased, eraseBookings } from './bookings-store.ts'

/** Name of the job that takes people out of old bookings; a crontab allows no dot in it. */
export const purgeBookingsTask = 'purge-bookings'
/** Every night; most nights of a year there is nothing, since periods end with the year. */
export const purgeBookingsCrontab = `20 19 * * * ${purgeBookingsTask}`

/**
 * Takes the person out of bookings whose period is over, with the reminders they were sent, and enters in the journal
 * how many went by which period. Place, time and whether somebody came stay, so that they are counted as before.
 */
export function purgeBookings(db: Db, now: Date): Promise<Erased[]> {
  return inTransaction(db, async (tx) => {
    const erased = await eraseBookings(tx, now)
    if (erased.length > 0)
      await enter(tx, newId(now.getTime()), {
        ...{ kind: 'retention.bookings-purged', data: { erased }, actor: byMachine, at: now },
      })
    return erased
  })
}
