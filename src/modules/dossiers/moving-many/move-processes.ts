import type { Db, Queryable } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/feed.ts'
import { newId } from '../../../kernel/ids.ts'
import { loadCalendar } from '../../calendar/index.ts'
import type { Actor } from '../../identity/index.ts'
import { mayPublish } from '../../processes/index.ts'
import type { DossierEntry, EntryData } from '../entries.ts'
import { addBulkMove } from './bulk-move-store.ts'
import type { VersionChange } from './moved-marking.ts'
import { movedTo } from './moved-to.ts'
import type { Chosen, OpenDossier } from './open-dossier.ts'
import { checkPlan, movingRefusals, ProcessMoveRequest, type ProcessPlan, readPlan } from './process-plan.ts'
import type { Walk } from './walk.ts'
import type { Move } from './write-moves.ts'

/** The task of the worker. */
export const bulkMoveTask = 'move-many'

/**
 * Asks for the open dossiers of a process to go to another version of it, by an explicit mapping of its steps; the
 * worker does it. Only procedure control of the province decides it, with a reason and the number of the decision.
 */
export async function askForProcessMove(
  db: Db,
  actor: Actor,
  input: unknown,
  now: Date,
): Promise<Outcome<{ id: string }>> {
  if (actor.kind !== 'officer' || !(await mayPublish(db, actor))) return movingRefusals.notYours()
  const read = readPlan(ProcessMoveRequest, input)
  if (isRefusal(read)) return read
  const { reason, decision, ...plan } = read
  const fits = await checkPlan(db, plan, now)
  if (isRefusal(fits)) return fits
  const id = newId(now.getTime())
  const asked = { kind: 'process', plan, reason } as const
  await addBulkMove(db.pool, { id, ...asked, decision, by: actor.officerId, askedAt: now })
  await wantMoves(db.pool)
  return { id }
}

/** Tells the worker; without it, it looks each minute. */
export const wantMoves = (tx: Queryable) => enqueue(tx, [{ identifier: bulkMoveTask, payload: {} }])

/** The dossiers that a plan is about. */
export const ofPlan = ({ key, from }: ProcessPlan): Chosen => ({
  name: 'process',
  condition: 'd.decided_at is null and d.process_key = $2 and d.process_version = $3',
  values: [key, from],
})

/** How the dossiers of a plan are decided: what `walk` needs. */
export function decideMove(
  db: Db,
  change: VersionChange,
  { plan, run, now }: { plan: ProcessPlan; run: string; now(): Date },
): Walk['decide'] {
  const { key, from, to } = plan
  const versions = { from: { key, version: from }, to: { key, version: to } }
  return async (dossier) => {
    if (!isOf(plan, dossier)) return null
    const calendar = await loadCalendar(db, { authorityCode: dossier.competent })
    const facts = { now: now(), calendar, versions, run }
    const data = movedTo(dossier, change.from, change.to, change.mapping, facts)
    return 'stays' in data ? data : moveOf(dossier, data, facts.now)
  }
}

// Read again after somebody was faster, it may have been decided.
const isOf = ({ key, from }: ProcessPlan, dossier: OpenDossier) =>
  dossier.decidedAt === null && dossier.processKey === key && dossier.processVersion === from

function moveOf(dossier: OpenDossier, data: EntryData['dossiers.process-changed'], at: Date): Move {
  const actor = { kind: 'system', id: 'process-move' } as const
  const entry = { kind: 'dossiers.process-changed', data, actor, at } as unknown as DossierEntry
  const held = new Set(dossier.tasks.flatMap(({ no, assignee }) => (assignee === null ? [] : [no])))
  const freed = data.changes?.filter(({ no, set }) => set.assignee === null && held.has(no)).length ?? 0
  return { dossier, entry, freed }
}
