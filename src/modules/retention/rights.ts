import type { Actor, Officer, Role } from '../identity/index.ts'

/** Whether an officer holds a role of their own at an authority, or at one above it; powers for some procedures do not count. */
const holds = (actor: Actor, role: Role, authority: string, above: boolean): actor is Officer =>
  actor.kind === 'officer' &&
  actor.posts.some(
    ({ authorityCode, roles, procedures }) =>
      procedures === undefined &&
      roles.includes(role) &&
      (authorityCode === authority || (above && `${authority}.`.startsWith(`${authorityCode}.`))),
  )

/** Reads what comes due, holds and batches: control and leaders, of the authority or of one above it. */
export const mayRead = (actor: Actor, authority: string): actor is Officer =>
  holds(actor, 'control', authority, true) || holds(actor, 'leader', authority, true)

/** Proposes a batch, places a hold, asks for lifting, exports: procedure control of the authority itself. */
export const mayPropose = (actor: Actor, authority: string): actor is Officer =>
  holds(actor, 'control', authority, false)

/** Approves destruction and lifting: a leader of the authority itself. */
export const mayDecide = (actor: Actor, authority: string): actor is Officer =>
  holds(actor, 'leader', authority, false)

/** Takes copies out for the archive: control or a leader of the authority itself. */
export const mayExport = (actor: Actor, authority: string): actor is Officer =>
  mayPropose(actor, authority) || mayDecide(actor, authority)

/** The authorities at which an officer has anything to do here, each once. */
export const placesOfRetention = (actor: Actor): string[] =>
  actor.kind !== 'officer'
    ? []
    : [...new Set(actor.posts.map(({ authorityCode }) => authorityCode))].filter((code) =>
        mayRead(actor, code),
      )
