import { afterAll, describe, expect, test } from 'vitest'
import { morning } from '../../../test/builders/a-desk.ts'
import { livesOf } from '../../../test/builders/a-life.ts'
import { aSigningDesk, pin } from '../../../test/builders/a-signing-desk.ts'
import { pdfText } from '../../../test/harness/pdf-text.ts'
import { accepted } from '../../kernel/errors.ts'
import { documentsOfDossier, findByVerifyCode } from '../documents/index.ts'
import { verifyPdf } from '../signatures/index.ts'
import type { Request } from './commands.ts'
import type { Dossier } from './dossier.ts'
import type { IssuedKind } from './papers/paper-kinds.ts'
import { sealWaiting } from './papers/seal-waiting.ts'
import { issuePaper } from './papers/slips.ts'

const { desk, door, bytesOf, viewOf, close } = await aSigningDesk()
const lives = livesOf(desk)
const { upTo, does, specialist, leader, head, clerk, reception, citizen } = lives
const { dossiers } = desk
afterAll(close)

const correct: Request = {
  ...{ command: 'correctResult', fault: 'authority', draft: { note: 'Đã sửa năm sinh' } },
  reason: 'Sai năm sinh',
}
const revoke: Request = { command: 'revokeResult', reason: 'Cấp trái quy định' }

/** Decided with a signed result. */
async function settled(): Promise<Dossier> {
  const before = await upTo('decide')
  const approve: Request = { command: 'approve' }
  accepted(await dossiers.act(leader, before.code, approve, { now: morning, authorisation: pin }))
  return does(clerk, before, { command: 'completeStep', outcome: 'ok' })
}
const signing = (dossier: Dossier, request: Request, authorisation = pin) =>
  dossiers.act(leader, dossier.code, request, { now: morning, authorisation })

async function paperOf(dossier: Dossier, kind: IssuedKind, act: string) {
  const seen = await viewOf(dossier, citizen)
  const { sequence } = seen.history.findLast((each) => each.kind === act)!
  return accepted((await issuePaper(door, seen, kind, sequence))!)
}
const rolesOf = ({ signatures }: { signatures: { role: string; name: string }[] }) =>
  signatures.map(({ role, name }) => `${role}: ${name}`)
const signedAndSealed = [`signer: ${leader.name}`, 'seal: Ủy ban nhân dân phường Hoa Sen']

describe('a corrected result', () => {
  test('carries a valid signature and a seal, and so does the decision about it', async () => {
    const dossier = await settled()
    accepted(await signing(dossier, correct))
    const decision = await paperOf(dossier, 'correction', 'dossiers.result-corrected')
    const result = await paperOf(dossier, 'result', 'dossiers.result-corrected')
    for (const document of [decision, result]) {
      expect(rolesOf(document)).toEqual(signedAndSealed)
      const report = await verifyPdf(door.signatures, await bytesOf(document), { at: morning })
      expect(report).toMatchObject({ verdict: 'valid', problems: [] })
    }
    expect(result.number).not.toBe(decision.number)
    const text = (await pdfText(await bytesOf(decision))).join(' ')
    expect(text).toContain('Sai năm sinh')
    expect(text).toContain(result.verifyCode)
  })

  test('takes the place of the old paper on the verification page', async () => {
    const dossier = await settled()
    const old = await paperOf(dossier, 'result', 'dossiers.approved')
    accepted(await signing(dossier, correct))
    const result = await paperOf(dossier, 'result', 'dossiers.result-corrected')
    expect(await findByVerifyCode(desk.db.pool, old.verifyCode)).toMatchObject({
      ...{ status: 'replaced', replacedBy: result.id },
    })
    expect(await findByVerifyCode(desk.db.pool, result.verifyCode)).toMatchObject({ status: 'valid' })
  })

  test('is what was looked at, with the signature behind it', async () => {
    const dossier = await settled()
    const kinds = ['correction', 'result'] as const
    const looked: Uint8Array[] = []
    for (const kind of kinds) {
      const asked = { code: dossier.code, request: correct as never, kind }
      looked.push(accepted(await dossiers.previewApproval(leader, asked, { now: morning })))
    }
    accepted(await signing(dossier, correct))
    for (const [i, kind] of kinds.entries()) {
      const final = await bytesOf(await paperOf(dossier, kind, 'dossiers.result-corrected'))
      expect(final.subarray(0, 4000).equals(Buffer.from(looked[i]!).subarray(0, 4000))).toBe(true)
    }
  })

  test('is sealed by nobody who opens it, old and new, each once', async () => {
    const dossier = await settled()
    accepted(await signing(dossier, correct))
    const run = () =>
      sealWaiting({ door, view: (code) => dossiers.view(reception, code), onRefused: () => undefined })
    await run()
    const issued = await documentsOfDossier(desk.db.pool, dossier.id)
    expect(issued.map(({ kind, signatures }) => [kind, signatures.length]).toSorted()).toEqual([
      ['correction', 2],
      ['result', 2],
      ['result', 2],
    ])
    expect(await run()).toBe(0)
  })

  test('may be corrected once more, and the chain of papers holds', async () => {
    const dossier = await settled()
    accepted(await signing(dossier, correct))
    const first = await paperOf(dossier, 'result', 'dossiers.result-corrected')
    accepted(await signing(dossier, { ...correct, draft: { note: 'Lần hai' } } as Request))
    const second = await paperOf(dossier, 'result', 'dossiers.result-corrected')
    await paperOf(dossier, 'correction', 'dossiers.result-corrected')
    expect(await findByVerifyCode(desk.db.pool, first.verifyCode)).toMatchObject({ replacedBy: second.id })
  })
})

