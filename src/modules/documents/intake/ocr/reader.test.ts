import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdfText } from '../../../../../test/harness/pdf-text.ts'
import { closeConversion, joinPictures } from '../convert.ts'
import { lettersOf } from '../read-letters.ts'
import { aScannedPdf } from '../scanned-pdf.builder.ts'
import { proposeFields } from './propose-fields.ts'
import { textReader } from './reader.ts'
import { aScan } from './scanned.builder.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-ocr-'))
})
afterAll(async () => {
  await closeConversion()
  await rm(folder, { recursive: true, force: true })
})

const now = new Date('2026-11-20T01:05:12Z')
const program = async (name: string, source: string) => {
  const path = join(folder, `${name}.mjs`)
  await writeFile(path, source)
  return path
}
const jpeg = new Uint8Array([0xff, 0xd8])
const readWith = async (source: string, limitMs = 20_000) =>
  textReader({ program: await program('reader', source), limitMs, memoryMb: 200 }).read([{ jpeg }])

describe('reading letters', () => {
  test('reads a crooked scan, as a layer of its PDF/A and as proposals for its fields', async () => {
    const scan = await aScan(
      [
        'GIẤY CHỨNG SINH',
        'Số: 187/2026',
        'Họ và tên mẹ: Nguyễn Thị Mẫu Đơn',
        'Số định danh cá nhân: 001190012345',
        'Ngày cấp: 19/11/2026',
      ],
      { degrees: 4 },
    )
    const source = { name: 'a.jpg', mediaType: 'image/jpeg', open: async () => Readable.from([scan]) }
    const paper = await joinPictures([source], now, textReader())
    if (typeof paper === 'string') throw new Error(paper)
    expect(paper).toMatchObject({
      textLayer: true,
      pages: 1,
      text: expect.stringContaining('Nguyễn Thị Mẫu Đơn'),
    })
    expect((await pdfText(paper.pdf)).join(' ')).toContain('Nguyễn Thị Mẫu Đơn')
    expect(proposeFields(paper.text!)).toMatchObject({
      ...{ number: '187/2026', issuedOn: '2026-11-19', personalId: '001190012345' },
      name: 'Nguyễn Thị Mẫu Đơn',
    })
  }, 120_000)

  test('reads a scanned PDF page by page', async () => {
    const pages = await Promise.all([
      aScan(['GIẤY CHỨNG SINH', 'Số: 187/2026'], { degrees: 2 }),
      aScan(['Họ và tên mẹ: Nguyễn Thị Mẫu Đơn']),
    ])
    const { text } = await lettersOf(await aScannedPdf(pages), textReader())
    expect(text).toContain('\f')
    expect(proposeFields(text!)).toMatchObject({ number: '187/2026', name: 'Nguyễn Thị Mẫu Đơn' })
  }, 120_000)

  test.each([
    ['crashes', 'process.on("message", () => process.abort())', 'ocr-failed'],
    ['never begins', 'throw new Error("no")', 'ocr-failed'],
    ['takes more memory than it may', ocrThatEats(), 'ocr-failed'],
    [
      'asks for the network',
      'process.on("message", () => fetch("http://127.0.0.1:1").catch((e) => process.exit(e.cause?.code === "ERR_ACCESS_DENIED" ? 9 : 0)))',
      'ocr-failed',
    ],
    [
      'writes files',
      'import { writeFileSync } from "node:fs"; writeFileSync("/tmp/motcua-not-there", "x")',
      'ocr-failed',
    ],
  ])('a reader that %s is told, not thrown', async (_, source, fault) => {
    expect(await readWith(source)).toBe(fault)
  })

  test('kills a reader that finds no end', async () => {
    expect(await readWith('process.on("message", () => { for (;;); })', 1_500)).toBe('ocr-slow')
  })

  test('keeps the paper without letters, and says so, when the reader breaks down', async () => {
    const scan = await aScan(['GIẤY CHỨNG SINH'])
    const source = { name: 'a.jpg', mediaType: 'image/jpeg', open: async () => Readable.from([scan]) }
    const broken = { read: async () => 'ocr-failed' as const }
    const paper = await joinPictures([source], now, broken)
    expect(paper).toMatchObject({ textLayer: false, textProblem: 'ocr-failed', pages: 1 })
  })
})

function ocrThatEats() {
  return `const limit = Number(process.argv[2]); const held = []
    process.on("message", () => { for (;;) { held.push(Buffer.alloc(50_000_000, 1)); if (process.memoryUsage.rss() / 1048576 > limit) process.exit(3) } })`
}
