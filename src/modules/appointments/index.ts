export {
  type AppointmentsDoor,
  BookingInput,
  book,
  cancelBooking,
  markMissed,
  mostOpen,
  mostPapers,
  moveBooking,
  offerOf,
  receiveBooking,
  receivesAt,
  stateOpening,
  statesOpening,
} from './bookings.ts'
export {
  type Attendance,
  attendanceOf,
  type BookedPaper,
  type Booking,
  type BookingState,
  bookingsOf,
  bookingsOn,
  findBooking,
  findOpening,
} from './bookings-store.ts'
export { purgeBookings, purgeBookingsCrontab, purgeBookingsTask } from './purge-bookings.ts'
export { refusals as appointmentRefusals } from './refusals.ts'
export { remindBookings, remindBookingsCrontab, remindBookingsTask } from './remind-bookings.ts'
export { bookableDays, type Opening, type Slot, type SlotDay, slotsOn } from './slots.ts'
