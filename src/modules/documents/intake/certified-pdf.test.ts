import { Readable } from 'node:stream'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { isRefusal } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import type { StoredFile } from '../documents-store.ts'
import { capturedPages } from './certified-pdf.ts'
import { anImage, aScanByHand, aScannedPdf, aStream } from './scanned-pdf.builder.ts'

const captured = (content: Buffer) => {
  const files = { open: async () => Readable.from([content]) } as unknown as Files
  const file = { name: 'a.pdf', mediaType: 'application/pdf', sha256: '', scanState: 'clean' } as StoredFile
  return capturedPages(files, file)
}
const codeOf = async (content: Buffer) => {
  const pages = await captured(content)
  return isRefusal(pages) ? pages.code : pages.length
}
const blank = anImage('/Filter /FlateDecode', deflateSync(Buffer.alloc(60 * 90)))

test('the pages of a scanner come in their order', async () => {
  const sides = [sharp({ create: { width: 30, height: 40, channels: 3, background: '#eee' } })]
  sides.push(sharp({ create: { width: 40, height: 30, channels: 3, background: '#eee' } }))
  const pages = await captured(
    await aScannedPdf(await Promise.all(sides.map((side) => side.jpeg().toBuffer()))),
  )
  expect(pages).toMatchObject([
    { width: 30, height: 40 },
    { width: 40, height: 30 },
  ])
})

test('a drawn PDF, one that hides a drawing, and one that unpacks without end are no originals', async () => {
  const drawn = aScanByHand(blank, { content: aStream('', '0 0 m 60 90 l S') })
  const hidden = aScanByHand(anImage('/Filter /DCTDecode', '<svg xmlns="http://www.w3.org/2000/svg"/>'))
  const bomb = deflateSync(deflateSync(Buffer.alloc(700_000_000, ' ')))
  const endless = aScanByHand(blank, { content: aStream('/Filter [/FlateDecode /FlateDecode]', bomb) })
  expect(await codeOf(drawn)).toBe('documents.captured-as-pictures')
  expect(await codeOf(hidden)).toBe('documents.damaged')
  expect(await codeOf(endless)).toBe('documents.damaged')
}, 60_000)
