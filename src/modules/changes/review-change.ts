import { z } from 'zod'
import { inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { Actor } from '../identity/index.ts'
import { act, type ChangeParts, revisionsOf } from './acting.ts'
import type { ProcedureChange } from './change.ts'
import type { ChangeAct } from './decide-change.ts'
import { refusals } from './refusals.ts'
import { Note, Reasoned, stated } from './stated.ts'

/** `seen`: when that which was looked at had been handed in; what was handed in afresh is refused. */
const Seen = Note.extend({ seen: z.string().max(40).optional() })

/** What is known of a change when it is handed in. */
interface Handed {
  problems: readonly unknown[]
  findings: readonly { severity: string }[]
  tests: { failed: number } | null
  unchanged?: boolean
}

const submit = simpleAct('submit', Note, (change, { by, at }) => {
  if (change.kind !== 'abolish' && Object.keys(change.parts).length === 0) return refusals.nothingChanged()
  return { ...change, submitted: { by, at } }
})

/**
 * Hands a draft to a second person. Refuses one whose parts could not run, when `readiness` says so, and one in which
 * nothing was changed.
 */
export async function submitForReview(
  actor: Actor,
  raw: unknown,
  parts: ChangeParts & { readiness?: Handed },
): Promise<Outcome<ProcedureChange>> {
  const { problems = [], findings = [], tests = null, unchanged = false } = parts.readiness ?? {}
  if (unchanged) return refusals.nothingChanged()
  const errors = problems.length + findings.filter(({ severity }) => severity === 'error').length
  const failed = tests?.failed ?? 0
  if (errors + failed > 0) return refusals.notReady({ errors, failed })
  return submit(actor, raw, parts)
}

/** Takes a change back into the hands of its editors, before it is published. */
export const takeBackChange = simpleAct('take-back', Note, (change) => ({ ...change, submitted: null }))

/** The second person sends it back, and says why. */
export const returnChange = simpleAct('return', Reasoned, (change, { by, at, note }) => ({
  ...change,
  submitted: null,
  review: { by, at, approved: false, note },
}))

/**
 * The second person approves what was handed in; nobody who edited it may. Refused when it was taken back and handed in
 * again since it was seen: what is approved is what was read.
 */
export const approveChange = simpleAct('approve', Seen, (change, { by, at, note, seen }) =>
  seen !== undefined && seen !== change.submitted?.at
    ? refusals.actedMeanwhile()
    : { ...change, review: { by, at, approved: true, note } },
)

/** Gives a change up before it was published; what was typed stays to be read. */
export const abandonChange = simpleAct('abandon', Reasoned, (change, { by, at, note }) => ({
  ...change,
  ended: { by, at, reason: note },
}))

type Said = { by: string; at: string; note: string; seen?: string | undefined }

function simpleAct(
  named: ChangeAct,
  schema: typeof Note | typeof Reasoned | typeof Seen,
  evolve: (change: ProcedureChange, said: Said) => Outcome<ProcedureChange>,
) {
  return async (actor: Actor, raw: unknown, parts: ChangeParts): Promise<Outcome<ProcedureChange>> => {
    if (actor.kind !== 'officer') return refusals.notYours()
    const parsed = schema.safeParse(raw)
    if (!parsed.success) return refusals.invalid({ problems: stated(parsed.error) })
    const { id, ...typed } = parsed.data
    const said = { by: actor.officerId, at: parts.now.toISOString(), ...typed }
    const done = await inTransaction(parts.db, (tx) =>
      act(tx, { id, act: named, officer: actor, parts }, async (change) => {
        const evolved = evolve(change, said)
        return isRefusal(evolved) ? evolved : { change: evolved, data: { revisions: revisionsOf(change) } }
      }),
    )
    if (!isRefusal(done)) parts.wake?.()
    return done
  }
}
