import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { morning } from '../../../test/builders/a-desk.ts'
import { livesOf } from '../../../test/builders/a-life.ts'
import { aSigningDesk, pin } from '../../../test/builders/a-signing-desk.ts'
import { accepted } from '../../kernel/errors.ts'
import { contentOf, readPaperInHand } from '../documents/index.ts'
import { verifyPdf } from '../signatures/index.ts'
import type { Request } from './commands.ts'
import type { Dossier } from './dossier.ts'
import { signedWith } from './entries.ts'
import { sealWaiting } from './papers/seal-waiting.ts'
import { issuePaper } from './papers/slips.ts'

const { desk, door, bytesOf, viewOf, close } = await aSigningDesk()
const { does } = livesOf(desk)
const { dossiers } = desk
const there = (who: string) => desk.officer(`officer-mai-thuong-${who}-1`)
const [reception, specialist, head, leader, clerk] = (
  ['reception', 'culture', 'culture-head', 'leader', 'clerk'] as const
).map(there) as [Officer, Officer, Officer, Officer, Officer]
const pensioner = desk.citizen('social-pension')
const otherHead = there('justice-head')
afterAll(close)

const done: Request = { command: 'completeStep', outcome: 'ok' }
const approve: Request = { command: 'approve' }
type Officer = ReturnType<typeof desk.officer>
type By = Parameters<typeof dossiers.act>[0]
const signing = (by: By, dossier: Pick<Dossier, 'code'>, request: Request, authorisation: object = pin) =>
  dossiers.act(by, dossier.code, request, { now: morning, authorisation })

/** A pension of which the decision is drafted and waits for the head of the division. */
async function upToReview(): Promise<Dossier> {
  const input = await desk.submissionOf('social-pension')
  const filing = { key: randomUUID(), now: morning }
  const { dossier } = accepted(await dossiers.submit(pensioner, input, filing))
  await does(reception, dossier, { command: 'accept' })
  await does(specialist, dossier, done)
  return redrafted(dossier)
}
async function redrafted(dossier: Pick<Dossier, 'code'>, note = 'Đủ điều kiện') {
  await does(specialist, dossier, { command: 'draftResult', draft: { note } })
  return does(specialist, dossier, done)
}
const initialled = async () => accepted(await signing(head, await upToReview(), done))
const issue = (dossier: Dossier) => does(clerk, dossier, done)

async function resultOf(dossier: Dossier) {
  const seen = await viewOf(dossier, pensioner)
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  return accepted((await issuePaper(door, seen, 'result', sequence))!)
}
const lastPapers = async (dossier: Dossier) => {
  const { history } = await viewOf(dossier, reception)
  return signedWith(history.findLast(({ data }) => signedWith(data).length > 0)!.data)
}

describe('a paper that two sign in turn', () => {
  test('bears the initial of the head, the signature of who decides and the seal, all valid', async () => {
    const approved = accepted(await signing(leader, await initialled(), approve))
    const document = await resultOf(await issue(approved))
    expect(document.signatures.map(({ role, name }) => [role, name])).toEqual([
      ['initial', head.name],
      ['signer', leader.name],
      ['seal', 'Ủy ban nhân dân xã Mai Thượng'],
    ])
    expect(document.signatures[0]!.capacity).toEqual(['TRƯỞNG PHÒNG'])
    expect(document.signatures[1]!.capacity).toEqual(['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'])
    const pdf = await bytesOf(document)
    const report = await verifyPdf(door.signatures, pdf, { at: morning })
    expect(report).toMatchObject({ verdict: 'valid', problems: [] })
    const byPeople = report.signatures.filter(({ kind }) => kind === 'signature')
    expect(byPeople.map(({ field, integrity }) => [field, integrity])).toEqual([
      ['initial-1', true],
      ['signer', true],
      ['seal', true],
    ])
    expect(sayValid(pdf)).toBe(true)
  })

  test('shows the one who decides what was initialled, byte by byte', async () => {
    const dossier = await initialled()
    const [initial] = await lastPapers(dossier)
    const paper = (await readPaperInHand(desk.db.pool, initial!.paper))!
    expect(paper.signatures.map(({ role }) => role)).toEqual(['initial'])
    const looked = accepted(await dossiers.previewApproval(leader, { code: dossier.code }, { now: morning }))
    const before = Buffer.from((await contentOf(door.files, initial!.sha256))!)
    expect(Buffer.from(looked).subarray(0, before.length).equals(before)).toBe(true)
  })

  test('is initialled by what was looked at', async () => {
    const dossier = await upToReview()
    const request = done as never
    const looked = accepted(
      await dossiers.previewApproval(head, { code: dossier.code, request }, { now: morning }),
    )
    await signing(head, dossier, done)
    const [initial] = await lastPapers(dossier)
    const paper = (await readPaperInHand(desk.db.pool, initial!.paper))!
    const prepared = Buffer.from((await contentOf(door.files, paper.preparedSha256))!)
    expect(Buffer.from(looked).subarray(0, prepared.length).equals(prepared)).toBe(true)
  })
})

