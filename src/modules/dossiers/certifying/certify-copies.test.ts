import { randomUUID } from 'node:crypto'
import { degrees, PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { morning, staff } from '../../../../test/builders/a-desk.ts'
import { aSigningDesk, pin } from '../../../../test/builders/a-signing-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { getVersion } from '../../catalogue/index.ts'
import {
  closeConversion,
  contentOf,
  findByVerifyCode,
  identifyFile,
  storeFile,
} from '../../documents/index.ts'
import type { Officer } from '../../identity/index.ts'
import { verifyPdf } from '../../signatures/index.ts'
import { findItem } from '../../vault/index.ts'
import { type CopyForm, copyFormOf } from '../papers/copy-form.ts'
import { papersOf, resultsOf } from '../papers/paper-kinds.ts'
import { issuePaper } from '../papers/slips.ts'
import type { DossierView } from '../read-dossier.ts'
import { captureOriginal, changeCapture, type PageChange } from './capture-originals.ts'
import { readCertifications, sumCertifications } from './certification-store.ts'
import { certifyCopy, countedFees, originalsIn, previewCertification } from './certify-copies.ts'
import { feeOfAll } from './originals.ts'

const { desk, door, close } = await aSigningDesk()
const { db, dossiers, officer } = desk
const reception = officer(staff.reception)
const leader = officer(staff.leader)
afterAll(async () => {
  await closeConversion()
  await close()
})

const diploma = 'Bằng tốt nghiệp đại học số 123'

const picture = (width = 600, height = 850) =>
  sharp({ create: { width, height, channels: 3, background: `#${randomUUID().slice(0, 6)}` } })
    .jpeg()
    .toBuffer()

/** A PDF as a scanner makes it: one picture a page, the second page turned on its side. */
async function aScan(pages: number) {
  const pdf = await PDFDocument.create()
  for (let i = 0; i < pages; i++) {
    const page = pdf.addPage([600, 850])
    page.drawImage(await pdf.embedJpg(await picture()), { x: 0, y: 0, width: 600, height: 850 })
    if (i === 1) page.setRotation(degrees(90))
  }
  return Buffer.from(await pdf.save())
}

/** A request for certified copies of so many originals at the counter. */
async function aRequest(originals = 1, copyForm: CopyForm = 'both') {
  const input = await desk.submissionOf('certified-copies')
  const applicant = { name: 'Nguyễn Thị Quầy', personalId: '099199000031', phone: '0912345678' }
  const [row] = input.answers.originals as { paperType: string; pages: number; copies: number }[]
  const rows = Array.from({ length: originals }, (_, i) => ({
    ...row,
    paperType: `Giấy thứ ${i + 1}`,
    copies: 1,
  }))
  const answers = { ...input.answers, originals: rows, copyForm }
  const options = { key: randomUUID(), now: morning }
  const { dossier } = accepted(await dossiers.submit(reception, { ...input, answers, applicant }, options))
  const view = async (by: Officer = reception) =>
    accepted(await dossiers.view(by, dossier.code, { now: morning }))
  const upload = async (content: Uint8Array, name: string, by = reception) => {
    const owner = { kind: 'officer', id: by.officerId }
    return storeFile({ db: db.pool, files: door.files }, [content], {
      name,
      owner,
      purpose: 'scan',
      now: morning,
    })
  }
  const capture = async (content: Uint8Array, { name = 'trang.jpg', place = 0, by = reception } = {}) =>
    captureOriginal(door, by, await view(by), {
      ...{ place, name: diploma, files: [accepted(await upload(content, name, by))] },
    })
  return { dossier, view, capture, upload }
}

/** The same, waiting for the chair, with so many pages of each original captured. */
async function waiting(pages: number, originals = 1, copyForm: CopyForm = 'both') {
  const { dossier, view, capture } = await aRequest(originals, copyForm)
  for (let place = 0; place < originals; place++)
    for (let i = 0; i < pages; i++) accepted(await capture(await picture(), { place }))
  accepted(await desk.act(reception, dossier, { command: 'accept' }))
  const draft = { note: 'Đã đối chiếu' }
  accepted(await desk.act(reception, dossier, { command: 'draftResult', draft }))
  accepted(await desk.act(reception, dossier, { command: 'completeStep', outcome: 'ok' }))
  const wanted = { place: 0, paperName: diploma, compared: true }
  const certify = async (changes: Partial<typeof wanted> = {}, by = leader, authorisation = pin) =>
    certifyCopy(door, by, await view(by), { wanted: { ...wanted, ...changes }, authorisation })
  return { dossier, view, capture, certify }
}
const days = { authority: 'H99.12', from: '2026-11-19', to: '2026-11-19' }
const book = (filter = {}) => readCertifications(db.pool, { ...days, ...filter, limit: 100 })

describe('a certified copy', () => {
  test('is numbered, signed by person and authority, entered, delivered and known to who verifies it', async () => {
    const { certify, dossier } = await waiting(3)
    const line = accepted(await certify())
    // 2.000 for each of the first two pages, 1.000 for the third (TT 226/2016/TT-BTC).
    expect(line).toMatchObject({
      ...{ pages: 3, copies: 1, feeVnd: 5000, signerName: leader.name, requester: 'Nguyễn Thị Quầy' },
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
    const document = await findByVerifyCode(db.pool, line.verifyCode!)
    expect(document).toMatchObject({
      sha256: line.sha256,
      status: 'valid',
      number: expect.stringContaining('SCT/BS'),
    })
    const found = await identifyFile({ db: db.pool, check: door.signatures }, pdf, morning)
    expect(found).toMatchObject({ isWhole: true, document: { verifyCode: line.verifyCode } })
  })

  test('is looked at before it is signed, and no number is taken for that', async () => {
    const { view } = await waiting(2)
    const before = (await book()).length
    const pdf = accepted(
      await previewCertification(door, leader, await view(leader), { place: 0, paperName: diploma }),
    )
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(3)
    expect(await book()).toHaveLength(before)
  })

  test('has one number for an original, however its pages were captured', async () => {
    const { certify, capture, view } = await waiting(1, 2)
    const [first, second] = [
      accepted(await certify()),
      accepted(await certify({ place: 1, paperName: 'Sổ hộ khẩu' })),
    ]
    expect(second.n).toBe(first.n + 1)
    expect(await certify()).toMatchObject({ code: 'certify.already' })
    expect(await capture(await picture())).toMatchObject({ code: 'certify.already' })
    const dropped = await changeCapture(door, reception, await view(), {
      place: 0,
      change: { act: 'drop-all' },
    })
    expect(dropped).toMatchObject({ code: 'certify.already' })
    const originals = (await originalsIn(door, await view()))!
    expect(originals.map(({ certification }) => certification?.n)).toEqual([first.n, second.n])
    expect(feeOfAll(originals)).toBe(4000)
  })

  test('is made once, however often it is asked for', async () => {
    const { certify } = await waiting(1)
    const answers = await Promise.all([certify(), certify()])
    expect(answers.map((each) => ('code' in each ? each.code : 'signed')).toSorted()).toEqual([
      ...['certify.already', 'signed'],
    ])
  })
})

test('the book has no gaps, whatever fails between', async () => {
  const before = (await book()).length
  const [first, second] = [await waiting(1), await waiting(2)]
  expect(await first.certify({}, leader, { pin: '0000' })).toMatchObject({ code: 'signatures.wrong-pin' })
  accepted(await first.certify())
  accepted(await second.certify())
  const lines = await book()
  expect(lines).toHaveLength(before + 2)
  expect(lines.map(({ n }) => n)).toEqual(lines.map((_line, i) => i + 1))
})

test('the book is searched by words, by number and by who signed, and summed', async () => {
  const { certify, dossier } = await waiting(2)
  const line = accepted(await certify({ paperName: 'Giấy chứng nhận ĐỘC NHẤT' }))
  expect(await book({ words: 'độc nhất' })).toEqual([line])
  expect(await book({ words: dossier.code })).toEqual([line])
  expect(await book({ words: String(line.n).padStart(5, '0') })).toEqual([line])
  expect(await book({ words: 'độc nhất', signer: 'Nobody' })).toEqual([])
  const sums = await sumCertifications(db.pool, { ...days, words: 'độc nhất', limit: 1 })
  expect(sums).toEqual({ lines: 1, pages: 2, feeVnd: 4000, signers: [leader.name] })
})

describe('the fee that was counted', () => {
  const recount = async (view: () => Promise<DossierView>, by = reception) => {
    const request = await countedFees(door, await view())
    return request && desk.act(by, (await view()).dossier, request)
  }

  test('stands on the dossier, with what was stated before and why', async () => {
    const { view, dossier } = await waiting(3)
    expect(dossier.fees).toMatchObject([{ key: 'certification', amountVnd: 4000 }])
    accepted((await recount(view))!)
    const { dossier: after, history } = await view()
    expect(after.fees).toMatchObject([{ key: 'certification', amountVnd: 5000 }])
    expect(history.at(-1)).toMatchObject({
      kind: 'dossiers.fees-corrected',
      data: { fees: [{ key: 'certification', fromVnd: 4000, toVnd: 5000 }], obligations: [] },
      text: `Số trang đếm được tại quầy khác số trang khai: ${diploma} 3 trang (khai 2).`,
    })
  })

  test('is told once, and not at all when it is what was stated', async () => {
    const { view } = await waiting(3)
    const request = (await countedFees(door, await view()))!
    const { dossier } = await view()
    const answers = await Promise.all([
      desk.act(reception, dossier, request),
      desk.act(leader, dossier, request),
    ])
    expect(answers.map((each) => ('code' in each && 'kind' in each ? each.code : 'told')).toSorted()).toEqual(
      ['dossiers.fees-unchanged', 'told'],
    )
    expect(await countedFees(door, await view())).toBeNull()
    expect(await countedFees(door, await (await waiting(2)).view())).toBeNull()
  })

  test('waits until every original is captured', async () => {
    const { view, capture } = await aRequest(2)
    accepted(await capture(await picture()))
    accepted(await capture(await picture()))
    expect(await countedFees(door, await view())).toBeNull()
    accepted(await capture(await picture(), { place: 1 }))
    expect(await countedFees(door, await view())).toMatchObject({
      fees: [{ key: 'certification', amountVnd: 6000 }],
    })
  })

  test.each([
    ['a specialist', staff.specialist],
    ['a colleague of another ward', staff.elsewhere],
  ])('is not put right by %s', async (_who, key) => {
    const { view } = await waiting(3)
    expect(await recount(view, officer(key))).toMatchObject({
      code: expect.stringMatching(/not-your-role|not-found/),
    })
  })
})

describe('copies are wanted', () => {
  test('as files alone: nothing is printed, and it is decided once each is signed', async () => {
    const { view, certify, dossier } = await waiting(2, 1, 'electronic')
    const approve = () => desk.act(leader, dossier, { command: 'approve' })
    expect(await approve()).toMatchObject({ code: 'dossiers.files-lacking' })
    expect(await certify()).toMatchObject({ feeVnd: 4000 })
    accepted(await approve())
    const seen = await view()
    const version = await getVersion(db, seen.dossier.procedureCode, seen.dossier.procedureVersion)
    expect(papersOf(seen, resultsOf(version, seen.answers)).map(({ kind }) => kind)).toEqual([
      ...['receipt', 'control'],
    ])
    const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
    expect(await issuePaper(door, seen, 'result', sequence)).toBeUndefined()
  })

  test('on paper: nothing is captured or signed as a file', async () => {
    const { view, capture } = await aRequest(1, 'paper')
    expect(await capture(await picture())).toMatchObject({ code: 'certify.not-this-procedure' })
    expect(await originalsIn(door, await view())).toBeUndefined()
  })

  test('as both: the statement is printed and the file is signed', async () => {
    const { view, certify } = await waiting(1)
    accepted(await certify())
    const seen = await view()
    const version = await getVersion(db, seen.dossier.procedureCode, seen.dossier.procedureVersion)
    expect(resultsOf(version, seen.answers).map(({ kind }) => kind)).toEqual(['result'])
  })

  test('as said before there was a choice: on paper, and with a file where somebody asked for one', () => {
    expect(copyFormOf({ wantsElectronic: true })).toBe('both')
    expect(copyFormOf({ wantsElectronic: false })).toBe('paper')
    expect(copyFormOf({})).toBe('paper')
  })
})

describe('an original', () => {
  test('may come as a PDF of the scanner: its pages are counted and stand upright', async () => {
    const { capture, view } = await aRequest()
    accepted(await capture(await picture()))
    const { pages } = accepted(await capture(await aScan(2), { name: 'quet.pdf' }))
    expect(pages.map(({ width, height }) => (width < height ? 'upright' : 'wide'))).toEqual([
      ...['upright', 'upright', 'wide'],
    ])
    const [original] = (await originalsIn(door, await view()))!
    expect(original).toMatchObject({ pages: 3, statedPages: expect.any(Number), feeVnd: 5000 })
  })

  test('is put in order: pages are turned, moved and taken back', async () => {
    const { capture, view } = await aRequest()
    accepted(await capture(await picture(850, 600)))
    const { pages } = accepted(await capture(await picture()))
    const change = async (wanted: PageChange) =>
      accepted(await changeCapture(door, reception, await view(), { place: 0, change: wanted }))
    const turned = (await change({ act: 'turn', page: 0 }))!
    expect(turned.pages[0]).toMatchObject({ width: 600, height: 850 })
    const moved = (await change({ act: 'up', page: 1 }))!
    expect(moved.pages.map(({ sha256 }) => sha256)).toEqual([pages[1]!.sha256, turned.pages[0]!.sha256])
    expect((await change({ act: 'drop', page: 0 }))!.pages).toEqual([turned.pages[0]])
    await change({ act: 'drop-all' })
    expect((await originalsIn(door, await view()))![0]!.capture).toBeNull()
  })

  test('is no PDF with drawn words, and then nothing is added', async () => {
    const { capture, view } = await aRequest()
    const pdf = await PDFDocument.create()
    pdf.addPage().drawText('Giay to tu soan')
    const answer = await capture(await pdf.save(), { name: 'soan.pdf' })
    expect(answer).toMatchObject({ code: 'documents.captured-as-pictures' })
    expect((await originalsIn(door, await view()))![0]!.capture).toBeNull()
  })

  test.each([
    ['a specialist', staff.specialist],
    ['a leader', staff.leader],
    ['a colleague of another ward', staff.elsewhere],
  ])('is not captured by %s', async (_who, key) => {
    const { view, upload } = await aRequest()
    const by = officer(key)
    const file = accepted(await upload(await picture(), 'trang.jpg', by))
    const seen = await view()
    const answer = await captureOriginal(door, by, seen, { place: 0, name: '', files: [file] })
    expect(answer).toMatchObject({ code: 'certify.may-not-capture' })
    const change: PageChange = { act: 'drop-all' }
    expect(await changeCapture(door, by, seen, { place: 0, change })).toMatchObject({
      code: 'certify.may-not-capture',
    })
  })

  test("is not captured with somebody else's file", async () => {
    const { view, upload } = await aRequest()
    const file = accepted(await upload(await picture(), 'trang.jpg', officer(staff.otherReception)))
    const answer = await captureOriginal(door, reception, await view(), { place: 0, name: '', files: [file] })
    expect(answer).toMatchObject({ code: 'certify.no-such-original' })
  })
})

describe('nothing is certified', () => {
  test.each([
    ['the counter', staff.reception],
    ['a specialist', staff.specialist],
  ])('by %s', async (_who, key) => {
    const { certify, view } = await waiting(1)
    expect(await certify({}, officer(key))).toMatchObject({ code: 'certify.may-not' })
    const wanted = { place: 0, paperName: diploma }
    const by = officer(key)
    expect(await previewCertification(door, by, await view(by), wanted)).toMatchObject({
      code: 'certify.may-not',
    })
  })

  test('that was not captured, not compared or has no name', async () => {
    expect(await (await waiting(0)).certify()).toMatchObject({ code: 'certify.not-captured' })
    const { certify } = await waiting(1)
    expect(await certify({ compared: false })).toMatchObject({ code: 'certify.not-compared' })
    expect(await certify({ paperName: ' ' })).toMatchObject({ code: 'certify.no-name' })
    expect(await certify({ place: 1 })).toMatchObject({ code: 'certify.not-captured' })
  })
})
