import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { accepted } from '../../src/kernel/errors.ts'
import { storeFile } from '../../src/modules/documents/index.ts'
import { keepItem } from '../../src/modules/vault/index.ts'
import { anApp } from '../builders/an-app.ts'

const { app, folder, send, sessionOf } = await anApp()
const mine = await sessionOf('citizen-1')
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const whoIs = async (cookie: string) => {
  const actor = await app.identity.resolveActor(new Request('http://localhost', { headers: { cookie } }))
  if (actor.kind !== 'person') throw new Error('a citizen is expected')
  return actor
}

async function anItem(): Promise<string> {
  const { personId } = await whoIs(mine)
  const file = accepted(
    await storeFile({ db: app.db.pool, files: app.files }, [Buffer.from('Giấy của tôi\n')], {
      ...{ name: 'giay.txt', owner: { kind: 'person', id: personId }, purpose: 'vault', now: new Date() },
    }),
  )
  const { id } = await keepItem(app.db.pool, {
    ...{
      owner: { kind: 'person', personId, personalId: null },
      name: 'Giấy',
      trust: 'own-upload',
      addedAt: new Date(),
    },
    ...{ mediaType: file.mediaType, sha256: file.sha256, size: file.size, fileId: file.fileId },
  })
  return id
}

test('a paper opens to its owner by every door, and to nobody else by any', async () => {
  const id = await anItem()
  const stranger = await sessionOf('somebody-else', 'Người Khác')
  // Whoever has the same account data but proved nothing more is told apart by the account.
  await app.db.pool.query(
    "update identity.account set personal_id = '099199000091' where subject = 'somebody-else'",
  )
  const doors: [string, RequestInit & { json?: unknown }][] = [
    [`/kho/giay/${id}`, {}],
    [`/api/v1/vault/items/${id}`, {}],
    [`/api/v1/vault/items/${id}/copies`, { method: 'POST' }],
    [
      `/api/v1/vault/items/${id}/shares`,
      {
        method: 'POST',
        json: {
          withKind: 'person',
          withId: '099199000091',
          withName: 'x',
          purpose: 'x',
          until: '2030-01-01',
        },
      },
    ],
    [`/api/v1/vault/items/${id}`, { method: 'DELETE' }],
  ]
  for (const [path, init] of doors) {
    expect((await send(path, { ...init, cookie: stranger })).status, path).toBe(404)
    expect([401, 404], path).toContain((await send(path, init)).status)
  }
  for (const guess of [randomUUID(), '%27', '..%2f..%2fetc%2fpasswd', 'tai-ve'])
    expect((await send(`/kho/giay/${guess}`, { cookie: mine })).status).toBe(404)
  expect(await (await send(`/kho/giay/${id}`, { cookie: mine })).text()).toBe('Giấy của tôi\n')
  const own = (await (await send(`/api/v1/vault/items/${id}`, { cookie: mine })).json()) as {
    reads: unknown[]
  }
  expect(own.reads).toHaveLength(1)
})

test('an archive is for who signed in, and never of an organisation of others', async () => {
  await anItem()
  expect((await send('/kho/tai-ve.zip')).status).toBe(401)
  const whole = await send('/kho/tai-ve.zip', { cookie: mine })
  expect(whole.headers.get('cache-control')).toBe('private, no-store')
  const others = await send('/kho/tai-ve.zip?to-chuc=8099000003', { cookie: mine })
  const [all, none] = await Promise.all([whole.arrayBuffer(), others.arrayBuffer()])
  expect(Buffer.from(all).includes('Giấy của tôi')).toBe(true)
  expect(Buffer.from(none).includes('Giấy của tôi')).toBe(false)
  expect((await send('/api/v1/vault/items?organisation=8099000003', { cookie: mine })).status).toBe(403)
})

test('a copy that was taken by consent opens no longer than the consent', async () => {
  const id = await anItem()
  const friend = await sessionOf('a-friend', 'Bạn')
  await app.db.pool.query(
    "update identity.account set personal_id = '099199000092' where subject = 'a-friend'",
  )
  const consent = {
    withKind: 'person',
    withId: '099199000092',
    withName: 'Bạn',
    purpose: 'Nộp hộ',
    mayUse: true,
  }
  const until = Temporal.Now.plainDateISO('Asia/Ho_Chi_Minh').add({ days: 3 }).toString()
  const path = `/api/v1/vault/items/${id}/shares`
  const share = await send(path, { method: 'POST', cookie: mine, json: { ...consent, until } })
  expect(share.status).toBe(201)
  const copy = await send(`/api/v1/vault/items/${id}/copies`, { method: 'POST', cookie: friend })
  const { fileId } = (await copy.json()) as { fileId: string }
  expect((await send(`/tep/${fileId}`, { cookie: friend })).status).toBe(200)
  const { id: shareId } = (await share.json()) as { id: string }
  await send(`/api/v1/vault/shares/${shareId}`, { method: 'DELETE', cookie: mine })
  expect((await send(`/tep/${fileId}`, { cookie: friend })).status).toBe(404)
})
