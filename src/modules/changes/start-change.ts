import { z } from 'zod'
import { inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { start as nothingYet } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import { type ChangeParts, editorOf, entry } from './acting.ts'
import type { ChangeKind, ProcedureChange, Versions } from './change.ts'
import { findChange, openChangeOf, writeChange } from './change-store.ts'
import { type Contents, type PartKind, partSchemas } from './contents.ts'
import { lastEdition } from './effective-parts.ts'
import { refusals } from './refusals.ts'
import { savePart } from './save-part.ts'
import { Line, Paragraph, stated, unfit } from './stated.ts'

/** What is stated when a change is begun. */
export const StartRequest = z.object({
  code: z.string().regex(/^\d\.\d{6}$/),
  kind: z.enum(['new', 'amend', 'abolish']),
  title: Line,
  reason: Paragraph,
})
export type StartRequest = z.input<typeof StartRequest>

/**
 * Begins a change of a procedure. Refuses who is not procedure control, a procedure that does not fit the kind, and a
 * second change while one is still open: two at once would overwrite one another at publication.
 */
export async function startChange(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts & { contents?: Partial<Contents> },
): Promise<Outcome<ProcedureChange>> {
  const officer = await editorOf(actor, parts.db)
  if (!officer) return refusals.notYours()
  const parsed = StartRequest.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { code, kind, title, reason } = parsed.data
  // Looked at before anything is begun: a draft without its parts would only stand in the way of others.
  for (const [part, content] of Object.entries(parts.contents ?? {})) {
    const read = partSchemas[part as PartKind].safeParse(content)
    if (!read.success) return refusals.invalid({ problems: [unfit(read.error)] })
  }
  const base = await baseOf(parts, code, kind)
  if (isRefusal(base)) return base
  const { now } = parts
  const change: ProcedureChange = {
    ...{ id: newId(now.getTime()), code, kind, title, reason, state: 'draft', base, parts: {} },
    ...{ startedBy: officer.officerId, startedAt: now.toISOString(), editors: [] },
    ...{ submitted: null, review: null, publication: null, ended: null },
  }
  const begun = await inTransaction(parts.db, async (tx) => {
    // One at a time for a procedure, also when two begin in the same moment.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`changes:${code}`])
    const open = await openChangeOf(tx, code)
    if (open) return refusals.alreadyOpen(open)
    await writeChange(tx, change, nothingYet, entry('started', { code, kind, base }, officer, now))
    return change
  })
  if (isRefusal(begun)) return begun
  for (const [part, content] of Object.entries(parts.contents ?? {})) {
    const saved = await savePart(actor, { id: change.id, part, seen: 0, content }, parts)
    if (isRefusal(saved)) return saved
  }
  parts.wake?.()
  return (await findChange(parts.db.pool, change.id))!.change
}

/** The versions that a change of a kind builds on; refuses a procedure that does not fit the kind. */
export async function baseOf(
  { db, now }: ChangeParts,
  code: string,
  kind: ChangeKind,
): Promise<Outcome<Versions>> {
  const last = await lastEdition(db, code, dateOfLaw(now))
  if (kind === 'new') {
    return last
      ? refusals.invalid({ problems: [{ field: 'code', code: 'filed-here-already' }] })
      : { procedure: null, form: null, process: null }
  }
  return last ? last.versions : refusals.unknownProcedure({ code })
}
