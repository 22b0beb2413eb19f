import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { morning } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf } from '../../../test/builders/a-life.ts'
import { aSigningDesk, pin } from '../../../test/builders/a-signing-desk.ts'
import { accepted, type Refusal } from '../../kernel/errors.ts'
import { contentOf, documentsOfDossier, identifyFile, keepContent, openDocument } from '../documents/index.ts'
import { lengthenWaiting } from '../signatures/index.ts'
import { type ApprovingParts, approveSigned } from './approve-signed.ts'
import type { Dossier } from './dossier.ts'
import { append, findByCode } from './dossier-store.ts'
import { sealWaiting } from './papers/seal-waiting.ts'
import { issuePaper, printOpen } from './papers/slips.ts'

const { desk, door, close } = await aSigningDesk()
const { upTo, does, reception, leader, clerk } = livesOf(desk)
const { dossiers, db } = desk
afterAll(close)

/** Approving with a hand on what reads and writes the dossier, once the paper is signed. */
const approve = async (dossier: Dossier, hooks: Partial<ApprovingParts> = {}) => {
  const parts: ApprovingParts = {
    db,
    signing: door,
    print: printOpen,
    wake: () => undefined,
    read: (code) => findByCode(db.pool, code),
    append: ({ change, beside }) => append(db.pool, change, beside),
    ...hooks,
  }
  const wanted = { code: dossier.code, request: { command: 'approve' as const } }
  const options = { now: morning, authorisation: pin }
  return (await approveSigned(parts, leader, [wanted], options))[0]!
}

const resultOf = async ({ code }: Dossier) => {
  const seen = accepted(await dossiers.view(reception, code))
  const { sequence, data } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  const document = accepted((await issuePaper(door, seen, 'result', sequence))!)
  return { document, named: (data as { signature: { paper: string; sha256: string } }).signature }
}
const sealed = (dossier: Dossier) => does(clerk, dossier, { command: 'completeStep', outcome: 'ok' })
const rolesOf = ({ signatures }: { signatures: readonly { role: string }[] }) =>
  signatures.map(({ role }) => role)

describe('a result is never issued without the signature that its approval names', () => {
  test('when the press that signed first is overtaken by one that signed the same paper', async () => {
    const dossier = await upTo('decide')
    const gate = Promise.withResolvers<void>()
    const late = Promise.withResolvers<void>()
    const first = approve(dossier, {
      read: async (code) => {
        gate.resolve()
        await late.promise
        return findByCode(db.pool, code)
      },
    })
    await gate.promise
    const second = await approve(dossier)
    late.resolve()
    expect([codeOf(await first), codeOf(second)].toSorted()).toEqual(['done', 'dossiers.acted-meanwhile'])
    const { document, named } = await resultOf(await sealed(await desk.stored(dossier)))
    expect(rolesOf(document)).toEqual(['signer', 'seal'])
    const { rows } = await db.pool.query('select sha256 from documents.paper_in_hand where id = $1', [
      named.paper,
    ])
    expect(rows[0].sha256).toBe(named.sha256)
  })

  test('when two tabs press at the same moment', async () => {
    const dossier = await upTo('decide')
    const answers = await Promise.all([approve(dossier), approve(dossier)])
    expect(answers.map(codeOf).toSorted()).toEqual(['done', 'dossiers.acted-meanwhile'])
    const { document } = await resultOf(await sealed(await desk.stored(dossier)))
    expect(rolesOf(document)).toEqual(['signer', 'seal'])
  })

  test('when writing failed after signing, and the same is pressed again', async () => {
    const dossier = await upTo('decide')
    expect(codeOf(await approve(dossier, { append: async () => false }))).toBe('dossiers.acted-meanwhile')
    accepted(await approve(dossier))
    const { document } = await resultOf(await sealed(await desk.stored(dossier)))
    expect(rolesOf(document)).toEqual(['signer', 'seal'])
  })

  test('when the program broke off after signing: it is signed once, by one', async () => {
    const dossier = await upTo('decide')
    const broken = () => Promise.reject(new Error('broken off'))
    await expect(approve(dossier, { read: broken })).rejects.toThrow('broken off')
    door.now = () => new Date(morning.getTime() + 60_000)
    accepted(await approve(dossier))
    const { document } = await resultOf(await sealed(await desk.stored(dossier)))
    expect(rolesOf(document)).toEqual(['signer', 'seal'])
  })

  test('when its paper was closed as overtaken: what the approval names counts', async () => {
    const dossier = await upTo('decide')
    accepted(await approve(dossier))
    await sealed(await desk.stored(dossier))
    await db.pool.query("update documents.paper_in_hand set state = 'void' where dossier_id = $1", [
      dossier.id,
    ])
    const { document } = await resultOf(dossier)
    expect(rolesOf(document)).toEqual(['signer', 'seal'])
  })
})

