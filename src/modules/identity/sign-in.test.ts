import { Hono } from 'hono'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aBrowser } from '../../../test/builders/browser.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { demonstrationPeople, startDemonstrationSignIn } from '../../demonstration/identity-provider.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import {
  createIdentity,
  identityRefusals,
  identityRoutes,
  isSameOrigin,
  type OfficerRecord,
  type ProviderSettings,
} from './index.ts'

const baseUrl = 'http://localhost:8026'
const reception: OfficerRecord = {
  officerId: 'officer-hoa-sen-reception-1',
  name: 'Lê Thu Trang',
  posts: [
    {
      postId: 'p1',
      title: 'Cán bộ tiếp nhận',
      authorityCode: 'H99.12',
      unitCode: 'one-stop',
      roles: ['reception'],
    },
  ],
}
const mother = {
  subject: 'citizen-mau-don',
  name: 'Nguyễn Thị Mẫu Đơn',
  assurance: 2 as const,
  organisations: [],
}
const trang = { subject: reception.officerId, name: reception.name, assurance: 2 as const, organisations: [] }

const { url, pool } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app', max: 4 })
const provider = startDemonstrationSignIn({
  baseUrl,
  recordedAs: 'urn:test',
  people: demonstrationPeople([
    { subject: reception.officerId, name: reception.name, workplace: 'Phường Hoa Sen' },
  ]),
})
afterAll(async () => {
  await provider.stop()
  await db.close()
})

const morning = Date.now()
let officerLocked = false
let now = new Date(morning)
beforeEach(() => {
  officerLocked = false
  now = new Date(morning)
})
const later = (hours: number) => {
  now = new Date(morning + hours * 3_600_000)
}

function anInstallation(
  changes: { demonstration?: boolean; provider?: Partial<ProviderSettings>; at?: string } = {},
) {
  const identity = createIdentity({
    db,
    config: {
      baseUrl: changes.at ?? baseUrl,
      secret: 'a secret of at least thirty-two characters',
      demonstration: changes.demonstration ?? true,
      trustProxy: false,
    },
    provider: { ...provider.settings, ...changes.provider },
    officerOf: async (_issuer, subject) =>
      subject === reception.officerId ? { ...reception, locked: officerLocked } : undefined,
    clock: () => now,
  })
  const app = new Hono()
  app.route('/', identityRoutes(identity))
  app.all('/oidc/*', (c) => provider.proxy(c.req.raw))
  app.get('*', async (c) => c.json(await identity.resolveActor(c.req.raw)))
  const server = (request: Request) => app.fetch(request)
  const whoIs = (cookie: string) => identity.resolveActor(new Request(baseUrl, { headers: { cookie } }))
  const newBrowser = (origin = baseUrl) => aBrowser(server, origin)
  return { identity, newBrowser, browser: newBrowser(), whoIs }
}

const sessionOf = (browser: ReturnType<typeof aBrowser>) => {
  const cookie = browser.cookies.get('motcua_session')
  return cookie && `motcua_session=${cookie.value}`
}

