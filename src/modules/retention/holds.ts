import { z } from 'zod'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { isId, newId } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import type { Actor } from '../identity/index.ts'
import { refusals } from './refusals.ts'
import { byOfficer, endedByCodes, enter, type Hold, lockDossiers, lockHold } from './retention-store.ts'
import { mayDecide, mayPropose } from './rights.ts'

export const holdKinds = ['appeal', 'court', 'inspection', 'other'] as const
const Reason = cleanText.pipe(z.string().trim().min(1).max(1000))

/** Which dossiers of an authority are kept in spite of their period, why, and until when. */
export const HoldInput = z.object({
  authority: z.string().max(40),
  kind: z.enum(holdKinds),
  reason: Reason,
  until: z.iso.date().nullish(),
  codes: z.array(z.string().max(40)).min(1).max(500),
})
export const ReasonInput = z.object({ reason: Reason })

/** Reads what was stated, or names the fields that are wrong. */
export function stated<S extends z.ZodType>(schema: S, raw: unknown): Outcome<z.output<S>> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  return refusals.invalid({
    fields: [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))],
  })
}

/** Holds dossiers of an authority; open ones too, so that they are held when they end. */
export async function placeHold(db: Db, actor: Actor, raw: unknown, now: Date): Promise<Outcome<Hold>> {
  const input = stated(HoldInput, raw)
  if (isRefusal(input)) return input
  const { authority, kind, reason, until = null } = input
  if (!mayPropose(actor, authority)) return refusals.notYours()
  const codes = [...new Set(input.codes)]
  const found = (await endedByCodes(db.pool, codes)).filter(({ competent }) => competent === authority)
  const unknown = codes.filter((code) => !found.some((each) => each.code === code))
  if (unknown.length > 0) return refusals.unknownDossiers({ codes: unknown })
  const ids = found.map(({ id }) => id)
  return inTransaction(db, async (tx) => {
    await lockDossiers(tx, ids)
    // Whoever destroys a dossier locks it too: after the lock it is there and stays, or it is gone.
    const gone = (await endedByCodes(tx, codes)).filter(({ purged }) => purged).map(({ code }) => code)
    if (gone.length > 0) return refusals.purgedAlready({ codes: gone })
    const id = newId(now.getTime())
    await tx.query(
      'insert into retention.hold (id, authority, kind, reason, placed_by, placed_at, until) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, authority, kind, reason, actor.officerId, now, until],
    )
    await tx.query('insert into retention.held (hold_id, dossier_id) select $1, unnest($2::uuid[])', [
      id,
      ids,
    ])
    const data = { authority, kind, until, dossiers: ids }
    await enter(tx, id, { kind: 'retention.held', data, actor: byOfficer(actor), at: now })
    return (await lockHold(tx, id))!
  })
}

/** Asks for a hold to be lifted; it holds until somebody else agrees. */
export async function askToLift(
  db: Db,
  actor: Actor,
  { id, ...raw }: { id: string; reason: unknown },
  now: Date,
): Promise<Outcome<Hold>> {
  const input = stated(ReasonInput, raw)
  if (isRefusal(input)) return input
  return withHold(db, id, async (tx, hold) => {
    if (!mayPropose(actor, hold.authority)) return refusals.notYours()
    if (hold.liftedAt !== null || hold.liftAskedAt !== null) return refusals.notNow({ state: 'lifted' })
    await tx.query(
      'update retention.hold set lift_asked_by = $2, lift_asked_at = $3, lift_reason = $4 where id = $1',
      [id, actor.officerId, now, input.reason],
    )
    await enter(tx, id, { kind: 'retention.lift-asked', data: {}, actor: byOfficer(actor), at: now })
    return (await lockHold(tx, id))!
  })
}

/** Lifts a hold that somebody else asked to lift. */
export async function liftHold(db: Db, actor: Actor, id: string, now: Date): Promise<Outcome<Hold>> {
  return withHold(db, id, async (tx, hold) => {
    if (!mayDecide(actor, hold.authority)) return refusals.notYours()
    if (hold.liftAskedBy === null || hold.liftedAt !== null) return refusals.notNow({ state: 'held' })
    if (hold.liftAskedBy === actor.officerId) return refusals.samePerson()
    await tx.query('update retention.hold set lifted_by = $2, lifted_at = $3 where id = $1', [
      id,
      actor.officerId,
      now,
    ])
    await enter(tx, id, { kind: 'retention.lifted', data: {}, actor: byOfficer(actor), at: now })
    return (await lockHold(tx, id))!
  })
}

async function withHold(
  db: Db,
  id: string,
  work: (tx: Parameters<typeof lockHold>[0], hold: Hold) => Promise<Outcome<Hold>>,
): Promise<Outcome<Hold>> {
  if (!isId(id)) return refusals.unknown()
  return inTransaction(db, async (tx) => {
    const hold = await lockHold(tx, id)
    return hold ? work(tx, hold) : refusals.unknown()
  })
}
