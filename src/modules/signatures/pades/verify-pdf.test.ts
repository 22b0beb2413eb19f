import { expect, test } from 'vitest'
import { accepted } from '../../../kernel/errors.ts'
import { dict, name, PdfStream, textString } from '../pdf/pdf-values.ts'
import { PdfFile } from '../pdf/read-pdf.ts'
import { Increment } from '../pdf/write-increment.ts'
import { refusals } from '../refusals.ts'
import { aDoor, aPaper, aSigning, daysLater, now } from '../signatures.builder.ts'
import type { Level, Signing } from '../types.ts'
import { readRevisions } from './read-revisions.ts'
import { signPdf } from './sign-pdf.ts'
import { verifyPdf } from './verify-pdf.ts'

async function signed(level: Level = 'B-T', more: Partial<Signing> = {}, days?: [number, number]) {
  const world = aDoor()
  const [from, to] = days ?? [-30, 365]
  const signer = world.addSigner('an', 'p256', daysLater(from), daysLater(to))
  const { pdf, evidence } = accepted(await signPdf(world.door, aSigning(await aPaper(), { level, ...more })))
  return { ...world, signer, pdf: Buffer.from(pdf), serial: evidence.serial }
}

const problemsOf = async (door: Parameters<typeof verifyPdf>[0], pdf: Uint8Array, at = now) => {
  const { verdict, signatures, problems } = await verifyPdf(door, pdf, { at })
  return { verdict, problems: [...problems, ...(signatures[0]?.problems ?? [])] }
}

test('one altered byte anywhere makes a signature invalid', async () => {
  const { door, pdf } = await signed('B-B')
  const step = Math.floor(pdf.length / 60)
  for (let at = 10; at < pdf.length; at += step) {
    const altered = Buffer.from(pdf)
    altered[at] = altered[at]! ^ 0x01
    const { verdict } = await problemsOf(door, altered)
    // Zeros kept free behind a signature carry nothing; whatever stands there instead is refused as well.
    expect([at, verdict]).toEqual([at, 'invalid'])
  }
})

test('an altered amount is named as altered', async () => {
  const { door, pdf } = await signed()
  const file = PdfFile.open(pdf)
  const content = file.pages()[0]!.dict.get('Contents')
  expect(content).toBeDefined()
  const altered = Buffer.from(pdf)
  altered[altered.indexOf('stream') + 20]! ^= 0xff
  expect((await problemsOf(door, altered)).problems).toContain('altered')
})

test('bytes before, behind or between are refused', async () => {
  const { door, pdf } = await signed()
  expect((await problemsOf(door, Buffer.concat([Buffer.from('x'), pdf]))).verdict).toBe('invalid')
  expect((await problemsOf(door, Buffer.concat([pdf, Buffer.from('% behind')]))).problems).toContain(
    'not-covered',
  )
  const shifted = Buffer.from(
    pdf
      .toString('latin1')
      .replace(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/, (_, a, b, c) =>
        `/ByteRange [0 ${a} ${b} ${Number(c) - 1}] `.slice(0, _.length),
      ),
    'latin1',
  )
  expect((await problemsOf(door, shifted)).verdict).toBe('invalid')
})

test('the authority must be one that is trusted, on that day', async () => {
  const { door, pdf } = await signed()
  const [known] = await door.trusted()
  const without = { ...door, trusted: async () => [] }
  expect(await problemsOf(without, pdf)).toMatchObject({
    verdict: 'invalid',
    problems: ['timestamp-wrong', 'timestamp-missing', 'unknown-issuer'],
  })
  const other = aDoor()
  expect((await problemsOf({ ...door, trusted: other.door.trusted }, pdf)).problems).toContain(
    'unknown-issuer',
  )
  const ended = { ...door, trusted: async () => [{ ...known!, validTo: '2026-01-01' }] }
  expect((await problemsOf(ended, pdf)).problems).toContain('expired')
})

test('a certificate that expired counts by the time that is proven', async () => {
  const plain = await signed('B-B', {}, [-30, 10])
  expect(await problemsOf(plain.door, plain.pdf, daysLater(20))).toEqual({
    verdict: 'invalid',
    problems: ['timestamp-missing', 'expired'],
  })
  const stamped = await signed('B-T', {}, [-30, 10])
  stamped.clock.now = daysLater(20)
  expect((await problemsOf(stamped.door, stamped.pdf, daysLater(20))).verdict).toBe('valid')
})

test('a revoked certificate is found by OCSP, and by the list where nobody answers', async () => {
  const { door, pdf, authority, serial } = await signed('B-B')
  authority.revoke(serial, now)
  expect((await problemsOf(door, pdf)).problems).toContain('revoked')
  const listOnly = { ...door, revocation: { ...door.revocation, ocsp: async () => undefined } }
  const report = await verifyPdf(listOnly, pdf, { at: now })
  expect(report.signatures[0]).toMatchObject({ chain: 'revoked', revocation: { by: 'crl' } })
})