describe('a revocation decision', () => {
  test('carries a valid signature and a seal, and the paper it is about is revoked', async () => {
    const dossier = await settled()
    const old = await paperOf(dossier, 'result', 'dossiers.approved')
    accepted(await signing(dossier, revoke))
    const decision = await paperOf(dossier, 'revocation', 'dossiers.result-revoked')
    expect(rolesOf(decision)).toEqual(signedAndSealed)
    const report = await verifyPdf(door.signatures, await bytesOf(decision), { at: morning })
    expect(report).toMatchObject({ verdict: 'valid', problems: [] })
    expect(await findByVerifyCode(desk.db.pool, old.verifyCode)).toMatchObject({ status: 'revoked' })
  })

  test('is signed in the capacity that was chosen, and in none that is not held', async () => {
    const dossier = await settled()
    const [held] = leader.posts.flatMap(({ capacity }) => capacity ?? [])
    expect(await signing(dossier, { ...revoke, capacity: 'KT' } as Request)).toMatchObject({
      code: 'dossiers.capacity-not-held',
    })
    accepted(await signing(dossier, { ...revoke, ...(held && { capacity: held }) } as Request))
  })
})

describe('nothing is corrected or revoked that is not signed', () => {
  test.each([
    ['a correction', correct],
    ['a revocation', revoke],
  ])('%s without the PIN leaves everything as it is', async (_, request) => {
    const dossier = await settled()
    const bare = await dossiers.act(leader, dossier.code, request, { now: morning })
    expect(bare).toMatchObject({ code: 'signatures.authorisation-needed' })
    expect(await signing(dossier, request, { pin: '0000' })).toMatchObject({ kind: 'forbidden' })
    expect((await desk.stored(dossier)).resultState).toBe('valid')
  })

  test('who may not decide signs nothing', async () => {
    const dossier = await settled()
    for (const officer of [head, specialist, clerk]) {
      const refused = await dossiers.act(officer, dossier.code, correct, { now: morning, authorisation: pin })
      expect(refused).toMatchObject({ code: 'dossiers.not-your-role' })
    }
  })

  test('a signature cannot be claimed from outside', async () => {
    const dossier = await settled()
    const claimed = { ...revoke, signature: { paper: 'x', sha256: 'y', certificate: 'z' } }
    accepted(await signing(dossier, claimed as Request))
    const { history } = await viewOf(dossier, reception)
    expect(history.at(-1)!.data).toMatchObject({
      signature: { paper: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })
})
