import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { morning, staff } from '../../../../test/builders/a-desk.ts'
import { aSigningDesk, pin } from '../../../../test/builders/a-signing-desk.ts'
import { accepted } from '../../../kernel/errors.ts'
import { closeConversion, contentOf, findFile, storeFile } from '../../documents/index.ts'
import type { Officer } from '../../identity/index.ts'
import { answerConfirmation, changeSigner, demonstrationPin, verifyPdf } from '../../signatures/index.ts'
import { findItem, itemsOf, keepItem } from '../../vault/index.ts'
import { dossierReuse } from '../papers/dossier-reuse.ts'
import {
  addScan,
  digitisePapers,
  dropScans,
  previewCopy,
  refusedCopies,
  type WantedCopy,
} from './digitise-papers.ts'
import { digitisedOf, holdsScan } from './digitised-store.ts'
import { digitisingOf, isMissing } from './digitising.ts'

const { desk, door: signing, close } = await aSigningDesk()
const door = { ...signing, act: desk.dossiers.act }
const { db, dossiers, officer, citizen } = desk
const reception = officer(staff.reception)
afterAll(async () => {
  await closeConversion()
  await close()
})

const today = '2026-11-19'
const evidence = 'evidence'

let next = 1
/** A correction of civil status filed at the counter, whose evidence came on paper. */
async function filed() {
  const { name, phone } = citizen('civil-status-change')
  const personalId = `0991990${String(next++).padStart(5, '0')}`
  const input = await desk.submissionOf('civil-status-change')
  const applicant = { name, personalId, phone: phone ?? '0912345678' }
  const options = { key: randomUUID(), now: morning }
  const { dossier } = accepted(await dossiers.submit(reception, { ...input, applicant }, options))
  const person = {
    ...citizen('civil-status-change'),
    personId: randomUUID(),
    personalId,
    assurance: 2 as const,
  }
  const view = async (by: Officer = reception) =>
    accepted(await dossiers.view(by, dossier.code, { now: morning }))
  return { person, dossier, view }
}

const picture = () =>
  sharp({
    create: { width: 900, height: 1270, channels: 3, background: `#${randomUUID().slice(0, 6)}` },
  })
    .jpeg()
    .toBuffer()

async function anUpload(by: Officer = reception, content?: Uint8Array) {
  const owner = { kind: 'officer', id: by.officerId }
  const upload = { name: 'giay.jpg', owner, purpose: 'scan', now: morning }
  return accepted(await storeFile({ db: db.pool, files: door.files }, [content ?? (await picture())], upload))
}

const birth = {
  paperCode: 'KQ.G15.000031',
  fields: { number: '12', issuedOn: '2001-03-04', issuer: 'UBND xã Bến Gỗ', holder: 'Trần Thị Bạch' },
  compared: true,
}
const lineOf = async (view: Parameters<typeof digitisingOf>[1], key = evidence) =>
  (await digitisingOf(db, view, today)).lines.find((each) => each.component.key === key)!

/** A dossier with one scan of its evidence, ready to sign. */
async function scanned(files = 1) {
  const made = await filed()
  for (let i = 0; i < files; i++)
    accepted(
      await addScan(door, reception, await made.view(), { component: evidence, file: await anUpload() }),
    )
  const view = await made.view()
  const [paper] = (await lineOf(view)).waiting
  const sign = async (changes: Partial<WantedCopy> = {}, by: Officer = reception, authorisation = pin) => {
    const list = [{ key: paper!.key, ...birth, ...changes }]
    const [answer] = await digitisePapers(door, by, view, { list, authorisation })
    return answer!
  }
  return { ...made, view, sign, paper: paper! }
}

