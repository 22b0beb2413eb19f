import { degrees, PDFDocument, PDFName, rgb } from 'pdf-lib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { scannedPages } from './scanned-pdf.ts'

/** Red above, white below: which way is up can be told. */
const flag = () =>
  sharp({ create: { width: 60, height: 90, channels: 3, background: '#fff' } })
    .composite([
      {
        input: { create: { width: 60, height: 30, channels: 3, background: '#f00' } },
        left: 0,
        top: 0,
      },
    ])
    .jpeg()
    .toBuffer()

/** A scan of the flag, laid and turned as scanners do. */
async function aScan({
  turned = 0,
  draw = {},
  words = false,
}: {
  turned?: number
  draw?: object
  words?: boolean
}) {
  const pdf = await PDFDocument.create()
  const image = await pdf.embedJpg(await flag())
  const page = pdf.addPage([60, 90])
  page.drawImage(image, { x: 0, y: 0, width: 60, height: 90, ...draw })
  page.setRotation(degrees(turned))
  if (words) page.drawText('x', { size: 8, color: rgb(0, 0, 0) })
  return pdf.save()
}

const isRed = async (picture: Buffer, [x, y]: [number, number]) => {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const at =
    (Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))) * info.channels
  return data[at]! > 200 && data[at + 1]! < 100
}
const top: [number, number] = [0.5, 0.1]
const bottom: [number, number] = [0.5, 0.9]

test.each([
  ['upright', {}, top],
  ['turned by the page', { turned: 180 }, bottom],
  ['turned by the page a quarter', { turned: 90 }, [0.9, 0.5]],
  [
    'turned on the page a quarter, and back by the page',
    { turned: 90, draw: { x: 90, width: 60, height: 90, rotate: degrees(90) } },
    top,
  ],
] as const)('a scan %s comes the way a reader sees it', async (_how, options, place) => {
  const pages = (await scannedPages(await aScan(options))) as Buffer[]
  expect(pages).toHaveLength(1)
  expect(await isRed(pages[0]!, [...place])).toBe(true)
})

test('a page with words that a reader sees is no scan', async () => {
  expect(await scannedPages(await aScan({ words: true }))).toBe('not-a-scan')
})

test('what is no PDF is damaged', async () => {
  expect(await scannedPages(Buffer.from('%PDF-1.7 nothing'))).toBe('damaged')
})

test('a page with a note on it is no scan', async () => {
  const pdf = await PDFDocument.load(await aScan({}))
  const note = pdf.context.register(
    pdf.context.obj({ Type: 'Annot', Subtype: 'FreeText', Rect: [0, 0, 9, 9] }),
  )
  pdf.getPage(0).node.addAnnot(note)
  expect(await scannedPages(await pdf.save())).toBe('not-a-scan')
})

// Twelve black lines of 64 dots, then 28 white ones, in the codes of ITU-T T.6.
const faxBits = [
  ...['001', '00110101', '0000001111', '0000110111', '11'.repeat(11)],
  ...['001', '11011', '00110101', '0000110111', '1'.repeat(27)],
  '000000000001'.repeat(2),
].join('')
const aFax = () =>
  Buffer.from(
    (faxBits.padEnd(Math.ceil(faxBits.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((bits) =>
      Number.parseInt(bits, 2),
    ),
  )

test('fax pictures come black on white and in their shape', async () => {
  const pdf = await PDFDocument.create()
  const image = pdf.context.stream(aFax(), {
    ...{ Type: 'XObject', Subtype: 'Image', Width: 64, Height: 40, BitsPerComponent: 1 },
    ...{ ColorSpace: 'DeviceGray', Filter: 'CCITTFaxDecode' },
    DecodeParms: { K: -1, Columns: 64, Rows: 40 },
  })
  const page = pdf.addPage([64, 80])
  page.node.setXObject(PDFName.of('Im0'), pdf.context.register(image))
  const content = pdf.context.stream('q 64 0 0 80 0 0 cm /Im0 Do Q')
  page.node.addContentStream(pdf.context.register(content))
  const [picture] = (await scannedPages(await pdf.save())) as Buffer[]
  const { data: dots, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([64, 80])
  expect([dots[64 * 4]! < 50, dots[64 * 70]! > 200]).toEqual([true, true])
})
