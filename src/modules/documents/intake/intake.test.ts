import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateSync } from 'node:zlib'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/harness/database.ts'
import { pdfText } from '../../../../test/harness/pdf-text.ts'
import { type Db, openDatabase } from '../../../kernel/db.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { type Files, filesOnDisk, type KeyRing, readKeyRing } from '../../../kernel/files.ts'
import { findFiles } from '../documents-store.ts'
import { openFile } from '../open-file.ts'
import { type FileDoor, storeFile } from '../store-file.ts'
import { aDocx } from '../zip.builder.ts'
import { aClamd, eicar } from './clamd.builder.ts'
import { clamd } from './clamd.ts'
import { closeConversion } from './convert.ts'
import { fileState } from './file-state.ts'
import { type IntakeParts, intakeTasks, sweep, workOn } from './intake.ts'
import { beginReading, readTextOf } from './intake-store.ts'
import { joinPaper } from './join-paper.ts'
import { proposeFields } from './ocr/propose-fields.ts'
import type { ReadLine, TextReader } from './ocr/reader.ts'
import { findOffice } from './office.ts'
import { aPdf } from './pdf.builder.ts'
import { anImage, aScanByHand, aScannedPdf, aStream } from './scanned-pdf.builder.ts'

const database = await testDatabase()
const searchPath = process.env.PATH ?? ''
const office = await findOffice({ program: undefined, searchPath })
const now = new Date('2026-11-20T01:05:12Z')
const owner = { kind: 'person', id: randomUUID() }
const keys = readKeyRing(`k:${Buffer.alloc(32, 7).toString('base64')}`) as KeyRing
let db: Db
let root: string
let files: Files
let scanner: Awaited<ReturnType<typeof aClamd>>
let failures: unknown[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-intake-'))
  db = openDatabase(database.url, { role: 'motcua_app' })
  files = filesOnDisk(root, keys)
  scanner = await aClamd()
})
afterAll(async () => {
  await closeConversion()
  await scanner.close()
  await db.close()
  await rm(root, { recursive: true, force: true })
})
beforeEach(() => {
  scanner.state.mood = 'well'
  failures = []
})

const scanning = () => clamd({ address: scanner.address, silenceMs: 200 })
const parts = (changes: Partial<IntakeParts> = {}): IntakeParts => ({
  ...{ db, files, scanner: undefined, office: undefined, now: () => now },
  onFailure: (error) => failures.push(error),
  ...changes,
})
/** Reads these lines once it is told to go on. */
function aWaitingReader(lines: ReadLine[][]) {
  const reader = {
    begun: 0,
    readOn: () => {},
    read: async () => {
      reader.begun++
      await new Promise<void>((resolve) => {
        reader.readOn = resolve
      })
      return lines
    },
  }
  return reader satisfies TextReader
}
const store = (content: Uint8Array | string, name: string, changes: Partial<FileDoor> = {}) =>
  storeFile({ db: db.pool, files, ...changes }, [Buffer.from(content)], {
    name,
    owner,
    purpose: 'component:1',
    now,
  })
const row = async (fileId: string) => (await findFiles(db.pool, [fileId]))[0]!
const paperOf = async (fileId: string) => {
  const opened = accepted(await openFile({ db: db.pool, files }, fileId, { paper: true }))
  return { ...opened, bytes: await buffer(opened.stream) }
}
const codeOf = async (outcome: Promise<unknown>) => {
  const given = await outcome
  return isRefusal(given) ? given.code : 'taken'
}
const picture = (width = 400, height = 300, background = '#c00') =>
  sharp({ create: { width, height, channels: 3, background } })
const isPdfA2 = (bytes: Buffer) =>
  /<pdfaid:part>2<\/pdfaid:part>/.test(bytes.toString('latin1')) &&
  /<pdfaid:conformance>B<\/pdfaid:conformance>/.test(bytes.toString('latin1'))
const pagesIn = (bytes: Buffer) => bytes.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

