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
  /** What the desk wants signed and what became of it, in its own words; null until it says so. */
  about: unknown
  outcome: unknown
  reason: string | null
}

const minutesToConfirm = 5

/**
 * A signer who confirms on a phone. The first asking begins a request and says that it waits; asked again with the same
 * id it signs once the person confirmed, exactly what was asked for. The key opens with the PIN that is typed on the
 * phone: neither the phone nor the PIN alone signs anything.
 */
export function mobileSigner(
  db: Db,
  row: SignerRow,
  parts: {
    now(): Date
    sign(wanted: readonly ToSign[], pin: string | undefined): Promise<Outcome<readonly Uint8Array[]>>
  },
): Signer {
  return {
    id: row.id,
    label: row.label,
    kind: 'mobile',
    certificates: async () => row.certificates,
    async sign(wanted, { confirmation, pin }, requestId) {
      const confirmed = await askOnPhone(db, row.id, wanted, confirmation ?? requestId, parts.now())
      return isRefusal(confirmed) ? confirmed : parts.sign(wanted, pin)
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

const columns = 'request_id, signer_id, code, papers, state, asked_at, expires_at, about, outcome, reason'

// biome-ignore lint/suspicious/noExplicitAny: one row as pg gives it
const toConfirmation = (row: any): Confirmation => ({
  requestId: row.request_id,
  signerId: row.signer_id,
  code: row.code,
  papers: row.papers,
  state: row.state,
  askedAt: row.asked_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  about: row.about,
  outcome: row.outcome,
  reason: row.reason,
})

// What was confirmed and never signed, because the machine stopped between the two, is signed on the phone as well.
const open = `(state = 'waiting' and expires_at > $2
  or state = 'confirmed' and outcome is null and about is not null and expires_at > $2::timestamptz - interval '1 day')`

/** What waits on the phone of a signer, oldest first. */
export async function waitingConfirmations(db: Db, signerId: string, now: Date): Promise<Confirmation[]> {
  const { rows } = await db.pool.query(
    `select ${columns} from signatures.confirmation where signer_id = $1 and ${open} order by asked_at`,
    [signerId, now],
  )
  return rows.map(toConfirmation)
}

/** How many requests wait on the phone of an officer; undefined for who signs by none. */
export async function waitingOnPhone(db: Db, officerId: string, now: Date): Promise<number | undefined> {
  const { rows } = await db.pool.query({
    name: 'signatures.waiting-on-phone',
    text: `select (select count(*)::int from signatures.confirmation where signer_id = s.id and ${open}) as count
           from signatures.signer s
           where owner_kind = 'officer' and owner_id = $1 and kind = 'mobile' and s.state <> 'ended'`,
    values: [officerId, now],
  })
  return rows[0]?.count
}

/** A request whatever its state; a signer of its own alone finds it. */
export async function findConfirmation(
  db: Db,
  { requestId, signerId }: Pick<Confirmation, 'requestId' | 'signerId'>,
): Promise<Confirmation | undefined> {
  const { rows } = await db.pool.query(
    `select ${columns} from signatures.confirmation where request_id = $1 and signer_id = $2`,
    [requestId, signerId],
  )
  return rows[0] && toConfirmation(rows[0])
}

/** Keeps what a request is about, once. */
export async function describeConfirmation(
  db: Db,
  { requestId, signerId, about }: Pick<Confirmation, 'requestId' | 'signerId' | 'about'>,
): Promise<void> {
  await db.pool.query(
    'update signatures.confirmation set about = $3 where request_id = $1 and signer_id = $2 and about is null',
    [requestId, signerId, JSON.stringify(about)],
  )
}

/** Keeps what became of a request that was confirmed, once; what it was about is no longer needed. */
export async function closeConfirmation(
  db: Db,
  { requestId, signerId, outcome }: Pick<Confirmation, 'requestId' | 'signerId' | 'outcome'>,
): Promise<void> {
  await db.pool.query(
    `update signatures.confirmation set outcome = $3, about = null
     where request_id = $1 and signer_id = $2 and state = 'confirmed' and outcome is null`,
    [requestId, signerId, JSON.stringify(outcome)],
  )
}

/** The person's answer, once; a request that expired or was answered is no longer there. */
export async function answerConfirmation(
  db: Db,
  answer: { requestId: string; signerId: string; confirm: boolean; reason?: string },
  now: Date,
): Promise<Outcome<void>> {
  const { requestId, signerId, confirm, reason } = answer
  const { rowCount } = await db.pool.query(
    `update signatures.confirmation set state = $3, decided_at = $4, reason = $5,
            about = case when $3 = 'confirmed' then about end
     where request_id = $1 and signer_id = $2 and state = 'waiting' and expires_at > $4`,
    [requestId, signerId, confirm ? 'confirmed' : 'declined', now, confirm ? null : (reason ?? null)],
  )
  return rowCount === 1 ? undefined : refusals.confirmationExpired()
}
