import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { degrees, PDFDocument, PDFName, rgb } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPdf } from './pdf.builder.ts'
import { anImage, aScanByHand, aScannedPdf, aStream } from './scanned-pdf.builder.ts'
import { scannedPages, type TakingApart } from './scanned-pdf.ts'

/** All pages, or why there are none. */
async function pagesOf(content: Uint8Array, options: TakingApart = {}): Promise<Buffer[] | string> {
  const pages: Buffer[] = []
  for await (const page of scannedPages(content, options)) {
    if (typeof page === 'string') return page
    pages.push(page)
  }
  return pages
}

/** Red above, white below: which way is up can be told. */
const flag = (orientation = 1) =>
  sharp({ create: { width: 60, height: 90, channels: 3, background: '#fff' } })
    .composite([
      {
        input: { create: { width: 60, height: 30, channels: 3, background: '#f00' } },
        left: 0,
        top: 0,
      },
    ])
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer()

/** A scan of the flag, laid and turned as scanners do. */
async function aScan({
  turned = 0,
  draw = {},
  words = false,
  orientation = 1,
}: {
  turned?: number
  draw?: object
  words?: boolean
  orientation?: number
}) {
  const pdf = await PDFDocument.create()
  const image = await pdf.embedJpg(await flag(orientation))
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
  const pages = (await pagesOf(await aScan(options))) as Buffer[]
  expect(pages).toHaveLength(1)
  expect(await isRed(pages[0]!, [...place])).toBe(true)
})

test('what a telephone wrote into the picture turns it no further: a PDF says itself how it lies', async () => {
  const [page] = (await pagesOf(await aScan({ orientation: 6 }))) as Buffer[]
  expect(await isRed(page!, top)).toBe(true)
  expect((await sharp(page).metadata()).orientation ?? 1).toBe(1)
})

test('a page with words that a reader sees is no scan', async () => {
  expect(await pagesOf(await aScan({ words: true }))).toBe('not-a-scan')
})

test('what is no PDF is damaged', async () => {
  expect(await pagesOf(Buffer.from('%PDF-1.7 nothing'))).toBe('damaged')
})

