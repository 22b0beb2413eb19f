import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../src/kernel/db.ts'
import { accepted, isRefusal } from '../src/kernel/errors.ts'
import { filesOnDisk } from '../src/kernel/files.ts'
import { findFiles } from '../src/modules/documents/documents-store.ts'
import { fileState } from '../src/modules/documents/intake/file-state.ts'
import { storeFile } from '../src/modules/documents/store-file.ts'
import { signPdf } from '../src/modules/signatures/index.ts'
import { name } from '../src/modules/signatures/pdf/pdf-values.ts'
import { PdfFile } from '../src/modules/signatures/pdf/read-pdf.ts'
import { Increment } from '../src/modules/signatures/pdf/write-increment.ts'
import { aDoor, aPaper, aSigning, now } from '../src/modules/signatures/signatures.builder.ts'
import { aSignedXml } from '../src/modules/signatures/xml/signed-xml.builder.ts'
import { testDatabase } from './harness/database.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
afterAll(() => db.close())
const files = filesOnDisk(mkdtempSync(join(tmpdir(), 'motcua-signed-')))
const world = aDoor()
world.addSigner('an')

const signed = async (level: 'B-B' | 'B-T' = 'B-T') =>
  Buffer.from(accepted(await signPdf(world.door, aSigning(await aPaper(), { level }))).pdf)

async function handIn(bytes: Uint8Array, called: string, door = world.door) {
  const upload = { name: called, owner: { kind: 'person', id: 'p' }, purpose: 'component:x', now }
  const stored = await storeFile({ db: db.pool, files, signatures: door }, [bytes], upload)
  if (isRefusal(stored)) return stored.code
  const [kept] = await findFiles(db.pool, [stored.fileId])
  return fileState(kept!, 'vi').text
}

test('a signed PDF says beside its name who signed, when, and that it holds', async () => {
  const before = world.checked.length
  expect(await handIn(await signed(), 'don.pdf')).toContain('Chữ ký hợp lệ: Người ký an (')
  expect(world.checked.length).toBe(before + 1)
})

test('a signature that does not hold is told at once, with the reason', async () => {
  const pdf = await signed()
  pdf[pdf.indexOf('stream') + 20]! ^= 0xff
  expect(await handIn(pdf, 'don.pdf')).toMatch(/Chữ ký không hợp lệ: .*Nội dung đã bị thay đổi sau khi ký/)
  const other = aDoor()
  const text = await handIn(await signed(), 'don.pdf', { ...world.door, trusted: other.door.trusted })
  expect(text).toContain('không do tổ chức được tin cậy cấp')
})

test('a signature in a form that nobody can check is refused, with how to mend it', async () => {
  const file = PdfFile.open(await signed())
  const increment = new Increment(file)
  const [field] = file.array(file.dict(file.catalog.get('AcroForm'))!.get('Fields'))!
  const value = new Map(file.dict(file.dict(field)!.get('V')))
  value.set('SubFilter', name('adbe.x509.rsa_sha1'))
  increment.edit(field as never).set('V', increment.add(value))
  expect(await handIn(increment.bytes().pdf, 'don.pdf')).toBe('documents.signature-format')
})

test('a file wrapped in a signature is refused, whatever it is called', async () => {
  const der = Buffer.from('3082010006092a864886f70d010702a0820100', 'hex')
  for (const called of ['don.pdf.p7m', 'don.p7s', 'don.pdf', 'anh.jpg'])
    expect(await handIn(der, called)).toBe('documents.signed-container')
  expect(await handIn(Buffer.from('-----BEGIN PKCS7-----\nMII'), 'don.p7m')).toBe(
    'documents.signed-container',
  )
})

test('a signed XML is taken and checked; one with entities, or without signature, is not', async () => {
  const { door, xml } = aSignedXml()
  expect(await handIn(Buffer.from(xml), 'hoa-don.xml', door)).toMatch(
    /^XML, giữ nguyên.*Chữ ký hợp lệ, có điều cần lưu ý/,
  )
  const altered = Buffer.from(xml.replace('500000', '900000'))
  expect(await handIn(altered, 'hoa-don.xml', door)).toContain('Chữ ký không hợp lệ')
  expect(await handIn(Buffer.from(`<!DOCTYPE x>${xml}`), 'hoa-don.xml', door)).toBe('documents.xml-entities')
  expect(await handIn(Buffer.from('<hoSo/>'), 'hoa-don.xml', door)).toBe('documents.not-accepted')
})

test('a PDF without signature says nothing of signatures', async () => {
  expect(await handIn(await aPaper(), 'don.pdf')).not.toContain('hữ ký')
})
