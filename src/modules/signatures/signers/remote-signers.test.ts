import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted } from '../../../kernel/errors.ts'
import { changeSigner } from '../administration.ts'
import { signPdf } from '../pades/sign-pdf.ts'
import { verifyPdf } from '../pades/verify-pdf.ts'
import { refusals } from '../refusals.ts'
import { aPaper, aSigning, daysLater, now } from '../signatures.builder.ts'
import { createSignatures, demonstrationPin, type SignaturesParts } from '../signatures.ts'
import { actsOn, endSigner } from '../signatures-store.ts'
import type { CscService } from './csc-signer.ts'
import { sampleOtp, sampleService } from './sample-csc.ts'

const { url } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app' })
afterAll(() => db.close())
const clock = { now }
const base: SignaturesParts = {
  ...{ db, secret: 'x'.repeat(40), baseUrl: 'http://localhost:8026', demonstration: true },
  dataDir: mkdtempSync(join(tmpdir(), 'motcua-remote-')),
  now: () => clock.now,
}
const signatures = createSignatures(base)
const service = sampleService
const owner = (id: string) => ({ kind: 'officer' as const, id, name: `Cán bộ ${id}` })
const by = { officerId: 'quản trị', name: 'Người gắn' }
const pin = { pin: demonstrationPin }
const held = async (id: string) =>
  accepted(await signatures.remoteCredentials({ service, userId: id, name: `Cán bộ ${id}` }))
const attach = async (id: string, credentialId: string) =>
  signatures.attachRemote(owner(id), { service, credentialId, by })
const codeOf = (outcome: unknown) => (outcome as { code?: string } | undefined)?.code ?? 'done'

describe('a certificate at a remote service', () => {
  test('is listed with its days and what opens it; what has ended says so', async () => {
    const list = await held('an')
    expect(list.map(({ name, needs, unusable }) => [name, needs.join(), unusable])).toEqual([
      ['Cán bộ an', 'PIN', null],
      ['Cán bộ an', 'PIN,OTP', null],
      ['Cán bộ an', 'PIN', 'expired'],
    ])
    expect(await held('an')).toEqual(list)
    const ended = list.find(({ unusable }) => unusable)!
    expect(await attach('an', ended.id)).toEqual(refusals.notUsable({ why: 'expired' }))
  })

  test('signs papers once a test signature went well, also after a start anew, and each step is written down', async () => {
    const [first] = await held('binh')
    const row = accepted(await attach('binh', first!.id))
    // Until then the key at hand goes on signing.
    expect((await signatures.signerFor(owner('binh')))?.kind).toBe('pkcs12')
    const attempt = (authorisation: object) => signatures.tryRemote({ signerId: row.id, authorisation, by })
    expect(await attempt({})).toEqual(refusals.authorisationNeeded())
    expect(await attempt({ pin: '0000' })).toEqual(refusals.wrongPin({ left: 2 }))
    accepted(await attempt(pin))
    await changeSigner(db, { id: row.id, act: 'chosen', by }, now)
    const again = createSignatures(base)
    const means = (await again.signerFor(owner('binh')))!
    expect([means.kind, means.id]).toEqual(['csc', row.id])
    const signing = aSigning(await aPaper(), { signerId: row.id, level: 'B-LT' })
    const { pdf } = accepted(await signPdf(again, signing, pin))
    const report = await verifyPdf(again, pdf, { at: now })
    expect([report.verdict, report.signatures[0]?.signerName]).toEqual(['valid', 'Cán bộ binh'])
    const acts = (await actsOn(db, [row.id])).map(({ act, name }) => `${act} ${name}`)
    expect(acts.toSorted()).toEqual(['added Người gắn', 'chosen Người gắn', 'tried Người gắn'])
  })

  test('wants the one-time code as well where it says so', async () => {
    const second = (await held('chi'))[1]!
    const row = accepted(await attach('chi', second.id))
    const attempt = (authorisation: object) => signatures.tryRemote({ signerId: row.id, authorisation, by })
    expect(await attempt(pin)).toEqual(refusals.wrongPin({ left: 2 }))
    expect(await attempt({ ...pin, otp: '000000' })).toEqual(refusals.wrongPin({ left: 1 }))
    accepted(await attempt({ ...pin, otp: sampleOtp }))
  })

  test('belongs to one owner, and an owner has one', async () => {
    const list = await held('dung')
    const row = accepted(await attach('dung', list[0]!.id))
    expect(await attach('dung', list[1]!.id)).toEqual(refusals.remoteAlready())
    expect(await attach('em', list[0]!.id)).toEqual(refusals.certificateTaken())
    await endSigner(db, row.id, now)
    accepted(await attach('dung', list[1]!.id))
  })

  test('of a service that nobody stated, or that has no such certificate, is not there', async () => {
    const unknown = { service: 'không có', userId: 'an', name: 'An' }
    expect(await signatures.remoteCredentials(unknown)).toEqual(refusals.noSuchService())
    expect(codeOf(await attach('an', 'không có'))).toBe('signatures.provider-refused')
    expect(createSignatures({ ...base, demonstration: false }).services).toEqual([])
  })

  test('that its authority revoked is refused', async () => {
    const list = await held('khanh')
    signatures.authority!.revoke(list[0]!.serial, now)
    expect((await held('khanh'))[0]!.unusable).toBe('revoked')
    expect(await attach('khanh', list[0]!.id)).toEqual(refusals.notUsable({ why: 'revoked' }))
  })
})