test('the same dossier twice in a batch is approved once', async () => {
  const dossier = await upTo('decide')
  const twice = { code: dossier.code, request: { command: 'approve' as const } }
  const answers = await dossiers.approve(leader, [twice, twice], {
    ...{ now: morning, authorisation: pin },
  })
  expect(answers.map(codeOf)).toEqual(['done', 'dossiers.acted-meanwhile'])
})

test('a clock that hangs holds up no register: papers are sealed without it, and get their stamps later', async () => {
  const waiting: Dossier[] = []
  for (let i = 0; i < 3; i++) waiting.push(await sealed(accepted(await approve(await upTo('decide')))))
  const { signatures, files } = door
  const { timeStamps } = signatures
  let asked = 0
  signatures.timeStamps = () => {
    asked += 1
    return new Promise(() => {})
  }
  signatures.later!.withinMs = 30
  // One who takes a number waits for the clock; whoever comes after finds it resting.
  const first = await resultOf(waiting[0]!)
  const rest = await Promise.all([resultOf(waiting[1]!), resultOf(waiting[2]!), resultOf(waiting[1]!)])
  signatures.timeStamps = timeStamps
  expect(asked).toBe(1)
  const numbers = [first, ...rest.slice(0, 2)].map(({ document }) => Number.parseInt(document.number, 10))
  expect(numbers.toSorted((a, b) => a - b)).toEqual([0, 1, 2].map((i) => numbers[0]! + i))
  for (const { document } of [first, ...rest]) expect(rolesOf(document)).toEqual(['signer', 'seal'])
  expect(first.document.signatures.map(({ level }) => level)).toEqual(['B-LT', 'B-B'])

  const lengthened = await lengthenWaiting({
    ...{ signatures, now: () => morning, onRefused: () => {} },
    contentOf: (sha256) => contentOf(files, sha256),
    keep: (pdf) => keepContent(files, pdf),
  })
  expect(lengthened).toBe(3)
  const asIssued = await buffer(accepted(await openDocument(files, first.document)).stream)
  const opened = accepted(await openDocument(files, first.document, db.pool))
  const longer = await buffer(opened.stream)
  expect(longer.length).toBe(opened.size)
  expect(longer.subarray(0, asIssued.length).equals(asIssued)).toBe(true)
  const found = await identifyFile({ db: db.pool, check: signatures }, longer, morning)
  expect(found).toMatchObject({ document: { id: first.document.id }, report: { verdict: 'valid' } })
  const levels = found.report!.signatures.map(({ level }) => level).filter(Boolean)
  expect(levels).toEqual(['B-LTA', 'B-LTA'])
})

test('nobody stamps where no clock is stated: no number is taken', async () => {
  const dossier = await sealed(accepted(await approve(await upTo('decide'))))
  const { timeStamps } = door.signatures
  door.signatures.timeStamps = undefined
  const seen = accepted(await dossiers.view(desk.citizen(), dossier.code))
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  expect(await issuePaper(door, seen, 'result', sequence)).toMatchObject({
    code: 'signatures.timestamp-down',
  })
  expect(await documentsOfDossier(db.pool, dossier.id)).toEqual([])
  door.signatures.timeStamps = timeStamps
  const both = await Promise.all([resultOf(dossier), resultOf(dossier)])
  expect(both[0].document).toEqual(both[1].document)
})

test('one paper that cannot be sealed holds up no other', async () => {
  const lost = await sealed(accepted(await approve(await upTo('decide'))))
  const other = await sealed(accepted(await approve(await upTo('decide'))))
  // Content that the store no longer has: the name of nothing.
  await desk.database.pool.query('update documents.paper_in_hand set sha256 = $2 where dossier_id = $1', [
    lost.id,
    'a'.repeat(64),
  ])
  const refused: [string, string][] = []
  const onRefused = ({ code }: Refusal, dossier: string) => void refused.push([code, dossier])
  await sealWaiting({ door, view: (code) => dossiers.view(reception, code), onRefused })
  expect(refused.map(([, dossier]) => dossier)).toEqual([lost.code])
  expect(await documentsOfDossier(db.pool, lost.id)).toEqual([])
  expect(await documentsOfDossier(db.pool, other.id)).toHaveLength(1)
})
