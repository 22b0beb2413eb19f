import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'
import type { ChildSettings, DemoPerson } from './identity-provider.ts'
import { pageHeaders, peoplePage, problemPage } from './identity-provider-pages.ts'

// A child process: it is told everything over its channel, and leaves when the channel closes.
process.once('message', (settings) => serve(settings as ChildSettings))
process.once('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole group; the parent says when to leave.
process.on('SIGINT', () => undefined)

const sessionCookie = 'mau_phien'

function serve(settings: ChildSettings): void {
  const people = new Map(settings.people.map((person) => [person.subject, person]))
  const provider = new Provider(settings.issuerUrl, configuration(settings, people))
  // Requests come through the main server, which says under which address the browser sees it.
  provider.proxy = true
  allowOwnCallbacks(provider)
  const mountedAt = new URL(settings.issuerUrl).pathname
  const standard = provider.callback()

  const server = createServer((request, response) => {
    forgetFormerSignIn(request)
    const [path = ''] = (request.url ?? '').split('?')
    if (path.startsWith(`${mountedAt}/interaction/`))
      return void interact(provider, people, request, response)
    // oidc-provider learns its mount path from the difference of the two addresses.
    Object.assign(request, { originalUrl: request.url })
    request.url = request.url?.slice(mountedAt.length) || '/'
    void standard(request, response)
  })
  server.listen(settings.port, '127.0.0.1', () =>
    process.send?.({ port: (server.address() as AddressInfo).port }),
  )
}

function configuration(settings: ChildSettings, people: ReadonlyMap<string, DemoPerson>): Configuration {
  const mountedAt = new URL(settings.issuerUrl).pathname
  return {
    clients: settings.clients.map((client) => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: client.redirectUris,
      id_token_signed_response_alg: 'ES256',
    })),
    jwks: { keys: [settings.signingKey as never] },
    cookies: {
      keys: [settings.cookieKey],
      names: { session: sessionCookie, interaction: 'mau_buoc', resume: 'mau_tiep' },
      long: { path: mountedAt },
    },
    claims: {
      openid: ['sub'],
      profile: ['name', 'birthdate', 'assurance_level'],
      email: ['email'],
      phone: ['phone_number'],
      personal_id: ['personal_id_number'],
      organisations: ['organisations'],
    },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    pkce: { required: () => true },
    ttl: {
      Session: 3600,
      Interaction: 900,
      Grant: 3600,
      AccessToken: 300,
      IdToken: 300,
      AuthorizationCode: 60,
    },
    interactions: { url: (_ctx, interaction) => `${mountedAt}/interaction/${interaction.uid}` },
    findAccount: (_ctx, subject) => accountOf(people.get(subject)),
    // One client, which belongs to the same installation: there is nothing to consent to.
    loadExistingGrant: async (ctx) => {
      const { client, session, params } = ctx.oidc
      const grant = new ctx.oidc.provider.Grant({
        clientId: client!.clientId,
        accountId: session!.accountId!,
      })
      grant.addOIDCScope(String(params!['scope']))
      await grant.save()
      return grant
    },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = problemPage(out.error_description ?? out.error)
    },
  }
}

function accountOf(person: DemoPerson | undefined) {
  if (!person) return undefined
  const claims = {
    sub: person.subject,
    name: person.name,
    birthdate: person.dateOfBirth,
    personal_id_number: person.personalId,
    phone_number: person.phone,
    email: person.email,
    assurance_level: String(person.assurance),
    organisations: person.organisations,
  }
  return { accountId: person.subject, claims: () => claims }
}

// The demonstration may be viewed under several addresses (localhost, a tunnel, the local network); nothing
// is protected here, since every person of it signs in without a password.
function allowOwnCallbacks(provider: Provider): void {
  provider.Client.prototype.redirectUriAllowed = (uri: string) =>
    URL.parse(uri)?.pathname === '/auth/callback'
}

// Every sign-in is a fresh one: taking another role must not first ask to end the former, in a page with a script.
function forgetFormerSignIn(request: IncomingMessage): void {
  const kept = request.headers.cookie?.split(/; */).filter((cookie) => !cookie.startsWith(sessionCookie))
  if (kept) request.headers.cookie = kept.join('; ')
}

async function interact(
  provider: Provider,
  people: ReadonlyMap<string, DemoPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params } = await provider.interactionDetails(request, response)
    const chosen = request.method === 'POST' ? await chosenIn(request) : String(params['login_hint'] ?? '')
    const person = people.get(chosen)
    if (!person) return page(response, 200, peoplePage([...people.values()]))
    await provider.interactionFinished(request, response, { login: { accountId: person.subject } })
  } catch {
    page(response, 400, problemPage('Lần đăng nhập này đã hết hạn. Mời quay lại và đăng nhập lại.'))
  }
}

const longestForm = 2000

async function chosenIn(request: IncomingMessage): Promise<string> {
  let form = ''
  for await (const piece of request.setEncoding('utf8')) {
    form += piece
    if (form.length > longestForm) return ''
  }
  return new URLSearchParams(form).get('subject') ?? ''
}

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, pageHeaders)
  response.end(html)
}
