import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Db, openDatabase } from '../../kernel/db.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { filesOnDisk } from '../../kernel/files.ts'
import type { Authority } from '../directory/index.ts'
import { markRevoked } from './documents-store.ts'
import { pdfText } from './pdf-text.ts'
import { samples } from './samples.ts'
import { createSlips, type SlipIssue, type Slips } from './slips.ts'

const database = await testDatabase()
let db: Db
let root: string
let slips: Slips

const province = {
  code: 'H99',
  name: 'Ủy ban nhân dân tỉnh Sông Mai',
  shortName: 'Tỉnh Sông Mai',
  kind: 'province',
  sample: true,
}
const ward = {
  code: 'H99.12',
  name: 'Ủy ban nhân dân phường Hoa Sen',
  shortName: 'Phường Hoa Sen',
  kind: 'commune',
  parentCode: 'H99',
  phone: '0299 3000 012',
  sample: true,
}
const authorityOf = async (code: string) =>
  [province, ward].find((each) => each.code === code) as Authority | undefined

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-slips-'))
  db = openDatabase(database.url, { role: 'motcua_app' })
  slips = createSlips({ db, files: filesOnDisk(root), baseUrl: 'https://motcua.example', authorityOf })
})
afterAll(async () => {
  await slips.close()
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const aReceipt = (changes: Partial<SlipIssue<'receipt'>> = {}): SlipIssue<'receipt'> => ({
  dossierId: randomUUID(),
  dossierCode: 'H99.12-261120-00042',
  authorityCode: 'H99.12',
  cause: 'accepted',
  signerName: 'Lê Thu Trang',
  now: new Date('2026-11-20T01:05:12Z'),
  body: ({ n }) => ({ ...samples.receipt, log: { book: '01/2026', number: String(n) } }),
  ...changes,
})
const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')

test('a receipt is numbered, printed under its authority, kept, and confirmed by its code', async () => {
  const document = accepted(await slips.issue('receipt', aReceipt()))
  expect(document).toMatchObject({
    number: '00001/TTPVHCC',
    status: 'valid',
    sample: true,
    standard: 'PDF/A-2a',
  })
  const { stream } = accepted(await slips.open(document))
  const text = squeezed((await pdfText(await buffer(stream))).join(''))
  expect(text).toContain(
    squeezed('ỦY BAN NHÂN DÂN PHƯỜNG HOA SEN TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG Số: 00001/TTPVHCC'),
  )
  expect(text).toContain(squeezed('Hoa Sen, ngày 20 tháng 11 năm 2026'))
  expect(await slips.verify(document.verifyCode)).toEqual(document)
  expect(await slips.verify(document.verifyCode.toLowerCase().replace(/(.{4})/g, '$1 '))).toEqual(document)
})

test('codes cannot be guessed and wrong codes find nothing', async () => {
  const document = accepted(await slips.issue('receipt', aReceipt()))
  expect(document.verifyCode).toMatch(/^[2-9A-HJ-NP-Z]{16}$/)
  for (const code of ['', "' or 1=1 --", document.verifyCode.slice(0, -1), '\u0000']) {
    expect(await slips.verify(code)).toBeUndefined()
  }
})

test('a result carries the number of its own register', async () => {
  const body = () => samples['birth-certificate']
  const document = accepted(await slips.issue('birth-certificate', { ...aReceipt(), body }))
  expect(document).toMatchObject({ number: '1/2026', title: 'Giấy khai sinh' })
})

test('the same cause never makes a second paper, also when asked twice at once', async () => {
  const issue = aReceipt()
  const papers = await Promise.all(Array.from({ length: 4 }, () => slips.issue('receipt', issue)))
  expect(new Set(papers.map((paper) => accepted(paper).id)).size).toBe(1)
  expect(await slips.ofDossier(issue.dossierId)).toHaveLength(1)
})

test('a register has no gaps, also when printing fails and others ask meanwhile', async () => {
  const failing = aReceipt({ body: () => ({ ...samples.receipt, dueAt: 'mai' }) })
  const asked = Array.from({ length: 12 }, (_, i) =>
    slips.issue('receipt', i % 3 === 0 ? failing : aReceipt()).catch(() => undefined),
  )
  await Promise.all(asked)
  const { rows } = await database.pool.query(
    `select split_part(number, '/', 1)::int as n from documents.issued_document where kind = 'receipt' order by n`,
  )
  expect(rows.map(({ n }) => n)).toEqual(rows.map((_, i) => i + 1))
})

test('a new year begins at one', async () => {
  const document = accepted(await slips.issue('receipt', aReceipt({ now: new Date('2026-12-31T17:00:00Z') })))
  expect(document.number).toBe('00001/TTPVHCC')
})

test('a corrected paper replaces the old one, and a revoked one says why', async () => {
  const first = accepted(await slips.issue('receipt', aReceipt()))
  const second = accepted(await slips.issue('receipt', aReceipt({ replaces: first.id })))
  expect(await slips.find(first.id)).toMatchObject({ status: 'replaced', replacedBy: second.id })
  expect(await markRevoked(db.pool, second.id, 'Sai tên')).toBe(true)
  expect(await markRevoked(db.pool, second.id, 'Sai tên')).toBe(false)
  expect(await slips.find(second.id)).toMatchObject({ status: 'revoked', statusReason: 'Sai tên' })
})

test('the application cannot rewrite what was issued', async () => {
  await expect(db.pool.query(`update documents.issued_document set number = 'x'`)).rejects.toThrow(
    'permission denied',
  )
  await expect(db.pool.query('delete from documents.issued_document')).rejects.toThrow('permission denied')
})

test('a preview takes no number', async () => {
  const pdf = accepted(
    await slips.preview('birth-certificate', { ...aReceipt(), body: () => samples['birth-certificate'] }),
  )
  expect(squeezed((await pdfText(pdf)).join(''))).toContain(squeezed('Số: (chưa cấp số)'))
})

test('an unknown authority is refused', async () => {
  const outcome = await slips.issue('receipt', aReceipt({ authorityCode: 'X' }))
  expect(isRefusal(outcome) && outcome.code).toBe('documents.authority-not-found')
})
