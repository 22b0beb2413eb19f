import { readdirSync, readlinkSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { storeFile } from '../../src/modules/documents/index.ts'
import { anApp } from '../builders/an-app.ts'

const installation = await anApp()
const { app, folder, send, sessionOf } = installation
const citizen = await sessionOf('citizen-1')
const officer = await sessionOf('officer-hoa-sen-reception-1')
afterAll(() => installation.close())

const post = (path: string, headers: Record<string, string>) =>
  send(path, { method: 'POST', cookie: citizen, json: { ids: 'all' }, headers })

describe('a request that another site makes a browser send', () => {
  const foreign: [string, Record<string, string>][] = [
    ['names another origin', { origin: 'https://evil.example' }],
    ['names no origin that can be told', { origin: 'null' }],
    ['is marked as cross-site, whatever origin it names', { 'sec-fetch-site': 'cross-site' }],
    ['comes from a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }],
    ['carries a token that is none', { origin: 'https://evil.example', authorization: 'Bearer x' }],
  ]
  test.each(foreign)('changes nothing when it %s', async (_, headers) => {
    expect([401, 403]).toContain((await post('/api/v1/messages/read', headers)).status)
  })

  test('begins no upload and ends no session', async () => {
    const headers = { origin: 'https://evil.example', 'tus-resumable': '1.0.0', 'upload-length': '5' }
    expect((await post('/files/tus', headers)).status).toBe(403)
    expect((await post('/dang-xuat', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await send('/api/v1/messages', { cookie: citizen })).status).toBe(200)
  })

  test('may not read an answer: no origin but ours is ever named', async () => {
    for (const path of ['/api/v1/messages', '/files/tus', '/api/v1/openapi.json']) {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
      for (const method of ['GET', 'OPTIONS'])
        expect((await send(path, { method, headers })).headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

test('what the API says stays in no cache and is taken for nothing else', async () => {
  for (const path of ['/api/v1/messages', '/api/v1/nothing', '/api/v1/dossiers/H99.12-261119-00001']) {
    const { headers } = await send(path, { cookie: citizen })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('the queue is for officers, messages are for people, and nothing of it is for strangers', async () => {
  const status = async (path: string, cookie?: string) =>
    (await send(path, { ...(cookie && { cookie }) })).status
  expect(await status('/api/v1/queue', officer)).toBe(200)
  expect(await status('/api/v1/queue', citizen)).toBe(403)
  expect(await status('/api/v1/queue')).toBe(401)
  expect(await status('/api/v1/messages', officer)).toBe(403)
})

test('a cookie that was changed, or whose session has ended, opens nothing', async () => {
  const cookie = await sessionOf('citizen-2')
  expect((await send('/api/v1/messages', { cookie })).status).toBe(200)
  expect((await send('/api/v1/messages', { cookie: `${cookie.slice(0, -2)}AA` })).status).toBe(401)
  const answer = await send('/dang-xuat', { method: 'POST', cookie })
  expect(answer.headers.get('set-cookie')).toMatch(/Max-Age=0.*HttpOnly.*SameSite=Lax/)
  expect((await send('/api/v1/messages', { cookie })).status).toBe(401)
})

describe('a file', () => {
  const text = Buffer.from('một dòng chữ\n'.repeat(100_000))
  const stored = async (subject: string) => {
    const actor = await app.identity.resolveActor(
      new Request('http://localhost', { headers: { cookie: await sessionOf(subject) } }),
    )
    if (actor.kind !== 'person') throw new Error('a citizen is expected')
    const owner = { kind: 'person', id: actor.personId }
    const upload = { name: 'chu.txt', owner, purpose: 'upload', now: new Date() }
    const file = await storeFile({ db: app.db.pool, files: app.files }, [text], upload)
    if ('refused' in file) throw new Error(file.code)
    return file
  }
  const openFiles = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
      } catch {
        return false
      }
    }).length

  test('opens to its owner, and to a stranger it does not exist', async () => {
    const { fileId } = await stored('citizen-1')
    const mine = await send(`/tep/${fileId}`, { cookie: citizen })
    expect((await mine.text()).length).toBeGreaterThan(1000)
    // The next person at a shared computer finds nothing of it.
    expect(mine.headers.get('cache-control')).toBe('private, no-store')
    for (const cookie of [await sessionOf('citizen-3'), officer, undefined])
      expect((await send(`/tep/${fileId}`, { ...(cookie && { cookie }) })).status).toBe(404)
  })

  test.skipIf(process.platform !== 'linux')('asked for by HEAD is closed again', async () => {
    const { fileId } = await stored('citizen-1')
    for (let i = 0; i < 20; i++)
      expect((await send(`/tep/${fileId}`, { method: 'HEAD', cookie: citizen })).status).toBe(200)
    await expect.poll(openFiles).toBe(0)
  })
})

test('one address holds no more than a few streams of events, and gets them back when they end', async () => {
  const open = await Promise.all(Array.from({ length: 40 }, () => send('/so-lieu/su-kien')))
  const streams = open.filter(({ status }) => status === 200)
  expect(streams).toHaveLength(30)
  expect(open.filter(({ status }) => status === 429)).toHaveLength(10)
  await Promise.all(streams.map(({ body }) => body?.cancel()))
  await expect
    .poll(
      async () => {
        const again = await send('/so-lieu/su-kien')
        await again.body?.cancel()
        return again.status
      },
      { timeout: 10_000 },
    )
    .toBe(200)
  expect((await send('/so-lieu/su-kien', { method: 'HEAD' })).status).toBe(200)
})
