import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../../test/builders/a-desk.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { drainFeed } from '../../../kernel/feed.ts'
import { filesOnDisk } from '../../../kernel/files.ts'
import { readStream, verifyStream } from '../../../kernel/journal.ts'
import { findDocumentById, findFiles, openFile, storeFile } from '../../documents/index.ts'
import type { Actor, Officer, Person } from '../../identity/index.ts'
import {
  createVault,
  eraseRemoved,
  expiring,
  findItem,
  itemsOf,
  keepItem,
  type Trust,
  usesOfDossier,
  usesOfItems,
  vaultRefusals,
} from '../../vault/index.ts'
import type { Dossier } from '../dossier.ts'
import type { SubmissionInput } from '../filing/submission-input.ts'
import type { refusals } from '../refusals.ts'
import { filesHeld } from './held-files.ts'
import { issuePaper } from './slips.ts'
import { vaultConsumer } from './vault-consumer.ts'

const desk = await aDesk()
const { db, dossiers, officer, citizen, submissionOf, act } = desk
const folder = mkdtempSync(join(tmpdir(), 'motcua-vault-'))
const files = filesOnDisk(folder)
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const now = () => morning
const door = { db, files, baseUrl: 'http://localhost', now }
const system: Actor = { kind: 'system', clientId: 'vault', name: 'Kho', scopes: ['dossiers:read'] }
const vault = createVault({
  ...door,
  async issue({ dossierCode, origin }) {
    const view = await dossiers.view(system, dossierCode!, { now: morning })
    return isRefusal(view) ? undefined : issuePaper(door, view, 'result', Number(origin.split(':').at(-1)))
  },
  async usedIn(who, code, itemId) {
    const view = await dossiers.view(who, code, { now: morning })
    if (isRefusal(view) || view.dossier.closedAt !== null) return false
    return view.papers.some(({ vaultItemId }) => vaultItemId === itemId)
  },
})
const settle = () => drainFeed(db, [vaultConsumer(db)])

const someone = (changes: Partial<Person> = {}): Person => ({
  ...citizen(),
  personId: randomUUID(),
  ...changes,
})
const stranger = someone({ personalId: '099199000099', name: 'Người Lạ' })

/** A person with an account, whose personal id the identity provider confirmed. */
async function withAccount(person: Person): Promise<Person> {
  await desk.database.pool.query(
    `insert into identity.account (account_id, issuer, subject, kind, name, personal_id, assurance, created_at, last_signed_in_at)
     values ($1::uuid, 'test', $1::text, 'person', $2, $3, $4, now(), now())`,
    [person.personId, person.name, person.personalId, person.assurance],
  )
  return person
}

/** Takes a dossier of marital status to its signature. */
async function granted(person: Person): Promise<Dossier> {
  const input = await submissionOf()
  const { dossier } = accepted(await dossiers.submit(person, input, { key: randomUUID(), now: morning }))
  accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
  await signed(dossier)
  return desk.stored(dossier)
}

async function signed(dossier: Dossier, meanwhile: () => Promise<unknown> = async () => undefined) {
  for (let steps = 0; steps < 12; steps++) {
    await meanwhile()
    const current = await desk.stored(dossier)
    if (current.state !== 'in-progress') return
    const open = current.tasks.filter(({ closedAt }) => closedAt === null)
    const task = open[0]!
    const who = officer(byRole[task.role as keyof typeof byRole] ?? staff.specialist)
    if (task.stepKind === 'decide') {
      accepted(await act(who, dossier, { command: 'approve', taskNo: task.no }))
      continue
    }
    if (task.stepKind === 'draft' && current.draftRef === null)
      accepted(
        await act(who, dossier, { command: 'draftResult', taskNo: task.no, draft: { note: 'Đã kiểm tra' } }),
      )
    accepted(await act(who, dossier, { command: 'completeStep', taskNo: task.no, outcome: 'ok' }))
  }
}
const byRole = {
  reception: staff.reception,
  specialist: staff.specialist,
  head: staff.head,
  leader: staff.leader,
  clerk: staff.clerk,
}

const pdf = (text: string) =>
  Buffer.from(`%PDF-1.7\n1 0 obj\n<</T(${text})>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n`)

