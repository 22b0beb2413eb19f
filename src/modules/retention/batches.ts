import { z } from 'zod'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { enqueue } from '../../kernel/feed.ts'
import { isId, newId } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { Actor } from '../identity/index.ts'
import { comingDue, type DueDossier, dueOfDossier, templates } from './coming-due.ts'
import { stated } from './holds.ts'
import { purgeTask } from './purge-run.ts'
import { refusals } from './refusals.ts'
import {
  type Batch,
  byOfficer,
  endedByCodes,
  enter,
  findBatch,
  lockDossiers,
  readRules,
} from './retention-store.ts'
import { mayDecide, mayPropose } from './rights.ts'

/** So many dossiers go in one batch at most: what somebody can answer for with one signature. */
export const mostInBatch = 5000
const Words = cleanText.pipe(z.string().trim().min(1).max(1000))

/** What is proposed for destruction: named dossiers, or everything of the authority that is due. */
export const BatchInput = z.object({
  authority: z.string().max(40),
  /** The paper or the list of periods by which it is destroyed. */
  basis: Words,
  codes: z.array(z.string().max(40)).min(1).max(mostInBatch).optional(),
})
export const DecisionInput = z.object({ approve: z.boolean(), decision: Words })

/** Proposes a batch; each dossier must be due today, held by nothing, and in no other batch. */
export async function proposeBatch(db: Db, actor: Actor, raw: unknown, now: Date): Promise<Outcome<Batch>> {
  const input = stated(BatchInput, raw)
  if (isRefusal(input)) return input
  const { authority, basis, codes } = input
  if (!mayPropose(actor, authority)) return refusals.notYours()
  const named = codes ? await dueByCodes(db, authority, codes, now) : await allDue(db, authority, now)
  if (isRefusal(named)) return named
  if (named.length === 0) return refusals.nothingDue()
  const id = newId(now.getTime())
  const ids = named.map(({ dossier }) => dossier.id)
  return inTransaction(db, async (tx) => {
    await lockDossiers(tx, ids)
    const present = await endedByCodes(
      tx,
      named.map(({ dossier }) => dossier.code),
    )
    const taken = present.filter(({ listed, purged }) => listed || purged).map(({ code }) => code)
    if (taken.length > 0) return refusals.inABatch({ codes: taken })
    await tx.query(
      'insert into retention.batch (id, authority, basis, proposed_by, proposed_at) values ($1, $2, $3, $4, $5)',
      [id, authority, basis, actor.officerId, now],
    )
    await tx.query(
      `insert into retention.line (batch_id, dossier_id, code, ended_at, due_on, rule, keep_results)
       select $1, l.* from jsonb_to_recordset($2) l (dossier_id uuid, code text, ended_at timestamptz, due_on date,
         rule text, keep_results boolean)`,
      [id, JSON.stringify(named.map(toLine))],
    )
    const data = { authority, dossiers: ids }
    await enter(tx, id, { kind: 'retention.proposed', data, actor: byOfficer(actor), at: now })
    return (await findBatch(tx, id))!
  })
}

const toLine = ({ dossier, due }: DueDossier) => ({
  dossier_id: dossier.id,
  code: dossier.code,
  ended_at: dossier.endedAt,
  due_on: due.dueOn,
  rule: due.rule.id,
  keep_results: due.keepResults,
})

// Batches are of one authority: whoever leads it answers for it.
async function allDue(db: Db, authority: string, now: Date): Promise<DueDossier[]> {
  const { first } = await comingDue(db, { authority, days: 0, now, most: mostInBatch })
  return first.filter(
    ({ dossier, due }) => due.state === 'due' && !dossier.listed && dossier.competent === authority,
  )
}

async function dueByCodes(
  db: Db,
  authority: string,
  asked: readonly string[],
  now: Date,
): Promise<Outcome<DueDossier[]>> {
  const codes = [...new Set(asked)]
  const found = (await endedByCodes(db.pool, codes)).filter(({ competent }) => competent === authority)
  const unknown = codes.filter((code) => !found.some((each) => each.code === code))
  if (unknown.length > 0) return refusals.unknownDossiers({ codes: unknown })
  const taken = found.filter(({ listed, purged }) => listed || purged).map(({ code }) => code)
  if (taken.length > 0) return refusals.inABatch({ codes: taken })
  const by = { rules: await readRules(db.pool), templateOf: templates(db), on: dateOfLaw(now) }
  const due: DueDossier[] = []
  const notDue: string[] = []
  for (const dossier of found) {
    const says = await dueOfDossier(dossier, by)
    if (says.state === 'due') due.push({ dossier, due: says })
    else notDue.push(dossier.code)
  }
  return notDue.length > 0 ? refusals.notDue({ codes: notDue }) : due
}

/** Approves or declines a batch: a leader of the authority who did not propose it. Approved, it begins at once. */
export async function decideBatch(
  db: Db,
  actor: Actor,
  { id, ...raw }: { id: string; approve: unknown; decision: unknown },
  now: Date,
): Promise<Outcome<Batch>> {
  const input = stated(DecisionInput, raw)
  if (isRefusal(input)) return input
  if (!isId(id)) return refusals.unknown()
  return inTransaction(db, async (tx) => {
    await tx.query('select id from retention.batch where id = $1 for no key update', [id])
    const batch = await findBatch(tx, id)
    if (!batch) return refusals.unknown()
    if (!mayDecide(actor, batch.authority)) return refusals.notYours()
    if (batch.proposedBy === actor.officerId) return refusals.samePerson()
    if (batch.state !== 'proposed') return refusals.notNow({ state: batch.state })
    const state = input.approve ? 'approved' : 'declined'
    await tx.query(
      `update retention.batch set state = $2, decided_by = $3, decided_at = $4, decision = $5,
         pseudonyms = case when $2 = 'approved' then uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) end
       where id = $1`,
      [id, state, actor.officerId, now, input.decision],
    )
    await enter(tx, id, { kind: `retention.${state}`, data: {}, actor: byOfficer(actor), at: now })
    if (input.approve) await enqueue(tx, [{ identifier: purgeTask, payload: {}, key: purgeTask }])
    return (await findBatch(tx, id))!
  })
}
