import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import type { Db } from '../../../kernel/db.ts'
import { accepted } from '../../../kernel/errors.ts'
import { filesOnDisk } from '../../../kernel/files.ts'
import { closeConversion, contentOf, storeFile } from '../../documents/index.ts'
import type { Officer } from '../../identity/index.ts'
import { createSignatures, demonstrationPin, verifyPdf } from '../../signatures/index.ts'
import { findItem } from '../../vault/index.ts'
import { addScan, digitisePapers } from '../digitising/digitise-papers.ts'
import { digitisingOf } from '../digitising/digitising.ts'
import type { SigningDoor } from '../papers/papers-to-sign.ts'
import { readCertifications } from './certification-store.ts'
import { certifyCopy } from './certify-copies.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-certify-'))
let made: SigningDoor | undefined
const desk = await aDesk({
  papersOf: (db) => {
    made = doorOf(db)
    return made
  },
})
const door = made!
const { db, dossiers, officer } = desk
const reception = officer(staff.reception)
const leader = officer(staff.leader)
afterAll(async () => {
  await closeConversion()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

function doorOf(db: Db): SigningDoor {
  const baseUrl = 'https://motcua.example'
  const signatures = createSignatures({
    ...{ db, baseUrl, dataDir: folder, secret: 'of the tests, at least 32 characters' },
    ...{ demonstration: true, now: () => morning },
  })
  const files = filesOnDisk(join(folder, 'files'))
  return { db, files, baseUrl, now: () => morning, signatures, sealing: { pin: demonstrationPin } }
}

const pin = { pin: demonstrationPin }
const wanted = { paperName: 'Bằng tốt nghiệp đại học số 123', compared: true }

/** A request for a certified copy that waits for the chair, with so many pages of the original captured. */
async function waiting(pages: number) {
  const input = await desk.submissionOf('certified-copies')
  const applicant = { name: 'Nguyễn Thị Quầy', personalId: '099199000031', phone: '0912345678' }
  const options = { key: randomUUID(), now: morning }
  const { dossier } = accepted(await dossiers.submit(reception, { ...input, applicant }, options))
  const view = async (by: Officer) => accepted(await dossiers.view(by, dossier.code, { now: morning }))
  for (let i = 0; i < pages; i++) {
    const background = `#${randomUUID().slice(0, 6)}`
    const picture = await sharp({ create: { width: 600, height: 850, channels: 3, background } })
      .jpeg()
      .toBuffer()
    const owner = { kind: 'officer', id: reception.officerId }
    const upload = { name: `trang-${i}.jpg`, owner, purpose: 'scan', now: morning }
    const file = accepted(await storeFile({ db: db.pool, files: door.files }, [picture], upload))
    accepted(await addScan(door, reception, await view(reception), { component: 'original', file }))
  }
  accepted(await desk.act(reception, dossier, { command: 'accept' }))
  const draft = { note: 'Đã đối chiếu' }
  accepted(await desk.act(reception, dossier, { command: 'draftResult', draft }))
  accepted(await desk.act(reception, dossier, { command: 'completeStep', outcome: 'ok' }))
  const certify = async (by = leader, changes: Partial<typeof wanted> = {}, authorisation = pin) =>
    certifyCopy(door, by, await view(by), { wanted: { ...wanted, ...changes }, authorisation })
  return { dossier, view, certify }
}
const book = () =>
  readCertifications(db.pool, { authority: 'H99.12', from: '2026-11-19', to: '2026-11-19', limit: 100 })

test('a certified copy is numbered, signed by person and authority, entered and delivered', async () => {
  const { certify, dossier } = await waiting(3)
  const line = accepted(await certify())
  // 2.000 for each of the first two pages, 1.000 for the third (TT 226/2016/TT-BTC).
  expect(line).toMatchObject({
    pages: 3,
    feeVnd: 5000,
    signerName: leader.name,
    requester: 'Nguyễn Thị Quầy',
  })
  const pdf = (await contentOf(door.files, line.sha256))!
  const report = await verifyPdf(door.signatures, pdf, { at: morning })
  expect(report.verdict).toBe('valid')
  expect(report.signatures.map(({ signerName }) => signerName).slice(0, 2)).toEqual([
    ...[leader.name, 'Ủy ban nhân dân phường Hoa Sen'],
  ])
  expect(await findItem(db.pool, line.vaultItemId!)).toMatchObject({
    ...{ trust: 'certified-copy', paperCode: 'KQ.G15.000021', personalId: '099199000031' },
    ...{ sha256: line.sha256, dossierCode: dossier.code },
  })
  expect(await certify()).toMatchObject({ code: 'certify.already' })
})

test('the book has no gaps, whatever fails between', async () => {
  const before = (await book()).length
  const [first, second] = [await waiting(1), await waiting(2)]
  expect(await first.certify(leader, {}, { pin: '0000' })).toMatchObject({ code: 'signatures.wrong-pin' })
  accepted(await first.certify())
  accepted(await second.certify())
  const lines = await book()
  expect(lines).toHaveLength(before + 2)
  expect(lines.map(({ n }) => n)).toEqual(lines.map((_line, i) => i + 1))
})

test.each([
  ['the counter', staff.reception],
  ['a specialist', staff.specialist],
])('%s certifies nothing', async (_who, key) => {
  const { certify } = await waiting(1)
  expect(await certify(officer(key))).toMatchObject({ code: 'certify.may-not' })
})

test('nothing is certified that was not captured or not compared', async () => {
  expect(await (await waiting(0)).certify()).toMatchObject({ code: 'certify.not-captured' })
  const { certify } = await waiting(1)
  expect(await certify(leader, { compared: false })).toMatchObject({ code: 'certify.not-compared' })
})

test('what is captured to be certified is signed by nobody at the counter', async () => {
  const { view } = await waiting(1)
  const seen = await view(reception)
  const { lines } = await digitisingOf(db, seen, '2026-11-19')
  const { waiting: papers } = lines.find(({ component }) => component.key === 'original')!
  const fields = { issuedOn: '2020-01-01', issuer: 'Trường' }
  const list = [{ key: papers[0]!.key, paperCode: null, fields, compared: true }]
  const signing = { ...door, act: dossiers.act }
  const [answer] = await digitisePapers(signing, reception, seen, { list, authorisation: pin })
  expect(answer).toMatchObject({ code: 'digitise.never' })
})
