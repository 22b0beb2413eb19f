import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning } from '../../../test/builders/a-desk.ts'
import { codeOf, livesOf } from '../../../test/builders/a-life.ts'
import type { Db } from '../../kernel/db.ts'
import { accepted, type Refusal, refusal } from '../../kernel/errors.ts'
import { filesOnDisk } from '../../kernel/files.ts'
import { closePrinting, documentsOfDossier } from '../documents/index.ts'
import { createSignatures, demonstrationPin } from '../signatures/index.ts'
import { type ApprovingParts, approveSigned } from './approve-signed.ts'
import type { Dossier } from './dossier.ts'
import { append, findByCode } from './dossier-store.ts'
import type { SigningDoor } from './papers/papers-to-sign.ts'
import { sealWaiting } from './papers/seal-waiting.ts'
import { issuePaper, printOpen } from './papers/slips.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-races-'))
let door: SigningDoor | undefined
const desk = await aDesk({
  papersOf: (db) => {
    door = doorOf(db)
    return door
  },
})
const { upTo, does, reception, leader, clerk } = livesOf(desk)
const { dossiers, db } = desk
afterAll(async () => {
  await closePrinting()
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

/** Approving with a hand on what reads and writes the dossier, once the paper is signed. */
const approve = async (dossier: Dossier, hooks: Partial<ApprovingParts> = {}) => {
  const parts: ApprovingParts = {
    db,
    signing: door!,
    print: printOpen,
    wake: () => undefined,
    read: (code) => findByCode(db.pool, code),
    append: ({ change, beside }) => append(db.pool, change, beside),
    ...hooks,
  }
  const wanted = { code: dossier.code, request: { command: 'approve' as const } }
  const options = { now: morning, authorisation: { pin: demonstrationPin } }
  return (await approveSigned(parts, leader, [wanted], options))[0]!
}

const resultOf = async ({ code }: Dossier) => {
  const seen = accepted(await dossiers.view(reception, code))
  const { sequence, data } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  const document = accepted((await issuePaper(door!, seen, 'result', sequence))!)
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
    door!.now = () => new Date(morning.getTime() + 60_000)
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
    ...{ now: morning, authorisation: { pin: demonstrationPin } },
  })
  expect(answers.map(codeOf)).toEqual(['done', 'dossiers.acted-meanwhile'])
})

test('a clock that is down leaves neither a gap nor a double among numbers, and nothing unsealed', async () => {
  const [first, second] = [
    await sealed(accepted(await approve(await upTo('decide')))),
    await sealed(accepted(await approve(await upTo('decide')))),
  ]
  const { timeStamps } = door!.signatures
  door!.signatures.timeStamps = async () => refusal('unavailable', 'signatures.timestamp-down')
  const seen = accepted(await dossiers.view(desk.citizen(), first.code))
  const { sequence } = seen.history.findLast(({ kind }) => kind === 'dossiers.approved')!
  for (let i = 0; i < 3; i++)
    expect(await issuePaper(door!, seen, 'result', sequence)).toMatchObject({
      code: 'signatures.timestamp-down',
    })
  expect(await documentsOfDossier(db.pool, first.id)).toEqual([])
  door!.signatures.timeStamps = timeStamps
  const before = await resultOf(second)
  const both = await Promise.all([resultOf(first), resultOf(first)])
  expect(both[0].document).toEqual(both[1].document)
  const numbers = [before, both[0]].map(({ document }) => Number.parseInt(document.number, 10))
  expect(numbers[1]).toBe(numbers[0]! + 1)
  for (const { document } of [before, ...both]) expect(rolesOf(document)).toEqual(['signer', 'seal'])
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
  await sealWaiting({ door: door!, view: (code) => dossiers.view(reception, code), onRefused })
  expect(refused.map(([, dossier]) => dossier)).toEqual([lost.code])
  expect(await documentsOfDossier(db.pool, lost.id)).toEqual([])
  expect(await documentsOfDossier(db.pool, other.id)).toHaveLength(1)
})