/** A service behind a network that does as it is told. */
function behind(network: { send: typeof fetch }) {
  const settings: CscService = {
    ...{ name: 'mạng', url: 'http://remote/csc/v2', clientId: 'm', clientSecret: 's', timeoutMs: 300 },
    fetch: (...asked) => network.send(...asked),
  }
  return createSignatures({ ...base, services: [settings] })
}

const hangs: typeof fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal!.reason))
  })

describe('a service that', () => {
  const asked = { service: 'mạng', userId: 'an', name: 'An' }
  const down = refusals.providerDown({ provider: 'mạng' })

  test('hangs is given up by name, and left alone for half a minute', async () => {
    let calls = 0
    const network = {
      send: ((...call) => {
        calls++
        return hangs(...call)
      }) as typeof fetch,
    }
    const door = behind(network)
    expect(await door.remoteCredentials(asked)).toEqual(down)
    expect(await door.remoteCredentials(asked)).toEqual(down)
    expect(calls).toBe(1)
    clock.now = new Date(clock.now.getTime() + 31_000)
    expect(await door.remoteCredentials(asked)).toEqual(down)
    expect(calls).toBe(2)
    clock.now = now
  })

  test('is dead, breaks down or talks nonsense is named', async () => {
    const answers = (answer: () => Response) => behind({ send: async () => answer() })
    expect(
      await behind({ send: () => Promise.reject(new TypeError('fetch failed')) }).remoteCredentials(asked),
    ).toEqual(down)
    expect(await answers(() => new Response('', { status: 503 })).remoteCredentials(asked)).toEqual(down)
    expect(await answers(() => new Response('<html>', { status: 200 })).remoteCredentials(asked)).toEqual(
      down,
    )
    const odd = behind({
      send: async (input) =>
        String(input).endsWith('/token')
          ? Response.json({ access_token: 'x' })
          : Response.json({ nothing: 1 }),
    })
    expect(await odd.remoteCredentials(asked)).toMatchObject({ code: 'signatures.provider-refused' })
    const garbled = behind({
      send: async (input) =>
        Response.json(
          String(input).endsWith('/token')
            ? { access_token: 'x' }
            : String(input).endsWith('/list')
              ? { credentialIDs: ['a'] }
              : { key: { status: 'enabled' }, cert: { certificates: ['bm90aGluZw=='] } },
        ),
    })
    expect(await garbled.remoteCredentials(asked)).toMatchObject({ code: 'signatures.provider-refused' })
  })
})

test('a certificate that was revoked or ended meanwhile no longer signs', async () => {
  const [first] = await held('giang')
  const row = accepted(await attach('giang', first!.id))
  accepted(await signatures.tryRemote({ signerId: row.id, authorisation: pin, by }))
  clock.now = daysLater(800)
  const signing = aSigning(await aPaper(), { signerId: row.id, now: clock.now })
  expect(codeOf(await signPdf(signatures, signing, pin))).toBe('signatures.certificate-not-valid')
  clock.now = now
  await endSigner(db, row.id, now)
  expect(await signatures.tryRemote({ signerId: row.id, authorisation: pin, by })).toEqual(
    refusals.signerEnded(),
  )
})