describe('becomes PDF/A-2', () => {
  test.each([
    ['JPEG', () => picture().jpeg().toBuffer(), 'anh.jpg'],
    ['PNG with transparency', () => picture().ensureAlpha(0.4).png().toBuffer(), 'anh.png'],
    ['PNG in grey', () => picture().greyscale().png().toBuffer(), 'anh.png'],
    ['WebP', () => picture().webp().toBuffer(), 'anh.webp'],
    ['TIFF', () => picture().tiff().toBuffer(), 'anh.tif'],
    ['JPEG in CMYK', () => picture().toColourspace('cmyk').jpeg().toBuffer(), 'anh.jpg'],
  ])('%s', async (_, content, name) => {
    const { fileId, conversion } = accepted(await store(await content(), name))
    expect(conversion).toBe('waiting')
    await sweep(parts())
    expect(failures).toEqual([])
    expect(await row(fileId)).toMatchObject({ conversion: 'done', pages: 1, conversionProblem: null })
    const paper = await paperOf(fileId)
    expect(paper).toMatchObject({ name: `${name}.pdf`, mediaType: 'application/pdf' })
    expect(isPdfA2(paper.bytes)).toBe(true)
  })

  test('a text, with its words', async () => {
    const { fileId } = accepted(
      await store('Kính gửi Ủy ban nhân dân\n\nTôi tên là Trần Thị Na 😀\n', 'thu.txt'),
    )
    await sweep(parts())
    const { bytes } = await paperOf(fileId)
    expect(isPdfA2(bytes)).toBe(true)
    expect((await pdfText(bytes)).join(' ').replace(/\s+/g, ' ')).toContain('Tôi tên là Trần Thị Na')
  })

  test('a photo: upright, small, without place and device; the original stays as it was', async () => {
    const exif = { IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 0/1' } }
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
    const photo = await sharp({
      create: { width: 4000, height: 3000, channels: 3, background: '#fff', noise },
    })
      .withMetadata({ orientation: 6, exif } as never)
      .jpeg({ quality: 95 })
      .toBuffer()
    const { fileId } = accepted(await store(photo, 'anh.jpg'))
    await sweep(parts())
    const { bytes } = await paperOf(fileId)
    expect(bytes.length).toBeLessThan(photo.length / 2)
    expect(bytes.includes('Phone')).toBe(false)
    // Turned: the page stands, as the phone was held.
    const [, width, height] = /MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/
      .exec(bytes.toString('latin1'))!
      .map(Number)
    expect(height).toBeGreaterThan(width!)
    const original = accepted(await openFile({ db: db.pool, files }, fileId))
    expect(photo.equals(await buffer(original.stream))).toBe(true)
  })

  test('a scan whose letters cannot be read: kept without them, and it says so', async () => {
    const { fileId } = accepted(await store(await picture().jpeg().toBuffer(), 'scan.jpg'))
    await sweep(parts({ reader: { read: async () => 'ocr-slow' } }))
    expect(await row(fileId)).toMatchObject({ conversion: 'done', textLayer: false, textProblem: 'ocr-slow' })
    expect(fileState(await row(fileId), 'vi').text).toContain('chữ trong giấy tờ chưa đọc được')
    expect(await readTextOf(db.pool, fileId)).toBeUndefined()
  })

  test('a scan whose letters were read: its words lie in the PDF/A and beside it', async () => {
    const { fileId } = accepted(await store(await picture().jpeg().toBuffer(), 'scan.jpg'))
    const line = { text: 'Số: 187/2026', x: 20, y: 20, width: 200, height: 30 }
    await sweep(parts({ reader: { read: async () => [[line]] } }))
    expect(fileState(await row(fileId), 'vi').text).toContain('có lớp chữ')
    const { bytes } = await paperOf(fileId)
    expect(isPdfA2(bytes)).toBe(true)
    expect((await pdfText(bytes)).join(' ')).toContain('Số: 187/2026')
    expect(await readTextOf(db.pool, fileId)).toBe('Số: 187/2026')
  })

  test('a picture with a page of another kind hidden behind it: only the picture is left', async () => {
    const hidden = Buffer.from('<script>alert(1)</script>PK\u0003\u0004%PDF-1.7')
    const { fileId } = accepted(
      await store(Buffer.concat([await picture().png().toBuffer(), hidden]), 'anh.png'),
    )
    await sweep(parts())
    expect((await paperOf(fileId)).bytes.includes('<script>')).toBe(false)
  })

  test('a PDF does not: it is kept as it is, with what was noticed', async () => {
    const content = aPdf(['<< /Names << /EmbeddedFiles 2 0 R >> >>'])
    const { fileId } = accepted(await store(content, 'giay.pdf'))
    await sweep(parts())
    expect(await row(fileId)).toMatchObject({ conversion: 'kept', notes: ['pdf-attachments'] })
    expect(content.equals((await paperOf(fileId)).bytes)).toBe(true)
  })
})

describe('the letters of a scanned PDF', () => {
  const line = (text: string) => ({ text, x: 20, y: 20, width: 200, height: 30 })
  const reads: TextReader = {
    read: async (pages) => pages.map((_, i) => [line(i === 0 ? 'Số: 187/2026' : `Trang ${i + 1}`)]),
  }
  const blank = anImage('/Filter /FlateDecode', deflateSync(Buffer.alloc(60 * 90)))
  const slow: TextReader = { read: async () => 'ocr-slow' }
  const aScan = async (pages = 1) => {
    const page = await picture(300, 400, '#eee').jpeg().toBuffer()
    return aScannedPdf(Array.from({ length: pages }, () => page))
  }
  const scanned = async (content: Uint8Array | string, door: Partial<FileDoor> = {}) =>
    accepted(await store(content, 'quet.pdf', { readsLetters: true, ...door })).fileId
  const stateOf = async (fileId: string) => fileState(await row(fileId), 'vi')

  test('are proposed to whoever digitises it; the PDF itself stays byte for byte', async () => {
    const content = await aScan(2)
    const fileId = await scanned(content)
    expect(await stateOf(fileId)).toMatchObject({
      waiting: true,
      text: expect.stringContaining('đang đọc chữ'),
    })
    await sweep(parts({ reader: reads }))
    expect(failures).toEqual([])
    const text = await readTextOf(db.pool, fileId)
    expect(text).toBe('Số: 187/2026\fTrang 2')
    expect(proposeFields(text!)).toEqual({ number: '187/2026' })
    expect(await stateOf(fileId)).toMatchObject({
      waiting: false,
      text: expect.stringContaining('đã đọc chữ'),
    })
    expect(await row(fileId)).toMatchObject({ conversion: 'kept', reading: 'read', convertedSha256: null })
    expect(content.equals((await paperOf(fileId)).bytes)).toBe(true)
  })

  test('are read by the worker that is asked at once', async () => {
    const asked: string[] = []
    const fileId = await scanned(await aScan(), { soon: async (id) => void asked.push(id) })
    expect(asked).toEqual([fileId])
    await intakeTasks(parts({ reader: reads }))['documents.intake']!({ fileId }, {} as never)
    expect((await row(fileId)).reading).toBe('read')
  })

  test('are read on its first ten pages', async () => {
    const fileId = await scanned(await aScan(12))
    await sweep(parts({ reader: reads }))
    expect((await readTextOf(db.pool, fileId))!.split('\f')).toHaveLength(10)
  })

  test.each([
    ['a drawn one', () => aScanByHand(blank, { content: aStream('', '0 0 m 60 90 l S') })],
    [
      'one with typed words',
      async () => {
        const pdf = await PDFDocument.create()
        pdf.addPage().drawText('Don de nghi')
        return Buffer.from(await pdf.save())
      },
    ],
    ['a damaged one', () => aPdf(['nothing'])],
  ])('are not those of %s, which has no problem either', async (_, content) => {
    const fileId = await scanned(await content())
    await sweep(parts({ reader: reads }))
    expect(await row(fileId)).toMatchObject({ reading: 'none', textProblem: null })
    expect(await stateOf(fileId)).toEqual({
      ...{ waiting: false, picture: undefined },
      text: 'PDF, giữ nguyên như đã gửi',
    })
    expect(failures).toEqual([])
  })

  test('that the reader breaks down on are told to be missing', async () => {
    const fileId = await scanned(await aScan())
    await sweep(parts({ reader: slow }))
    expect(await row(fileId)).toMatchObject({ reading: 'none', textProblem: 'ocr-slow' })
    expect((await stateOf(fileId)).text).toContain('chữ trong giấy tờ chưa đọc được')
    expect(await readTextOf(db.pool, fileId)).toBeUndefined()
  })

  test('wait for the scanner', async () => {
    scanner.state.mood = 'hangs'
    const fileId = await scanned(await aScan(), { scanner: scanning() })
    await sweep(parts({ scanner: scanning(), reader: reads }))
    expect(await row(fileId)).toMatchObject({ scanState: 'waiting', reading: 'waiting' })
    scanner.state.mood = 'well'
    await sweep(parts({ scanner: scanning(), reader: reads }))
    expect(await row(fileId)).toMatchObject({ scanState: 'clean', reading: 'read' })
  })

  test('are never read where the scanner finds something', async () => {
    scanner.state.mood = 'hangs'
    const fileId = await scanned(Buffer.concat([await aScan(), Buffer.from(eicar)]), { scanner: scanning() })
    scanner.state.mood = 'well'
    await sweep(parts({ scanner: scanning(), reader: reads }))
    expect(await row(fileId)).toMatchObject({ scanState: 'infected', reading: 'none' })
    expect((await stateOf(fileId)).waiting).toBe(false)
  })

  test('wait for nobody where no letters are read, or are not any more', async () => {
    const before = await scanned(await aScan(), { readsLetters: false })
    const since = await scanned(await aScan())
    await sweep(parts())
    expect(await row(before)).toMatchObject({ reading: null })
    expect(await row(since)).toMatchObject({ reading: 'none', textProblem: null })
  })

  test('of more than 30 MB are left alone', async () => {
    const plan = aPdf(['<< /Type /Catalog >>', Buffer.alloc(31 * 1024 * 1024, 'x')])
    expect((await row(await scanned(plan))).reading).toBe('none')
  })

  test('are read by one at a time, and again when that one has ended without a word', async () => {
    const fileId = await scanned(await aScan())
    const waits = aWaitingReader([[line('sau')]])
    const first = workOn(parts({ reader: waits }), fileId)
    await expect.poll(() => waits.begun, { timeout: 20_000 }).toBe(1)
    await workOn(parts({ reader: reads }), fileId)
    expect((await row(fileId)).reading).toBe('waiting')
    const later = new Date(now.getTime() + 21 * 60_000)
    await workOn(parts({ reader: reads, now: () => later }), fileId)
    expect(await readTextOf(db.pool, fileId)).toBe('Số: 187/2026')
    waits.readOn()
    await first
    expect(await readTextOf(db.pool, fileId)).toBe('Số: 187/2026')
  }, 40_000)

  test('are tried three times, and not counted while the store is away', async () => {
    const fileId = await scanned(await aScan())
    const away = { ...files, open: filesOnDisk(root, undefined).open }
    for (let i = 0; i < 4; i++) await sweep(parts({ files: away, reader: reads }))
    expect((await row(fileId)).reading).toBe('waiting')
    const broken: TextReader = { read: () => Promise.reject(new Error('crash')) }
    for (let i = 0; i < 4; i++) await sweep(parts({ reader: broken }))
    expect(failures).toHaveLength(4 + 3)
    expect(await row(fileId)).toMatchObject({ reading: 'none', textProblem: 'ocr-failed' })
  })

  test('of a PDF that ended the whole process are not tried for ever', async () => {
    const fileId = await scanned(await aScan())
    for (let i = 0; i < 3; i++)
      await beginReading(db.pool, fileId, new Date(now.getTime() - (4 - i) * 21 * 60_000))
    await sweep(parts({ reader: reads }))
    expect(await row(fileId)).toMatchObject({ reading: 'none', textProblem: 'ocr-failed' })
  })

  test('are given up where the PDF unpacks to more than it may, and that is told to who runs this', async () => {
    const bomb = deflateSync(deflateSync(Buffer.alloc(700_000_000, ' ')))
    const content = aStream('/Filter [/FlateDecode /FlateDecode]', bomb)
    const fileId = await scanned(aScanByHand(blank, { content }))
    await sweep(parts({ reader: reads }))
    expect(await row(fileId)).toMatchObject({ reading: 'none', textProblem: null })
    expect(failures).toHaveLength(1)
  }, 60_000)
})

describe('several photos of one paper', () => {
  test('are one PDF/A in their order, made once', async () => {
    const photos: string[] = []
    for (const side of [picture(300, 400, '#a00'), picture(400, 300, '#0a0'), picture(300, 400, '#00a')])
      photos.push(accepted(await store(await side.jpeg().toBuffer(), 'mat.jpg')).fileId)
    const door = { db: db.pool, files, now }
    const all = async () => Promise.all(photos.map(row))
    expect(await joinPaper(door, await all())).toBeUndefined()
    await sweep(parts())
    const joined = (await joinPaper(door, await all()))!
    expect(joined.pages).toBe(3)
    const bytes = await buffer((await files.open(joined.sha256))!)
    expect(isPdfA2(bytes)).toBe(true)
    const pages = (await PDFDocument.load(bytes)).getPages()
    expect(pages.map((page) => page.getWidth() > page.getHeight())).toEqual([false, true, false])
    expect(await joinPaper(door, await all())).toEqual(joined)
    expect((await joinPaper(door, (await all()).reverse()))!.sha256).not.toBe(joined.sha256)
  })

  test('a TIFF of several pages keeps them all', async () => {
    const pages = await Promise.all(
      ['#100', '#010', '#001'].map((colour) => picture(50, 80, colour).png().toBuffer()),
    )
    const tiff = await sharp(pages, { join: { across: 1, animated: true } } as never)
      .tiff()
      .toBuffer()
    const { pages: count } = await sharp(tiff).metadata()
    const { fileId } = accepted(await store(tiff, 'quet.tif'))
    await sweep(parts())
    expect(await row(fileId)).toMatchObject({ pages: count ?? 1 })
    expect(pagesIn((await paperOf(fileId)).bytes)).toBe(count ?? 1)
  })
})

describe.skipIf(office === undefined)('with LibreOffice', () => {
  test('a document becomes PDF/A-2, without a profile, network or trace', async () => {
    const { Document, Packer, Paragraph } = await import('docx')
    const document = new Document({
      sections: [{ children: [new Paragraph('Đơn đề nghị của Trần Thị Na')] }],
    })
    const { fileId } = accepted(await store(await Packer.toBuffer(document), 'don.docx'))
    await sweep(parts({ office }))
    expect(await row(fileId)).toMatchObject({ conversion: 'done', conversionProblem: null })
    const { bytes } = await paperOf(fileId)
    expect(bytes.toString('latin1')).toMatch(/pdfaid:part>?=?"?2/)
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('motcua-office-'))).toEqual([])
  }, 120_000)

  test('one that it cannot read is left as its original, with the reason', async () => {
    const { fileId } = accepted(await store(aDocx(), 'don.docx'))
    await sweep(parts({ office: { toPdf: async () => 'office-failed' } }))
    expect(await row(fileId)).toMatchObject({ conversion: 'failed', conversionProblem: 'office-failed' })
    expect((await paperOf(fileId)).mediaType).toMatch(/wordprocessingml/)
  })
})

