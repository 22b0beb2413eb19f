import type { Db } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { newId, newToken } from '../../kernel/ids.ts'
import { currentInstant } from '../../kernel/time.ts'
import { together } from '../../kernel/together.ts'
import type { Profile } from './account.ts'
import { type Actor, anonymous } from './actor.ts'
import * as store from './identity-store.ts'
import { localPath } from './local-path.ts'
import { type OfficerOf, officerCache } from './officer-cache.ts'
import { refusals } from './refusals.ts'
import { attemptSeconds, type ProviderSettings, relyingParty, SignInAttempt } from './relying-party.ts'
import { cookieKeys, tokenHash } from './signed-cookie.ts'
import { createSandboxToken, createToken, type TokenRequest } from './tokens.ts'

export interface IdentityConfig {
  /** Address of this installation as people see it, without a trailing slash. */
  baseUrl: string
  /** Key of every cookie; at least 32 characters. Changing it signs everybody out. */
  secret: string
  /** Role cards and the built-in provider exist only here. */
  demonstration: boolean
  trustProxy: boolean
}

export interface IdentityParts {
  db: Db
  config: IdentityConfig
  provider: ProviderSettings
  /** The directory's answer to "who is this officer?"; undefined for a person. */
  officerOf: OfficerOf
  clock?: () => Date
  /** Told of every failed exchange with the provider; must not log tokens or claims. */
  onFailure?: (error: unknown) => void
}

const sessionSeconds = 12 * 3600
const officerIdleSeconds = 2 * 3600
const touchedEveryMs = 5 * 60_000

/** A cookie to set; `value: null` removes it. */
export interface CookieChange {
  name: string
  value: string | null
  path: string
  maxAgeSeconds: number
}

