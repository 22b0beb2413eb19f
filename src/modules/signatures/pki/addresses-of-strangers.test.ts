import { expect, test, vi } from 'vitest'
import { accepted } from '../../../kernel/errors.ts'
import { signPdf } from '../pades/sign-pdf.ts'
import { verifyPdf } from '../pades/verify-pdf.ts'
import { aDoor, aPaper, aSigning, now } from '../signatures.builder.ts'
import { askAuthorities } from './ask-authorities.ts'

/** A paper of somebody who made authorities of their own, with addresses in them that they chose. */
async function ofStranger() {
  const world = aDoor()
  world.addSigner('an')
  const { pdf } = accepted(await signPdf(world.door, aSigning(await aPaper(), { level: 'B-T' })))
  const send = vi.fn<typeof fetch>(async () => new Response(null, { status: 302 }))
  const revocation = askAuthorities(() => now, send)
  return { pdf, send, door: { ...world.door, revocation } }
}

test('no address of a file is asked unless a trusted authority wrote it', async () => {
  const { pdf, send, door } = await ofStranger()
  const report = await verifyPdf({ ...door, trusted: async () => [] }, pdf, { at: now })
  expect(report.signatures[0]!.chain).toBe('unknown-issuer')
  expect(send).not.toHaveBeenCalled()
})

test('an address of a trusted authority is asked once for the same, and leads nowhere else', async () => {
  const { pdf, send, door } = await ofStranger()
  for (let i = 0; i < 3; i++) await verifyPdf(door, pdf, { at: now })
  const asked = send.mock.calls.map(([url]) => String(url))
  expect(new Set(asked.map((url) => new URL(url).host))).toEqual(new Set(['localhost:8026']))
  // Certificates of the signer, the clock and the authority above both; each by OCSP or its list.
  expect(asked.length).toBeLessThanOrEqual(6)
  for (const [, init] of send.mock.calls) expect(init?.redirect).toBe('error')
})
