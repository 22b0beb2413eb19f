import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Db, openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { filesOnDisk } from '../../kernel/files.ts'
import { fileHeaders, openFile } from './open-file.ts'
import { type FileDoor, storeFile } from './store-file.ts'
import { aDocx, aZip } from './zip.builder.ts'

const database = await testDatabase()
let db: Db
let root: string
let door: FileDoor
const owner = { kind: 'person', id: randomUUID() }
const now = new Date('2026-11-20T01:05:12Z')

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-store-'))
  db = openDatabase(database.url, { role: 'motcua_app' })
  door = { db: db.pool, files: filesOnDisk(root) }
})
afterAll(async () => {
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const store = (content: Uint8Array | string, name: string, changes: Partial<FileDoor> = {}) =>
  storeFile({ ...door, ...changes }, [Buffer.from(content)], { name, owner, purpose: 'upload', now })
const stored = async (content: Uint8Array | string, name: string) => accepted(await store(content, name))
const refusedAs = async (content: Uint8Array | string, name: string, changes: Partial<FileDoor> = {}) => {
  const outcome = await store(content, name, changes)
  return isRefusal(outcome) ? outcome.code : 'taken'
}
const picture = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#c00' } })
const aPdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n'

describe('what is taken', () => {
  test.each([
    ['JPEG', async () => picture().jpeg().toBuffer(), 'anh.jpg', 'image/jpeg'],
    ['PNG', async () => picture().png().toBuffer(), 'anh.png', 'image/png'],
    ['WebP', async () => picture().webp().toBuffer(), 'anh.webp', 'image/webp'],
    ['TIFF', async () => picture().tiff().toBuffer(), 'anh.tif', 'image/tiff'],
    ['PDF', async () => aPdf, 'giay.pdf', 'application/pdf'],
    ['DOCX', async () => aDocx(), 'don.docx', /wordprocessingml/],
    [
      'XLSX',
      async () => aZip([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }]),
      'bang.xlsx',
      /spreadsheetml/,
    ],
    [
      'ODT',
      async () =>
        aZip([
          { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
          { name: 'content.xml' },
        ]),
      'don.odt',
      /opendocument/,
    ],
    ['text', async () => 'Kính gửi Ủy ban nhân dân\n', 'thu.txt', 'text/plain'],
  ])('%s', async (_, content, name, type) => {
    const file = await stored(await content(), name)
    expect(file.mediaType).toMatch(type)
    expect(file).toMatchObject({ name, owner, scanState: 'not-configured' })
  })

  test('a file is what its content is, and its name then says so', async () => {
    expect(await stored(aPdf, 'anh.jpg')).toMatchObject({ mediaType: 'application/pdf', name: 'anh.jpg.pdf' })
  })
})

describe('what is refused', () => {
  test.each([
    ['an ELF program called .jpg', Buffer.from('7f454c460201010000', 'hex'), 'anh.jpg'],
    ['a Windows program called .pdf', Buffer.from('MZ\x90\0\x03'), 'giay.pdf'],
    ['a macOS program', Buffer.from('cffaedfe07000001', 'hex'), 'giay.txt'],
    ['a script', '#!/bin/sh\nrm -rf /\n', 'ghi-chu.txt'],
    ['a script behind a byte order mark', '\ufeff#!/usr/bin/env python3\n', 'ghi-chu.txt'],
    ['a document with a program inside', aDocx([{ name: 'word/media/x.exe', content: 'MZ' }]), 'don.docx'],
  ])('%s is a program', async (_, content, name) => {
    expect(await refusedAs(content, name)).toBe('documents.executable')
  })

  test.each([
    ['a claim of 2 GB in a small document', aDocx([{ name: 'word/a.xml', claims: 2_000_000_000 }])],
    ['60 MB out of a few hundred bytes', aDocx([{ name: 'word/a.xml', claims: 60_000_000 }])],
    ['many entries', aZip(Array.from({ length: 5_001 }, (_, i) => ({ name: `${i}` })))],
    [
      'a huge document inside a document',
      aDocx([{ name: 'word/embeddings/b.xlsx', claims: 51_000_000, content: 'x'.repeat(600_000) }]),
    ],
  ])('%s is a zip bomb', async (_, content) => {
    expect(await refusedAs(content, 'don.docx')).toBe('documents.zip-bomb')
  })

  test.each([
    ['a plain zip', aZip([{ name: 'a.txt', content: 'a' }]), 'documents.zip-not-accepted'],
    ['a zip inside a document', aDocx([{ name: 'word/a.zip' }]), 'documents.zip-not-accepted'],
    ['a document with macros', aDocx([{ name: 'word/vbaProject.bin' }]), 'documents.not-accepted'],
    ['a locked document', aDocx([{ name: 'word/a.xml', encrypted: true }]), 'documents.not-accepted'],
    ['a zip cut short', aDocx().subarray(0, 90), 'documents.damaged'],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), 'documents.zip-not-accepted'],
  ])('%s', async (_, content, code) => {
    expect(await refusedAs(content, 'don.docx')).toBe(code)
  })

  test('a picture that claims 3,600 million points, by its head', async () => {
    const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    const size = Buffer.from('0000ea600000ea600802000000', 'hex')
    const check = Buffer.alloc(4)
    check.writeUInt32BE(crc32(Buffer.concat([Buffer.from('IHDR'), size])))
    const rest = (await picture().png().toBuffer()).subarray(33)
    expect(await refusedAs(Buffer.concat([head, size, check, rest]), 'anh.png')).toBe(
      'documents.too-many-pixels',
    )
  })
  test('a HEIC photo that no decoder here opens, saying what to do', async () => {
    const photo = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')])
    expect(await refusedAs(photo, 'a.heic')).toBe('documents.heic')
  })
  test('an Office file where nothing makes a PDF of it', async () =>
    expect(await refusedAs(aDocx(), 'don.docx', { withoutOffice: true })).toBe('documents.office'))
  test('an empty file', async () => expect(await refusedAs('', 'a.pdf')).toBe('documents.empty'))
  test('a PDF cut short', async () =>
    expect(await refusedAs(aPdf.slice(0, 30), 'a.pdf')).toBe('documents.damaged'))
  test('HTML and binary noise, whatever the name', async () => {
    expect(await refusedAs('<html><script>alert(1)</script>', 'trang.html')).toBe('documents.not-accepted')
    expect(await refusedAs('<svg xmlns="http://www.w3.org/2000/svg"/>', 'anh.svg')).toBe(
      'documents.not-accepted',
    )
    expect(await refusedAs(Buffer.from([1, 2, 3, 0xff]), 'a.txt')).toBe('documents.not-accepted')
  })
  test('a photo cut short', async () => {
    const noise = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer()
    expect(await refusedAs(noise.subarray(0, noise.length / 2), 'anh.jpg')).toBe('documents.damaged')
  })
  test('more than the limit, saying the limit', async () => {
    const outcome = await store(Buffer.alloc(3 * 1024 * 1024), 'to.pdf', { maxBytes: 2 * 1024 * 1024 })
    expect(outcome).toMatchObject({ kind: 'too-large', details: { name: 'to.pdf', limitMb: 2 } })
  })
  test.each(['a\u0000.pdf', 'a\ud800.pdf'])('a name that is not text', async (name) => {
    expect(await refusedAs(aPdf, name)).toBe('documents.bad-name')
  })
})

