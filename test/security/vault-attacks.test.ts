import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { accepted } from '../../src/kernel/errors.ts'
import { storeFile } from '../../src/modules/documents/index.ts'
import { keepItem, type Owner } from '../../src/modules/vault/index.ts'
import { anApp } from '../builders/an-app.ts'

const { app, folder, send } = await anApp()
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The Cookie header of somebody who signs in so. */
const signedIn = async (
  subject: string,
  { role, personalId, assurance = 2 }: { role?: string; personalId?: string; assurance?: 1 | 2 } = {},
) =>
  accepted(
    await app.identity.openSessionFor({
      ...{ subject, name: subject, dateOfBirth: '1990-01-01', phone: '0912345678', assurance },
      ...(personalId && { personalId }),
      organisations: role ? [{ code: company, name: 'Công ty Mẫu', role }] : [],
    } as never),
  )
const company = '8099000077'
const number = '099190000077'
const paper = 'Giấy phép của công ty\n'
let made = 0

async function anItem(owner: Owner, content = paper) {
  const by = { kind: 'person' as const, id: '0199d000-0000-7000-8000-0000000000ff' }
  const { mediaType, sha256, size, fileId } = accepted(
    await storeFile({ db: app.db.pool, files: app.files }, [Buffer.from(content)], {
      ...{ name: 'giay.txt', owner: by, purpose: 'vault', now: new Date() },
    }),
  )
  const kept = { owner, name: 'Giấy', trust: 'own-upload' as const, addedAt: new Date() }
  const origin = `test ${++made}`
  return (await keepItem(app.db.pool, { ...kept, mediaType, sha256, size, fileId, origin })).id
}
const ofCompany = { kind: 'organisation', code: company } as const
const ofPerson = { kind: 'person', personId: null, personalId: number } as const
const consent = {
  ...{ withKind: 'person', withId: '099190000088', withName: 'Bạn', purpose: 'Nộp hộ', mayUse: true },
  until: Temporal.Now.plainDateISO('Asia/Ho_Chi_Minh').add({ days: 3 }).toString(),
}

describe('papers of an organisation', () => {
  test('a member whose role has no power over them reads, takes, shares and removes none', async () => {
    const id = await anItem(ofCompany)
    const [boss, member] = [
      await signedIn('boss', { role: 'representative' }),
      await signedIn('member', { role: 'employee' }),
    ]
    expect((await send(`/kho/giay/${id}`, { cookie: boss })).status).toBe(200)
    for (const [method, path, json] of [
      ['GET', `/kho/giay/${id}`, undefined],
      ['GET', `/api/v1/vault/items/${id}`, undefined],
      ['POST', `/api/v1/vault/items/${id}/copies`, undefined],
      ['POST', `/api/v1/vault/items/${id}/shares`, consent],
      ['DELETE', `/api/v1/vault/items/${id}`, undefined],
    ] as const)
      expect([path, (await send(path, { method, cookie: member, ...(json && { json }) })).status]).toEqual([
        path,
        404,
      ])
    for (const path of [
      `/api/v1/vault/items?organisation=${company}`,
      `/api/v1/vault/reads?organisation=${company}`,
    ])
      expect((await send(path, { cookie: member })).status).toBe(403)
    const archive = await send(`/kho/tai-ve.zip?to-chuc=${company}`, { cookie: member })
    expect(Buffer.from(await archive.arrayBuffer()).includes(paper)).toBe(false)
  })

  test('a consent that a member gave is ended by one who has left no more', async () => {
    const id = await anItem(ofCompany)
    const share = await send(`/api/v1/vault/items/${id}/shares`, {
      ...{ method: 'POST', cookie: await signedIn('leaver', { role: 'director' }), json: consent },
    })
    const { id: shareId } = (await share.json()) as { id: string }
    const left = await signedIn('leaver')
    expect((await send(`/api/v1/vault/shares/${shareId}`, { method: 'DELETE', cookie: left })).status).toBe(
      404,
    )
    expect((await send(`/kho/giay/${id}`, { cookie: left })).status).toBe(404)
  })
})

