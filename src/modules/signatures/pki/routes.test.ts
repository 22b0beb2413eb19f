import { expect, test } from 'vitest'
import { accepted } from '../../../kernel/errors.ts'
import { signPdf } from '../pades/sign-pdf.ts'
import { verifyPdf } from '../pades/verify-pdf.ts'
import { refusals } from '../refusals.ts'
import { aDoor, aPaper, aSigning, now } from '../signatures.builder.ts'
import { askAuthorities, timeStampsOver } from './ask-authorities.ts'
import { pkiRoutes } from './routes.ts'

const world = aDoor()
const routes = pkiRoutes(world.authority, () => now)
const asked: string[] = []
const send = (async (url: string, init?: RequestInit) => {
  asked.push(new URL(url).pathname)
  return routes.request(new URL(url).pathname, init)
}) as typeof fetch

test('over HTTP, the doors of the demonstration give what a lasting signature needs', async () => {
  world.addSigner('an')
  const door = {
    ...world.door,
    timeStamps: timeStampsOver('http://localhost:8026/pki/tsa', send),
    revocation: askAuthorities(() => now, send),
  }
  const { pdf } = accepted(await signPdf(door, aSigning(await aPaper(), { level: 'B-LTA' })))
  expect((await verifyPdf(door, pdf, { at: now })).signatures[0]).toMatchObject({
    level: 'B-LTA',
    problems: [],
  })
  expect(new Set(asked)).toEqual(new Set(['/pki/tsa', '/pki/ocsp', '/pki/root.crl']))
  const certificate = (await accepted(await door.findSigner('an')).certificates())[0]!
  expect(await door.revocation.crl(certificate, world.authority.issuing)).toEqual(
    Buffer.from(world.authority.crl('issuing', now)),
  )
})

test('what cannot be read is answered as the standards say, and what is too large is not', async () => {
  const post = (path: string, body: BodyInit) => routes.request(path, { method: 'POST', body })
  const ocsp = await post('/pki/ocsp', 'x')
  expect([...new Uint8Array(await ocsp.arrayBuffer())]).toEqual([0x30, 3, 0x0a, 1, 1])
  expect((await post('/pki/tsa', 'x')).status).toBe(200)
  expect((await post('/pki/tsa', 'x'.repeat(20_000))).status).toBe(413)
  expect((await routes.request('/pki/ocsp/AAAA')).headers.get('content-type')).toBe(
    'application/ocsp-response',
  )
  expect((await routes.request('/pki/root.cer')).headers.get('content-type')).toBe('application/pkix-cert')
})

test('an installation with real signatures has none of these doors, and a silent service is named', async () => {
  expect((await pkiRoutes(undefined, () => now).request('/pki/root.cer')).status).toBe(404)
  const silent = (async () => {
    throw new TypeError('fetch failed')
  }) as typeof fetch
  expect(await timeStampsOver('http://localhost/tsa', silent)(new Uint8Array(32))).toEqual(
    refusals.timestampDown(),
  )
  const other = async () => new Response(new Uint8Array([0x30, 0]))
  expect(await timeStampsOver('http://localhost/tsa', other as typeof fetch)(new Uint8Array(32))).toEqual(
    refusals.timestampDown(),
  )
})
