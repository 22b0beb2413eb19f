import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { aBrowser } from '../../../test/builders/browser.ts'
import { testDatabase } from '../../../test/harness/database.ts'
import { demonstrationPeople, startDemonstrationProvider } from '../../demonstration/identity-provider.ts'
import { openDatabase } from '../../kernel/db.ts'
import { createIdentity, identityRoutes, type OfficerRecord, type ProviderSettings } from './index.ts'

const baseUrl = 'http://localhost:8026'
const reception: OfficerRecord = {
  officerId: 'officer-hoa-sen-reception-1',
  name: 'Lê Thu Trang',
  posts: [
    { postId: 'p1', title: 'Cán bộ tiếp nhận', authorityCode: 'H99.12', unitCode: 'one-stop', roles: ['reception'] },
  ],
}
const client = { clientId: 'motcua', clientSecret: 'only for this test run', redirectUris: [`${baseUrl}/auth/callback`] }

const { url, pool } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app', max: 4 })
const provider = startDemonstrationProvider({
  issuerUrl: `${baseUrl}/oidc`,
  clients: [client],
  people: demonstrationPeople([{ subject: reception.officerId, name: reception.name, workplace: 'Phường Hoa Sen' }]),
})
afterAll(async () => {
  await provider.stop()
  await db.close()
})

let locked = false
let now = new Date('2026-11-21T02:00:00Z')
const settings: ProviderSettings = {
  issuer: provider.issuer,
  recordedAs: 'urn:test',
  clientId: client.clientId,
  clientSecret: client.clientSecret,
  fetch: provider.fetch,
  prompt: 'login',
}

function anInstallation(changes: { demonstration?: boolean; provider?: Partial<ProviderSettings>; live?: boolean } = {}) {
  const identity = createIdentity({
    db,
    config: {
      baseUrl,
      secret: 'a secret of at least thirty-two characters',
      demonstration: changes.demonstration ?? true,
      trustProxy: false,
    },
    provider: { ...settings, ...changes.provider },
    officerOf: async (_issuer, subject) => (subject === reception.officerId ? { ...reception, locked } : undefined),
    clock: () => (changes.live === false ? now : new Date()),
  })
  const app = new Hono()
  app.route('/', identityRoutes(identity))
  app.all('/oidc/*', (c) => provider.proxy(c.req.raw))
  app.get('*', async (c) => c.json(await identity.resolveActor(c.req.raw)))
  return { identity, browser: aBrowser((request) => app.fetch(request), baseUrl) }
}

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