test('nothing lasting is signed with a certificate that is revoked', async () => {
  const world = await signed('B-B')
  world.authority.revoke(world.serial, now)
  const signing = aSigning(await aPaper(), { level: 'B-LT' })
  expect(await signPdf(world.door, signing)).toEqual(refusals.revoked())
})

test('what was signed and stamped before a revocation stays valid', async () => {
  const { door, pdf, authority, serial, clock } = await signed('B-T')
  authority.revoke(serial, daysLater(1))
  clock.now = daysLater(2)
  expect((await problemsOf(door, pdf, daysLater(2))).verdict).toBe('valid')
})

test('with nobody to ask, the material in the file answers; without it the report says what is not known', async () => {
  const silent = { ocsp: async () => undefined, crl: async () => undefined }
  const lasting = await signed('B-LT')
  const later = await verifyPdf({ ...lasting.door, revocation: silent }, lasting.pdf, { at: daysLater(3000) })
  expect(later.signatures[0]).toMatchObject({
    chain: 'trusted',
    revocation: { by: 'embedded' },
    level: 'B-LT',
    problems: [],
  })
  const plain = await signed('B-T')
  expect(await problemsOf({ ...plain.door, revocation: silent }, plain.pdf)).toEqual({
    verdict: 'valid-with-notes',
    problems: ['revocation-unknown'],
  })
})

test('the time stamp of one signature cannot serve another', async () => {
  const world = await signed('B-T')
  const stamped = { ...world.door, timeStamps: async () => world.authority.stamp(new Uint8Array(32), now) }
  const { pdf } = accepted(await signPdf(stamped, aSigning(await aPaper(), { level: 'B-T' })))
  expect((await problemsOf(world.door, pdf)).problems).toContain('timestamp-wrong')
})

test('changes after signing are told apart', async () => {
  const { door, pdf } = await signed()
  const changed = (change: (increment: Increment, file: PdfFile) => void) => {
    const file = PdfFile.open(pdf)
    const increment = new Increment(file)
    change(increment, file)
    return increment.bytes().pdf
  }
  const page = (file: PdfFile) => file.pages()[0]!.ref
  const content = (increment: Increment) =>
    increment.add(new PdfStream(dict({}), Buffer.from('0 0 200 200 re f')))
  const cases: [string, Uint8Array][] = [
    ['another content', changed((one, file) => one.edit(page(file)).set('Contents', content(one)))],
    ['another page size', changed((one, file) => one.edit(page(file)).set('MediaBox', [0, 0, 10, 10]))],
    [
      'a note over the page',
      changed((one, file) => {
        const note = one.add(
          dict({
            Type: name('Annot'),
            Subtype: name('FreeText'),
            Rect: [0, 0, 100, 100],
            Contents: textString('x'),
          }),
        )
        const known = file.array(file.pages()[0]!.dict.get('Annots')) ?? []
        one.edit(page(file)).set('Annots', [...known, note])
      }),
    ],
    [
      'a script',
      changed((one, file) =>
        one.edit(file.catalogRef).set('OpenAction', dict({ S: name('JavaScript'), JS: textString('1') })),
      ),
    ],
    [
      'another look of the signature',
      changed((one, file) => {
        const field = file.array(file.pages()[0]!.dict.get('Annots'))![0]
        one.edit(field as never).set('AP', dict({ N: content(one) }))
      }),
    ],
  ]
  for (const [what, bytes] of cases)
    expect([what, (await problemsOf(door, bytes)).problems]).toEqual([what, ['changed-after-signing']])
  const metadata = changed((one, file) =>
    one.edit(file.trailer.get('Info') as never).set('Producer', textString('x')),
  )
  expect((await problemsOf(door, metadata)).verdict).toBe('valid')
  expect(readRevisions(metadata)).toHaveLength(3)
})

test('a paper without signature is unsigned, and what is no PDF is unreadable', async () => {
  const { door } = aDoor()
  expect((await verifyPdf(door, await aPaper(), { at: now })).verdict).toBe('unsigned')
  for (const bytes of [new Uint8Array(), Buffer.from('%PDF-1.7'), Buffer.from('PK\u0003\u0004')])
    expect(await problemsOf(door, bytes)).toEqual({ verdict: 'invalid', problems: ['unreadable'] })
})

test('a file cut anywhere is refused and breaks nothing', async () => {
  const { door, pdf } = await signed('B-LT')
  // Up to the mark at the end: without the line end behind it a file is whole.
  for (let at = 1; at < pdf.length - 2; at += Math.floor(pdf.length / 80)) {
    const { verdict } = await problemsOf(door, pdf.subarray(0, at))
    expect([at, verdict === 'valid']).toEqual([at, false])
  }
})
