import { type ChildProcess, fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { pageHeaders, problemPage } from './identity-provider-pages.ts'

/** A person who can sign in at the demonstration's identity provider, without a password. */
export const DemoPerson = z.object({
  subject: z.string(),
  name: z.string(),
  personalId: z.string().optional(),
  dateOfBirth: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  assurance: z.union([z.literal(1), z.literal(2)]).default(2),
  organisations: z.array(z.object({ code: z.string(), name: z.string(), role: z.string() })).default([]),
  /** Where the person works, as the list of persons shows it. */
  workplace: z.string().optional(),
})
export type DemoPerson = z.infer<typeof DemoPerson>

export interface ProviderClient {
  clientId: string
  clientSecret: string
  redirectUris: string[]
}

export interface DemonstrationProviderOptions {
  /** `<base URL>/oidc`: the browser reaches the provider through this server. */
  issuerUrl: string
  clients: ProviderClient[]
  people: DemoPerson[]
  /** Loopback port of the child; 0 takes a free one. */
  port?: number
}

export interface DemonstrationProvider {
  issuer: string
  /** Settles when the child answers; sign-in waits for it by itself. */
  ready: Promise<void>
  /** `fetch` that takes requests for the issuer straight to the child. */
  fetch: typeof fetch
  /** Hands a browser's request for `/oidc/*` to the child. */
  proxy(request: Request): Promise<Response>
  stop(): Promise<void>
}

/** What the child is told over its channel when it starts. */
export interface ChildSettings {
  issuerUrl: string
  clients: ProviderClient[]
  people: DemoPerson[]
  port: number
  signingKey: Record<string, unknown>
  cookieKey: string
}

/** What the composition needs to let people sign in to a demonstration. */
export interface DemonstrationSignIn extends DemonstrationProvider {
  /** The provider as the module `identity` wants it. */
  settings: {
    issuer: string
    recordedAs: string
    clientId: string
    clientSecret: string
    fetch: typeof fetch
    prompt: 'login'
  }
}

/**
 * Starts the provider for one installation at `baseUrl`, with a client secret of this run.
 * Accounts are kept under `recordedAs`, so that they outlive a change of port or address.
 */
export function startDemonstrationSignIn(d: {
  baseUrl: string
  recordedAs: string
  people: DemoPerson[]
}): DemonstrationSignIn {
  const { origin } = new URL(d.baseUrl)
  const client = { clientId: 'motcua', clientSecret: crypto.randomUUID() }
  const provider = startDemonstrationProvider({
    issuerUrl: `${origin}/oidc`,
    clients: [{ ...client, redirectUris: [`${origin}/auth/callback`] }],
    people: d.people,
  })
  const { issuer, fetch } = provider
  return { ...provider, settings: { issuer, recordedAs: d.recordedAs, ...client, fetch, prompt: 'login' } }
}

const answersWithinMs = 5000
const restartAfterMs = 1000

/**
 * Starts the identity provider of the demonstration in a process of its own, and starts it again should it end.
 * It ends with this process: the child leaves when its channel closes, even after `kill -9`.
 */
export function startDemonstrationProvider(options: DemonstrationProviderOptions): DemonstrationProvider {
  const settings = childSettings(options)
  let stopping = false
  let running = launch(settings, onExit)
  const ready = running.port.then(() => undefined)
  // An end before the first answer is told to whoever signs in; it must not end the server.
  ready.catch(() => undefined)

  function onExit(): void {
    if (!stopping) setTimeout(restart, restartAfterMs).unref()
  }

  function restart(): void {
    if (!stopping) running = launch(settings, onExit)
  }

  async function send(url: URL, init: RequestInit & { duplex?: 'half' }): Promise<Response> {
    const port = await running.port
    const headers = new Headers(init.headers)
    headers.set('x-forwarded-host', url.host)
    headers.set('x-forwarded-proto', url.protocol.slice(0, -1))
    const target = new URL(url.pathname + url.search, `http://127.0.0.1:${port}`)
    return fetch(target, {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(answersWithinMs),
    })
  }

  return {
    issuer: options.issuerUrl,
    ready,
    fetch: (input, init = {}) => send(new URL(input instanceof Request ? input.url : input), init),
    proxy: (request) => passOn(request, send),
    async stop() {
      stopping = true
      await end(running.child)
    },
  }
}

/** Every person of the demonstration: the accounts' file, and the officers whom the directory gives. */
export function demonstrationPeople(
  officers: readonly { subject: string; name: string; workplace?: string }[],
) {
  const file = new URL('../../db/reference/demonstration/accounts.json', import.meta.url)
  const accounts = AccountsFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const staff = officers.map((officer): DemoPerson => ({ ...officer, assurance: 2, organisations: [] }))
  return [...accounts.citizens, ...accounts.developers, ...staff]
}

const AccountsFile = z.object({ citizens: z.array(DemoPerson), developers: z.array(DemoPerson) })

function childSettings(options: DemonstrationProviderOptions): ChildSettings {
  // The key outlives a restart of the child, so that signatures made before it still verify.
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signingKey = {
    ...privateKey.export({ format: 'jwk' }),
    kid: crypto.randomUUID(),
    alg: 'ES256',
    use: 'sig',
  }
  const { issuerUrl, clients, people, port = 0 } = options
  return { issuerUrl, clients, people, port, signingKey, cookieKey: crypto.randomUUID() }
}

// That its memory is not kept and that Node is newer than its list is what we want here.
const expectedWarnings = /^oidc-provider WARNING: (Unsupported runtime|a quick start)/

function launch(settings: ChildSettings, onExit: () => void): { child: ChildProcess; port: Promise<number> } {
  const program = fileURLToPath(new URL('./identity-provider-process.ts', import.meta.url))
  const child = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (!expectedWarnings.test(text)) process.stderr.write(text)
  })
  const port = new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('error', reject)
    child.once('exit', () => reject(new Error('the demonstration identity provider has ended')))
  })
  // Whoever signs in meanwhile is told; nobody waiting is not a breakdown.
  port.catch(() => undefined)
  child.once('exit', onExit)
  child.send(settings, () => undefined)
  return { child, port }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

const outage =
  'Dịch vụ đăng nhập mẫu đang tạm ngừng. Bản nháp của anh/chị vẫn được giữ; mời thử lại sau ít phút.'
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'content-length']

async function passOn(
  request: Request,
  send: (url: URL, init: RequestInit & { duplex?: 'half' }) => Promise<Response>,
): Promise<Response> {
  const url = new URL(request.url)
  const headers = new Headers(request.headers)
  for (const name of [...hopByHop, 'host']) headers.delete(name)
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer()
  try {
    const answer = await send(url, { method: request.method, headers, ...(body && { body }) })
    const kept = new Headers(answer.headers)
    for (const name of hopByHop) kept.delete(name)
    const location = kept.get('location')
    if (location) kept.set('location', withinSite(location, url))
    return new Response(answer.body, { status: answer.status, headers: kept })
  } catch {
    return new Response(problemPage(outage), { status: 503, headers: pageHeaders })
  }
}

// A path instead of an address: behind a tunnel only the browser knows whether it came by http or https.
function withinSite(location: string, seenAs: URL): string {
  const target = new URL(location, seenAs)
  return target.host === seenAs.host ? target.pathname + target.search : location
}