describe('signing in', () => {
  test('one press on a role card signs in through OpenID Connect and leads where the card says', async () => {
    const { browser } = anInstallation()
    const page = await browser.post('/vao-vai/mother')
    expect(page.url).toBe(`${baseUrl}/thu-tuc/1.001193`)
    expect(await page.response.json()).toMatchObject({
      kind: 'person',
      name: 'Nguyễn Thị Mẫu Đơn',
      personalId: '099195000001',
      dateOfBirth: '1995-03-14',
      phone: '0912345601',
      assurance: 2,
    })
  })

  test('the browser is sent with state, nonce and an S256 code challenge', async () => {
    const { browser } = anInstallation()
    const { steps } = await browser.post('/vao-vai/mother')
    const query = new URL(steps[0]!, baseUrl).searchParams
    expect(query.get('state')).toMatch(/^[\w-]{40,}$/)
    expect(query.get('nonce')).toMatch(/^[\w-]{40,}$/)
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  })

  test('an officer comes with the posts that the directory knows', async () => {
    const { browser } = anInstallation()
    const page = await browser.post('/vao-vai/reception')
    expect(await page.response.json()).toEqual({ kind: 'officer', ...reception })
  })

  test('another role is taken at once, also by somebody who is signed in', async () => {
    const { browser } = anInstallation()
    await browser.post('/vao-vai/mother')
    const page = await browser.post('/vao-vai/business')
    expect(await page.response.json()).toMatchObject({
      name: 'Trịnh Văn Lúa',
      organisations: [{ code: '8099000003', name: 'Hộ kinh doanh Quán Lúa', role: 'owner' }],
    })
  })

  test('without a role the provider shows its persons, and choosing one leads back to where sign-in began', async () => {
    const { browser } = anInstallation()
    const list = await browser.get('/dang-nhap?ve=/ho-so')
    const html = await list.response.text()
    expect(html).toContain('Định danh mẫu – bản dùng thử')
    expect(html).toContain('Phạm Thị Sen')
    const page = await browser.post(new URL(list.url).pathname, {}, { subject: 'citizen-sen' })
    expect(page.url).toBe(`${baseUrl}/ho-so`)
    expect(await page.response.json()).toMatchObject({ name: 'Phạm Thị Sen' })
  })

  test('signing in works at the address under which the visitor found the demonstration', async () => {
    const { newBrowser } = anInstallation()
    const page = await newBrowser('http://demo.example:9000').post('/vao-vai/mother')
    expect(page.url).toBe('http://demo.example:9000/thu-tuc/1.001193')
    expect(await page.response.json()).toMatchObject({ kind: 'person' })
  })

  test('the same person keeps one account, whatever the provider says of e-mail and phone', async () => {
    const { identity } = anInstallation()
    accepted(await identity.openSessionFor({ ...mother, email: 'one@example.vn' }))
    const first = await identity.findAccountId(mother.subject)
    accepted(await identity.openSessionFor({ ...mother, email: 'other@example.vn', phone: '0912000000' }))
    expect(await identity.findAccountId(mother.subject)).toBe(first)
  })

  test('role cards exist in a demonstration only', async () => {
    const { browser } = anInstallation({ demonstration: false })
    const page = await browser.post('/vao-vai/mother')
    expect(page.response.status).toBe(404)
  })

  test('an unknown role is refused', async () => {
    const page = await anInstallation().browser.post('/vao-vai/emperor')
    expect(page.response.status).toBe(404)
  })
})

