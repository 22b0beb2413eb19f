import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { readCertificate } from './cms/certificate.ts'
import { lengthenWaiting } from './lengthen-waiting.ts'
import { longerEdition, shortPapers } from './lengthening-store.ts'
import { preparePdf } from './pades/prepare-pdf.ts'
import { signPdf } from './pades/sign-pdf.ts'
import { verifyPdf } from './pades/verify-pdf.ts'
import { refusals } from './refusals.ts'
import { aPaper, aSigning, now } from './signatures.builder.ts'
import { createSignatures, demonstrationPin } from './signatures.ts'
import type { TimeStamps } from './types.ts'

const { url } = await testDatabase()
const db = openDatabase(url, { role: 'motcua_app' })
afterAll(() => db.close())
const clock = { now }
const signatures = createSignatures({
  ...{ db, secret: 'x'.repeat(40), baseUrl: 'http://localhost:8026', demonstration: true },
  ...{ dataDir: mkdtempSync(join(tmpdir(), 'motcua-slow-')), now: () => clock.now, stampWithinMs: 1000 },
})
const { timeStamps, revocation } = signatures
const stamps = { asked: 0 }
/** Takes the question and never answers, as a service behind a broken network does. */
const hangs: TimeStamps = () => {
  stamps.asked++
  return new Promise(() => {})
}
beforeEach(() => {
  clock.now = new Date(clock.now.getTime() + 5 * 60_000)
  Object.assign(signatures, { timeStamps, revocation })
  stamps.asked = 0
})

const pin = { pin: demonstrationPin }
const signer = (await signatures.signerFor({ kind: 'officer', id: 'an', name: 'Nguyễn Văn An' }))!
const seal = (await signatures.signerFor({ kind: 'authority', id: 'H99.12', name: 'UBND phường' }))!
const sign = async (level: 'B-LT' | 'B-LTA') =>
  signPdf(signatures, aSigning(await aPaper(), { signerId: signer.id, level, now: clock.now }), pin)
const store = new Map<string, Uint8Array>()
const lengthen = () =>
  lengthenWaiting({
    ...{ signatures, now: () => clock.now, onRefused: () => {} },
    contentOf: async (sha256) => store.get(sha256),
    keep: async (pdf) => {
      const { sha256 } = await verifyPdf(signatures, pdf, { at: clock.now })
      store.set(sha256, pdf)
      return { sha256, size: pdf.length }
    },
  })
const levels = async (pdf: Uint8Array) => {
  const report = await verifyPdf(signatures, pdf, { at: clock.now })
  const found = report.signatures.filter(({ kind }) => kind === 'signature')
  return { verdict: report.verdict, levels: found.map(({ level }) => level) }
}

test('a clock that hangs is waited for once: it is signed without it, and so are the next ones at once', async () => {
  signatures.timeStamps = hangs
  const first = accepted(await sign('B-LTA'))
  expect(first.evidence).toMatchObject({ level: 'B-B', timestampAt: null })
  expect(await levels(first.pdf)).toEqual({ verdict: 'valid-with-notes', levels: ['B-B'] })
  accepted(await sign('B-LTA'))
  accepted(await sign('B-LT'))
  expect(stamps.asked).toBe(1)
  clock.now = new Date(clock.now.getTime() + 61_000)
  accepted(await sign('B-LT'))
  expect(stamps.asked).toBe(2)
})

test('what was signed without stamps gets them behind it, up to the level that was wanted', async () => {
  signatures.timeStamps = hangs
  const short = accepted(await sign('B-LTA'))
  store.set(short.evidence.sha256, short.pdf)
  expect((await shortPapers(db.pool))?.count).toBeGreaterThan(0)
  signatures.timeStamps = async () => refusals.timestampDown()
  expect(await lengthen()).toBe(0)
  expect(await longerEdition(db.pool, short.evidence.sha256)).toBeUndefined()
  signatures.timeStamps = timeStamps
  clock.now = new Date(clock.now.getTime() + 2 * 60_000)
  expect(await lengthen()).toBe(1)
  const longer = (await longerEdition(db.pool, short.evidence.sha256))!
  const pdf = store.get(longer.sha256)!
  expect(pdf.length).toBe(longer.size)
  expect(Buffer.compare(pdf.subarray(0, short.pdf.length), short.pdf)).toBe(0)
  expect(await levels(pdf)).toEqual({ verdict: 'valid', levels: ['B-LTA'] })
  expect(await lengthen()).toBe(0)
})

test('a seal over a signature without stamps lets both be lengthened together', async () => {
  const prepared = accepted(
    preparePdf(await aPaper(), {
      signatures: [
        { name: 'signer', place: { page: 1, x: 20, y: 40, width: 80, height: 40 } },
        { name: 'seal', place: { page: 1, x: 120, y: 40, width: 80, height: 40 } },
      ],
      texts: [],
    }),
  )
  signatures.timeStamps = hangs
  const own = { pdf: prepared, signerId: signer.id, level: 'B-LT' as const, now: clock.now }
  const signed = accepted(await signPdf(signatures, aSigning(prepared, own), pin))
  signatures.timeStamps = timeStamps
  clock.now = new Date(clock.now.getTime() + 2 * 60_000)
  const over = { field: 'seal', signerId: seal.id, level: 'B-LTA' as const, now: clock.now }
  const sealed = accepted(await signPdf(signatures, aSigning(signed.pdf, over), pin))
  store.set(sealed.evidence.sha256, sealed.pdf)
  expect(await lengthen()).toBe(1)
  const longer = (await longerEdition(db.pool, sealed.evidence.sha256))!
  expect(await levels(store.get(longer.sha256)!)).toEqual({ verdict: 'valid', levels: ['B-LTA', 'B-LTA'] })
  expect(await longerEdition(db.pool, signed.evidence.sha256)).toBeUndefined()
})

test('an authority that hangs leaves the time stamp; one that says revoked lets nothing be signed', async () => {
  signatures.revocation = { ocsp: () => new Promise(() => {}), crl: () => new Promise(() => {}) }
  const signed = accepted(await sign('B-LT'))
  expect(signed.evidence).toMatchObject({ level: 'B-T', timestampAt: expect.any(String) })
  signatures.revocation = revocation
  clock.now = new Date(clock.now.getTime() + 2 * 60_000)
  signatures.authority!.revoke(readCertificate(signer.certificates[0]!).serial, clock.now)
  expect(await sign('B-LT')).toEqual(refusals.revoked())
})

test('where no clock is stated nothing is signed that should be checked for long', async () => {
  signatures.timeStamps = undefined
  expect(await sign('B-LT')).toEqual(refusals.timestampDown())
})
