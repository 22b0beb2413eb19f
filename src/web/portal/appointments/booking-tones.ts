import type { BookingState } from 'motcua/modules/appointments'
import type { StateKind } from '../../ui/state'

/** How the state of a booking looks. */
export const bookingTones = {
  booked: 'info',
  cancelled: 'paused',
  received: 'ok',
  missed: 'warn',
} as const satisfies Record<BookingState, StateKind>
