import { z } from 'zod'
import { inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Actor } from '../identity/index.ts'
import { act, type ChangeParts, editorOf } from './acting.ts'
import type { ProcedureChange } from './change.ts'
import { addPart } from './change-store.ts'
import { canonicalHash } from './content-hash.ts'
import { PartKind, partSchemas } from './contents.ts'
import { refusals } from './refusals.ts'
import { stated, unfit } from './stated.ts'

/** A saving of one part: its content, and the revision that the person saw (0: never saved). */
export const SaveRequest = z.object({
  id: z.uuid(),
  part: PartKind,
  seen: z.int().min(0),
  content: z.unknown(),
})
export type SaveRequest = z.input<typeof SaveRequest>

/**
 * Saves one part of a draft; earlier savings stay. Refuses with the other content when somebody saved the same part
 * meanwhile, so that nothing is overwritten silently.
 */
export async function savePart(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<ProcedureChange>> {
  const officer = await editorOf(actor, parts.db)
  if (!officer) return refusals.notYours()
  const parsed = SaveRequest.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { id, part, seen } = parsed.data
  const content = partSchemas[part].safeParse(parsed.data.content)
  if (!content.success) return refusals.invalid({ problems: [unfit(content.error)] })
  const saved = await inTransaction(parts.db, (tx) =>
    act(tx, { id, act: 'save', officer, parts }, async (change) => {
      const before = change.parts[part]
      if ((before?.revision ?? 0) !== seen) return refusals.meanwhile({ part, ...before! })
      const revision = seen + 1
      await addPart(tx, { id, part, revision, content: content.data, by: officer.officerId, at: parts.now })
      return {
        change: { ...change, editors: [...new Set([...change.editors, officer.officerId])] },
        data: { part, revision, sha256: canonicalHash(content.data) },
      }
    }),
  )
  if (!isRefusal(saved)) parts.wake?.()
  return saved
}
