import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { pdfText } from '../../../test/harness/pdf-text.ts'
import { type Db, openDatabase } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { type Files, filesOnDisk } from '../../kernel/files.ts'
import { documentsOfDossier, findByVerifyCode, findDocumentById, markRevoked } from './documents-store.ts'
import { type Issue, issueDocument } from './issue-document.ts'
import { openDocument } from './open-file.ts'
import { refusals } from './refusals.ts'
import { closePrinting, renderSlip } from './render-slip.ts'
import { samples } from './samples.ts'

const database = await testDatabase()
let db: Db
let root: string
let files: Files

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-issue-'))
  db = openDatabase(database.url, { role: 'motcua_app' })
  files = filesOnDisk(root)
})
afterAll(async () => {
  await closePrinting()
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const aReceipt = (changes: Partial<Issue> = {}): Issue => ({
  dossierId: randomUUID(),
  dossierCode: 'H99.12-261120-00042',
  kind: 'receipt',
  cause: '2',
  title: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  authority: { code: 'H99.12', name: 'Ủy ban nhân dân phường Hoa Sen' },
  signerName: 'Lê Thu Trang',
  sample: true,
  now: new Date('2026-11-20T01:05:12Z'),
  baseUrl: 'https://motcua.example',
  register: 'receipt',
  numberAs: (n) => `${n}/TTPVHCC`,
  print: async ({ number }) => ({
    pdf: accepted(await renderSlip('receipt', { ...samples.receipt, number })),
    signatures: [],
  }),
  ...changes,
})
const issue = async (changes: Partial<Issue> = {}) =>
  accepted(await issueDocument(db, files, aReceipt(changes)))

test('a paper is numbered, printed, kept, and confirmed by its code', async () => {
  const document = await issue()
  expect(document).toMatchObject({ status: 'valid', sample: true, standard: 'PDF/A-2a' })
  const { stream } = accepted(await openDocument(files, document))
  expect((await pdfText(await buffer(stream))).join('')).toContain(document.number)
  expect(await findByVerifyCode(db.pool, document.verifyCode)).toEqual(document)
  const asTyped = document.verifyCode.toLowerCase().replace(/(.{4})/g, '$1 ')
  expect(await findByVerifyCode(db.pool, asTyped)).toEqual(document)
})

test('codes cannot be guessed and wrong codes find nothing', async () => {
  const { verifyCode } = await issue()
  expect(verifyCode).toMatch(/^[2-9A-HJ-NP-Z]{16}$/)
  for (const code of ['', "' or 1=1 --", verifyCode.slice(0, -1), '\u0000']) {
    expect(await findByVerifyCode(db.pool, code)).toBeUndefined()
  }
})

test('the paper carries the address that confirms it', async () => {
  let printed = ''
  const document = await issue({
    print: async ({ verifyUrl }) => {
      printed = verifyUrl
      return { pdf: Buffer.from('%PDF'), signatures: [] }
    },
  })
  expect(printed).toBe(`https://motcua.example/xac-minh/${document.verifyCode}`)
})

test('a paper that was signed before keeps its code, and who signed is told with it', async () => {
  const seal = {
    ...{ field: 'seal', role: 'seal' as const, name: 'UBND phường Hoa Sen', capacity: [] },
    ...{ at: '2026-11-20T01:05:12.000Z', level: 'B-LTA', certificateSha256: 'ab'.repeat(32) },
  }
  const verifyCode = 'ABCDEFGH23456789'
  const print = async () => ({ pdf: Buffer.from('%PDF'), signatures: [seal] })
  expect(await issue({ cause: 'signed', verifyCode, print })).toMatchObject({
    verifyCode,
    signatures: [seal],
  })
  expect(await findByVerifyCode(db.pool, verifyCode)).toMatchObject({ signatures: [seal] })
})

test('the same cause never makes a second paper, also when asked many times at once', async () => {
  const asked = aReceipt()
  const papers = await Promise.all(Array.from({ length: 4 }, () => issueDocument(db, files, asked)))
  expect(new Set(papers.map((paper) => accepted(paper).id)).size).toBe(1)
  expect(await documentsOfDossier(db.pool, asked.dossierId)).toHaveLength(1)
})

test('a register has no gaps, also when printing fails and others ask meanwhile', async () => {
  const fails = () => Promise.reject(new Error('no paper'))
  const refuses = async () => refusals.layoutBroken({ edition: 'own', template: 'receipt', reason: '' })
  const asked = Array.from({ length: 12 }, (_, i) =>
    issue(i % 3 === 0 ? { print: i % 2 === 0 ? fails : refuses } : {}).catch(() => undefined),
  )
  await Promise.all(asked)
  const { rows } = await database.pool.query(
    `select split_part(number, '/', 1)::int as n from documents.issued_document order by n`,
  )
  expect(rows.map(({ n }) => n)).toEqual(rows.map((_, i) => i + 1))
})

test('each register, authority and year in Hà Nội begins at one', async () => {
  const number = async (changes: Partial<Issue>) => (await issue(changes)).number
  expect(await number({ register: 'birth' })).toBe('1/TTPVHCC')
  expect(await number({ register: 'birth', authority: { code: 'H99.13', name: 'xã Bến Gỗ' } })).toBe(
    '1/TTPVHCC',
  )
  expect(await number({ register: 'birth', now: new Date('2026-12-31T16:59:59Z') })).toBe('2/TTPVHCC')
  expect(await number({ register: 'birth', now: new Date('2026-12-31T17:00:00Z') })).toBe('1/TTPVHCC')
})

test('a corrected paper replaces the old one, and a revoked one says why', async () => {
  const first = await issue()
  const second = await issue({ replaces: first.id })
  expect(await findDocumentById(db.pool, first.id)).toMatchObject({
    status: 'replaced',
    replacedBy: second.id,
  })
  expect(await markRevoked(db.pool, second.id, 'Sai tên')).toBe(true)
  expect(await markRevoked(db.pool, second.id, 'Sai tên')).toBe(false)
  expect(await findDocumentById(db.pool, second.id)).toMatchObject({
    status: 'revoked',
    statusReason: 'Sai tên',
  })
})

test('the application cannot rewrite what was issued', async () => {
  await expect(db.pool.query(`update documents.issued_document set number = 'x'`)).rejects.toThrow(
    'permission denied',
  )
  await expect(db.pool.query('delete from documents.issued_document')).rejects.toThrow('permission denied')
})
