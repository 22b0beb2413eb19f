import { alone } from '../../../kernel/alone.ts'
import { isRefusal } from '../../../kernel/errors.ts'
import { forgetProcesses } from '../../processes/index.ts'
import { type BulkMove, noteBeginning, noteProgress, unfinished } from './bulk-move-store.ts'
import { bulkMoveLock, type MovingParts, runSuccession, usualRest } from './follow-reorganisation.ts'
import { runEditionMove } from './move-editions.ts'
import { bulkMoveTask, decideMove, ofPlan } from './move-processes.ts'
import { countOpen } from './open-dossier.ts'
import { versionsOf } from './process-plan.ts'
import { walk } from './walk.ts'
import { writeMoves } from './write-moves.ts'

/** Looks each minute for what a process left behind when it died. */
export const bulkMoveCrontab = `* * * * * ${bulkMoveTask}`

/**
 * Does every run over many dossiers that was asked for, one at a time in the whole installation. What a process left
 * unfinished goes on: what has moved does not move again. False when another process is at it.
 */
export function runBulkMoves(parts: MovingParts): Promise<boolean> {
  const { pool } = parts.db
  return alone(pool, { number: bulkMoveLock }, async () => {
    const failures: unknown[] = []
    // One that cannot be done does not hold up the others.
    for (const run of await unfinished(pool)) await does(run, parts).catch((error) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  })
}

/** The worker's task. */
export const bulkMoveTasks = (parts: MovingParts) => ({
  [bulkMoveTask]: async () => {
    await runBulkMoves(parts)
  },
})

function does(run: BulkMove, parts: MovingParts): Promise<void> {
  if (run.kind === 'process') return runProcessMove(run, parts)
  if (run.kind === 'edition') return runEditionMove(run, parts)
  const { id, decision, plan, by } = run
  return runSuccession(parts, { id, decision, by, ...plan, officers: new Map(plan.officers) })
}

const batchesBetweenNotes = 5

async function runProcessMove(
  { id, plan }: Extract<BulkMove, { kind: 'process' }>,
  { db, now, rest = usualRest }: MovingParts,
): Promise<void> {
  // Whoever published the version did it in another process: what this one remembers may be older.
  forgetProcesses(db)
  const change = await versionsOf(db, plan)
  if (isRefusal(change)) throw new Error(`run ${id}: ${change.code}`)
  const chosen = ofPlan(plan)
  await noteBeginning(db.pool, id, await countOpen(db.pool, chosen), now())
  let batches = 0
  const counted = await walk({
    ...{ db, chosen, rest },
    decide: decideMove(db, change, { plan, run: id, now }),
    keep: (moves) => writeMoves(db.pool, id, moves),
    onBatch: async (far) => {
      batches += 1
      if (batches % batchesBetweenNotes === 0) await noteProgress(db.pool, id, far, null)
    },
  })
  await noteProgress(db.pool, id, counted, now())
}
