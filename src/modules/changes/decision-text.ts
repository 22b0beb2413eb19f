import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import type { Actor } from '../identity/index.ts'
import { type ChangeParts, editorOf, entry } from './acting.ts'
import { findChange, writeChange } from './change-store.ts'
import { canonicalHash } from './content-hash.ts'
import { refusals } from './refusals.ts'
import { stated } from './stated.ts'

const Text = cleanText.pipe(z.string().max(200_000))
const mostLetters = 200_000

/**
 * The text of a decision as a person puts it right: one line each, columns of the annex between bars. Number and day are
 * those of the signed decision, empty before it is signed.
 */
export const DecisionLines = z
  .strictObject({
    authority: Text,
    place: Text,
    number: Text,
    on: z.union([z.iso.date(), z.literal('')]),
    title: Text,
    bases: Text,
    proposal: Text,
    articles: Text,
    annexTitle: Text,
    annex: Text,
    signer: Text,
    recipients: Text,
  })
  .refine((lines) => Object.values(lines).join('').length <= mostLetters, { error: 'too long' })
export type DecisionLines = z.infer<typeof DecisionLines>

const SaveDecision = z.object({
  id: z.uuid(),
  /** The saving that the person saw; 0: never saved. */
  seen: z.int().min(0),
  lines: DecisionLines,
  /** `draftedHash` of the draft beside which it was written. */
  drafted: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SaveDecision = z.input<typeof SaveDecision>

/** A saved text of a decision. */
export interface DecisionText {
  revision: number
  lines: DecisionLines
  drafted: string
  savedByName: string
  savedAt: string
}

/** Names a drafted text, so that a later draft that reads differently is known as such. */
export const draftedHash = (lines: DecisionLines): string => canonicalHash(lines)

/** The text of a decision as it was saved last; undefined when nobody saved one. */
export async function decisionTextOf(db: Queryable, changeId: string): Promise<DecisionText | undefined> {
  const { rows } = await db.query<Omit<DecisionText, 'savedAt'> & { savedAt: Date }>(
    `select revision, lines, drafted, o.name as "savedByName", saved_at as "savedAt"
     from changes.decision_text join directory.officer o on o.id = saved_by
     where change_id = $1 order by revision desc limit 1`,
    [changeId],
  )
  return rows[0] && { ...rows[0], savedAt: rows[0].savedAt.toISOString() }
}

/**
 * Saves the text of the decision that announces a change; earlier savings stay. It may be put right until and after
 * publication, since number and day come with the signature; not of a change that was given up or taken back. Refuses
 * with the other text when somebody saved meanwhile, and who does not edit changes.
 */
export async function saveDecisionText(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts,
): Promise<Outcome<DecisionText>> {
  const officer = await editorOf(actor, parts.db)
  if (!officer) return refusals.notYours()
  const parsed = SaveDecision.safeParse(raw)
  if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
  const { id, seen, lines, drafted } = parsed.data
  return inTransaction(parts.db, async (tx): Promise<Outcome<DecisionText>> => {
    const found = await findChange(tx, id, { lock: true })
    if (!found) return refusals.unknown()
    const { change, head } = found
    if (change.state === 'abandoned' || change.state === 'withdrawn')
      return refusals.notNow({ state: change.state })
    const before = await decisionTextOf(tx, id)
    if ((before?.revision ?? 0) !== seen) return refusals.decisionMeanwhile(before!)
    const revision = seen + 1
    await tx.query(
      `insert into changes.decision_text (change_id, revision, lines, drafted, saved_by, saved_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, revision, JSON.stringify(lines), drafted, officer.officerId, parts.now],
    )
    const data = { revision, sha256: canonicalHash(lines) }
    await writeChange(tx, change, head, entry('save-decision', data, officer, parts.now))
    return (await decisionTextOf(tx, id))!
  }).finally(() => parts.wake?.())
}

/** Whether somebody may save the text of this decision. */
export const mayWriteDecision = async (db: Db, actor: Actor): Promise<boolean> =>
  (await editorOf(actor, db)) !== undefined