test.skipIf(office === undefined)('LibreOffice itself is stopped when the time is over', async () => {
  const hurried = await findOffice({ program: undefined, searchPath, limitMs: 50 })
  expect(await hurried!.toPdf(Readable.from([aDocx()]), 'docx')).toBe('office-slow')
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('motcua-office-'))).toEqual([])
})

test.skipIf(process.platform === 'win32')(
  'a converter that stalls is stopped with what it started, and leaves no trace',
  async () => {
    const program = join(root, 'stalls')
    // Its child would go on for an hour if only the first process were stopped.
    await writeFile(program, `#!/bin/sh\nsleep 3600 & echo $! > ${root}/child\nwait\n`, { mode: 0o700 })
    const stalling = await findOffice({ program, searchPath, limitMs: 1_000 })
    expect(await stalling!.toPdf(Readable.from([aDocx()]), 'docx')).toBe('office-slow')
    const child = Number(await readFile(join(root, 'child'), 'utf8'))
    await expect.poll(() => isRunning(child)).toBe(false)
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('motcua-office-'))).toEqual([])
  },
)

/** A process that ended and that nobody has asked after yet does not count. */
async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
  return !/\) Z/.test(status)
}

describe('the scanner', () => {
  test('that finds something has it refused before it is kept', async () => {
    const outcome = await store(`${eicar}\n`, 'thu.txt', { scanner: scanning() })
    expect(outcome).toMatchObject({
      code: 'documents.malware',
      details: { name: 'thu.txt', found: 'Eicar-Test-Signature' },
    })
    expect(await readdir(join(root, 'incoming'))).toEqual([])
  })

  test('that finds nothing says clean', async () => {
    expect(await store('giấy tờ', 'thu.txt', { scanner: scanning() })).toMatchObject({ scanState: 'clean' })
  })

  test.each(['hangs', 'closes', 'too-large', 'odd'] as const)(
    'that %s leaves the file waiting: nobody opens it, in no form, until it was scanned',
    async (mood) => {
      scanner.state.mood = mood
      const { fileId, scanState } = accepted(await store(`sạch ${mood}`, 'thu.txt', { scanner: scanning() }))
      expect(scanState).toBe('waiting')
      await sweep(parts({ scanner: scanning() }))
      expect(await row(fileId)).toMatchObject({ scanState: 'waiting', conversion: 'waiting' })
      for (const wanted of [{}, { view: true }, { paper: true }])
        expect(await codeOf(openFile({ db: db.pool, files }, fileId, wanted))).toBe('documents.file-waiting')
      scanner.state.mood = 'well'
      await sweep(parts({ scanner: scanning() }))
      expect(await row(fileId)).toMatchObject({ scanState: 'clean', conversion: 'done' })
      expect((await paperOf(fileId)).mediaType).toBe('application/pdf')
    },
  )

  test('that comes back and finds something closes the file for ever, and nothing is made of it', async () => {
    scanner.state.mood = 'hangs'
    const { fileId } = accepted(await store(`${eicar} `, 'thu.txt', { scanner: scanning() }))
    scanner.state.mood = 'well'
    await sweep(parts({ scanner: scanning() }))
    expect(await row(fileId)).toMatchObject({
      ...{ scanState: 'infected', malware: 'Eicar-Test-Signature', conversion: 'failed' },
      ...{ convertedSha256: null },
    })
    for (const wanted of [{}, { view: true }, { paper: true }])
      expect(await codeOf(openFile({ db: db.pool, files }, fileId, wanted))).toBe(
        'documents.file-quarantined',
      )
  })
})

