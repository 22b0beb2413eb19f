import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Refusal, RefusalKind } from './errors.ts'
import { findMessage, type Locale, type MessageParams, toLocale } from './i18n.ts'
import type { Log } from './log.ts'

/** One map from refusals to status codes, complete by construction. */
export const httpStatus = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>

/** How a refusal or a breakdown is told over HTTP (RFC 9457). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    details: z.unknown().optional(),
    problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
    reference: z.string().optional(),
  })
  .openapi('Problem')
export type Problem = z.infer<typeof Problem>

/** Turns a refusal into a problem answer. */
export function refuse(context: Context, refused: Refusal): Response {
  const { kind, code, details } = refused
  const wait = (details as { retryAfterSeconds?: unknown } | undefined)?.retryAfterSeconds
  if (kind === 'too-many' && typeof wait === 'number') context.header('retry-after', String(wait))
  return problem(context, httpStatus[kind], code, details, problemsOf(context, details))
}

// Each thing to mend is told in the language of the one who asks, with where to mend it.
function problemsOf(context: Context, details: unknown): Partial<Problem> {
  const listed = ListedProblems.safeParse(details)
  if (!listed.success) return {}
  const locale = localeOf(context)
  return {
    problems: listed.data.problems.map(({ field, code, params }) => ({
      path: field,
      code,
      message: findMessage(locale, code, params) ?? code,
    })),
  }
}

const ListedProblems = z.object({
  problems: z.array(
    z.object({
      field: z.string(),
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
})

/** Tells anything that went wrong as a problem, in the language of the one who asks. */
export function problem(
  context: Context,
  status: number,
  code: string,
  details?: unknown,
  more: Partial<Problem> = {},
) {
  const title = findMessage(localeOf(context), code, (details ?? {}) as MessageParams) ?? code
  const body: Problem = {
    type: `https://motcua.vn/problems/${code}`,
    title,
    status,
    code,
    ...(details ? { details } : {}),
    ...more,
  }
  return context.body(JSON.stringify(body), status as 400, { 'content-type': 'application/problem+json' })
}

/** A breakdown reaches people as an apology with a reference; the cause is in the log under it. */
export function breakdown(context: Context, error: unknown, log: Log): Response {
  if (error instanceof SyntaxError || (error as { status?: number }).status === 400)
    return problem(context, 422, 'http.unreadable-body')
  if (databaseAway.has((error as { code?: string }).code ?? '')) {
    log.warn({ code: (error as { code?: string }).code }, 'the database is away')
    context.header('retry-after', '2')
    return problem(context, 503, 'http.database-away')
  }
  const reference = randomUUID().slice(0, 8)
  log.error({ err: error, reference, path: context.req.routePath }, 'breakdown')
  return problem(context, 500, 'http.breakdown', undefined, { reference })
}

// The socket is gone, or PostgreSQL is starting, stopping or crashed: it will be back, and so may the caller.
const databaseAway = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
])

/** The language asked for: `?lang=`, then `Accept-Language`, else Vietnamese. */
export function localeOf(context: Context): Locale {
  return toLocale(context.req.query('lang') ?? context.req.header('accept-language')?.slice(0, 2))
}
