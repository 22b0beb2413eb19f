import type { Queryable } from '../../kernel/db.ts'
import { isId } from '../../kernel/ids.ts'
import type { Profile } from './account.ts'
import type { Organisation } from './actor.ts'

/** The account behind a live session, as the per-request query gives it. */
export interface AccountRow {
  account_id: string
  kind: 'person' | 'officer'
  issuer: string
  subject: string
  name: string
  personal_id: string | null
  date_of_birth: string | null
  phone: string | null
  email: string | null
  assurance: 1 | 2
  organisations: Organisation[]
  last_seen_at: Date
}

export interface TokenRow {
  token_id: string
  client_name: string
  scopes: string[]
  authority_codes: string[] | null
  partner: string | null
}

// Named statements are prepared once for each connection: this runs in every request.
const findSessionSql = `
  select a.account_id, a.kind, a.issuer, a.subject, a.name, a.personal_id, a.date_of_birth, a.phone, a.email,
         a.assurance, a.organisations, s.last_seen_at, s.token_hash
  from identity.session s join identity.account a using (account_id)
  where s.token_hash = any($1::bytea[]) and s.revoked_at is null and s.expires_at > $2 and a.locked_at is null
    and (a.kind <> 'officer' or s.last_seen_at > $2::timestamptz - make_interval(secs => $3))`

/** The account of a session that is neither ended, revoked, idle too long (officers) nor locked. */
export async function findSession(db: Queryable, tokenHash: Buffer, now: Date, officerIdleSeconds: number) {
  const [found] = await findSessions(db, [tokenHash], now, officerIdleSeconds)
  return found
}

/** The same for sessions that ask at the same moment: one answer for each, in order. */
export async function findSessions(
  db: Queryable,
  tokenHashes: readonly Buffer[],
  now: Date,
  officerIdleSeconds: number,
): Promise<(AccountRow | undefined)[]> {
  const values = [tokenHashes, now, officerIdleSeconds]
  const { rows } = await db.query<AccountRow & { token_hash: Buffer }>({
    name: 'identity.session',
    text: findSessionSql,
    values,
  })
  const found = new Map(rows.map((row) => [row.token_hash.toString('hex'), row]))
  return tokenHashes.map((hash) => found.get(hash.toString('hex')))
}

/** Personal ids that accounts have proved (assurance 2), by account; whoever only states a number may be anybody. */
export async function provedPersonalIds(
  db: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  const known = accountIds.filter(isId)
  if (known.length === 0) return new Map()
  const { rows } = await db.query(
    `select account_id, personal_id from identity.account
     where account_id = any($1::uuid[]) and assurance = 2 and personal_id is not null`,
    [known],
  )
  return new Map(rows.map((row) => [row.account_id, row.personal_id]))
}

/** Names of people by their accounts. */
export async function namesOfAccounts(
  db: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query(
    'select account_id, name from identity.account where account_id = any($1::uuid[])',
    [accountIds.filter(isId)],
  )
  return new Map(rows.map((row) => [row.account_id, row.name]))
}

export async function touchSession(db: Queryable, tokenHash: Buffer, now: Date): Promise<void> {
  await db.query(
    'update identity.session set last_seen_at = $2 where token_hash = $1 and last_seen_at < $2',
    [tokenHash, now],
  )
}

export interface NewAccount extends Profile {
  accountId: string
  issuer: string
  kind: 'person' | 'officer'
}

/** Stores the profile under (issuer, subject); gives the account's lasting id and whether it is locked. */
export async function saveAccount(db: Queryable, account: NewAccount, now: Date) {
  const { rows } = await db.query<{ account_id: string; locked: boolean }>(
    `insert into identity.account (account_id, issuer, subject, kind, name, personal_id, date_of_birth, phone, email,
                                   assurance, organisations, created_at, last_signed_in_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
     on conflict (issuer, subject) do update set
       kind = excluded.kind, name = excluded.name, personal_id = excluded.personal_id,
       date_of_birth = excluded.date_of_birth, phone = excluded.phone, email = excluded.email,
       assurance = excluded.assurance, organisations = excluded.organisations, last_signed_in_at = $12
     returning account_id, locked_at is not null as locked`,
    [
      account.accountId,
      account.issuer,
      account.subject,
      account.kind,
      account.name,
      account.personalId ?? null,
      account.dateOfBirth ?? null,
      account.phone ?? null,
      account.email ?? null,
      account.assurance,
      JSON.stringify(account.organisations),
      now,
    ],
  )
  return { accountId: rows[0]!.account_id, locked: rows[0]!.locked }
}

export async function insertSession(
  db: Queryable,
  tokenHash: Buffer,
  accountId: string,
  now: Date,
  expiresAt: Date,
) {
  await db.query(
    `insert into identity.session (token_hash, account_id, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $3, $4)`,
    [tokenHash, accountId, now, expiresAt],
  )
}

export async function revokeSession(db: Queryable, tokenHash: Buffer, now: Date): Promise<void> {
  await db.query('update identity.session set revoked_at = $2 where token_hash = $1 and revoked_at is null', [
    tokenHash,
    now,
  ])
}

/** Ends every session of an account; gives how many were open. */
export async function revokeAllSessions(db: Queryable, accountId: string, now: Date): Promise<number> {
  const { rowCount } = await db.query(
    'update identity.session set revoked_at = $2 where account_id = $1 and revoked_at is null and expires_at > $2',
    [accountId, now],
  )
  return rowCount ?? 0
}

/** Removes sessions that ended before the given instant; they no longer open anything. */
export async function deleteEndedSessions(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query('delete from identity.session where expires_at < $1', [before])
  return rowCount ?? 0
}

export async function setLock(db: Queryable, accountId: string, lock: { at: Date; reason: string } | null) {
  await db.query('update identity.account set locked_at = $2, locked_reason = $3 where account_id = $1', [
    accountId,
    lock?.at ?? null,
    lock?.reason ?? null,
  ])
}

/** The account id of a subject, whether or not it is signed in now. */
export async function findAccountId(
  db: Queryable,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const { rows } = await db.query<{ account_id: string }>(
    'select account_id from identity.account where issuer = $1 and subject = $2',
    [issuer, subject],
  )
  return rows[0]?.account_id
}

export interface NewToken {
  tokenId: string
  tokenHash: Buffer
  clientName: string
  scopes: readonly string[]
  authorityCodes: readonly string[] | undefined
  partner: string | undefined
  createdBy: string | undefined
  expiresAt: Date
}

export async function insertToken(db: Queryable, token: NewToken, now: Date): Promise<void> {
  await db.query(
    `insert into identity.api_token (token_id, token_hash, client_name, scopes, authority_codes, created_by, created_at,
                                     expires_at, partner)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      token.tokenId,
      token.tokenHash,
      token.clientName,
      token.scopes,
      token.authorityCodes ?? null,
      token.createdBy ?? null,
      now,
      token.expiresAt,
      token.partner ?? null,
    ],
  )
}

const findTokenSql = `
  select token_id, client_name, scopes, authority_codes, partner from identity.api_token
  where token_hash = $1 and revoked_at is null and expires_at > $2`

export async function findToken(db: Queryable, tokenHash: Buffer, now: Date): Promise<TokenRow | undefined> {
  const { rows } = await db.query<TokenRow>({
    name: 'identity.token',
    text: findTokenSql,
    values: [tokenHash, now],
  })
  return rows[0]
}

export async function revokeToken(db: Queryable, tokenId: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    'update identity.api_token set revoked_at = $2 where token_id = $1 and revoked_at is null',
    [tokenId, now],
  )
  return rowCount === 1
}