async function anUpload(person: Person, text: string = randomUUID()) {
  const owner = { kind: 'person', id: person.personId }
  const upload = { name: 'giấy.pdf', owner, purpose: 'vault', now: morning }
  return accepted(await storeFile({ db: db.pool, files }, [pdf(text)], upload))
}

/** A paper of a person's vault with content, such as a birth certificate. */
async function anItem(person: Person, changes: { trust?: Trust; paperCode?: string; validTo?: string } = {}) {
  const file = await anUpload(person)
  const { id } = await keepItem(db.pool, {
    owner: { kind: 'person', personId: person.personId, personalId: person.personalId ?? null },
    name: 'Giấy khai sinh',
    trust: 'digitised',
    paperCode: 'KQ.G15.000031',
    mediaType: file.mediaType,
    sha256: file.sha256,
    size: file.size,
    fileId: file.fileId,
    addedAt: morning,
    ...changes,
  })
  return (await findItem(db.pool, id))!
}

const problemsOf = (outcome: unknown) =>
  ((outcome as Partial<ReturnType<typeof refusals.incomplete>>).details?.problems ?? []).map(
    ({ code }) => code,
  )

/** A correction of civil status, whose evidence may be a birth certificate. */
async function correction(person: Person, papers: SubmissionInput['papers']) {
  const input = await submissionOf('civil-status-change')
  return dossiers.submit(person, { ...input, papers }, { key: randomUUID(), now: morning })
}

async function chosen(person: Person, itemId: string, component = 'evidence') {
  const { file, item } = accepted(await vault.take(person, itemId))
  const { fileId, sha256, name, mediaType } = file
  return { ...{ component, fileId, sha256, name, mediaType }, source: 'vault' as const, vaultItemId: item.id }
}

describe('results', () => {
  test('go to the vault of whom the dossier is for, and again change nothing', async () => {
    const person = await withAccount(someone())
    const dossier = await granted(person)
    expect(dossier.outcome).toBe('granted')
    await settle()
    const [item, ...others] = await vault.list(person)
    expect(others).toEqual([])
    expect(item).toMatchObject({
      trust: 'issued',
      paperCode: 'KQ.G15.000038',
      dossierCode: dossier.code,
      issuedOn: '2026-11-19',
      validTo: '2027-05-19',
      personalId: person.personalId,
      sha256: null,
    })
    await desk.database.pool.query(`update feed.cursor set position = 0 where consumer = 'dossiers.vault'`)
    await settle()
    expect(await vault.list(person)).toHaveLength(1)
  })

  test('are laid out when first opened, and are the very paper of the dossier', async () => {
    const person = await withAccount(someone())
    await granted(person)
    await settle()
    const [item] = await vault.list(person)
    const opened = accepted(await vault.open(person, item!.id))
    opened.stream.destroy()
    const after = (await findItem(db.pool, item!.id))!
    expect(after.sha256).toBe(opened.sha256)
    expect((await findDocumentById(db.pool, after.documentId!))?.number).toBe(after.number)
  })

  test('that are revoked count no more, and a corrected one names what takes its place', async () => {
    const person = await withAccount(someone())
    const [revoked, corrected] = [await granted(person), await granted(person)]
    const chair = officer(staff.leader)
    accepted(await act(chair, revoked, { command: 'revokeResult', reason: 'Cấp sai' }))
    await settle()
    const of = async ({ code }: Dossier) =>
      (await vault.list(person)).filter(({ dossierCode }) => dossierCode === code)
    expect((await of(revoked)).map(({ state }) => state)).toEqual(['revoked'])
    accepted(
      await act(chair, corrected, {
        command: 'correctResult',
        fault: 'authority',
        draft: { note: 'x' },
        reason: 'Sai tên',
      }),
    )
    await settle()
    const [now, before] = (await of(corrected)).toSorted((a) => (a.state === 'valid' ? -1 : 1))
    expect([now!.state, before!.state, before!.replacedBy]).toEqual(['valid', 'replaced', now!.id])
  })
})

