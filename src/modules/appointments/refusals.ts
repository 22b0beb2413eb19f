import { refusal } from '../../kernel/errors.ts'

/** What booking a time can refuse. */
export const refusals = {
  notFound: () => refusal('not-found', 'appointments.not-found'),
  mayNot: () => refusal('forbidden', 'appointments.may-not'),
  /** The counter offers no such time: it is closed, past, or too soon. */
  closed: () => refusal('conflict', 'appointments.closed'),
  taken: () => refusal('conflict', 'appointments.taken'),
  tooMany: (details: { most: number }) => refusal('too-many', 'appointments.too-many', details),
  /** It was cancelled, received or its time has begun. */
  tooLate: () => refusal('conflict', 'appointments.too-late'),
  tooEarly: () => refusal('conflict', 'appointments.too-early'),
  badOpening: () => refusal('invalid', 'appointments.bad-opening'),
}
