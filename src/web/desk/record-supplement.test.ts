import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepted } from 'motcua/kernel/errors'
import { filesOnDisk } from 'motcua/kernel/files'
import { storeFile } from 'motcua/modules/documents'
import { createVault, findItem, keepItem, readsOf } from 'motcua/modules/vault'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { aDesk, morning, staff } from '../../../test/builders/a-desk.ts'
import type { OpenDossier } from './dossier-source'
import { readSupplement, supplementForm } from './record-supplement'

const folder = mkdtempSync(join(tmpdir(), 'motcua-supplement-'))
const desk = await aDesk()
const { db, dossiers, officer } = desk
const files = filesOnDisk(folder)
const vault = createVault({ db, files, now: () => morning } as Parameters<typeof createVault>[0])
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const personalId = '099199000077'
const reception = officer(staff.reception)

async function anItem() {
  const owner = { kind: 'person', id: 'somebody' }
  const upload = { name: 'giay.jpg', owner, purpose: 'vault', now: morning }
  const jpeg = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer()
  const file = accepted(await storeFile({ db: db.pool, files }, [jpeg], upload))
  const { id } = await keepItem(db.pool, {
    ...{ owner: { kind: 'person', personId: null, personalId }, name: 'Giấy khai sinh', trust: 'issued' },
    ...{ paperCode: 'KQ.G15.000031', mediaType: file.mediaType, sha256: file.sha256, size: file.size },
    ...{ fileId: file.fileId, addedAt: morning },
  })
  return (await findItem(db.pool, id))!
}

/** A dossier of the person that waits for a paper which their vault may have. */
async function asked() {
  const input = await desk.submissionOf('civil-status-change')
  const applicant = { name: 'Nguyễn Thị Kho', personalId, phone: '0912345678' }
  const options = { key: randomUUID(), now: morning }
  const { dossier } = accepted(await dossiers.submit(reception, { ...input, applicant }, options))
  const items = [{ target: { component: 'evidence' }, text: 'Giấy khai sinh' }]
  accepted(await desk.act(reception, dossier, { command: 'requestSupplement', items }))
  return async (by = reception) => {
    const view = accepted(await dossiers.view(by, dossier.code, { now: morning }))
    const app = { db, vault, files, dossiers }
    return { page: { app, now: morning, locale: 'vi' }, officer: by, view } as unknown as OpenDossier
  }
}

const pressed = new URLSearchParams('viec=supplement&kho=1')
const item = await anItem()
const readings = () => readsOf(db.pool, [item.id])

test('the vault of the person at the counter is looked up when the officer says so, and not before', async () => {
  const open = await asked()
  const before = await supplementForm(await open(), new URLSearchParams('viec=supplement'))
  expect(before).toMatchObject({ vaultLooked: false, lookUpHref: '?viec=supplement&kho=1#viec' })
  expect(await readings()).toEqual([])
  const form = await supplementForm(await open(), pressed)
  expect(form.papers).toMatchObject([
    { component: 'evidence', offers: [{ value: `evidence~${item.id}`, checked: true }] },
  ])
  // Its owner sees that it was looked up.
  expect(await readings()).toMatchObject([{ how: 'offered', actorId: reception.officerId }])
})

test('what is chosen is taken into the dossier as the paper of the vault that it is', async () => {
  const open = await asked()
  const posted = new FormData()
  posted.append('vaultSeen', `evidence~${item.id}`)
  posted.append('vault', `evidence~${item.id}`)
  const read = await readSupplement(await open(), posted)
  const act = 'act' in read ? read.act : expect.fail(JSON.stringify(read))
  const { view } = await open()
  const after = accepted(await desk.act(reception, view.dossier, act))
  expect(after.state).toBe('submitted')
  const [paper] = (await open()).view.papers.filter(({ component }) => component === 'evidence')
  expect(paper).toMatchObject({ source: 'vault', sha256: item.sha256 })
})

test('who is no reception of a place that has the dossier is offered nothing', async () => {
  const open = await asked()
  const specialist = officer(staff.specialist)
  expect(await supplementForm(await open(specialist), pressed)).toMatchObject({
    ...{ vaultLooked: false, lookUpHref: null, papers: [{ offers: [] }] },
  })
  const posted = new FormData()
  posted.append('vault', `evidence~${item.id}`)
  expect(await readSupplement(await open(specialist), posted)).toHaveProperty('problems')
  const elsewhere = { ...(await open()), officer: officer(staff.elsewhere) }
  expect(await supplementForm(elsewhere, pressed)).toMatchObject({ vaultLooked: false, lookUpHref: null })
})
