import { z } from 'zod'
import type { Db, Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { cleanText } from '../../kernel/text.ts'
import type { Actor } from '../identity/index.ts'
import { mayOpen } from './acting.ts'
import { findByCode } from './dossier-store.ts'
import { refusals } from './refusals.ts'

const syncStates = ['waiting', 'sent', 'acknowledged', 'to-be-reconciled'] as const

/** How far a partner has taken a dossier over. */
export const SyncReport = z.object({
  state: z.enum(syncStates),
  /** The last entry of the journal that the partner has. */
  sequence: z.int().min(0),
  message: cleanText.pipe(z.string().max(500)).nullable().default(null),
})
export type SyncReport = z.infer<typeof SyncReport>

export const SyncState = SyncReport.extend({ destination: z.string(), at: z.iso.datetime() })
export type SyncState = z.infer<typeof SyncState>

/**
 * Records how far a partner outside has a dossier. It is a truth of its own: a lost acknowledgement leaves state and
 * clock as they are. Refuses a sequence that the journal has not reached.
 */
export async function recordSync(
  db: Db,
  actor: Actor,
  { code, destination, state, sequence, message }: SyncReport & { code: string; destination: string },
  { now }: { now: Date },
): Promise<Outcome<SyncState>> {
  const file = await findByCode(db.pool, code)
  if (file === undefined || actor.kind !== 'system' || !reaches(actor, file.dossier))
    return refusals.notFound()
  if (sequence > file.dossier.sequence) return refusals.notThereYet({ sequence: file.dossier.sequence })
  await db.pool.query(
    `insert into dossiers.sync as s (dossier_id, destination, state, sequence, message, at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (dossier_id, destination) do update
       set state = excluded.state, sequence = excluded.sequence, message = excluded.message, at = excluded.at
       -- What arrives late never puts a partner back.
       where s.sequence <= excluded.sequence`,
    [file.dossier.id, destination, state, sequence, message, now],
  )
  const states = await readSync(db.pool, file.dossier.id)
  return states.find((each) => each.destination === destination)!
}

// A partner that may synchronise reads what it synchronises.
const reaches = (actor: Extract<Actor, { kind: 'system' }>, dossier: Parameters<typeof mayOpen>[1]) =>
  mayOpen({ ...actor, scopes: [...actor.scopes, 'dossiers:read'] }, dossier)

/** How far each partner has a dossier; empty when no partner is connected. */
export async function readSync(db: Queryable, dossierId: string): Promise<SyncState[]> {
  const { rows } = await db.query({
    name: 'dossiers.sync',
    text: `select destination, state, sequence, message, at from dossiers.sync
           where dossier_id = $1 order by destination`,
    values: [dossierId],
  })
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
