import { createHash } from 'node:crypto'
import { isRefusal, type Outcome, type Refusal } from '../../kernel/errors.ts'
import { dueLengthenings, finishLengthening, type Lengthening, lengthenAgainAt } from './lengthening-store.ts'
import { lengthenPdf } from './pades/lengthen-pdf.ts'
import { verifyPdf } from './pades/verify-pdf.ts'
import type { Signatures } from './signatures.ts'

/** Each minute: papers that were signed while a service was silent get their time stamps. */
export const lengthenTask = 'lengthen-papers'
export const lengthenCrontab = `* * * * * ${lengthenTask}`

export interface LengtheningParts {
  signatures: Signatures
  /** The store of contents. */
  contentOf(sha256: string): Promise<Uint8Array | undefined>
  keep(pdf: Uint8Array): Promise<Outcome<{ sha256: string; size: number }>>
  onRefused(refusal: Refusal, sha256: string): void
  now(): Date
}

const mostAtOnce = 50
const dayMs = 86_400_000
const hourMs = 3_600_000

/** Lengthens what waits. The first that a service refuses ends the run: the others would only wait for it as well. */
export async function lengthenWaiting(parts: LengtheningParts): Promise<number> {
  const { db } = parts.signatures
  let done = 0
  for (const one of await dueLengthenings(db.pool, parts.now(), mostAtOnce)) {
    const outcome = await lengthenOne(parts, one)
    if (outcome === undefined) continue
    if (!isRefusal(outcome)) {
      await finishLengthening(db.pool, { sha256: one.sha256, longer: outcome, now: parts.now() })
      done += 1
      continue
    }
    parts.onRefused(outcome, one.sha256)
    const wait = Math.min(hourMs, 60_000 * 2 ** one.tries)
    await lengthenAgainAt(db.pool, one.sha256, new Date(parts.now().getTime() + wait))
    if (outcome.code === 'signatures.timestamp-down') break
  }
  return done
}

async function lengthenOne(
  { signatures, contentOf, keep, now }: LengtheningParts,
  { sha256, wanted, askedAt }: Lengthening,
): Promise<Outcome<{ sha256: string; size: number }> | undefined> {
  const pdf = await contentOf(sha256)
  if (pdf === undefined) {
    // Its making may have been broken off before it was kept.
    if (now().getTime() - Date.parse(askedAt) > dayMs)
      await finishLengthening(signatures.db.pool, { sha256, longer: null, now: now() })
    return undefined
  }
  const longer = await lengthenPdf(signatures, pdf, wanted)
  if (isRefusal(longer)) return longer
  const begins = createHash('sha256').update(longer.subarray(0, pdf.length)).digest('hex')
  if (begins !== sha256) throw new Error(`the longer edition of ${sha256} does not begin with it`)
  const kept = await keep(longer)
  if (!isRefusal(kept)) await verifyPdf(signatures, longer, { at: now() })
  return kept
}
