import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accepted } from '../../../kernel/errors.ts'
import { signPdf } from '../pades/sign-pdf.ts'
import { verifyPdf } from '../pades/verify-pdf.ts'
import { aDoor, aPaper, aSigning, now } from '../signatures.builder.ts'
import type { RevocationSource } from '../types.ts'
import { askAuthorities } from './ask-authorities.ts'
import { patienceMs, patiently } from './patience.ts'

beforeEach(() => {
  vi.useFakeTimers({ now })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A paper with three signatures, stamped each, that brings no answers about its certificates. */
async function threeSigned() {
  const world = aDoor()
  let pdf = await aPaper()
  for (const id of ['an', 'binh', 'chi']) {
    world.addSigner(id)
    const wanted = aSigning(pdf, { level: 'B-T', signerId: id, field: id })
    pdf = accepted(await signPdf(world.door, wanted)).pdf
  }
  return { world, pdf }
}

const hangs = () => {
  const ask = vi.fn(() => new Promise<never>(() => {}))
  return { ask, source: { ocsp: ask, crl: ask } as RevocationSource }
}

test('services that never answer hold a check up no longer than its bound, however many signatures it has', async () => {
  const { world, pdf } = await threeSigned()
  const { ask, source } = hangs()
  let report: Awaited<ReturnType<typeof verifyPdf>> | undefined
  void verifyPdf({ ...world.door, revocation: source }, pdf, { at: now }).then((found) => {
    report = found
  })
  await vi.advanceTimersByTimeAsync(patienceMs)
  expect(report?.verdict).toBe('valid-with-notes')
  for (const { problems } of report!.signatures) expect(problems).toContain('revocation-unknown')
  // Three signers, their authority and the clock: by OCSP and by list, once each.
  expect(ask.mock.calls.length).toBeLessThanOrEqual(10)
})

test('a service that is silent keeps nobody from asking another one', async () => {
  const answer = new Uint8Array([1])
  const source: RevocationSource = {
    ocsp: () => new Promise<never>(() => {}),
    crl: async () => answer,
  }
  const patient = patiently(source)
  const [certificate, issuer] = [new Uint8Array([2]), new Uint8Array([3])]
  const asked = patient
    .ocsp(certificate, issuer)
    .then(async (said) => said ?? patient.crl(certificate, issuer))
  await vi.advanceTimersByTimeAsync(patienceMs)
  expect(await asked).toBe(answer)
})

test('what is known already is given when all patience is spent', async () => {
  let fresh = 0
  const source: RevocationSource = {
    ocsp: async () => new Uint8Array([++fresh]),
    crl: () => new Promise<never>(() => {}),
  }
  const patient = patiently(source)
  const [certificate, issuer] = [new Uint8Array([2]), new Uint8Array([3])]
  await patient.ocsp(certificate, issuer)
  for (let i = 0; i < 10; i++) {
    const silent = patient.crl(new Uint8Array([i]), issuer)
    await vi.advanceTimersByTimeAsync(patienceMs)
    expect(await silent).toBeUndefined()
  }
  expect(await patient.ocsp(certificate, issuer)).toEqual(new Uint8Array([1]))
})

test('an authority that was silent is left alone for a minute, and asked again after it', async () => {
  const { world } = await threeSigned()
  const clock = { now }
  const send = vi.fn<typeof fetch>(async () => {
    throw new DOMException('too late', 'TimeoutError')
  })
  const source = askAuthorities(() => clock.now, send)
  const leafs = await Promise.all(['an', 'binh'].map((id) => world.door.findSigner(id)))
  const [an, binh] = await Promise.all(leafs.map(async (one) => accepted(one).certificates()))
  const [of, other, issuing] = [an, binh, an].map((chain, i) => accepted(chain!)[i === 2 ? 1 : 0]!)
  expect(await source.ocsp(of!, issuing!)).toBeUndefined()
  expect(await source.ocsp(other!, issuing!)).toBeUndefined()
  expect(send).toHaveBeenCalledTimes(1)
  expect(await source.crl(other!, issuing!)).toBeUndefined()
  expect(send).toHaveBeenCalledTimes(2)
  clock.now = new Date(now.getTime() + 61_000)
  expect(await source.ocsp(of!, issuing!)).toBeUndefined()
  expect(send).toHaveBeenCalledTimes(3)
})