test('a result comes however long after its signature it is numbered', async () => {
  const person = someone({ personalId: '099199000071' })
  const input = await submissionOf()
  const { dossier } = accepted(await dossiers.submit(person, input, { key: randomUUID(), now: morning }))
  accepted(await act(officer(staff.reception), dossier, { command: 'accept' }))
  await signed(dossier, settle)
  await settle()
  expect((await vault.list(person)).map(({ trust, dossierCode }) => [trust, dossierCode])).toEqual([
    ['issued', dossier.code],
  ])
})

describe('a paper of the vault in a filing', () => {
  test('is used without an upload, with its hash and trust of that moment', async () => {
    const person = await withAccount(someone())
    const item = await anItem(person)
    const paper = await chosen(person, item.id)
    const { dossier } = accepted(await correction(person, [paper]))
    await settle()
    const view = accepted(await dossiers.view(person, dossier.code, { now: morning }))
    expect(view.papers[0]).toMatchObject({
      how: 'vault',
      vaultItemId: item.id,
      trust: 'digitised',
      sha256: item.sha256,
    })
    const use = { itemId: item.id, dossierCode: dossier.code, component: 'evidence', trust: 'digitised' }
    expect(await usesOfDossier(db.pool, dossier.id)).toEqual([expect.objectContaining(use)])
    expect(await usesOfItems(db.pool, [item.id])).toEqual([expect.objectContaining(use)])
  })

  test('of somebody else is refused, even with a copy of the very file', async () => {
    const [person, thief] = [someone(), someone({ personalId: '099199000098' })]
    const item = await anItem(person)
    expect(isRefusal(await vault.take(thief, item.id))).toBe(true)
    const own = await anUpload(thief)
    const forged = { component: 'evidence', fileId: own.fileId, name: 'x.pdf', mediaType: 'application/pdf' }
    for (const sha256 of [item.sha256!, own.sha256])
      expect(
        problemsOf(await correction(thief, [{ ...forged, sha256, source: 'vault', vaultItemId: item.id }])),
      ).toContain('dossiers.vault-unknown')
  })

  test.each([
    ['replaced between choosing and sending', `state = 'replaced'`, 'dossiers.vault-replaced'],
    ['revoked meanwhile', `state = 'revoked'`, 'dossiers.vault-not-valid'],
    ['past its last day', `valid_to = '2026-11-18'`, 'dossiers.vault-not-valid'],
    ['hidden by its owner', 'hidden_at = now()', 'dossiers.vault-not-valid'],
    ['of another kind than asked for', `paper_code = 'KQ.G12.001041'`, 'dossiers.vault-other-paper'],
    ['with other content than was chosen', `sha256 = repeat('ab', 32)`, 'dossiers.vault-replaced'],
  ])('is refused when it is %s', async (_what, change, code) => {
    const person = someone()
    const item = await anItem(person)
    const paper = await chosen(person, item.id)
    await desk.database.pool.query(`update vault.item set ${change} where id = $1`, [item.id])
    expect(problemsOf(await correction(person, [paper]))).toContain(code)
  })

  test('claimed without naming an item, or named as an upload, is refused', async () => {
    const person = someone()
    const item = await anItem(person)
    const { vaultItemId, ...paper } = await chosen(person, item.id)
    expect(problemsOf(await correction(person, [paper]))).toContain('dossiers.vault-unknown')
    const asUpload = { ...paper, vaultItemId, source: 'upload' as const }
    expect(problemsOf(await correction(person, [asUpload]))).toContain('dossiers.vault-unknown')
  })

  test('of an organisation serves its own filings alone', async () => {
    const shop = { code: '8099000077', name: 'Quán Mới', role: 'owner' }
    const person = someone({ organisations: [shop] })
    const file = await anUpload(person)
    const kept = accepted(
      await vault.keepUpload(
        person,
        file,
        {
          name: 'Giấy khai sinh',
          paperCode: 'KQ.G15.000031',
          number: null,
          issuer: null,
          issuedOn: null,
          validTo: null,
        },
        shop.code,
      ),
    )
    const paper = await chosen(person, kept.id)
    expect(problemsOf(await correction(person, [paper]))).toContain('dossiers.vault-unknown')
  })

  test('uploaded although the vault has it is noted', async () => {
    const person = someone()
    await anItem(person)
    const { fileId, sha256, name, mediaType } = await anUpload(person)
    const upload = {
      ...{ component: 'evidence', fileId, sha256, name, mediaType },
      source: 'upload' as const,
    }
    const { dossier } = accepted(await correction(person, [upload]))
    const view = accepted(await dossiers.view(person, dossier.code, { now: morning }))
    expect(view.papers[0]!.how).toBe('upload-known')
  })

  test('that its owner wants to keep is kept once, and not when they did not', async () => {
    const person = await withAccount(someone())
    const upload = async (keep: boolean) => {
      const { fileId, sha256, name, mediaType } = await anUpload(person)
      return {
        ...{ component: 'evidence', fileId, sha256, name, mediaType },
        source: 'upload' as const,
        keep,
      }
    }
    const kept = await upload(true)
    accepted(await correction(person, [kept, await upload(false)]))
    await settle()
    const items = (await vault.list(person)).filter(({ trust }) => trust === 'own-upload')
    expect(items.map(({ sha256 }) => sha256)).toEqual([kept.sha256])
  })
})