describe('when signing in goes wrong', () => {
  test('a provider that is down is told in one plain sentence', async () => {
    const down = { fetch: () => Promise.reject(new TypeError('connection refused')) }
    const { browser } = anInstallation({ provider: down })
    const { response } = await browser.post('/vao-vai/mother')
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('Bản nháp của anh/chị vẫn được giữ')
  })

  test('a provider that ends midway is told in one plain sentence too', async () => {
    const gone = startDemonstrationSignIn({ baseUrl, recordedAs: 'urn:test', people: [] })
    await gone.ready
    await gone.stop()
    const response = await gone.proxy(new Request(`${baseUrl}/oidc/auth`))
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('Bản nháp của anh/chị vẫn được giữ')
  })

  test('the provider may come back without a restart of ours', async () => {
    let up = false
    const flaky: typeof fetch = (input, init) =>
      up ? provider.fetch(input, init) : Promise.reject(new TypeError())
    const { browser } = anInstallation({ provider: { fetch: flaky } })
    expect((await browser.post('/vao-vai/mother')).response.status).toBe(503)
    up = true
    expect((await browser.post('/vao-vai/mother')).response.status).toBe(200)
  })

  test('an answer meant for another browser is refused', async () => {
    const { browser, newBrowser } = anInstallation()
    const callback = (await browser.post('/vao-vai/mother')).steps.find((step) =>
      step.includes('/auth/callback'),
    )!
    const victim = newBrowser()
    expect((await victim.get(callback)).response.status).toBe(422)
    expect(sessionOf(victim)).toBeUndefined()
  })

  test('an answer with another state, issuer or code is refused', async () => {
    const { browser, identity } = anInstallation()
    const begun = await identity.beginSignIn({})
    if (isRefusal(begun)) throw new Error('refused')
    const [cookie] = begun.cookies
    const state = new URL(begun.location, baseUrl).searchParams.get('state')!
    browser.cookies.set(cookie!.name, { value: cookie!.value!, path: '/auth' })
    const iss = encodeURIComponent(provider.issuer)
    for (const query of [
      `code=guess&state=${state}&iss=${iss}`,
      `code=guess&state=${state}&iss=${encodeURIComponent('https://other.example')}`,
      `code=guess&state=${state.slice(0, 12)}other&iss=${iss}`,
    ]) {
      const { response } = await browser.get(`/auth/callback?${query}`)
      expect(response.status).toBe(403)
    }
    expect(sessionOf(browser)).toBeUndefined()
  })

  test('an attempt older than ten minutes is refused', async () => {
    const { identity } = anInstallation()
    const begun = await identity.beginSignIn({})
    if (isRefusal(begun)) throw new Error('refused')
    later(0.2)
    const state = new URL(begun.location, baseUrl).searchParams.get('state')
    const cookie = `${begun.cookies[0]!.name}=${begun.cookies[0]!.value}`
    const back = new Request(`${baseUrl}/auth/callback?code=x&state=${state}`, { headers: { cookie } })
    expect(await identity.finishSignIn(back)).toEqual(identityRefusals.signInExpired())
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
  ])('does not lead to %s after signing in', async (target) => {
    const { browser } = anInstallation()
    const page = await browser.post(`/vao-vai/mother?ve=${encodeURIComponent(target)}`)
    expect(new URL(page.url).origin).toBe(baseUrl)
  })

  test('a cross-site press neither signs in nor out', async () => {
    const { browser } = anInstallation()
    await browser.post('/vao-vai/mother')
    const before = sessionOf(browser)
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:9999' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { referer: 'https://evil.example/page' },
      {},
    ] as Record<string, string>[]) {
      expect((await browser.post('/vao-vai/business', headers)).response.status).toBe(403)
      expect((await browser.post('/dang-xuat', headers)).response.status).toBe(403)
    }
    expect(sessionOf(browser)).toBe(before)
  })

  test('a flood from one address is asked to wait', async () => {
    const { browser } = anInstallation({ provider: { fetch: () => Promise.reject(new TypeError()) } })
    for (let i = 0; i < 240; i += 1) await browser.get('/dang-nhap')
    const { response } = await browser.get('/dang-nhap')
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('a session', () => {
  test('is kept only as a hash', async () => {
    const { browser } = anInstallation()
    await browser.post('/vao-vai/mother')
    const token = decodeURIComponent(sessionOf(browser)!).split('=')[1]!.split('.')[0]!
    const { rows } = await pool.query('select * from identity.session')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.map((row) => row.token_hash.length)).toContain(32)
  })

  test('has a cookie that scripts cannot read and other sites do not send', async () => {
    const { identity } = anInstallation()
    const app = identityRoutes(identity)
    const response = await app.request('/dang-xuat', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(response.headers.get('set-cookie')).toMatch(/^motcua_session=;.*HttpOnly; SameSite=Lax$/)
  })

  test('has a cookie bound to this host and to encryption when the installation is reached by https', async () => {
    const { identity } = anInstallation({ at: 'https://dichvucong.example' })
    expect(accepted(await identity.openSessionFor(mother))).toMatch(/^__Host-motcua=/)
    expect(identity.secure).toBe(true)
  })

  test('costs one statement a request', async () => {
    const { identity, whoIs } = anInstallation()
    const cookie = accepted(await identity.openSessionFor(trang))
    await whoIs(cookie)
    const asked: unknown[] = []
    const query = db.pool.query
    db.pool.query = ((...args: Parameters<typeof query>) => {
      asked.push(args)
      return query.apply(db.pool, args)
    }) as typeof query
    const actor = await whoIs(cookie)
    db.pool.query = query
    expect(actor.kind).toBe('officer')
    expect(asked).toHaveLength(1)
  })

  test('with a forged, altered or foreign cookie is nobody, and the database is not asked', async () => {
    const { identity, whoIs } = anInstallation()
    const real = accepted(await identity.openSessionFor(mother))
    const query = db.pool.query
    db.pool.query = (() => Promise.reject(new Error('asked'))) as never
    for (const cookie of [
      'motcua_session=anything',
      'motcua_session=a.b',
      `${real.slice(0, -2)}xx`,
      real.replace('=', '=x'),
      `${real}.more`,
      real.replace('motcua_session', 'other'),
    ])
      expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
    db.pool.query = query
    expect(await whoIs(real)).toMatchObject({ kind: 'person' })
  })

  test('ends twelve hours after signing in, used or not', async () => {
    const { identity, whoIs } = anInstallation()
    const cookie = accepted(await identity.openSessionFor(mother))
    later(11.9)
    expect(await whoIs(cookie)).toMatchObject({ kind: 'person' })
    later(12.1)
    expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
  })

  test('of an officer ends after two idle hours, and lives on while it is used', async () => {
    const { identity, whoIs } = anInstallation()
    const cookie = accepted(await identity.openSessionFor(trang))
    later(1.5)
    expect(await whoIs(cookie)).toMatchObject({ kind: 'officer' })
    later(3)
    expect(await whoIs(cookie)).toMatchObject({ kind: 'officer' })
    later(5.1)
    expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
  })

  test('is ended by signing out', async () => {
    const { browser, whoIs } = anInstallation()
    await browser.post('/vao-vai/mother')
    const cookie = sessionOf(browser)!
    await browser.post('/dang-xuat')
    expect(sessionOf(browser)).toBeUndefined()
    expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
  })

  test('is ended on every device by signing out everywhere', async () => {
    const { browser, newBrowser, whoIs } = anInstallation()
    await browser.post('/vao-vai/mother')
    const phone = newBrowser()
    await phone.post('/vao-vai/mother')
    await browser.post('/dang-xuat?moi-noi')
    expect(await whoIs(sessionOf(phone)!)).toEqual({ kind: 'anonymous' })
  })

  test('gets a new token at each sign-in, and the old one ends', async () => {
    const { browser, whoIs } = anInstallation()
    await browser.post('/vao-vai/mother')
    const before = sessionOf(browser)!
    await browser.post('/vao-vai/mother')
    expect(sessionOf(browser)).not.toBe(before)
    expect(await whoIs(before)).toEqual({ kind: 'anonymous' })
  })

  test('of an officer whom the directory locked ends within the time posts are kept, at once when told', async () => {
    const { identity, whoIs } = anInstallation()
    const cookie = accepted(await identity.openSessionFor(trang))
    expect(await whoIs(cookie)).toMatchObject({ kind: 'officer' })
    officerLocked = true
    identity.forgetPosts(trang.subject)
    expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
    expect(await identity.openSessionFor(trang)).toEqual(identityRefusals.locked())
  })

  test('of a locked account ends at once, and the account cannot sign in', async () => {
    const { identity, whoIs } = anInstallation()
    const cookie = accepted(await identity.openSessionFor(mother))
    const accountId = (await identity.findAccountId(mother.subject))!
    await identity.lockAccount(accountId, 'reported stolen')
    expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
    expect(await identity.openSessionFor(mother)).toEqual(identityRefusals.locked())
    await identity.unlockAccount(accountId)
    expect(await whoIs(cookie)).toEqual({ kind: 'anonymous' })
    expect(isRefusal(await identity.openSessionFor(mother))).toBe(false)
  })

  test('that ended long ago is tidied away', async () => {
    const { identity } = anInstallation()
    accepted(await identity.openSessionFor(mother))
    later(24 * 40)
    expect(await identity.tidy()).toBeGreaterThan(0)
  })
})

describe('a system', () => {
  test('may send from any site, since its token and not a cookie says who it is', () => {
    const headers = { authorization: 'Bearer x', origin: 'https://other.example', cookie: 'motcua_session=x' }
    const request = new Request(baseUrl, { method: 'POST', headers })
    expect(isSameOrigin(request, [baseUrl])).toBe(true)
  })

  const bearer = (token: string) => new Request(baseUrl, { headers: { authorization: `Bearer ${token}` } })

  test('is known by its token, with its scopes and authorities', async () => {
    const { identity } = anInstallation()
    const authorityCodes = ['H99.12']
    const issued = accepted(
      await identity.createToken({ clientName: 'Sở', scopes: ['dossiers:read'], authorityCodes }),
    )
    expect(await identity.resolveActor(bearer(issued.token))).toEqual({
      kind: 'system',
      clientId: issued.tokenId,
      name: 'Sở',
      scopes: ['dossiers:read'],
      authorityCodes,
    })
    const { rows } = await pool.query('select * from identity.api_token')
    expect(JSON.stringify(rows)).not.toContain(issued.token)
  })

  test('with an unknown, ended or revoked token is nobody', async () => {
    const { identity } = anInstallation()
    expect(await identity.resolveActor(bearer(`motcua_${'x'.repeat(43)}`))).toEqual({ kind: 'anonymous' })
    const short = accepted(await identity.createToken({ clientName: 'a', scopes: ['board:read'], days: 1 }))
    const revoked = accepted(await identity.createToken({ clientName: 'b', scopes: ['board:read'] }))
    expect(await identity.revokeToken(revoked.tokenId)).toBe(true)
    expect(await identity.resolveActor(bearer(revoked.token))).toEqual({ kind: 'anonymous' })
    later(25)
    expect(await identity.resolveActor(bearer(short.token))).toEqual({ kind: 'anonymous' })
  })

  test('gets no token without a name or with an unknown scope; every problem is named', async () => {
    const { identity } = anInstallation()
    const asked = { clientName: ' ', scopes: ['everything' as 'board:read'], days: 0 }
    expect(await identity.createToken(asked)).toEqual(
      identityRefusals.tokenInvalid({ problems: ['clientName', 'scopes.0', 'days'] }),
    )
  })

  test('gets a sandbox token in a demonstration only', async () => {
    const issued = await anInstallation().identity.createSandboxToken()
    expect(issued).toMatchObject({ token: expect.stringMatching(/^motcua_/) })
    const refused = await anInstallation({ demonstration: false }).identity.createSandboxToken()
    expect(refused).toEqual(identityRefusals.demonstrationOnly())
  })
})
