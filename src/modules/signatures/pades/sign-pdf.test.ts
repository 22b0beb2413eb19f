import { PDFDocument } from 'pdf-lib'
import { expect, test } from 'vitest'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { PdfFile } from '../pdf/read-pdf.ts'
import { refusals } from '../refusals.ts'
import { aDoor, anImage, aPaper, aSigning, daysLater, now } from '../signatures.builder.ts'
import type { Level } from '../types.ts'
import { previewSigning } from './lay-out-signing.ts'
import { preparePdf } from './prepare-pdf.ts'
import { signMany, signPdf } from './sign-pdf.ts'
import { verifyPdf } from './verify-pdf.ts'

const levels: Level[] = ['B-B', 'B-T', 'B-LT', 'B-LTA']

test.each(
  levels.flatMap((level) => (['p256', 'rsa2048', 'rsa3072'] as const).map((key) => [level, key] as const)),
)('a signature of level %s with a key %s is found valid', async (level, key) => {
  const { door, addSigner, checked } = aDoor()
  addSigner('an', key)
  const { pdf, evidence } = accepted(await signPdf(door, aSigning(await aPaper(), { level })))
  const report = await verifyPdf(door, pdf, { at: now })
  expect(report.signatures[0]).toMatchObject({
    ...{
      level,
      integrity: true,
      chain: 'trusted',
      signerName: 'Người ký an',
      laterChanges: level === 'B-B' || level === 'B-T' ? 'none' : 'allowed',
    },
    problems: level === 'B-B' ? ['timestamp-missing'] : [],
  })
  expect(report.verdict).toBe(level === 'B-B' ? 'valid-with-notes' : 'valid')
  expect(report.sha256).toBe(evidence.sha256)
  expect(checked).toEqual([report])
})

test.each(['table', 'streams'] as const)(
  'what stood before a signature stays byte for byte (%s)',
  async (kind) => {
    const { door, addSigner } = aDoor()
    addSigner('an')
    const paper = await aPaper(kind)
    const { pdf } = accepted(await signPdf(door, aSigning(paper, { level: 'B-LTA' })))
    expect(Buffer.compare(pdf.subarray(0, paper.length), paper)).toBe(0)
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1)
    expect((await verifyPdf(door, pdf, { at: now })).verdict).toBe('valid')
  },
)

test('several people sign one paper one after the other, and fields are filled before the seal', async () => {
  const { door, addSigner } = aDoor()
  for (const id of ['an', 'binh', 'van-thu']) addSigner(id)
  const place = { page: 1, x: 40, y: 40, width: 120, height: 16 }
  const prepared = accepted(
    preparePdf(await aPaper(), {
      signatures: ['signer', 'second', 'seal'].map((name, i) => ({
        name,
        place: { ...place, y: 300 + i * 60, height: 50 },
      })),
      texts: [{ name: 'number', place, size: 12 }],
    }),
  )
  let pdf = accepted(await signPdf(door, aSigning(prepared))).pdf
  pdf = accepted(await signPdf(door, aSigning(pdf, { field: 'second', signerId: 'binh' }))).pdf
  const sealing = aSigning(pdf, {
    ...{ field: 'seal', signerId: 'van-thu', level: 'B-T', fill: { number: '128/QĐ-UBND' } },
    appearance: { role: 'seal', image: await anImage(), lines: [] },
  })
  pdf = accepted(await signPdf(door, sealing)).pdf
  const report = await verifyPdf(door, pdf, { at: now })
  expect(report.signatures.map(({ field, laterChanges, covers }) => [field, laterChanges, covers])).toEqual([
    ['signer', 'allowed', 'earlier revision'],
    ['second', 'allowed', 'earlier revision'],
    ['seal', 'none', 'whole'],
  ])
  expect(report.verdict).toBe('valid-with-notes')
  const form = (await PDFDocument.load(pdf)).getForm()
  expect(form.getTextField('number').getText()).toBe('128/QĐ-UBND')
  const again = await signPdf(door, { ...sealing, pdf, field: 'fourth' })
  expect(again).toEqual(refusals.filledAlready({ field: 'number' }))
})

test('the preview shows the same increment and has no signature', async () => {
  const { door } = aDoor()
  const preview = accepted(await previewSigning(aSigning(await aPaper())))
  expect((await verifyPdf(door, preview, { at: now })).verdict).toBe('unsigned')
  expect(PdfFile.open(preview).pages()[0]!.dict.has('Annots')).toBe(true)
})

test('a batch is signed by one call, and a bad paper stops no other', async () => {
  const { door, addSigner } = aDoor()
  const signer = addSigner('an')
  const paper = await aPaper()
  const list = [
    aSigning(paper),
    aSigning(Buffer.from('nothing of the kind')),
    aSigning(await aPaper('streams')),
  ]
  const answers = await Array.fromAsync(signMany(door, list))
  expect(answers.map(isRefusal)).toEqual([false, true, false])
  expect(signer.calls).toBe(1)
})

test('a request asked again gives the same paper and signs nothing again', async () => {
  const { door, addSigner } = aDoor()
  const signer = addSigner('an')
  const signing = aSigning(await aPaper(), { requestId: 'một' })
  const first = accepted(await signPdf(door, signing))
  const second = accepted(await signPdf(door, { ...signing, now: daysLater(1) }))
  expect(Buffer.compare(first.pdf, second.pdf)).toBe(0)
  expect(signer.calls).toBe(1)
  const other = await signPdf(door, { ...signing, reason: 'khác' })
  expect(other).toEqual(refusals.requestDiffers())
})

test('refuses to sign with a certificate that has ended, a paper that is locked or broken, and letters it cannot draw', async () => {
  const { door, addSigner } = aDoor()
  addSigner('an', 'p256', daysLater(-30), daysLater(-1))
  expect(await signPdf(door, aSigning(await aPaper()))).toMatchObject({
    code: 'signatures.certificate-not-valid',
  })
  addSigner('an')
  const paper = Buffer.from(await aPaper())
  expect(await signPdf(door, aSigning(paper.subarray(0, -100)))).toMatchObject({
    code: 'signatures.unreadable-pdf',
  })
  const locked = Buffer.from(paper.toString('latin1').replace('/Root', '/Encrypt 1 0 R /Root'), 'latin1')
  expect(await signPdf(door, aSigning(locked))).toEqual(refusals.encrypted())
  const appearance = { role: 'signer' as const, lines: ['漢'] }
  expect(await signPdf(door, aSigning(paper, { appearance }))).toEqual(
    refusals.cannotDraw({ characters: '漢' }),
  )
  const image = { ...appearance, lines: [], image: Buffer.from('GIF89a') }
  expect(await signPdf(door, aSigning(paper, { appearance: image }))).toEqual(refusals.badImage())
  expect(await signPdf(door, aSigning(paper, { signerId: 'nobody' }))).toEqual(refusals.noSuchSigner())
})

test('says so when a service gives a signature that does not fit', async () => {
  const { door, addSigner } = aDoor()
  const signer = addSigner('an')
  signer.sign = async () => [new Uint8Array(64)]
  expect(await signPdf(door, aSigning(await aPaper()))).toMatchObject({ code: 'signatures.provider-refused' })
})