describe('reading', () => {
  const opens = async (actor: Actor, id: string, dossierCode?: string) => {
    const opened = await vault.open(actor, id, { dossierCode })
    if (isRefusal(opened)) return opened.code
    opened.stream.destroy()
    return 'opened'
  }

  test('is for the owner, and does not exist for anybody else', async () => {
    const person = someone()
    const item = await anItem(person)
    expect(await opens(person, item.id)).toBe('opened')
    const administrator: Officer = {
      kind: 'officer',
      officerId: 'admin-1',
      name: 'Quản trị',
      posts: [
        { postId: 'p', title: 'Quản trị hệ thống', authorityCode: 'H99', unitCode: 'u', roles: ['admin'] },
      ],
    }
    for (const actor of [
      stranger,
      officer(staff.specialist),
      administrator,
      system,
      { kind: 'anonymous' } as Actor,
    ])
      expect(await opens(actor, item.id)).toBe(vaultRefusals.notFound().code)
    expect(await opens(person, randomUUID())).toBe('vault.not-found')
    expect(await opens(person, "' or 1=1 --")).toBe('vault.not-found')
  })

  test('by a personal id takes more than stating it', async () => {
    const person = someone()
    const item = await anItem(person)
    expect(await opens(someone({ personalId: person.personalId!, assurance: 1 }), item.id)).toBe(
      'vault.not-found',
    )
    expect(await opens(someone({ personalId: person.personalId!, assurance: 2 }), item.id)).toBe('opened')
  })

  test('papers of an organisation takes a role in it that may', async () => {
    const { id } = await keepItem(db.pool, {
      ...{
        owner: { kind: 'organisation', code: '8099000078' },
        name: 'Giấy chứng nhận đăng ký hộ kinh doanh',
      },
      ...{ trust: 'certified-copy', mediaType: 'application/pdf', addedAt: morning },
      ...(await anUpload(stranger).then(({ sha256, fileId, size }) => ({ sha256, fileId, size }))),
    })
    const member = (role: string) => someone({ organisations: [{ code: '8099000078', name: 'X', role }] })
    expect(await opens(member('owner'), id)).toBe('opened')
    expect(await opens(member('accountant'), id)).toBe('vault.not-found')
    expect(await opens(stranger, id)).toBe('vault.not-found')
  })

  test('by an officer takes an open dossier that uses it, and the owner sees it', async () => {
    const person = await withAccount(someone())
    const [used, other] = [await anItem(person), await anItem(person)]
    const { dossier } = accepted(await correction(person, [await chosen(person, used.id)]))
    const clerk = officer(staff.reception)
    expect(await opens(clerk, used.id, dossier.code)).toBe('opened')
    expect(await opens(clerk, used.id)).toBe('vault.not-found')
    expect(await opens(clerk, other.id, dossier.code)).toBe('vault.not-found')
    expect(await opens(officer(staff.elsewhere), used.id, dossier.code)).toBe('vault.not-found')
    const { reads } = accepted(await vault.own(person, used.id))
    expect(reads.map(({ actorName, dossierCode, how }) => ({ actorName, dossierCode, how }))).toEqual([
      { actorName: clerk.name, dossierCode: dossier.code, how: 'opened' },
    ])
    accepted(await act(person, dossier, { command: 'withdraw', reason: 'Không cần nữa' }))
    expect(await opens(clerk, used.id, dossier.code)).toBe('vault.not-found')
  })

  test('ends with the consent for it', async () => {
    const person = someone()
    const item = await anItem(person)
    const partner = someone({ personalId: '099199000097', name: 'Bạn' })
    const consent = {
      withKind: 'person',
      withId: partner.personalId,
      withName: 'Bạn',
      purpose: 'Xem',
      until: '2026-12-31',
    }
    const share = accepted(await vault.share(person, item.id, consent))
    expect(await opens(partner, item.id)).toBe('opened')
    expect((await vault.sharedWith(partner)).map(({ item: { id } }) => id)).toEqual([item.id])
    // Reading is not handing in.
    expect(isRefusal(await vault.take(partner, item.id))).toBe(true)
    expect(isRefusal(await vault.endShare(partner, share.id))).toBe(true)
    expect(await vault.mayRead(partner, item.id)).toBe(true)
    accepted(await vault.endShare(person, share.id))
    expect(await opens(partner, item.id)).toBe('vault.not-found')
    expect(await vault.mayRead(partner, item.id)).toBe(false)
    expect(await vault.endShare(person, share.id)).toEqual(vaultRefusals.shareEnded())
    const { reads } = accepted(await vault.own(person, item.id))
    expect(reads[0]).toMatchObject({ actorName: 'Bạn', purpose: 'Xem', shareId: share.id })
  })

  test('by an authority that it is shared with, until the last day', async () => {
    const person = someone()
    const item = await anItem(person)
    const consent = {
      withKind: 'authority',
      withId: 'H99.12',
      withName: '?',
      purpose: 'Xét hỗ trợ',
      until: '2026-11-19',
    }
    const share = accepted(await vault.share(person, item.id, consent))
    expect(share.withName).toMatch(/Hoa Sen/)
    expect(await opens(officer(staff.reception), item.id)).toBe('opened')
    expect(await opens(officer(staff.elsewhere), item.id)).toBe('vault.not-found')
    const listed = async (who: Officer) => (await vault.sharedWithOffice(who)).map((each) => each.item.id)
    const technician: Officer = {
      ...officer(staff.reception),
      posts: officer(staff.reception).posts.map((post) => ({ ...post, roles: ['admin'] })),
    }
    expect(await listed(officer(staff.reception))).toEqual([item.id])
    expect(await vault.countSharedWithOffice(officer(staff.reception))).toBe(1)
    for (const other of [officer(staff.elsewhere), technician]) {
      expect(await listed(other)).toEqual([])
      expect(await vault.countSharedWithOffice(other)).toBe(0)
      expect(await opens(other, item.id)).toBe('vault.not-found')
    }
    const { reads } = accepted(await vault.own(person, item.id))
    expect(reads[0]).toMatchObject({ how: 'opened', place: 'H99.12', purpose: 'Xét hỗ trợ' })
    await desk.database.pool.query(`update vault.share set until = '2026-11-18' where id = $1`, [share.id])
    expect(await listed(officer(staff.reception))).toEqual([])
    expect(await opens(officer(staff.reception), item.id)).toBe('vault.not-found')
  })

  test.each([
    [{ until: '2026-11-18' }, 'vault.until-past'],
    [{ until: '2029-01-01' }, 'vault.until-too-far'],
    [{ withId: '12' }, 'vault.unknown-receiver'],
    [{ withKind: 'authority', withId: 'H00' }, 'vault.unknown-receiver'],
    [{ purpose: ' ' }, 'vault.invalid-input'],
  ])('is not agreed to with %o', async (changes, code) => {
    const person = someone()
    const item = await anItem(person)
    const good = {
      withKind: 'person',
      withId: '099199000097',
      withName: 'Bạn',
      purpose: 'Xem',
      until: '2026-12-31',
    }
    expect(await vault.share(person, item.id, { ...good, ...changes })).toMatchObject({ code })
    expect(await vault.share(stranger, item.id, good)).toEqual(vaultRefusals.notFound())
  })

  test('what is written down is never changed', async () => {
    for (const change of [
      'update vault.read set actor_name = $1',
      'delete from vault.read where actor_name = $1',
    ])
      await expect(db.pool.query(change, ['x'])).rejects.toThrow(/permission denied/)
  })
})

