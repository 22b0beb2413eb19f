import { z } from 'zod'
import type { Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { newId, newToken } from '../../kernel/ids.ts'
import { cleanText } from '../../kernel/text.ts'
import { insertToken } from './identity-store.ts'
import { refusals } from './refusals.ts'
import { tokenHash } from './signed-cookie.ts'

export const tokenScopes = [
  'dossiers:write',
  'dossiers:read',
  'officer:act',
  'dossiers:sync',
  'dossiers:partner-status',
  'board:read',
] as const
export type TokenScope = (typeof tokenScopes)[number]

const longestDays = 366

/** The id of a partner system, as procedure versions name it. */
const PartnerId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)

/** What somebody states when asking for a token of a system. */
export const TokenRequest = z
  .object({
    clientName: cleanText.pipe(z.string().trim().min(1).max(120)),
    scopes: z.array(z.enum(tokenScopes)).min(1),
    /** Authorities whose dossiers the system may see; none stated means all. */
    authorityCodes: z.array(z.string().min(1).max(40)).min(1).max(500).optional(),
    days: z.int().min(1).max(longestDays).default(longestDays),
    /** The account that asked, when it was asked for in a page. */
    createdBy: z.uuid().optional(),
    /** The partner whose word the system may bring. */
    partner: PartnerId.optional(),
  })
  // A word of nobody would be kept as anybody's.
  .refine(({ scopes, partner }) => scopes.includes('dossiers:partner-status') === (partner !== undefined), {
    error: 'a token that reports statuses, and only that, names its partner',
    path: ['partner'],
  })
export type TokenRequest = z.input<typeof TokenRequest>

export interface IssuedToken {
  tokenId: string
  /** Shown once; the database keeps only its hash. */
  token: string
  clientName: string
  scopes: TokenScope[]
  expiresAt: Date
}

/** Makes a token for a system. The secret is in the answer and nowhere else. */
export async function createToken(
  db: Queryable,
  request: TokenRequest,
  now: Date,
): Promise<Outcome<IssuedToken>> {
  const parsed = TokenRequest.safeParse(request)
  if (!parsed.success)
    return refusals.tokenInvalid({ problems: parsed.error.issues.map((i) => i.path.join('.')) })
  const { clientName, authorityCodes, days, createdBy, partner } = parsed.data
  const scopes = [...new Set(parsed.data.scopes)]
  const token = `motcua_${newToken(32)}`
  const tokenId = newId(now.getTime())
  const expiresAt = new Date(now.getTime() + days * 86_400_000)
  await insertToken(
    db,
    {
      tokenId,
      tokenHash: tokenHash(token),
      clientName,
      scopes,
      authorityCodes,
      partner,
      createdBy,
      expiresAt,
    },
    now,
  )
  return { tokenId, token, clientName, scopes, expiresAt }
}

const sandboxDays = 7

/** A week-long token for trying the API in the demonstration. */
export function createSandboxToken(db: Queryable, createdBy: string | undefined, now: Date) {
  const clientName = 'Khóa thử'
  const all = { scopes: [...tokenScopes], partner: 'thu' }
  return createToken(db, { clientName, ...all, days: sandboxDays, createdBy }, now)
}