test.each([
  ['../../../etc/passwd.pdf', 'passwd.pdf'],
  ['C:\\Users\\an\\giấy.pdf', 'giấy.pdf'],
  ['.htaccess', 'htaccess.pdf'],
  ['..', 'tep.pdf'],
  ['', 'tep.pdf'],
  ['giâ\u0301y\u202efdp.exe', 'giấyfdp.exe.pdf'],
  ['<script>"x".pdf', '_script__x_.pdf'],
  [`${'a'.repeat(500)}.pdf`, `${'a'.repeat(196)}.pdf`],
])('the name %j is kept as %j', async (given, kept) => {
  expect((await stored(aPdf, given)).name).toBe(kept)
})

test('a photo gets an upright copy without place and device, and the original stays', async () => {
  const exif = { IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 0/1' } }
  const photo = await picture()
    .withExif(exif)
    .withMetadata({ orientation: 6, exif } as never)
    .jpeg()
    .toBuffer()
  const file = await stored(photo, 'anh.jpg')
  const copy = accepted(await openFile({ db: db.pool, files: door.files }, file.fileId, { view: true }))
  const seen = await sharp(await buffer(copy.stream)).metadata()
  expect([seen.width, seen.height, seen.exif]).toEqual([20, 40, undefined])
  const original = accepted(await openFile({ db: db.pool, files: door.files }, file.fileId))
  expect(photo.equals(await buffer(original.stream))).toBe(true)
})

test('an infected or unknown file is not opened', async () => {
  const file = await stored(aPdf, 'a.pdf')
  await database.pool.query(`update documents.stored_file set scan_state = 'infected' where file_id = $1`, [
    file.fileId,
  ])
  const code = async (id: string) => {
    const outcome = await openFile({ db: db.pool, files: door.files }, id)
    return isRefusal(outcome) && outcome.code
  }
  expect(await code(file.fileId)).toBe('documents.file-quarantined')
  expect(await code(randomUUID())).toBe('documents.file-not-found')
  expect(await code("'; drop table documents.stored_file;--")).toBe('documents.file-not-found')
})

test('a file is sent so that it can do nothing', () => {
  const file = { name: 'Giấy "khai" sinh;\r\n.pdf', mediaType: 'application/pdf', size: 5, sha256: 'ab' }
  const headers = fileHeaders(file)
  expect(headers['content-disposition']).toBe(
    `attachment; filename="Giay _khai_ sinh;__.pdf"; filename*=UTF-8''Gi%E1%BA%A5y%20%22khai%22%20sinh%3B%0D%0A.pdf`,
  )
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-security-policy']).toMatch(/^sandbox/)
  expect(fileHeaders({ ...file, mediaType: 'text/html' }, { inline: true })['content-disposition']).toMatch(
    /^attachment/,
  )
  expect(fileHeaders(file, { inline: true })['content-security-policy']).toContain("default-src 'none'")
})
