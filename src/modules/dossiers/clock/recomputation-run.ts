import type { Db, Queryable } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/feed.ts'
import { newId } from '../../../kernel/ids.ts'
import { authoritiesOf, country, forgetCalendars } from '../../calendar/index.ts'
import {
  addRecomputation,
  alone,
  type Counts,
  type NewRecomputation,
  noteProgress,
  type Recomputation,
  unfinished,
} from './recomputation-store.ts'
import { recomputeDates } from './recompute-dates.ts'

/** The task of the worker. */
export const recomputeTask = 'recompute-dates'
/** Looks each minute for what a process left behind when it died. */
export const recomputeCrontab = `* * * * * ${recomputeTask}`

/** Other processes know a new calendar after two seconds; what they decide before that is to be looked at as well. */
export const untilAllKnowMs = 3000

/** Asks for a recomputation, in the transaction that makes it necessary; the worker takes it up in some seconds. */
export async function askForRecomputation(
  tx: Queryable,
  asked: Omit<NewRecomputation, 'id'>,
): Promise<{ id: string }> {
  const id = newId(asked.askedAt.getTime())
  await addRecomputation(tx, { ...asked, id })
  const run_at = new Date(asked.askedAt.getTime() + untilAllKnowMs).toISOString()
  await enqueue(tx, [{ identifier: recomputeTask, payload: {}, run_at }])
  return { id }
}

export interface RunParts {
  db: Db
  now(): Date
  /** Told after every batch. */
  onProgress?: (counts: Counts) => void
}

/**
 * Does every recomputation that was asked for, one at a time in the whole installation. What a process left unfinished
 * is begun anew: what moved already does not move again. False when another process is at it.
 */
export function runRecomputations(parts: RunParts): Promise<boolean> {
  return alone(parts.db.pool, async () => {
    const failures: unknown[] = []
    // One that cannot be done does not hold up the others.
    for (const run of await unfinished(parts.db.pool))
      await recompute(run, parts).catch((error) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  })
}

/** The worker's task. */
export const recomputeTasks = (parts: RunParts) => ({
  [recomputeTask]: async () => {
    await runRecomputations(parts)
  },
})

const batchesBetweenNotes = 5

async function recompute(run: Recomputation, { db, now, onProgress }: RunParts): Promise<void> {
  // Whoever published did it in another process: what this one remembers may be older.
  forgetCalendars(db)
  const startedAt = now()
  const authorities = run.territory === country ? undefined : await authoritiesOf(db, run.territory)
  const note = (counts: Counts, finishedAt: Date | null) =>
    noteProgress(db.pool, run.id, together(run, counts), { startedAt, finishedAt })
  await note(nothing, null)
  let batches = 0
  const effect = await recomputeDates(db, {
    now,
    authorities,
    onProgress: async (counts) => {
      onProgress?.(counts)
      batches += 1
      if (batches % batchesBetweenNotes === 0) await note(counts, null)
    },
  })
  await note(effect, now())
}

const nothing: Counts = { open: 0, moved: 0, later: 0, earlier: 0, withoutYear: 0, missing: [] }

// What moved before a process died was moved by this run as well.
const together = (before: Counts, counts: Counts): Counts => ({
  ...counts,
  moved: before.moved + counts.moved,
  later: before.later + counts.later,
  earlier: before.earlier + counts.earlier,
})

export { findRecomputation, type Recomputation, recomputations } from './recomputation-store.ts'