describe('nobody signs out of turn', () => {
  test('who decides cannot before the head has initialled', async () => {
    const dossier = await upToReview()
    expect(await signing(leader, dossier, approve)).toMatchObject({ code: 'dossiers.no-such-task' })
  })

  test.each([
    ['the specialist who drafted it', () => specialist],
    ['somebody who takes in', () => reception],
    ['a clerk', () => clerk],
  ])('%s does not initial', async (_, who) => {
    const dossier = await upToReview()
    expect(await signing(who(), dossier, done)).toMatchObject({ code: 'dossiers.not-your-role' })
    const { rows } = await desk.db.pool.query(
      'select count(*)::int as n from documents.paper_in_hand where dossier_id = $1',
      [dossier.id],
    )
    expect(rows[0].n).toBe(0)
  })

  test('the head without their PIN leaves the dossier where it is', async () => {
    const dossier = await upToReview()
    expect(await signing(head, dossier, done, {})).toMatchObject({ code: 'signatures.authorisation-needed' })
    expect((await desk.stored(dossier)).sequence).toBe(dossier.sequence)
    expect(accepted(await signing(otherHead, dossier, done)).state).toBe('in-progress')
  })
})

describe('sending back', () => {
  test('throws the initial away, with the reason, and the journal names what was thrown away', async () => {
    const dossier = await initialled()
    const [initial] = await lastPapers(dossier)
    const reason = 'Sai mức hưởng'
    await does(leader, dossier, { command: 'sendBack', reason })
    const { history } = await viewOf(dossier, reception)
    expect(history.at(-1)).toMatchObject({
      ...{ kind: 'dossiers.sent-back', text: reason },
      data: { thrownAway: [initial!.paper] },
    })
    const again = await redrafted(dossier, 'Mức hưởng đã sửa')
    const approved = accepted(await signing(leader, accepted(await signing(head, again, done)), approve))
    const document = await resultOf(await issue(approved))
    expect(document.signatures.map(({ role }) => role)).toEqual(['initial', 'signer', 'seal'])
    expect((await readPaperInHand(desk.db.pool, initial!.paper))!.verifyCode).not.toBe(document.verifyCode)
    const view = (code: string) => dossiers.view(reception, code)
    await sealWaiting({ door, view, onRefused: () => undefined })
    expect((await readPaperInHand(desk.db.pool, initial!.paper))!.state).toBe('void')
  })

  test('by the clerk undoes both signatures', async () => {
    const approved = accepted(await signing(leader, await initialled(), approve))
    await does(clerk, approved, { command: 'sendBack', reason: 'Thiếu căn cứ' })
    const { history } = await viewOf(approved, reception)
    expect(history.at(-1)!.data).toMatchObject({ thrownAway: [expect.any(String)] })
  })

  test('names nothing where nobody had signed', async () => {
    const dossier = await upToReview()
    await does(head, dossier, { command: 'sendBack', reason: 'Soạn lại' })
    const { history } = await viewOf(dossier, reception)
    expect(history.at(-1)!.data).not.toHaveProperty('thrownAway')
  })
})

test('a refusal decided after the initial is another paper, signed by who decides alone', async () => {
  const dossier = await initialled()
  const declined = accepted(await signing(leader, dossier, { command: 'decline', reason: 'Chưa đủ 75 tuổi' }))
  const seen = await viewOf(declined, pensioner)
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.declined')!
  const document = accepted((await issuePaper(door, seen, 'decline', sequence))!)
  expect(document.signatures.map(({ role }) => role)).toEqual(['signer', 'seal'])
})

function sayValid(pdf: Buffer): boolean {
  const file = join(mkdtempSync(join(tmpdir(), 'motcua-several-')), 'paper.pdf')
  writeFileSync(file, pdf)
  try {
    const said = execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })
    return said.match(/Signature is Valid\./g)?.length === 3
  } catch {
    // Where poppler is not installed, our own check has said it.
    return true
  }
}
