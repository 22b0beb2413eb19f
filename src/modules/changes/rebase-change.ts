import { inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Actor } from '../identity/index.ts'
import { act, type ChangeParts } from './acting.ts'
import type { ProcedureChange } from './change.ts'
import { refusals } from './refusals.ts'
import { baseOf } from './start-change.ts'
import { Note, stated } from './stated.ts'

/**
 * Builds a draft on what is in force by now, when something was published since it began: parts that were not touched
 * follow, what was drafted stays.
 */
export async function rebaseChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  if (actor.kind !== 'officer') return refusals.notYours()
  const parsed = Note.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  return inTransaction(parts.db, (tx) =>
    act(tx, { id: parsed.data.id, act: 'rebase', officer: actor, parts }, async (change) => {
      const base = await baseOf(parts, change.code, change.kind)
      return isRefusal(base) ? base : { change: { ...change, base }, data: { base } }
    }),
  )
}
