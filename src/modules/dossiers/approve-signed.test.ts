import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { morning } from '../../../test/builders/a-desk.ts'
import { livesOf, openTask } from '../../../test/builders/a-life.ts'
import { aSigningDesk, pin } from '../../../test/builders/a-signing-desk.ts'
import { pdfText } from '../../../test/harness/pdf-text.ts'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import {
  documentsOfDossier,
  type IssuedDocument,
  openDocument,
  papersAwaitingSeal,
} from '../documents/index.ts'
import { type Signatures, verifyPdf } from '../signatures/index.ts'
import type { WantedApproval } from './approve-signed.ts'
import type { Dossier } from './dossier.ts'
import { sealWaiting } from './papers/seal-waiting.ts'
import { issuePaper, type PaperDoor } from './papers/slips.ts'

const { desk, door, close } = await aSigningDesk()
const { inProgress, upTo, does, reception, specialist, leader, clerk, citizen } = livesOf(desk)
const { dossiers } = desk
afterAll(close)

const approval = ({ code, sequence }: Dossier): WantedApproval => ({
  ...{ code, expectedSequence: sequence, request: { command: 'approve' } },
})
const approve = (dossier: Dossier, authorisation = pin) =>
  dossiers.act(leader, dossier.code, { command: 'approve' }, { now: morning, authorisation })
const sealed = (dossier: Dossier) => does(clerk, dossier, { command: 'completeStep', outcome: 'ok' })

const view = async ({ code }: Pick<Dossier, 'code'>, by: Parameters<typeof dossiers.view>[0] = reception) =>
  accepted(await dossiers.view(by, code))
async function resultOf(dossier: Dossier, by?: Parameters<typeof dossiers.view>[0]): Promise<IssuedDocument> {
  const seen = await view(dossier, by)
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  return accepted((await issuePaper(door, seen, 'result', sequence))!)
}
const bytesOf = async (document: IssuedDocument) =>
  buffer(accepted(await openDocument(door.files, document)).stream)

