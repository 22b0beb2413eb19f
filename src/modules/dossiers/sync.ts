import { z } from 'zod'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { entryColumns, type NewEntry, seal, start } from '../../kernel/journal.ts'
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

/** The partner whose acknowledgements the national index counts: the National Public Service Portal. */
export const nationalDestination = 'national-portal'

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
  const report = { dossierId: file.dossier.id, destination, state, sequence, message, now }
  await inTransaction(db, async (tx) => {
    if (await keepReport(tx, report)) await announce(tx, actor.clientId, report)
  })
  const states = await readSync(db.pool, file.dossier.id)
  return states.find((each) => each.destination === destination)!
}

type Kept = SyncReport & { dossierId: string; destination: string; now: Date }

/** Writes the report; true when it is the first acknowledgement of this partner. */
async function keepReport(
  tx: Queryable,
  { dossierId, destination, state, sequence, message, now }: Kept,
): Promise<boolean> {
  const { rows } = await tx.query<{ first: boolean }>(
    `insert into dossiers.sync as s (dossier_id, destination, state, sequence, message, at, acknowledged_at)
     values ($1, $2, $3, $4, $5, $6::timestamptz, case when $3 = 'acknowledged' then $6::timestamptz end)
     on conflict (dossier_id, destination) do update
       set state = excluded.state, sequence = excluded.sequence, message = excluded.message, at = excluded.at,
         acknowledged_at = coalesce(s.acknowledged_at, excluded.acknowledged_at)
       -- What arrives late never puts a partner back.
       where s.sequence <= excluded.sequence
     returning state = 'acknowledged' and acknowledged_at = at as first`,
    [dossierId, destination, state, sequence, message, now],
  )
  return rows[0]?.first ?? false
}

// A stream of its own: the partner would otherwise have to be told of its own acknowledgement.
async function announce(tx: Queryable, clientId: string, { dossierId, destination, sequence, now }: Kept) {
  const said: NewEntry = {
    kind: 'sync.acknowledged',
    data: { dossierId, destination, sequence },
    actor: { kind: 'system', id: clientId },
    at: now,
  }
  await tx.query(
    `insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[],
       $8::bytea[], $9::bytea[])`,
    entryColumns('sync', seal(newId(now.getTime()), start, [said])),
  )
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
