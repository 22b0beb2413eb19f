import { z } from 'zod'
import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome, refusal } from '../../../kernel/errors.ts'
import { cleanText } from '../../../kernel/text.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import {
  type CompiledProcess,
  findProcessVersion,
  isStillDecided,
  type ProcessVersion,
} from '../../processes/index.ts'
import { own, type VersionChange } from './moved-marking.ts'

/** To which version the open dossiers of a process go, and which step becomes which. */
export const ProcessPlan = z.object({
  key: cleanText.pipe(z.string().min(1).max(100)),
  from: z.int().min(1),
  to: z.int().min(1),
  /** Steps, waits and message events of the old version, each with the one of the new version that it becomes. */
  mapping: z.record(z.string().max(200), z.string().max(200)),
})
export type ProcessPlan = z.infer<typeof ProcessPlan>

/** The same with what is asked of who decides it. */
export const ProcessMoveRequest = ProcessPlan.extend({
  reason: cleanText.pipe(z.string().trim().min(1).max(500)),
  /** Number of the decision. */
  decision: cleanText.pipe(z.string().trim().min(1).max(100)),
})
export type ProcessMoveRequest = z.infer<typeof ProcessMoveRequest>

/** One thing that is wrong with a plan; the text is `moving.problem.<code>`. */
export interface PlanProblem {
  field: string
  code:
    | 'missing'
    | 'same-version'
    | 'not-in-force'
    | 'withdrawn'
    | 'no-such-step'
    | 'another-kind'
    | 'skips-decision'
  params?: Record<string, string>
}

/** What moving many dossiers refuses. */
export const movingRefusals = {
  notYours: () => refusal('forbidden', 'moving.not-yours'),
  unknownVersion: (d: { key: string; version: number }) => refusal('not-found', 'moving.unknown-version', d),
  invalid: (d: { problems: PlanProblem[] }) => refusal('invalid', 'moving.invalid', d),
  notYet: (d: { effectiveOn: string }) => refusal('conflict', 'moving.not-yet', d),
}

/** Reads what came in; names the fields that are missing or not what they should be. */
export function readPlan<T>(shape: z.ZodType<T>, input: unknown): Outcome<T> {
  const read = shape.safeParse(input)
  if (read.success) return read.data
  const fields = [...new Set(read.error.issues.map(({ path }) => path.map(String).join('.')))]
  return movingRefusals.invalid({ problems: fields.map((field) => ({ field, code: 'missing' })) })
}

/** The two versions that a plan names, once everything in it fits them. */
export async function checkPlan(db: Db, plan: ProcessPlan, now: Date): Promise<Outcome<VersionChange>> {
  const change = await versionsOf(db, plan)
  if (isRefusal(change)) return change
  const problems = [...problemsOf(plan, change, dateOfLaw(now))]
  return problems.length > 0 ? movingRefusals.invalid({ problems }) : change
}

type Validity = Pick<ProcessVersion, 'validFrom' | 'withdrawn'>
const validity = ({ validFrom, withdrawn }: ProcessVersion): Validity => ({ validFrom, withdrawn })

/** The two versions and the mapping of a plan. */
export async function versionsOf(
  db: Db,
  { key, from, to, mapping }: ProcessPlan,
): Promise<Outcome<VersionChange & Validity>> {
  const [before, after] = await Promise.all([from, to].map((version) => findProcessVersion(db, key, version)))
  if (!before) return movingRefusals.unknownVersion({ key, version: from })
  if (!after) return movingRefusals.unknownVersion({ key, version: to })
  return { from: before.compiled, to: after.compiled, mapping, ...validity(after) }
}

function* problemsOf(
  plan: ProcessPlan,
  { from, to, validFrom, withdrawn }: VersionChange & Validity,
  today: string,
): Generator<PlanProblem> {
  if (plan.from === plan.to) yield { field: 'to', code: 'same-version' }
  if (withdrawn) yield { field: 'to', code: 'withdrawn' }
  else if (validFrom > today) yield { field: 'to', code: 'not-in-force', params: { validFrom } }
  for (const [before, after] of Object.entries(plan.mapping)) {
    const field = `mapping.${before}`
    const [was, becomes] = [kindOf(from, before), kindOf(to, after)]
    if (was === null || becomes === null)
      yield { field, code: 'no-such-step', params: { step: was === null ? before : after } }
    else if (was !== becomes) yield { field, code: 'another-kind', params: { step: after } }
    // Whatever is still to be decided stays so: nothing is issued that nobody signed.
    else if (isStillDecided(from, before) && !isStillDecided(to, after))
      yield { field, code: 'skips-decision', params: { step: after } }
  }
}

/** What may become one another: steps, waits of a kind, messages beside a step. */
function kindOf(process: CompiledProcess, id: string): string | null {
  if (own(process.steps, id)) return 'step'
  const wait = own(process.waits, id)
  if (wait) return `wait for ${wait.awaits.is}`
  return own(process.boundaries, id)?.on.is === 'message' ? 'message' : null
}

/** What can be said without asking anybody: what has the same id and is of the same kind in both versions. */
export async function sameSteps(
  db: Db,
  plan: Pick<ProcessPlan, 'key' | 'from' | 'to'>,
): Promise<Outcome<Record<string, string>>> {
  const change = await versionsOf(db, { ...plan, mapping: {} })
  if (isRefusal(change)) return change
  const { from, to } = change
  const ids = [from.steps, from.waits, from.boundaries].flatMap((nodes) => Object.keys(nodes))
  const same = ids.filter((id) => kindOf(from, id) !== null && kindOf(from, id) === kindOf(to, id))
  return Object.fromEntries(same.map((id) => [id, id]))
}
