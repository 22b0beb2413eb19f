import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { findBooking, receiveBooking, receivesAt } from 'motcua/modules/appointments'
import { findVersion } from 'motcua/modules/catalogue'
import type { Answers } from 'motcua/modules/forms'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { whenText } from '../portal/appointments/booking-source'
import type { Visitor } from './counter-source'

/** What a booking says already, so that nobody types it at the counter. */
export interface FromBooking {
  code: string
  text: string
  visitor: Visitor
  answers: Answers
}

/** The booking that an officer receives; undefined when it waits for nobody at their counter. */
export async function bookingToReceive(
  { app, now, locale }: PageContext,
  officer: Officer,
  { code, procedureCode }: { code: string; procedureCode: string },
): Promise<FromBooking | undefined> {
  const booking = await findBooking(app.db.pool, code)
  if (!booking || booking.procedureCode !== procedureCode || !receivesAt(officer, booking.authority))
    return undefined
  if (booking.state !== 'booked' && booking.state !== 'missed') return undefined
  const { name, personalId, phone, papers } = booking
  const version = await findVersion(app.db, procedureCode, dateOfLaw(now))
  const rows = papers.map((paper) => ({ paperType: paper.name, pages: paper.pages, copies: paper.copies }))
  return {
    code,
    text: messages(locale)('appointments.desk.fromBooking', { code, when: whenText(booking, locale) }),
    visitor: { name, personalId: personalId ?? '', phone: phone ?? '', dateOfBirth: '' },
    answers: { ...(version?.counts.each && { [version.counts.each]: rows }), copyForm: 'both' },
  }
}

/** Remembers on the booking what became of it; a dossier that was made stays, whatever happened to the booking. */
export async function bookingReceived(
  { app, now }: PageContext,
  officer: Officer,
  { code, dossierCode }: { code: string; dossierCode: string },
): Promise<void> {
  const received = await receiveBooking({ db: app.db, now: () => now }, officer, { code, dossierCode })
  if (isRefusal(received))
    app.log.info({ booking: code, dossier: dossierCode, code: received.code }, 'booking not received')
}
