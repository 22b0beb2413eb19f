import type { Db } from '../../kernel/db.ts'
import { listAuthorities } from '../directory/index.ts'
import type { Actor, Officer, Role } from '../identity/index.ts'

/** Whether an officer holds a role of their own at an authority; powers for some procedures do not count. */
const holds = (actor: Actor, role: Role, authority: string): actor is Officer =>
  actor.kind === 'officer' &&
  actor.posts.some(
    ({ authorityCode, roles, procedures }) =>
      procedures === undefined && roles.includes(role) && authorityCode === authority,
  )

/** Proposes a batch, places a hold, asks for lifting, exports: procedure control of the authority itself. */
export const mayPropose = (actor: Actor, authority: string): actor is Officer =>
  holds(actor, 'control', authority)

/** Approves destruction and lifting: a leader of the authority itself. */
export const mayDecide = (actor: Actor, authority: string): actor is Officer =>
  holds(actor, 'leader', authority)

/** Takes copies out for the archive: control or a leader of the authority itself. */
export const mayExport = (actor: Actor, authority: string): actor is Officer =>
  mayPropose(actor, authority) || mayDecide(actor, authority)

/** Whether an officer has anything to do here at all. */
export const worksOnRetention = (actor: Actor): actor is Officer =>
  actor.kind === 'officer' && actor.posts.some(({ authorityCode }) => mayExport(actor, authorityCode))

/**
 * The authorities of which an officer reads what comes due, holds and batches, the widest first: control and leaders
 * of their own, those of a province of all under it. Control of a province sits in its office (NĐ 92/2017/NĐ-CP).
 */
export async function placesOfRetention(db: Db, actor: Actor): Promise<string[]> {
  if (!worksOnRetention(actor)) return []
  const all = await listAuthorities(db)
  const own = new Set(
    actor.posts.map(({ authorityCode }) => authorityCode).filter((code) => mayExport(actor, code)),
  )
  const provinces = new Set(all.filter(({ kind }) => kind === 'province').map(({ code }) => code))
  const controlled = all.flatMap(({ code, kind, parentCode }) =>
    kind === 'office' && parentCode !== null && provinces.has(parentCode) && mayPropose(actor, code)
      ? [parentCode]
      : [],
  )
  const whole = [...new Set([...controlled, ...[...own].filter((code) => provinces.has(code))])]
  const below = all.map(({ code }) => code).filter((code) => whole.some((top) => isUnder(code, top)))
  return [...new Set([...whole, ...own, ...below])]
}

const isUnder = (code: string, top: string) => `${code}.`.startsWith(`${top}.`)

/** Whether an officer reads what comes due, holds and batches of an authority. */
export async function mayRead(db: Db, actor: Actor, authority: string): Promise<boolean> {
  return (await placesOfRetention(db, actor)).includes(authority)
}