describe('a paper at the counter', () => {
  test('is signed by the officer, linked to its component and kept in the vault', async () => {
    const { person, dossier, view, sign } = await scanned(2)
    expect(isMissing(await lineOf(view))).toBe(true)
    const digitised = accepted(await sign())
    expect(digitised).toMatchObject({
      component: evidence,
      pages: 2,
      authority: reception.posts[0]!.authorityCode,
    })
    const pdf = (await contentOf(door.files, digitised.sha256))!
    const report = await verifyPdf(door.signatures, pdf, { at: morning })
    expect(report).toMatchObject({
      verdict: 'valid',
      signatures: [{ signerName: reception.name, level: 'B-LT' }],
    })
    const item = (await findItem(db.pool, digitised.vaultItemId!))!
    expect(item).toMatchObject({
      ...{ trust: 'digitised', paperCode: 'KQ.G15.000031', number: '12', issuedOn: '2001-03-04' },
      ...{
        issuer: 'UBND xã Bến Gỗ',
        dossierCode: dossier.code,
        sha256: digitised.sha256,
        personalId: person.personalId,
      },
      evidenceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      fields: { subject: 'Trần Thị Bạch' },
    })
    expect((await findFile(db.pool, digitised.fileId))!.owner.kind).toBe('authority')
    expect(await holdsScan(db.pool, dossier.id, digitised.fileId)).toBe(true)
    const after = accepted(await dossiers.view(reception, dossier.code, { now: morning }))
    expect(isMissing(await lineOf(after))).toBe(false)
    expect(after.history.at(-1)!.text).toContain(digitised.sha256)
    const reuse = await dossierReuse(db, after)
    expect(reuse.lines.find(({ component }) => component === evidence)!.flags.DuocSoHoa).toBe(1)
    expect(reuse.HoSoCoThanhPhanSoHoa).toBe(1)
  })

  test('is signed once, however often it is asked for', async () => {
    const { sign, dossier } = await scanned()
    const answers = await Promise.all([sign(), sign()])
    expect(answers.map((each) => ('code' in each ? each.code : 'signed')).toSorted()).toEqual([
      ...['digitise.already', 'signed'],
    ])
    expect(await sign()).toMatchObject({ code: 'digitise.no-such-paper' })
    expect(await digitisedOf(db.pool, dossier.id)).toHaveLength(1)
  })

  test.each([
    ['not compared with the original', { compared: false }, 'digitise.not-compared'],
    ['without its data', { fields: {} }, 'digitise.bad-data'],
    ['of a kind that does not serve', { paperCode: 'KQ.G12.001041' }, 'digitise.no-such-paper'],
    ['that nobody scanned', { key: 'evidence~x' }, 'digitise.no-such-paper'],
  ])('%s is not signed', async (_what, changes, code) => {
    const { sign, dossier } = await scanned()
    expect(await sign(changes)).toMatchObject({ code })
    expect(await digitisedOf(db.pool, dossier.id)).toEqual([])
  })

  test('is not signed with a wrong PIN, and nothing is kept', async () => {
    const { sign, dossier, person } = await scanned()
    expect(await sign({}, reception, { pin: '0000' })).toMatchObject({ code: 'signatures.wrong-pin' })
    expect(await digitisedOf(db.pool, dossier.id)).toEqual([])
    const owner = { kind: 'person', personId: null, personalId: person.personalId } as const
    expect(await itemsOf(db.pool, [owner])).toEqual([])
    accepted(await sign())
  })

  test('can be taken back before it is signed', async () => {
    const { paper, view, dossier } = await scanned()
    accepted(await dropScans(door, reception, view, paper.key))
    const after = accepted(await dossiers.view(reception, dossier.code, { now: morning }))
    expect((await lineOf(after)).waiting).toEqual([])
  })
})

