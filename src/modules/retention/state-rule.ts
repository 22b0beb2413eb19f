import { z } from 'zod'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { closings, type Rule } from './due.ts'
import { stated } from './holds.ts'
import { refusals } from './refusals.ts'
import { byMachine, enter, insertRule, readRules } from './retention-store.ts'

/** One statement of a period at a time. */
const rulesLock = 8026_0121
const Words = cleanText.pipe(z.string().trim().min(1).max(1000))
const Name = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/)

/** A period as somebody states it; the schema is also that of the file of reference. */
export const RuleInput = z.strictObject({
  id: Name,
  validFrom: z.iso.date(),
  part: z.enum(['dossier', 'result', 'booking']),
  procedureCode: z.string().max(20).nullish(),
  template: z.string().max(80).nullish(),
  closing: z.enum(closings).nullish(),
  /** Null: for ever. */
  years: z.int().min(1).max(100).nullable(),
  basis: Words,
  source: Words,
  confidence: z.enum(['C', 'S', 'R', 'U']),
})

/**
 * States a period from a day on; the one of that name ends the day before. It is entered in the journal with who
 * answers for it. A period of the past cannot be stated anew: what was destroyed by it was destroyed by it.
 */
export async function stateRule(
  db: Db,
  raw: unknown,
  { by, now }: { by: string; now: Date },
): Promise<Outcome<Rule>> {
  const input = stated(RuleInput, raw)
  if (isRefusal(input)) return input
  const { procedureCode = null, template = null, closing = null } = input
  const rule: Rule = { ...input, validTo: null, procedureCode, template, closing }
  return inTransaction(db, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [rulesLock])
    const same = (await readRules(tx)).filter(({ id }) => id === rule.id)
    const last = same
      .map(({ validFrom }) => validFrom)
      .toSorted()
      .at(-1)
    if (last !== undefined && rule.validFrom <= last) return refusals.ruleTooEarly({ after: last })
    if (last !== undefined && rule.validFrom < dateOfLaw(now))
      return refusals.ruleTooEarly({ after: dateOfLaw(now) })
    await insertRule(tx, rule)
    const { validTo, ...data } = rule
    await enter(tx, newId(now.getTime()), {
      ...{ kind: 'retention.rule-stated', data: { ...data, by }, actor: byMachine, at: now },
    })
    return rule
  })
}