test('at the counter the officer learns what fits, the owner sees it, and only a reception officer may', async () => {
  const person = someone({ personalId: '099199000055' })
  const item = await anItem(person)
  const clerk = officer(staff.reception)
  expect((await vault.checkAtCounter(clerk, '099199000055', ['KQ.G15.000031'])).map(({ id }) => id)).toEqual([
    item.id,
  ])
  expect(await vault.checkAtCounter(clerk, '099199000055', ['KQ.G12.001041'])).toEqual([])
  expect(await vault.checkAtCounter(officer(staff.leader), '099199000055', ['KQ.G15.000031'])).toEqual([])
  const { reads } = accepted(await vault.own(person, item.id))
  expect(reads.map(({ how, actorName }) => [how, actorName])).toEqual([['offered', clerk.name]])
  const taken = accepted(await vault.takeAtCounter(clerk, '099199000055', item.id))
  expect(taken.file.owner).toEqual({ kind: 'officer', id: clerk.officerId })
  expect(isRefusal(await vault.takeAtCounter(clerk, '099199000056', item.id))).toBe(true)
})

describe('removing', () => {
  test('takes an own upload away, and it can be uploaded again', async () => {
    const person = someone()
    const file = await anUpload(person)
    const upload = {
      name: 'Hợp đồng thuê',
      paperCode: null,
      number: null,
      issuer: null,
      issuedOn: null,
      validTo: null,
    }
    const { id } = accepted(await vault.keepUpload(person, file, upload))
    expect(await vault.remove(stranger, id)).toEqual(vaultRefusals.notFound())
    expect(await vault.remove(person, id)).toBe('removed')
    expect(await vault.open(person, id)).toMatchObject({ code: 'vault.content-gone' })
    expect(accepted(await vault.keepUpload(person, file, upload)).id).toBe(id)
    expect((await findItem(db.pool, id))?.state).toBe('valid')
  })

  const aKept = async (person: Person, text?: string) => {
    const file = await anUpload(person, text)
    const words = { name: 'Hợp đồng thuê', paperCode: 'KQ.G15.000031', number: null, issuer: null }
    const { id } = accepted(await vault.keepUpload(person, file, { ...words, issuedOn: null, validTo: null }))
    return { id, file }
  }
  /** The worker's look at what was removed, some minutes later. */
  const erase = (minutes: number) => {
    const later = new Date(morning.getTime() + minutes * 60_000)
    return eraseRemoved({
      ...{ db, now: () => later, heldFiles: filesHeld },
      removeContent: (sha256) => removeContent(sha256, later),
    })
  }
  // As the composition does it, except that the store is asked about contents put at this very moment of the real clock.
  const removeContent = async (sha256: string, at: Date) => {
    const { rows } = await desk.database.pool.query('select retention.needed($1) as needed', [sha256])
    if (rows[0].needed) return 'needed' as const
    const freshFor = at.getTime() - morning.getTime() < 3_600_000 ? 0 : Date.now() + 60_000
    const outcome = await files.remove(sha256, { unlessPutSince: new Date(freshFor) })
    return outcome === 'fresh' ? undefined : outcome
  }
  const entriesOf = async (id: string) =>
    (await readStream(db.pool, id)).map(({ kind, data }) => [kind, data])
  const removal = async (person: Person, id: string) => accepted(await vault.own(person, id)).removal?.content

  test('erases the content with an entry, once nobody can be sending it any more', async () => {
    const person = someone()
    const { id, file } = await aKept(person)
    const { file: copy } = accepted(await vault.take(person, id))
    await vault.remove(person, id)
    await vault.remove(person, id)
    await erase(1)
    await erase(10)
    expect(await removal(person, id)).toBe('waiting')
    expect(await files.size(file.sha256)).toBeGreaterThan(0)
    await erase(70)
    await erase(71)
    expect(await files.size(file.sha256)).toBeUndefined()
    expect(await findFiles(db.pool, [file.fileId, copy.fileId])).toEqual([])
    expect(await removal(person, id)).toBe('erased')
    expect(await entriesOf(id)).toEqual([
      ['vault.removed', {}],
      ['vault.erased', { outcome: 'erased' }],
    ])
    expect(verifyStream(await readStream(db.pool, id))).toBeUndefined()
  })

  test('leaves a dossier what it holds, and says so', async () => {
    const person = someone({ personalId: '099199000061' })
    const { id, file } = await aKept(person)
    const { dossier } = accepted(await correction(person, [await chosen(person, id)]))
    await vault.remove(person, id)
    await erase(70)
    expect(await removal(person, id)).toBe('held')
    expect(await files.size(file.sha256)).toBeGreaterThan(0)
    const view = accepted(await dossiers.view(officer(staff.reception), dossier.code, { now: morning }))
    const [paper] = view.papers
    expect(isRefusal(await openFile({ db: db.pool, files }, paper!.fileId))).toBe(false)
    expect((await entriesOf(id)).at(-1)).toEqual(['vault.erased', { outcome: 'held' }])
  })

  test('keeps what somebody else has the same of, and what was put back in time', async () => {
    const [one, other] = [someone({ personalId: '099199000062' }), someone({ personalId: '099199000063' })]
    const text = randomUUID()
    const mine = await aKept(one, text)
    const theirs = await aKept(other, text)
    await vault.remove(one, mine.id)
    await erase(70)
    expect(await removal(one, mine.id)).toBe('held')
    expect(isRefusal(await vault.open(other, theirs.id))).toBe(false)
    await vault.remove(other, theirs.id)
    await aKept(other, text)
    await erase(70)
    expect(await removal(other, theirs.id)).toBeUndefined()
    expect(isRefusal(await vault.open(other, theirs.id))).toBe(false)
    expect((await entriesOf(theirs.id)).map(([kind]) => kind)).toEqual(['vault.removed', 'vault.put-back'])
  })

  test('hides what an authority made, and shows it again', async () => {
    const person = someone()
    const item = await anItem(person)
    expect(await vault.remove(person, item.id)).toBe('hidden')
    expect(isRefusal(await vault.open(person, item.id))).toBe(false)
    expect(isRefusal(await vault.take(person, item.id))).toBe(true)
    expect(accepted(await vault.show(person, item.id)).hidden).toBe(false)
    expect(isRefusal(await vault.take(person, item.id))).toBe(false)
  })
})

