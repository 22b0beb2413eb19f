import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
// By the package's name, so that the key is the same object that the built pages import.
import { appContext, type PageContext, type Reading, type RequestFacts } from 'motcua/web/context'
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router'
import { type Locale, toLocale } from '../kernel/i18n.ts'
import { newSecret } from '../kernel/ids.ts'
import { type PostedForm, readPostedForm } from '../kernel/posted-form.ts'
import { unreadCount } from '../modules/notifications/index.ts'
import { type Assets, loadAssets } from './assets.ts'
import { type DrawnPage, pageMemory } from './page-memory.ts'

export interface WebHandlerOptions {
  mode?: 'production' | 'development'
  /** Looks up who asks and with what application; called once for each page request, not for files. */
  loadContext: (request: Request) => Promise<RequestFacts> | RequestFacts
  /** Origins that a form may end at after redirects: the identity provider, when it is on another origin. */
  formOrigins?: readonly string[]
  /**
   * Hosts whose pages may post. React Router compares a whole origin and does not know that a proxy takes https and
   * passes on http; who may post has been judged before (`sameOrigin`).
   */
  actionHosts?: readonly string[]
  /** Where the web was built. */
  directory?: string
}

const built = fileURLToPath(new URL('../../build/web', import.meta.url))

/**
 * The pages as one function from request to response: built files first, then the rendered page with its
 * language, reading wishes, content security policy and an error reference.
 */
export async function createWebHandler(
  options: WebHandlerOptions,
): Promise<(request: Request, address?: string) => Promise<Response>> {
  const directory = options.directory ?? built
  const assets = loadAssets(`${directory}/client`)
  const build = (await import(/* @vite-ignore */ `${directory}/server/index.js`)) as ServerBuild
  const allowedActionOrigins = [...(options.actionHosts ?? [])]
  const render = createRequestHandler({ ...build, allowedActionOrigins }, options.mode ?? 'production')

  const draw = async (request: Request, address: string) => {
    const forms: PostedForm[] = []
    const page = await contextOf({ request, address }, options, { assets, forms })
    const context = new RouterContextProvider()
    context.set(appContext, page)
    try {
      const response = await render(request, context)
      return finish(request, response, page, options.formOrigins ?? [])
    } finally {
      for (const { forget } of forms) await forget()
    }
  }
  const remembered = pageMemory({ milliseconds: rememberedMs, clock: () => performance.now() })

  return async (request, address = 'local') => {
    const file = assets.serve(request)
    if (file) return file
    const page = await remembered(request, async () => drawnPage(await draw(request, address)))
    return page ? again(request, page, options.formOrigins ?? []) : draw(request, address)
  }
}

const rememberedMs = 5000

async function drawnPage(response: Response): Promise<DrawnPage> {
  const { status, headers } = response
  return { status, headers: [...headers], body: new Uint8Array(await response.arrayBuffer()) }
}

// Documents carry no inline script, so each answer may have a nonce of its own that nothing in it uses.
function again(
  request: Request,
  { status, headers, body }: DrawnPage,
  formOrigins: readonly string[],
): Response {
  const policy = safetyHeaders(nonceOf(), formOrigins)['content-security-policy']!
  const answered = new Headers(headers)
  answered.set('content-security-policy', policy)
  const tag = answered.get('etag')
  if (tag !== null && request.headers.get('if-none-match') === tag) {
    for (const name of ['content-length', 'content-encoding']) answered.delete(name)
    return new Response(null, { status: 304, headers: answered })
  }
  return new Response(body.slice(), { status, headers: answered })
}

const nonceOf = () => randomBytes(16).toString('base64url')

async function contextOf(
  { request, address }: { request: Request; address: string },
  options: WebHandlerOptions,
  { assets, forms }: { assets: Assets; forms: PostedForm[] },
): Promise<PageContext> {
  const facts = await options.loadContext(request)
  const cookies = parseCookies(request.headers.get('cookie') ?? '')
  return {
    ...facts,
    address,
    unread: await unreadOf(request, facts),
    locale: localeOf(request, cookies),
    reading: readingOf(cookies),
    tourStop: facts.demonstration ? tourStopOf(cookies) : 0,
    nonce: nonceOf(),
    reference: `${newSecret(3)}-${newSecret(3)}`,
    enhancements: assets.enhancements,
    posted: async (posted) => {
      const { files, config } = facts.app
      const read = await readPostedForm(posted, { files, maxFileBytes: config.maxFileBytes })
      forms.push(read)
      return read.form
    },
  }
}

// A page that cannot count messages is still a page: whatever is broken shows where it is needed.
async function unreadOf(
  { method }: Request,
  { actor, app }: Pick<PageContext, 'actor' | 'app'>,
): Promise<number> {
  if (method !== 'GET' || actor.kind !== 'person') return 0
  return unreadCount(app.db.pool, actor.personId).catch(() => 0)
}

const yearInSeconds = 365 * 24 * 3600

async function finish(
  request: Request,
  response: Response,
  page: PageContext,
  formOrigins: readonly string[],
): Promise<Response> {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(safetyHeaders(page.nonce, formOrigins))) headers.set(name, value)
  // What a person sees about themselves is not kept by shared caches; nor is a page shown after signing out.
  if (!headers.has('cache-control')) {
    headers.set('cache-control', page.actor.kind === 'anonymous' ? 'private, no-cache' : 'private, no-store')
  }
  const chosen = new URL(request.url).searchParams.get('lang')
  if (chosen) {
    headers.append('set-cookie', `lang=${toLocale(chosen)}; Path=/; Max-Age=${yearInSeconds}; SameSite=Lax`)
  }
  return compressed(request, new Response(response.body, { status: response.status, headers }))
}

/** Strict policy: no inline style at all, inline script only with this request's nonce. */
export function safetyHeaders(nonce: string, formOrigins: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "object-src 'self' blob:",
    "manifest-src 'self'",
    ["form-action 'self'", ...formOrigins].join(' '),
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
  }
}

// Documents are a few dozen kilobytes and many people are on 3G; streams (server-sent events) pass untouched.
async function compressed(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  const accepts = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  if (!accepts || !response.body || !/^(text\/html|application\/xml)/.test(type)) return response
  const body = await promisify(gzip)(new Uint8Array(await response.arrayBuffer()), { level: 4 })
  const headers = new Headers(response.headers)
  headers.set('content-encoding', 'gzip')
  headers.set('content-length', String(body.byteLength))
  headers.append('vary', 'accept-encoding')
  return new Response(new Uint8Array(body), { status: response.status, headers })
}

function localeOf(request: Request, cookies: ReadonlyMap<string, string>): Locale {
  return toLocale(new URL(request.url).searchParams.get('lang') ?? cookies.get('lang'))
}

function readingOf(cookies: ReadonlyMap<string, string>): Reading {
  const text = cookies.get('text')
  return {
    text: text === 'large' || text === 'larger' ? text : 'normal',
    contrast: cookies.get('contrast') === 'more' ? 'more' : 'normal',
  }
}

function tourStopOf(cookies: ReadonlyMap<string, string>): number {
  return /^[1-5]$/.test(cookies.get('tham-quan') ?? '') ? Number(cookies.get('tham-quan')) : 0
}

function parseCookies(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='))
  return new Map(pairs.filter(([name]) => name).map(([name, ...value]) => [name!, value.join('=')]))
}
