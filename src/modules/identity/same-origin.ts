import type { MiddlewareHandler } from 'hono'
import { refuse } from '../../kernel/problem.ts'
import { refusals } from './refusals.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * True when an unsafe request comes from our own pages. Browsers say so in Sec-Fetch-Site or Origin;
 * a request that says nothing passes only when it carries no cookie, since then it can misuse no session.
 */
export function isSameOrigin(request: Request, ownOrigins: readonly string[]): boolean {
  if (safeMethods.has(request.method)) return true
  // With a token the cookie is not even read, and no other site can make a browser send the token.
  if (/^Bearer /i.test(request.headers.get('authorization') ?? '')) return true
  const site = request.headers.get('sec-fetch-site')
  if (site) return site === 'same-origin' || (site === 'none' && !request.headers.has('origin'))
  const origin = request.headers.get('origin') ?? originOf(request.headers.get('referer'))
  if (origin) return ownOrigins.includes(origin)
  return !request.headers.has('cookie')
}

/** Origins under which this installation answers; a demonstration also answers where the visitor found it. */
export function ownOrigins(request: Request, config: { baseUrl: string; demonstration: boolean }): string[] {
  const stated = new URL(config.baseUrl).origin
  return config.demonstration ? [stated, requestOrigin(request)] : [stated]
}

/** The origin under which the browser sees this request; behind a tunnel only the browser knows the scheme. */
export function requestOrigin(request: Request): string {
  const url = new URL(request.url)
  const said = URL.parse(request.headers.get('origin') ?? request.headers.get('referer') ?? '')
  return said?.host === url.host ? said.origin : url.origin
}

/** Hono middleware for every unsafe method: refuses cross-site requests with 403. */
export function sameOrigin(config: { baseUrl: string; demonstration: boolean }): MiddlewareHandler {
  return async (c, next) => {
    if (isSameOrigin(c.req.raw, ownOrigins(c.req.raw, config))) return next()
    return refuse(c, refusals.crossSite())
  }
}

function originOf(address: string | null): string | undefined {
  return address ? URL.parse(address)?.origin : undefined
}
