import type { Db } from '../../kernel/db.ts'
import { consumerName } from './indicator-store.ts'
import { rebuild } from './recompute.ts'

/** So many entries behind, counting every dossier once is faster than following what happened to it. */
const far = 200_000

export interface CatchUpOptions {
  /** How many entries the feed may be behind. */
  behind?: number
  /** Ends it between two transactions. */
  signal?: AbortSignal
}

/**
 * Counts all dossiers in large steps when the feed stands far behind, as after an upgrade that put its cursor back; then
 * the feed goes on from where the journal stood when this began. True when it did. The feed may run meanwhile: whatever
 * stands before that place was there when its dossier was read under the lock of the figures, and what came later is
 * counted by the feed, once more at worst. Ended halfway, what was counted stays right, and the feed is as far behind as
 * before.
 */
export async function catchUp(db: Db, { behind = far, signal }: CatchUpOptions = {}): Promise<boolean> {
  const { rows } = await db.pool.query(
    `select s.last_position as head, coalesce(c.position, 0) as position
     from feed.sequencer s left join feed.cursor c on c.consumer = $1`,
    [consumerName],
  )
  const { head, position } = rows[0]
  if (head - position <= behind) return false
  await rebuild(db, { signal })
  if (signal?.aborted) return false
  await db.pool.query(
    `insert into feed.cursor as c (consumer, position) values ($1, $2)
     on conflict (consumer) do update set position = greatest(c.position, excluded.position), updated_at = now()`,
    [consumerName, head],
  )
  return true
}
