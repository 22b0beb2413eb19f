import type { Server } from 'node:http'
import { type HttpBindings, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { App } from './app.ts'
import { fileRoutes } from './file-routes.ts'
import { mountRoutes } from './kernel/http.ts'
import { breakdown } from './kernel/problem.ts'
import { clientAddress } from './kernel/rate-limit.ts'
import { liveRoutes } from './live-routes.ts'
import { unreadableEditions } from './modules/catalogue/index.ts'
import { identityRoutes, sameOrigin } from './modules/identity/index.ts'
import { pkiRoutes } from './modules/signatures/index.ts'
import { restRoutes } from './rest.ts'
import { createWebHandler } from './web/server.ts'

/** All addresses of the installation, most special first; the pages take what is left. */
export async function createHttp(app: App): Promise<Hono<{ Bindings: HttpBindings }>> {
  const http = new Hono<{ Bindings: HttpBindings }>()
  http.onError((error, context) => breakdown(context, error, app.log))
  http.get('/healthz', (context) => health(app).then((facts) => context.json(facts, facts.ok ? 200 : 503)))
  http.route('/', identityRoutes(app.identity))
  const provider = app.identityProvider
  if (provider)
    http.all('/oidc/*', bodyLimit({ maxSize: 64 * 1024 }), (context) => provider.proxy(context.req.raw))
  http.route('/', pkiRoutes(app.signatures.authority, app.now))
  http.route('/api/v1', restOf(app))
  http.route('/', fileRoutes(app))
  http.route('/', liveRoutes(app))
  const pages = await createWebHandler({
    loadContext: async (request) => ({
      actor: await app.identity.resolveActor(request),
      app,
      demonstration: app.config.demonstration.on,
      baseUrl: app.config.baseUrl,
      now: app.now(),
      reportBreakdown: (error, about) => app.log.error({ err: error, ...about }, 'breakdown of a page'),
    }),
    // A demonstration is also looked at through tunnels, under addresses that nobody can know beforehand.
    actionHosts: app.config.demonstration.on ? ['**'] : [new URL(app.config.baseUrl).host],
    formOrigins: app.config.oidc ? [new URL(app.config.oidc.issuer).origin] : [],
  })
  http.use(
    sameOrigin(app.identity.config),
    bodyLimit({
      maxSize: app.config.maxFileBytes + 10 * 1024 * 1024,
      onError: async (context) => {
        const request = await onlyTooLarge(context.req.raw, 10 * app.config.maxFileBytes)
        return pages(request, clientAddress(context, app.config.trustProxy))
      },
    }),
  )
  http.all('*', (context) => pages(context.req.raw, clientAddress(context, app.config.trustProxy)))
  return http
}

/**
 * A request that was too large, as a form that says so: the page can then show itself again with a sentence. The rest
 * of the body is read and thrown away first, because browsers hear an answer only after they have sent everything.
 */
async function onlyTooLarge(request: Request, mostRead: number): Promise<Request> {
  let read = 0
  try {
    for await (const chunk of request.body ?? []) {
      read += chunk.byteLength
      if (read > mostRead) break
    }
  } catch {
    // Cut off on the way: there is nothing more to throw away.
  }
  const headers = new Headers(request.headers)
  for (const name of ['content-length', 'content-type', 'transfer-encoding']) headers.delete(name)
  return new Request(request.url, {
    method: request.method,
    headers,
    body: new URLSearchParams({ _tooLarge: '1' }),
  })
}

/** The REST API alone; also what the bench of filings calls. */
export function restOf(app: App) {
  const rest = mountRoutes({
    app,
    routes: restRoutes,
    resolveActor: (request) => app.identity.resolveActor(request),
    now: app.now,
    log: app.log,
    trustProxy: app.config.trustProxy,
    title: 'Một Cửa',
    version: 'v1',
  })
  return new Hono().use(sameOrigin(app.identity.config)).route('/', rest)
}

async function health(app: App) {
  const database = await app.db.pool.query('select 1').then(
    () => true,
    () => false,
  )
  // A procedure that cannot be read is not to be filed; all others are, so the installation itself is well.
  const unreadable = database ? await unreadableEditions(app.db).catch(() => []) : []
  return { ok: database, database, ...(unreadable.length > 0 && { unreadableEditions: unreadable }) }
}

/** Opens the port; resolves when people can come, refuses when the port is taken. */
export function listen(
  http: Hono<{ Bindings: HttpBindings }>,
  { host, port }: { host: string; port: number },
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: http.fetch, hostname: host, port }, () => resolve(server)) as Server
    server.once('error', reject)
  })
}

/** Stops taking new requests and waits for those in flight; long-lived streams are ended. */
export function finishRequests(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    // Event streams never end by themselves.
    setTimeout(() => server.closeAllConnections(), 3000).unref()
  })
}