describe('digitising is refused', () => {
  test.each([
    ['a specialist', staff.specialist],
    ['a leader', staff.leader],
    ['a colleague of another ward', staff.elsewhere],
  ])('to %s', async (_who, key) => {
    const { view, sign } = await scanned()
    const other = officer(key)
    const upload = { component: evidence, file: await anUpload(other) }
    expect(await addScan(door, other, view, upload)).toMatchObject({ code: 'digitise.may-not' })
    expect(await sign({}, other)).toMatchObject({ code: 'digitise.may-not' })
    expect(await dropScans(door, other, view, 'x')).toMatchObject({ code: 'digitise.may-not' })
  })

  test("with somebody else's file, and for a component that is not asked for", async () => {
    const { view } = await scanned()
    const theirs = { component: evidence, file: await anUpload(officer(staff.otherReception)) }
    expect(await addScan(door, reception, view, theirs)).toMatchObject({ code: 'digitise.no-such-paper' })
    const unasked = { component: 'nothing', file: await anUpload() }
    expect(await addScan(door, reception, view, unasked)).toMatchObject({ code: 'digitise.no-such-paper' })
  })

  test('once the dossier has ended', async () => {
    const { dossier, view } = await filed()
    accepted(await desk.act(reception, dossier, { command: 'withdraw', reason: 'Thôi' }))
    const upload = { component: evidence, file: await anUpload() }
    expect(await addScan(door, reception, await view(), upload)).toMatchObject({ code: 'digitise.may-not' })
  })

  test('when the vault has the paper already: it is used again', async () => {
    const { person, view } = await filed()
    const { sha256, fileId, size, mediaType } = await anUpload()
    const owner = { kind: 'person', personId: person.personId, personalId: person.personalId! } as const
    await keepItem(db.pool, {
      ...{ owner, name: 'Giấy khai sinh', trust: 'issued', paperCode: 'KQ.G15.000031', addedAt: morning },
      ...{ sha256, fileId, size, mediaType },
    })
    const line = await lineOf(await view())
    expect(line.inVault).toHaveLength(1)
    expect(isMissing(line)).toBe(false)
    const upload = { component: evidence, file: await anUpload() }
    expect(await addScan(door, reception, await view(), upload)).toMatchObject({ code: 'digitise.in-vault' })
  })
})

describe('signed on a phone', () => {
  test('the file that was asked about is the file that is signed, minutes later', async () => {
    const { view, paper } = await scanned(2)
    const by = { ...reception, officerId: 'officer-with-a-phone' }
    const owner = { kind: 'officer' as const, id: by.officerId, name: by.name }
    const phone = (await door.signatures.mobileSignerFor(owner))!
    const who = { officerId: by.officerId, name: by.name }
    await changeSigner(db, { id: phone.id, act: 'chosen', by: who }, morning)
    const wanted = { key: paper.key, ...birth }
    const asked = { id: randomUUID(), at: morning }
    const sign = async (authorisation: object, at = asked) =>
      (await digitisePapers(door, by, view, { list: [wanted], authorisation, asked: at }))[0]!
    expect(await refusedCopies(door, by, view, [wanted])).toEqual([])
    expect(await refusedCopies(door, by, view, [{ ...wanted, compared: false }])).toHaveLength(1)
    const round = { confirmation: asked.id }
    expect(await sign(round)).toMatchObject({ code: 'signatures.waiting-for-confirmation' })
    const preview = accepted(await previewCopy(door, by, view, { wanted, asked }))
    expect((await verifyPdf(door.signatures, preview, { at: morning })).verdict).toBe('unsigned')
    const answer = { requestId: asked.id, signerId: phone.id, confirm: true }
    accepted(await answerConfirmation(db, answer, morning))
    const later = { ...asked, at: new Date(morning.getTime() + 60_000) }
    expect(await sign({ ...round, pin: demonstrationPin }, later)).toMatchObject({
      code: 'signatures.request-differs',
    })
    const digitised = accepted(await sign({ ...round, pin: demonstrationPin }))
    expect(digitised).toMatchObject({ signerName: by.name, pages: 2 })
    expect(await sign({ ...round, pin: demonstrationPin })).toMatchObject({ code: 'digitise.no-such-paper' })
  })
})
