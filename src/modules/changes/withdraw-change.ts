import { inTransaction, type Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { editionDates, keysOfEdition, reopenEdition, takeEditionBack } from '../catalogue/index.ts'
import { askForEditionMove, type EditionPlan } from '../dossiers/index.ts'
import { takeFormBack } from '../forms/index.ts'
import type { Actor, Officer } from '../identity/index.ts'
import { takeProcessBack } from '../processes/index.ts'
import { act, type ChangeParts } from './acting.ts'
import { forgetAll, lockEditions } from './around-publication.ts'
import type { ProcedureChange } from './change.ts'
import { followedBy } from './neighbours.ts'
import { refusals } from './refusals.ts'
import { Reasoned, stated } from './stated.ts'
import { withdrawTemplates } from './templates-of.ts'

/**
 * Takes a published change back, on its first day at the latest: what was in force before goes on, open dossiers
 * that its publication moved go back, and those that were filed meanwhile keep the edition of their receipt. Later a change that brings the former edition back is
 * published instead (`formerContents`). Refuses when a later edition follows it already.
 */
export async function withdrawChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  const { db, now } = parts
  if (actor.kind !== 'officer') return refusals.notYours()
  const parsed = Reasoned.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { id, note } = parsed.data
  const done = await inTransaction(db, (tx) =>
    act(tx, { id, act: 'withdraw', officer: actor, parts }, async (change) => {
      await lockEditions(tx, change.code)
      const taken = await takePartsBack(tx, { change, note, actor, now })
      if (isRefusal(taken)) return taken
      const ended = { by: actor.officerId, at: now.toISOString(), reason: note }
      return { change: { ...change, ended }, data: { versions: change.publication!.versions } }
    }),
  )
  if (!isRefusal(done)) await forgetAll(parts)
  return done
}

async function takePartsBack(
  tx: Queryable,
  { change, note, actor, now }: { change: ProcedureChange; note: string; actor: Officer; now: Date },
): Promise<Outcome<true>> {
  const { validFrom, versions } = change.publication!
  const standing = (await editionDates(tx, change.code)).filter(({ withdrawn }) => !withdrawn)
  const later = standing.find((each) => each.validFrom > validFrom)
  const followed = later?.version ?? (await followedBy(tx, change))
  if (followed) return refusals.followed({ version: followed })
  if (validFrom < dateOfLaw(now)) return refusals.inForceAlready({ validFrom })
  if (change.kind === 'abolish') {
    // A procedure that ends has no edition of its own to take back: the last one gets its end again.
    const last = { procedureCode: change.code, version: change.base.procedure! }
    await reopenEdition(tx, { ...last, validTo: change.publication!.endedTo ?? null })
    return true
  }
  await moveBack(tx, { change, note, by: actor.officerId, now })
  await takeEditionBack(tx, { procedureCode: change.code, version: versions.procedure!, at: now })
  const { formKey, processKey } = (await keysOfEdition(tx, change.code, versions.procedure!))!
  if (versions.form !== change.base.form || change.parts.form)
    await takeFormBack(tx, { key: formKey, version: versions.form!, at: now })
  const { templates: added = [] } = change.publication!
  await withdrawTemplates(tx, { procedureCode: change.code, added, at: now })
  // Another key has numbers of its own: the first version of a renamed process may bear the number of the old one.
  const former =
    change.base.procedure === null ? undefined : await keysOfEdition(tx, change.code, change.base.procedure)
  if (versions.process === change.base.process && former?.processKey === processKey) return true
  const process = { key: processKey, version: versions.process!, reason: note.slice(0, 500) }
  const taken = await takeProcessBack(tx, actor, process, now, { onFirstDay: true })
  return isRefusal(taken) ? taken : true
}

// What publication moved goes back the way it came; the worker moves it.
async function moveBack(
  tx: Queryable,
  { change, note, by, now }: { change: ProcedureChange; note: string; by: string; now: Date },
): Promise<void> {
  const plan = moveBackOf(change, dateOfLaw(now))
  if (plan)
    await askForEditionMove(tx, plan, {
      decision: change.publication!.decision.number,
      reason: note,
      by,
      now,
    })
}

/** Which open dossiers taking a change back brings back, and where to; undefined when publication moved none. */
export function moveBackOf(
  { code, base, publication }: ProcedureChange,
  today: string,
): (EditionPlan & { back: number }) | undefined {
  const { procedure, form, process } = base
  const back = publication?.versions.procedure ?? null
  if (!publication || publication.open === 'stay' || back === null) return undefined
  if (procedure === null || form === null || process === null) return undefined
  return {
    procedureCode: code,
    rule: publication.open,
    to: { procedure, form, process },
    validFrom: today,
    back,
  }
}
