import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isRefusal, type Outcome, type Refusal } from './errors.ts'
import type { Locale } from './i18n.ts'
import type { Log } from './log.ts'
import { breakdown, localeOf, Problem, problem, refuse } from './problem.ts'
import { clientAddress, rateLimit } from './rate-limit.ts'
import { findUnstorableText } from './text.ts'

/** Who may call a route. What is not named is refused; a test walks routes and roles. */
export interface Access {
  /** Anybody, signed in or not. */
  public?: true
  /** Signed-in people. */
  person?: true
  /** Officers with one of these roles, or any officer. */
  officer?: true | readonly string[]
  /** Systems whose token carries this scope. */
  system?: string
}

/** The least that the routes need to know of the one who calls; the module `identity` has the whole type. */
export interface Caller {
  kind: 'anonymous' | 'person' | 'officer' | 'system'
  scopes?: readonly string[]
  posts?: readonly { roles: readonly string[] }[]
}

/** Whether an access rule lets a caller in. */
export function mayCall(access: Access, caller: Caller): boolean {
  if (access.public) return true
  if (caller.kind === 'person') return access.person === true
  if (caller.kind === 'system')
    return access.system !== undefined && (caller.scopes ?? []).includes(access.system)
  if (caller.kind !== 'officer' || access.officer === undefined) return false
  if (access.officer === true) return true
  const roles = new Set((caller.posts ?? []).flatMap((post) => post.roles))
  return access.officer.some((role) => roles.has(role))
}

type Shape = z.ZodType
type Value<S> = S extends Shape ? z.infer<S> : undefined

/** What a route's `handle` receives, parsed and allowed. */
export interface Call<App, Actor, P, Q, H, B> {
  app: App
  actor: Actor
  params: Value<P>
  query: Value<Q>
  headers: Value<H>
  body: Value<B>
  locale: Locale
  now: Date
}

export interface RouteDefinition<App, Actor extends Caller, P, Q, H, B> {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  summary: string
  tag: string
  access: Access
  /** How many calls one network address may make in a minute; for what could be guessed by trying. */
  perMinute?: number
  /** For how long anybody may keep the answer that strangers get; only for what is public. */
  cacheSeconds?: number
  params?: P
  query?: Q
  headers?: H
  body?: B
  /** The schema of the answer and its status. */
  answer: Shape
  status?: 200 | 201 | 202
  handle(call: Call<App, Actor, P, Q, H, B>): Promise<Outcome<unknown>> | Outcome<unknown>
}

// biome-ignore lint/suspicious/noExplicitAny: routes of many shapes stand in one list
export type AnyRoute<App> = RouteDefinition<App, any, any, any, any, any>

/** Declares a REST route; the OpenAPI document is generated from the declaration. */
export function defineRoute<
  App,
  Actor extends Caller,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  H extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(definition: RouteDefinition<App, Actor, P, Q, H, B>): RouteDefinition<App, Actor, P, Q, H, B> {
  return definition
}

export interface RestOptions<App> {
  app: App
  routes: readonly AnyRoute<App>[]
  resolveActor(request: Request, context: Context): Promise<Caller>
  now(): Date
  /** Believe the proxy's word on who calls. */
  trustProxy?: boolean
  log: Log
  title: string
  version: string
}

const maxJsonBytes = 2 * 1024 * 1024

/** Mounts the routes and the OpenAPI 3.1 document at `/openapi.json`. */
export function mountRoutes<App>(options: RestOptions<App>): OpenAPIHono {
  const rest = new OpenAPIHono({
    defaultHook: (result, context) => {
      if (!result.success) return invalidRequest(context, result.error.issues)
    },
  })
  rest.onError((error, context) => breakdown(context, error, options.log))
  rest.notFound((context) => problem(context, 404, 'http.no-such-route'))
  const tooLarge = (context: Context) =>
    problem(context, 413, 'http.body-too-large', { maxBytes: maxJsonBytes })
  const counted = bodyLimit({ maxSize: maxJsonBytes, onError: tooLarge })
  rest.use(async (context, next) => {
    await next()
    // What one caller may read stays in no cache, and is never taken for anything but what it says it is.
    if (context.res.headers.get('cache-control') === null) context.header('cache-control', 'no-store')
    context.header('x-content-type-options', 'nosniff')
  })
  rest.use(async (context, next) => {
    // Counting opens the body as a stream, which costs a third of a request: only where no length is stated.
    if (context.req.header('transfer-encoding') !== undefined) return counted(context, next)
    if (Number(context.req.header('content-length') ?? 0) > maxJsonBytes) return tooLarge(context)
    await next()
  })
  for (const route of options.routes) mountRoute(rest, route, options)
  rest.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  rest.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: options.version,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/api/v1' }],
  })
  return rest
}

