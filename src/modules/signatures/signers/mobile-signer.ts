import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { newSecret } from '../../../kernel/ids.ts'
import { refusals } from '../refusals.ts'
import type { SignerRow } from '../signatures-store.ts'
import type { Signer, ToSign } from '../types.ts'
import { hashOfAll } from './csc-signer.ts'

/** A request that waits on somebody's phone. The code stands on both screens, so that nobody confirms another's. */
export interface Confirmation {
  requestId: string
  signerId: string
  code: string
  papers: number
  state: 'waiting' | 'confirmed' | 'declined'
  askedAt: string
  expiresAt: string
}

const minutesToConfirm = 5

/**
 * A signer who confirms on a phone. The first asking begins a request and says that it waits; asked again with the same
 * id it signs once the person confirmed, exactly what was asked for.
 */
export function mobileSigner(
  db: Db,
  row: SignerRow,
  parts: { now(): Date; sign(wanted: readonly ToSign[]): Promise<Outcome<readonly Uint8Array[]>> },
): Signer {
  return {
    id: row.id,
    label: row.label,
    kind: 'mobile',
    certificates: async () => row.certificates,
    async sign(wanted, _authorisation, requestId) {
      const confirmed = await askOnPhone(db, row.id, wanted, requestId, parts.now())
      return isRefusal(confirmed) ? confirmed : parts.sign(wanted)
    },
  }
}

async function askOnPhone(
  db: Db,
  signerId: string,
  wanted: readonly ToSign[],
  requestId: string,
  now: Date,
): Promise<Outcome<void>> {
  const sha256 = hashOfAll(wanted)
  const expiresAt = new Date(now.getTime() + minutesToConfirm * 60_000)
  await db.pool.query(
    `insert into signatures.confirmation (request_id, signer_id, code, papers, sha256, asked_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (request_id) do nothing`,
    [requestId, signerId, newSecret(4), wanted.length, sha256, now, expiresAt],
  )
  const { rows } = await db.pool.query(
    'select signer_id, code, sha256, state, expires_at from signatures.confirmation where request_id = $1',
    [requestId],
  )
  const row = rows[0]
  if (row.signer_id !== signerId || Buffer.compare(row.sha256, sha256) !== 0) return refusals.requestDiffers()
  if (row.state === 'declined') return refusals.declined()
  if (row.state === 'confirmed') return undefined
  return row.expires_at <= now
    ? refusals.confirmationExpired()
    : refusals.waiting({ requestId, code: row.code })
}

/** What waits on the phone of a signer, oldest first. */
export async function waitingConfirmations(db: Db, signerId: string, now: Date): Promise<Confirmation[]> {
  const { rows } = await db.pool.query(
    `select request_id, signer_id, code, papers, state, asked_at, expires_at from signatures.confirmation
     where signer_id = $1 and state = 'waiting' and expires_at > $2 order by asked_at`,
    [signerId, now],
  )
  return rows.map((row) => ({
    requestId: row.request_id,
    signerId: row.signer_id,
    code: row.code,
    papers: row.papers,
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}

/** The person's answer, once; a request that expired or was answered is no longer there. */
export async function answerConfirmation(
  db: Db,
  answer: { requestId: string; signerId: string; confirm: boolean },
  now: Date,
): Promise<Outcome<void>> {
  const { rowCount } = await db.pool.query(
    `update signatures.confirmation set state = $3, decided_at = $4
     where request_id = $1 and signer_id = $2 and state = 'waiting' and expires_at > $4`,
    [answer.requestId, answer.signerId, answer.confirm ? 'confirmed' : 'declined', now],
  )
  return rowCount === 1 ? undefined : refusals.confirmationExpired()
}