/** The door of sign-in and of "who asks?" for one running installation. */
export function createIdentity(parts: IdentityParts) {
  const { config } = parts
  const db = parts.db.pool
  const clock = parts.clock ?? currentInstant
  const keys = cookieKeys(config.secret)
  const officers = officerCache(parts.officerOf)
  const provider = relyingParty(parts.provider, parts.onFailure ?? (() => undefined))
  const issuer = parts.provider.recordedAs ?? parts.provider.issuer
  const secure = config.baseUrl.startsWith('https://')
  // The prefix makes browsers refuse the cookie from a subdomain or from a page without encryption.
  const cookieName = secure ? '__Host-motcua' : 'motcua_session'

  const sessionToken = (request: Request) => keys.verify(cookieOf(request, cookieName))
  // Requests of one moment share a round trip.
  const findSession = together((hashes: Buffer[]) =>
    store.findSessions(db, hashes, clock(), officerIdleSeconds),
  )
  const attemptCookie = (state: string) => `motcua_attempt_${state.replace(/[^\w-]/g, '').slice(0, 12)}`

  /** Who makes this request. One signed-cookie check and one prepared query; never refuses. */
  async function resolveActor(request: Request): Promise<Actor> {
    const authorization = request.headers.get('authorization') ?? ''
    const bearer = /^Bearer ([\w-]{20,200})$/i.exec(authorization)?.[1]
    if (bearer) return systemOf(bearer)
    // A token that is none does not fall back on the cookie: requests with a token are let in from any origin.
    if (/^Bearer /i.test(authorization)) return anonymous
    const token = sessionToken(request)
    return token ? accountActor(tokenHash(token)) : anonymous
  }

  async function systemOf(token: string): Promise<Actor> {
    const row = await store.findToken(db, tokenHash(token), clock())
    if (!row) return anonymous
    const authorityCodes = row.authority_codes ?? undefined
    const system = {
      kind: 'system' as const,
      clientId: row.token_id,
      name: row.client_name,
      scopes: row.scopes,
      ...(row.partner !== null && { partner: row.partner }),
    }
    return authorityCodes ? { ...system, authorityCodes } : system
  }

  async function accountActor(hash: Buffer): Promise<Actor> {
    const now = clock()
    const row = await findSession(hash)
    if (!row) return anonymous
    if (now.getTime() - row.last_seen_at.getTime() > touchedEveryMs) await store.touchSession(db, hash, now)
    return row.kind === 'person' ? personActor(row) : officerActor(row, now)
  }

  async function officerActor(row: store.AccountRow, now: Date): Promise<Actor> {
    const record = await officers.find(row.issuer, row.subject, now)
    if (!record || record.locked) return anonymous
    const { officerId, name, posts, personalId } = record
    return { kind: 'officer', officerId, name, posts, ...(personalId && { personalId }) }
  }

  /** Starts signing in: where to send the browser, and the cookie it must carry. */
  async function beginSignIn(d: {
    returnTo?: string | undefined
    loginHint?: string | undefined
    origin?: string
  }) {
    const origin = config.demonstration && d.origin ? d.origin : new URL(config.baseUrl).origin
    const redirectUri = `${origin}/auth/callback`
    const begun = await provider.begin({
      redirectUri,
      returnTo: localPath(d.returnTo),
      loginHint: d.loginHint,
      now: clock(),
    })
    if (isRefusal(begun)) return begun
    const name = attemptCookie(begun.attempt.state)
    const cookie = { name, value: keys.seal(begun.attempt), path: '/auth', maxAgeSeconds: attemptSeconds }
    return { location: browserAddress(begun.url), cookies: [cookie] satisfies CookieChange[] }
  }

  // The demonstration's provider sits behind this server, at whatever address the visitor sees it.
  function browserAddress(url: URL): string {
    return url.origin === new URL(config.baseUrl).origin ? url.pathname + url.search : url.href
  }

  /** Ends signing in: verifies what came back, opens a new session and ends the one the browser had. */
  async function finishSignIn(
    request: Request,
  ): Promise<Outcome<{ location: string; cookies: CookieChange[] }>> {
    const query = new URL(request.url).searchParams
    const name = attemptCookie(query.get('state') ?? '')
    const attempt = SignInAttempt.safeParse(keys.open(cookieOf(request, name)))
    if (!attempt.success || attempt.data.endsAtMs < clock().getTime()) return refusals.signInExpired()
    const profile = await provider.finish({ query, attempt: attempt.data })
    if (isRefusal(profile)) return profile
    const opened = await openSession(profile, sessionToken(request))
    if (isRefusal(opened)) return opened
    const over = { name, value: null, path: '/auth', maxAgeSeconds: 0 }
    const home = opened.kind === 'officer' ? '/can-bo/viec' : '/'
    return { location: localPath(attempt.data.returnTo) ?? home, cookies: [opened.cookie, over] }
  }

  async function openSession(profile: Profile, previousToken: string | undefined) {
    const now = clock()
    officers.forget(issuer, profile.subject)
    const officer = await officers.find(issuer, profile.subject, now)
    const kind = officer ? ('officer' as const) : ('person' as const)
    const saved = await store.saveAccount(
      db,
      { ...profile, accountId: newId(now.getTime()), issuer, kind },
      now,
    )
    if (saved.locked || officer?.locked) return refusals.locked()
    const token = newToken(32)
    const expiresAt = new Date(now.getTime() + sessionSeconds * 1000)
    await store.insertSession(db, tokenHash(token), saved.accountId, now, expiresAt)
    if (previousToken) await store.revokeSession(db, tokenHash(previousToken), now)
    const cookie = { name: cookieName, value: keys.sign(token), path: '/', maxAgeSeconds: sessionSeconds }
    return { kind, cookie }
  }

  /** Ends this browser's session, or with `everywhere` all sessions of its account. */
  async function signOut(request: Request, everywhere = false): Promise<CookieChange> {
    const token = sessionToken(request)
    const now = clock()
    const row =
      token && everywhere ? await store.findSession(db, tokenHash(token), now, officerIdleSeconds) : undefined
    if (row) await store.revokeAllSessions(db, row.account_id, now)
    else if (token) await store.revokeSession(db, tokenHash(token), now)
    return { name: cookieName, value: null, path: '/', maxAgeSeconds: 0 }
  }

  return {
    config,
    clock,
    secure,
    resolveActor,
    beginSignIn,
    finishSignIn,
    signOut,
    /** Opens a session without the provider, for benches and tests; gives the Cookie header to send. */
    async openSessionFor(profile: Profile): Promise<Outcome<string>> {
      const opened = await openSession(profile, undefined)
      return isRefusal(opened) ? opened : `${opened.cookie.name}=${opened.cookie.value}`
    },
    /** Locks an account and ends its sessions at once, for instance when an officer leaves. */
    async lockAccount(accountId: string, reason: string): Promise<void> {
      await store.setLock(db, accountId, { at: clock(), reason })
      await store.revokeAllSessions(db, accountId, clock())
    },
    unlockAccount: (accountId: string) => store.setLock(db, accountId, null),
    signOutEverywhere: (accountId: string) => store.revokeAllSessions(db, accountId, clock()),
    findAccountId: (subject: string) => store.findAccountId(db, issuer, subject),
    /** Forgets cached posts: all, or those of one subject. */
    forgetPosts: (subject?: string) =>
      subject === undefined ? officers.forget() : officers.forget(issuer, subject),
    createToken: (request: TokenRequest) => createToken(db, request, clock()),
    /** A week-long token for trying the API; only in a demonstration. */
    createSandboxToken: async (createdBy?: string) =>
      config.demonstration ? createSandboxToken(db, createdBy, clock()) : refusals.demonstrationOnly(),
    revokeToken: (tokenId: string) => store.revokeToken(db, tokenId, clock()),
    /** Daily: removes sessions that ended more than 30 days ago. */
    tidy: () => store.deleteEndedSessions(db, new Date(clock().getTime() - 30 * 86_400_000)),
  }
}

export type Identity = ReturnType<typeof createIdentity>

function personActor(row: store.AccountRow): Actor {
  return {
    kind: 'person',
    personId: row.account_id,
    name: row.name,
    ...(row.personal_id && { personalId: row.personal_id }),
    ...(row.date_of_birth && { dateOfBirth: row.date_of_birth }),
    ...(row.phone && { phone: row.phone }),
    ...(row.email && { email: row.email }),
    assurance: row.assurance,
    organisations: row.organisations,
  }
}

function cookieOf(request: Request, name: string): string | undefined {
  const header = request.headers.get('cookie')
  if (!header) return undefined
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}
