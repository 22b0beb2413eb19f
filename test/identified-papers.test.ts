import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../src/kernel/db.ts'
import { accepted } from '../src/kernel/errors.ts'
import { newId } from '../src/kernel/ids.ts'
import {
  type IssuedDocument,
  insertDocument,
  markReplaced,
} from '../src/modules/documents/documents-store.ts'
import { beginningsOf, identifyFile } from '../src/modules/documents/identify-file.ts'
import { signPdf } from '../src/modules/signatures/index.ts'
import { dict, PdfStream } from '../src/modules/signatures/pdf/pdf-values.ts'
import { PdfFile } from '../src/modules/signatures/pdf/read-pdf.ts'
import { Increment } from '../src/modules/signatures/pdf/write-increment.ts'
import { aDoor, aPaper, aSigning, now } from '../src/modules/signatures/signatures.builder.ts'
import { testDatabase } from './harness/database.ts'

const database = await testDatabase()
const db = openDatabase(database.url, { role: 'motcua_app' })
afterAll(() => db.close())

const world = aDoor()
world.addSigner('an')
const door = { db: db.pool, check: world.door }
const signed = async () =>
  Buffer.from(accepted(await signPdf(world.door, aSigning(await aPaper(), { level: 'B-T' }))).pdf)

let count = 0
async function issue(pdf: Uint8Array): Promise<IssuedDocument> {
  const id = newId(now.getTime())
  const document: IssuedDocument = {
    ...{ id, dossierId: newId(now.getTime()), dossierCode: `H99.12-261122-${++count}`, kind: 'result' },
    ...{
      cause: String(count),
      number: `${count}/GXN`,
      title: 'Giấy xác nhận',
      size: pdf.length,
      standard: 'PDF/A-2a',
    },
    sha256: createHash('sha256').update(pdf).digest('hex'),
    verifyCode: `ABCDEFGH2345678${count + 1}`,
    ...{ issuedAt: now.toISOString(), authorityCode: 'H99.12', authorityName: 'UBND phường Hoa Sen' },
    ...{ signerName: 'Lê Văn Tâm', status: 'valid', statusReason: null, replacedBy: null, sample: false },
    signatures: [],
  }
  await insertDocument(db.pool, document)
  return document
}

const withPageChanged = (pdf: Uint8Array) => {
  const file = PdfFile.open(pdf)
  const increment = new Increment(file)
  const content = increment.add(new PdfStream(dict({}), Buffer.from('0 0 200 200 re f')))
  increment.edit(file.pages()[0]!.ref).set('Contents', content)
  return increment.bytes().pdf
}

test('a paper is known by its bytes, and by what it begins with', async () => {
  const pdf = await signed()
  const { id } = await issue(pdf)
  expect(await identifyFile(door, pdf, now)).toMatchObject({
    document: { id },
    isWhole: true,
    successors: [],
  })
  const changed = await identifyFile(door, withPageChanged(pdf), now)
  expect(changed).toMatchObject({ document: { id }, isWhole: false, report: { verdict: 'invalid' } })
  expect(changed.report?.signatures[0]?.changes).toEqual(['page-content'])
  const behind = await identifyFile(door, Buffer.concat([pdf, Buffer.from('behind')]), now)
  expect(behind).toMatchObject({ document: { id }, isWhole: false, report: { problems: ['not-covered'] } })
})

test('an altered byte makes it a paper that is not ours, with a signature that is broken', async () => {
  const pdf = await signed()
  await issue(pdf)
  pdf[pdf.indexOf('stream') + 20]! ^= 0xff
  const found = await identifyFile(door, pdf, now)
  expect(found.document).toBeUndefined()
  expect(found.report?.signatures[0]?.problems).toContain('altered')
})

test('papers that took the place of a paper are told one after the other', async () => {
  const [first, second, third] = [await signed(), await signed(), await signed()]
  const [a, b, c] = [await issue(first), await issue(second), await issue(third)]
  await markReplaced(db.pool, a.id, b.id)
  await markReplaced(db.pool, b.id, c.id)
  const found = await identifyFile(door, first, now)
  expect(found.successors.map(({ id }) => id)).toEqual([b.id, c.id])
})

test('neither the file nor what was found of it is kept', async () => {
  const before = world.checked.length
  await identifyFile(door, await signed(), now)
  expect(world.checked.length).toBe(before)
  const { rows } = await db.pool.query('select count(*)::int as n from signatures.evidence')
  expect(rows[0].n).toBe(0)
})

test('other kinds of files are said to be such', async () => {
  expect((await identifyFile(door, Buffer.from('\xff\xd8\xff\xe0'), now)).kind).toBe('other')
  expect((await identifyFile(door, Buffer.from('<hoSo/>'), now)).report?.verdict).toBe('unsigned')
  expect((await identifyFile(door, await aPaper(), now)).report?.verdict).toBe('unsigned')
})

test('a file of nothing but ends of files is hashed a bounded number of times', () => {
  expect(beginningsOf(Buffer.from('%%EOF\n'.repeat(5_000))).length).toBeLessThan(210)
})