describe('a result that is signed', () => {
  test('bears the signature of who approved, then number and seal, and says so to whoever asks', async () => {
    const before = await upTo('decide')
    const approved = accepted(await approve(before))
    expect(openTask(approved, 'step').stepKind).toBe('issue')
    expect(await documentsOfDossier(desk.db.pool, approved.id)).toEqual([])
    const document = await resultOf(await sealed(approved), citizen)
    expect(document.signatures).toMatchObject([
      {
        role: 'signer',
        name: leader.name,
        level: 'B-LT',
        capacity: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
      },
      { role: 'seal', name: 'Ủy ban nhân dân phường Hoa Sen', level: 'B-LTA' },
    ])
    const pdf = await bytesOf(document)
    expect(pdf.toString('latin1').match(/\/SubFilter\s*\/ETSI\.CAdES\.detached/g)).toHaveLength(2)
    const report = await verifyPdf(door.signatures, pdf, { at: morning })
    expect(report.signatures.map(({ field, integrity, chain }) => [field, integrity, chain])).toEqual([
      ['signer', true, 'trusted'],
      ['seal', true, 'trusted'],
      [expect.any(String), true, 'trusted'],
    ])
    expect(report).toMatchObject({ verdict: 'valid', problems: [] })
    expect((await pdfText(pdf)).join(' ')).not.toContain('Đã xác nhận trên hệ thống')
  })

  test('is the very file that was looked at, with the signature added behind it', async () => {
    const before = await upTo('decide')
    const looked = accepted(await dossiers.previewApproval(leader, before, { now: morning }))
    const approved = accepted(await approve(before))
    const final = await bytesOf(await resultOf(await sealed(approved)))
    const shared = Buffer.from(looked).subarray(0, 4000)
    expect(final.subarray(0, 4000).equals(shared)).toBe(true)
  })

  test('rests on the paper that the journal names', async () => {
    const approved = accepted(await approve(await upTo('decide')))
    const { history } = await view(approved)
    const { signature } = history.findLast(({ kind }) => kind === 'dossiers.approved')!.data as never
    expect(signature).toEqual({
      paper: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test('is sealed without a reader, once', async () => {
    const decided = await sealed(accepted(await approve(await upTo('decide'))))
    const run = () =>
      sealWaiting({ door, view: (code) => dossiers.view(reception, code), onRefused: () => undefined })
    expect(await run()).toBeGreaterThan(0)
    const [document] = await documentsOfDossier(desk.db.pool, decided.id)
    expect(document!.signatures).toHaveLength(2)
    expect(await run()).toBe(0)
  })

  test('comes to nothing when the clerk sends it back: what is signed next is another paper', async () => {
    const approved = accepted(await approve(await upTo('decide')))
    const back = await does(clerk, approved, { command: 'sendBack', reason: 'Sai tên đường' })
    const again = accepted(await approve(await upTo('decide', back)))
    const document = await resultOf(await sealed(again))
    expect(document.signatures).toHaveLength(2)
    await sealWaiting({
      door,
      view: (code) => dossiers.view(reception, code),
      onRefused: () => undefined,
    })
    const waiting = await papersAwaitingSeal(desk.db.pool)
    expect(waiting.filter(({ dossierId }) => dossierId === approved.id)).toEqual([])
    expect(await documentsOfDossier(desk.db.pool, approved.id)).toHaveLength(1)
  })
})

test('a written refusal is signed as well, with its reason, and sealed', async () => {
  const before = await upTo('decide')
  const reason = 'Người yêu cầu đang có vợ theo Sổ đăng ký kết hôn'
  const request = { command: 'decline', reason } as const
  const without = await dossiers.act(leader, before.code, request, { now: morning })
  expect(without).toMatchObject({ code: 'signatures.authorisation-needed' })
  const declined = accepted(
    await dossiers.act(leader, before.code, request, { now: morning, authorisation: pin }),
  )
  const seen = await view(declined, citizen)
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.declined')!
  const document = accepted((await issuePaper(door, seen, 'decline', sequence))!)
  expect(document.signatures.map(({ role }) => role)).toEqual(['signer', 'seal'])
  expect((await pdfText(await bytesOf(document))).join(' ')).toContain('đang có vợ')
})

describe('nothing is approved that is not signed', () => {
  test.each([
    ['a wrong PIN', { pin: '0000' }],
    ['no PIN', {}],
  ])('%s leaves the dossier where it is', async (_, authorisation) => {
    const before = await upTo('decide')
    const refused = await dossiers.act(
      desk.officer('officer-ben-go-leader-1'),
      before.code,
      { command: 'approve' },
      { now: morning, authorisation },
    )
    expect(isRefusal(refused)).toBe(true)
    const own = await dossiers.approve(leader, [approval(before)], { now: morning, authorisation })
    expect(isRefusal(own[0]!)).toBe(true)
    expect((await desk.stored(before)).sequence).toBe(before.sequence)
    accepted(await approve(before))
  })

  test('who may not approve signs nothing', async () => {
    const before = await upTo('decide')
    const refused = await dossiers.act(
      specialist,
      before.code,
      { command: 'approve' },
      { now: morning, authorisation: pin },
    )
    expect(refused).toMatchObject({ code: 'dossiers.not-your-role' })
    const { rows } = await desk.db.pool.query(
      'select count(*)::int as n from documents.paper_in_hand where dossier_id = $1',
      [before.id],
    )
    expect(rows[0].n).toBe(0)
  })

  test('of a batch each stands for itself, and one PIN opens all', async () => {
    const [first, second, third] = [await upTo('decide'), await inProgress(), await upTo('decide')]
    const answers = await dossiers.approve(leader, [first, second, third].map(approval), {
      ...{ now: morning, authorisation: pin },
    })
    expect(answers.map((each) => (isRefusal(each) ? 'refused' : 'done'))).toEqual(['done', 'refused', 'done'])
  })

  test('what changed since it was seen is refused before anybody signs', async () => {
    const before = await upTo('decide')
    const stale = { ...approval(before), expectedSequence: before.sequence - 1 }
    const [answer] = await dossiers.approve(leader, [stale], { now: morning, authorisation: pin })
    expect(answer).toMatchObject({ code: 'dossiers.acted-meanwhile' })
  })
})

test('a signature cannot be claimed from outside', async () => {
  const before = await upTo('decide')
  const claimed = { command: 'approve', signature: { paper: 'x', sha256: 'y', certificate: 'z' } }
  const unsigned: Pick<Signatures, 'signerFor'> = { signerFor: async () => undefined }
  const plain: PaperDoor = { ...door, signatures: { ...door.signatures, ...unsigned } }
  const { createDossiers } = await import('./dossier-service.ts')
  const outcome = await createDossiers(desk.db, () => undefined, [], undefined, plain).act(
    leader,
    before.code,
    claimed as never,
    { now: morning },
  )
  accepted(outcome)
  const { history } = await view(before)
  const { data } = history.findLast(({ kind }) => kind === 'dossiers.approved')!
  expect(data).not.toHaveProperty('signature')
})