test('a file that breaks the converter is tried three times and then left as its original', async () => {
  const { fileId } = accepted(await store(aDocx(), 'don.docx'))
  const broken = { toPdf: () => Promise.reject(new Error('crash')) }
  for (let i = 0; i < 4; i++) await sweep(parts({ office: broken }))
  expect(failures).toHaveLength(3)
  expect(await row(fileId)).toMatchObject({ conversion: 'failed', conversionProblem: 'broke-down' })
})

test('a picture whose letters take long is not begun again by the sweeps of the minutes after', async () => {
  const { fileId } = accepted(await store(await picture().jpeg().toBuffer(), 'anh.jpg'))
  const waits = aWaitingReader([[]])
  const first = workOn(parts({ reader: waits }), fileId)
  await expect.poll(() => waits.begun, { timeout: 20_000 }).toBe(1)
  for (let i = 0; i < 4; i++) await sweep(parts({ reader: waits }))
  expect(waits.begun).toBe(1)
  waits.readOn()
  await first
  expect((await row(fileId)).conversion).toBe('done')
}, 40_000)

test('a store that is away is no fault of the file', async () => {
  const { fileId } = accepted(await store(await picture().jpeg().toBuffer(), 'anh.jpg'))
  const away = { ...files, open: filesOnDisk(root, undefined).open }
  for (let i = 0; i < 4; i++) await sweep(parts({ files: away }))
  expect(failures).toHaveLength(4)
  expect((await row(fileId)).conversion).toBe('waiting')
  expect(await codeOf(openFile({ db: db.pool, files: away }, fileId))).toBe('documents.unreadable')
  await sweep(parts())
  expect((await row(fileId)).conversion).toBe('done')
})