test('who only states a personal number reaches nothing that is kept under it, nor what is shared with it', async () => {
  const [own, shared] = [await anItem(ofPerson), await anItem(ofCompany)]
  const boss = await signedIn('boss', { role: 'representative' })
  const json = { ...consent, withId: number }
  await send(`/api/v1/vault/items/${shared}/shares`, { method: 'POST', cookie: boss, json })
  const proved = await signedIn('proved', { personalId: number })
  const stated = await signedIn('stated', { personalId: number, assurance: 1 })
  for (const id of [own, shared]) {
    expect((await send(`/kho/giay/${id}`, { cookie: proved })).status).toBe(200)
    expect((await send(`/kho/giay/${id}`, { cookie: stated })).status).toBe(404)
  }
  for (const path of ['/api/v1/vault/items', '/api/v1/vault/shared'])
    expect(await (await send(path, { cookie: stated })).json()).toEqual({ items: [] })
})

describe('a download', () => {
  test('gives nothing away by HEAD, by pieces, or to a cache', async () => {
    const id = await anItem(ofPerson)
    const path = `/kho/giay/${id}`
    const proved = await signedIn('proved', { personalId: number })
    const stranger = await signedIn('stranger')
    for (const init of [
      { method: 'HEAD' },
      { headers: { range: 'bytes=0-3' } },
      { headers: { 'if-none-match': '*' } },
    ] as RequestInit[]) {
      expect((await send(path, { ...init, cookie: stranger })).status).toBe(404)
      const answer = await send(path, { ...init, cookie: proved })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
      await answer.body?.cancel()
    }
  })

  test('of everything opens one paper after another, as fast as it is read', async () => {
    const code = '8099000078'
    for (let i = 0; i < 200; i++) await anItem({ kind: 'organisation', code }, `${i} `.repeat(40_000))
    const person = {
      ...{ kind: 'person', personId: '0199d000-0000-7000-8000-0000000000fe', name: 'Chủ', assurance: 2 },
      organisations: [{ code, name: 'Nhiều giấy', role: 'owner' }],
    } as never
    const archive = await app.vault.download(person, code)
    const opened = async () => (await app.vault.reads(person, code)).length
    await archive[Symbol.asyncIterator]().next()
    expect(await opened()).toBeLessThan(10)
    archive.destroy()
    const before = await opened()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await opened()).toBe(before)
  })
})

test('another site makes nobody share or lose a paper', async () => {
  const id = await anItem(ofPerson)
  const cookie = await signedIn('proved', { personalId: number })
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<
    string,
    string
  >[]) {
    const share = { method: 'POST', cookie, json: consent, headers }
    expect((await send(`/api/v1/vault/items/${id}/shares`, share)).status).toBe(403)
    expect((await send(`/api/v1/vault/items/${id}`, { method: 'DELETE', cookie, headers })).status).toBe(403)
  }
  expect((await send(`/kho/giay/${id}`, { cookie })).status).toBe(200)
})

test('the log of reads names an officer and their office, and nothing else of them', async () => {
  const id = await anItem(ofPerson)
  const owner = await signedIn('proved', { personalId: number })
  const officer = await signedIn('officer-hoa-sen-reception-1')
  const { posts } = (await app.identity.resolveActor(
    new Request('http://localhost', { headers: { cookie: officer } }),
  )) as { posts: { authorityCode: string }[] }
  const withOffice = { ...consent, withKind: 'authority', withId: posts[0]!.authorityCode }
  await send(`/api/v1/vault/items/${id}/shares`, { method: 'POST', cookie: owner, json: withOffice })
  expect((await send(`/kho/giay/${id}`, { cookie: officer })).status).toBe(200)
  const { reads } = (await (await send(`/api/v1/vault/items/${id}`, { cookie: owner })).json()) as {
    reads: { by: object }[]
  }
  expect(reads).toHaveLength(1)
  expect(reads[0]!.by).toEqual({ kind: 'officer', name: expect.any(String), place: posts[0]!.authorityCode })
  await send(`/api/v1/vault/items/${id}`, { method: 'DELETE', cookie: owner })
  expect((await send(`/kho/giay/${id}`, { cookie: officer })).status).toBe(404)
})