function mountRoute<App>(rest: OpenAPIHono, route: AnyRoute<App>, options: RestOptions<App>): void {
  const limit = route.perMinute ? rateLimit({ limit: route.perMinute, windowSeconds: 60 }) : undefined
  rest.use(toHonoPath(route.path), async (context, next) => {
    if (methodOf(context) !== route.method) return next()
    const actor = await options.resolveActor(context.req.raw, context)
    if (!mayCall(route.access, actor)) return refuse(context, notAllowed(actor))
    const taken = limit?.take(clientAddress(context, options.trustProxy ?? false), options.now())
    if (taken && !taken.allowed) return tooMany(context, taken.retryAfterSeconds)
    context.set('actor' as never, actor as never)
    await next()
  })
  rest.openapi(
    createRoute(toOpenApi(route)) as RouteConfig as never,
    (async (context: Context) => {
      const request = context.req as unknown as { valid(part: string): unknown }
      const body = route.body ? request.valid('json') : undefined
      const params = route.params ? request.valid('param') : undefined
      const query = route.query ? request.valid('query') : undefined
      const bad = findUnstorableText(body) ?? findUnstorableText(params) ?? findUnstorableText(query)
      if (bad !== undefined) return problem(context, 422, 'text.not-storable', { path: bad })
      const outcome = await route.handle({
        app: options.app,
        actor: context.get('actor'),
        params,
        query,
        headers: route.headers ? request.valid('header') : undefined,
        body,
        locale: localeOf(context),
        now: options.now(),
      })
      if (outcome instanceof Response) return outcome
      if (!isRefusal(outcome) && route.cacheSeconds && route.access.public) keep(context, route.cacheSeconds)
      return isRefusal(outcome)
        ? refuse(context, outcome)
        : context.json(outcome as object, route.status ?? 200)
    }) as never,
  )
}

/** Strangers all get the same answer; who is known may be shown more. */
function keep(context: Context, seconds: number): void {
  context.header('vary', 'cookie, authorization')
  const actor = context.get('actor') as Caller
  if (actor.kind === 'anonymous') context.header('cache-control', `public, max-age=${seconds}`)
}

function tooMany(context: Context, retryAfterSeconds: number): Response {
  context.header('retry-after', String(retryAfterSeconds))
  return problem(context, 429, 'http.too-many', { retryAfterSeconds })
}

const notAllowed = (caller: Caller): Refusal =>
  caller.kind === 'anonymous'
    ? { refused: true, kind: 'unauthenticated', code: 'http.sign-in-first', details: {} }
    : { refused: true, kind: 'forbidden', code: 'http.not-for-you', details: {} }

/**
 * HEAD is answered as GET would be, without the body. What would have been sent is let go here: a file that nobody
 * reads would stay open, and a stream of events would go on by itself.
 */
export const letGoForHead: MiddlewareHandler = async (context, next) => {
  await next()
  if (context.req.method === 'HEAD') await context.res.body?.cancel()
}

// HEAD is answered by the handler of GET, so it passes the same gate.
const methodOf = (context: Context) =>
  context.req.method === 'HEAD' ? 'get' : context.req.method.toLowerCase()

const toHonoPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1')

function toOpenApi<App>(route: AnyRoute<App>) {
  const failing = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: Problem } },
  })
  return {
    method: route.method,
    path: route.path,
    summary: route.summary,
    tags: [route.tag],
    security: route.access.public ? [] : [{ token: [] }],
    request: {
      ...(route.params && { params: route.params }),
      ...(route.query && { query: route.query }),
      ...(route.headers && { headers: route.headers }),
      ...(route.body && {
        body: { required: true, content: { 'application/json': { schema: route.body } } },
      }),
    },
    responses: {
      [route.status ?? 200]: {
        description: route.summary,
        content: { 'application/json': { schema: route.answer } },
      },
      401: failing('Sign in or send a token first'),
      403: failing('Not allowed for this caller'),
      404: failing('Not found'),
      409: failing('Not possible in the present state'),
      422: failing('Some of the input cannot be accepted; every problem is listed'),
    },
  }
}

function invalidRequest(context: Context, issues: readonly z.core.$ZodIssue[]): Response {
  const problems = issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    code: issue.code ?? 'invalid',
    message: issue.message,
  }))
  return problem(context, 422, 'http.invalid-request', undefined, { problems })
}