test('a page with a note on it is no scan', async () => {
  const pdf = await PDFDocument.load(await aScan({}))
  const note = pdf.context.register(
    pdf.context.obj({ Type: 'Annot', Subtype: 'FreeText', Rect: [0, 0, 9, 9] }),
  )
  pdf.getPage(0).node.addAnnot(note)
  expect(await pagesOf(await pdf.save())).toBe('not-a-scan')
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
  const [picture] = (await pagesOf(await pdf.save())) as Buffer[]
  const { data: dots, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([64, 80])
  expect([dots[64 * 4]! < 50, dots[64 * 70]! > 200]).toEqual([true, true])
})

test('plain packed pictures come as they are, grey and in colour', async () => {
  const points = Buffer.alloc(60 * 90 * 3, 255)
  points.fill(0, 0, 60 * 30 * 3)
  const grey = aScanByHand(anImage('/Filter /FlateDecode', deflateSync(points.subarray(0, 60 * 90))))
  const colour = aScanByHand(
    aStream(
      '/Subtype /Image /Width 60 /Height 90 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
      deflateSync(points),
    ),
  )
  const [greyPage] = (await pagesOf(grey)) as Buffer[]
  const [page] = (await pagesOf(colour)) as Buffer[]
  expect((await sharp(greyPage).extractChannel(0).raw().toBuffer()).equals(points.subarray(0, 60 * 90))).toBe(
    true,
  )
  expect((await sharp(page).raw().toBuffer()).equals(points)).toBe(true)
})

test('a sheet of A4 at 600 dots per inch, packed in one piece, comes whole', async () => {
  const [width, height] = [4960, 7016]
  const points = Buffer.alloc(width * height, 200)
  points[points.length - 1] = 1
  const image = anImage('/Filter /FlateDecode', deflateSync(points, { level: 1 }), { width, height })
  const content = aStream('', 'q 595 0 0 842 0 0 cm /Im0 Do Q')
  const [page] = (await pagesOf(aScanByHand(image, { content }))) as Buffer[]
  expect(await sharp(page).metadata()).toMatchObject({ width, height })
  expect((await sharp(page).extractChannel(0).raw().toBuffer()).at(-1)).toBe(1)
}, 30_000)

test('only the first pages are looked at where no more are wanted', async () => {
  const jpeg = await flag()
  const pdf = await PDFDocument.load(await aScannedPdf([jpeg, jpeg, jpeg]))
  pdf.getPage(2).drawText('x', { size: 8 })
  const content = await pdf.save()
  expect(await pagesOf(content, { first: 2 })).toHaveLength(2)
  expect(await pagesOf(content)).toBe('not-a-scan')
})

describe('a PDF that is meant to hurt', () => {
  /** Unpacks to three hundred megabytes, and lies in a few thousand bytes. */
  const bomb = deflateSync(deflateSync(Buffer.alloc(300_000_000, ' ')))
  const twice = '/Filter [/FlateDecode /FlateDecode]'
  const plain = anImage('/Filter /FlateDecode', deflateSync(Buffer.alloc(60 * 90)))

  test.each([
    ['in the content of its page', aScanByHand(plain, { content: aStream(twice, bomb) })],
    [
      'in packed objects',
      aScanByHand(plain, { others: [aStream(`/Type /ObjStm /N 1 /First 4 ${twice}`, bomb)] }),
    ],
  ])('a bomb %s ends the process that unpacks it, and no other', async (_where, content) => {
    const before = process.memoryUsage.rss()
    expect(await pagesOf(content, { memoryMb: 250 })).toBe('too-much')
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
  })

  test('a picture is unpacked no further than it has points', async () => {
    const image = anImage('/Filter /FlateDecode', deflateSync(Buffer.alloc(300_000_000)))
    const before = process.memoryUsage.rss()
    const [page] = (await pagesOf(aScanByHand(image))) as Buffer[]
    expect(await sharp(page).metadata()).toMatchObject({ width: 60, height: 90 })
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
  })

  test.each([
    ['of ten thousand million points', '/Filter /FlateDecode', 90_000, 90_000, 'too-much'],
    ['of a fax of as many', '/Filter /CCITTFaxDecode /DecodeParms << /K -1 >>', 90_000, 90_000, 'too-much'],
    ['of fewer points than it says', '/Filter /FlateDecode', 600, 900, 'damaged'],
  ])('a picture %s is not drawn', async (_what, filter, width, height, fault) => {
    const image = anImage(filter, deflateSync(Buffer.alloc(600)), { width, height })
    expect(await pagesOf(aScanByHand(image))).toBe(fault)
  })

  test('a drawing that calls itself a photo is not drawn', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="90"><rect width="9" height="9"/></svg>'
    expect(await pagesOf(aScanByHand(anImage('/Filter /DCTDecode', svg)))).toBe('damaged')
  })

  test.each([
    ['a thousand million times as high as it is wide', '0.0000001 0 0 90 0 0'],
    ['without end', '1e999 0 0 90 0 0'],
  ])('a picture laid %s is not stretched', async (_how, matrix) => {
    const content = aStream('', `q ${matrix} cm /Im0 Do Q`)
    expect(typeof (await pagesOf(aScanByHand(plain, { content })))).toBe('string')
  })

  test('a string that never ends, as long as a book, is read once', async () => {
    const content = aStream('/Filter /FlateDecode', deflateSync(`[(${'\\('.repeat(2_000_000)}`))
    expect(await pagesOf(aScanByHand(plain, { content }))).toBe('not-a-scan')
  })

  test('pages in pages without end', async () => {
    const around = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']
    expect(typeof (await pagesOf(aPdf(around), { limitMs: 5_000 }))).toBe('string')
  })

  test('arrays in arrays, a million deep', async () => {
    const content = aPdf(['<< /Type /Catalog /Pages 2 0 R >>', `${'['.repeat(1_000_000)}`])
    expect(typeof (await pagesOf(content, { limitMs: 5_000 }))).toBe('string')
  })
})

describe('the process that takes a PDF apart', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'motcua-apart-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const apartBy = async (source: string, limitMs = 20_000) => {
    const program = join(folder, 'program.mjs')
    await writeFile(program, source)
    return pagesOf(await aScan({}), { program, limitMs })
  }

  test.each([
    ['crashes', 'process.on("message", () => process.abort())'],
    ['never begins', 'throw new Error("no")'],
    [
      'asks for the network',
      'import { connect } from "node:net"; process.on("message", () => connect(1, "127.0.0.1").on("error", (e) => e.code === "ERR_ACCESS_DENIED" ? process.exit(9) : process.send({ pages: [] })))',
    ],
    [
      'starts programs',
      'import { spawnSync } from "node:child_process"; spawnSync("true"); process.send({ pages: [] })',
    ],
    [
      'reads what is not its own',
      'import { readFileSync } from "node:fs"; readFileSync("/etc/passwd"); process.send({ pages: [] })',
    ],
  ])('that %s is told, not thrown', async (_what, source) => {
    expect(await apartBy(source)).toBe('too-much')
  })

  test('that writes files is stopped before it has', async () => {
    const path = JSON.stringify(join(folder, 'written'))
    expect(await apartBy(`import { writeFileSync } from "node:fs"; writeFileSync(${path}, "x")`)).toBe(
      'too-much',
    )
    expect(await readdir(folder)).not.toContain('written')
  })

  test('is killed when it finds no end', async () => {
    expect(await apartBy('process.on("message", () => { for (;;); })', 1_500)).toBe('too-much')
  })
})