test('the same paper of the same owner is kept once', async () => {
  const person = someone({ personalId: '099199000044' })
  const owner = { kind: 'person', personId: person.personId, personalId: '099199000044' } as const
  const { sha256, fileId } = await anUpload(person)
  const kept = {
    owner,
    name: 'x',
    trust: 'own-upload' as const,
    mediaType: 'application/pdf',
    sha256,
    fileId,
    addedAt: morning,
  }
  const first = await keepItem(db.pool, kept)
  expect(await keepItem(db.pool, kept)).toEqual({ id: first.id, isNew: false })
  expect((await keepItem(db.pool, { ...kept, paperCode: 'KQ.G15.000031' })).isNew).toBe(true)
  expect(await itemsOf(db.pool, [owner])).toHaveLength(2)
})

test('papers that end in a span of days are told, while they count and their owner wants them', async () => {
  const person = someone({ personalId: '099199000033' })
  const [soon, hidden] = [
    await anItem(person, { validTo: '2026-12-05' }),
    await anItem(person, { validTo: '2026-12-06' }),
  ]
  await anItem(person, { validTo: '2027-12-05' })
  accepted(await vault.remove(person, hidden.id))
  const told = async (from: string, to: string) => (await expiring(db.pool, from, to)).map(({ id }) => id)
  expect(await told('2026-12-01', '2026-12-31')).toEqual([soon.id])
  expect(await told('2026-12-06', '2026-12-31')).toEqual([])
})
