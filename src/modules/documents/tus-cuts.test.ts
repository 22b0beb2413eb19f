import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Db, openDatabase } from '../../kernel/db.ts'
import { accepted } from '../../kernel/errors.ts'
import { type Files, filesOnDisk } from '../../kernel/files.ts'
import { openFile } from './open-file.ts'
import { tusDirectory, tusRoutes } from './tus.ts'

const database = await testDatabase()
let db: Db
let root: string
let files: Files
let server: ReturnType<typeof serve>
let port: number

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-cuts-'))
  db = openDatabase(database.url, { role: 'motcua_app' })
  files = filesOnDisk(join(root, 'files'))
  const routes = tusRoutes({
    door: { db: db.pool, files, maxBytes: 50_000_000 },
    directory: tusDirectory(root),
    now: () => new Date(),
    authorise: async (request) => ({ kind: 'person', id: request.headers.get('x-person') ?? '' }),
  })
  const app = new Hono().route('/files/tus', routes)
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve())
  })
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.close()
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const size = 300_000
const content = Buffer.concat([
  Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n'),
  randomBytes(size),
  Buffer.from('\nstartxref\n0\n%%EOF\n'),
])
const person = randomUUID()
const base = () => `http://127.0.0.1:${port}`
const headers = { 'tus-resumable': '1.0.0', 'x-person': person }

async function begin(): Promise<string> {
  const named = { 'upload-length': String(content.length), 'upload-metadata': `filename ${btoa('a.pdf')}` }
  const answer = await fetch(`${base()}/files/tus`, { method: 'POST', headers: { ...headers, ...named } })
  return new URL(answer.headers.get('location')!, base()).pathname
}

async function offsetOf(path: string, who = person): Promise<number | undefined> {
  const answer = await fetch(`${base()}${path}`, { method: 'HEAD', headers: { ...headers, 'x-person': who } })
  return answer.ok ? Number(answer.headers.get('upload-offset')) : undefined
}

/** Promises the rest of the file, sends only so many bytes and cuts the line. */
function sendAndCut(path: string, offset: number, length: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const head = [
        `PATCH ${path} HTTP/1.1`,
        'host: localhost',
        'tus-resumable: 1.0.0',
        `x-person: ${person}`,
        `upload-offset: ${offset}`,
        'content-type: application/offset+octet-stream',
        `content-length: ${content.length - offset}`,
      ]
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      socket.write(content.subarray(offset, offset + length), () => setTimeout(() => socket.destroy(), 60))
    })
    socket.once('error', reject)
    socket.once('close', () => resolve())
  })
}

async function sendRest(path: string, offset: number, end = content.length) {
  return fetch(`${base()}${path}`, {
    method: 'PATCH',
    headers: {
      ...headers,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: content.subarray(offset, end),
  })
}

// The first byte, around a packet, around the buffers on the way, in the middle and right before the end.
const cuts = [0, 1, 1_447, 1_448, 16_383, 16_384, 65_535, 65_536, 65_537, size >> 1, content.length - 1]

/** Where the server stands once it has noticed that the line is cut: it may have less than was sent, never more. */
async function settledOffset(path: string): Promise<number> {
  let known = -1
  for (let now = await offsetOf(path); now !== known; now = await offsetOf(path)) {
    known = now!
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return known
}

test.each(cuts)(
  'cut after %i bytes, an upload goes on where it stopped and nothing of it is lost',
  async (cut) => {
    const path = await begin()
    await sendAndCut(path, 0, cut)
    const offset = await settledOffset(path)
    expect(offset).toBeLessThanOrEqual(cut)
    // In between, somebody else finds nothing to go on with.
    expect(await offsetOf(path, randomUUID())).toBeUndefined()
    const done = await sendRest(path, offset)
    expect(done.status).toBe(204)
    const opened = accepted(await openFile({ db: db.pool, files }, done.headers.get('motcua-file-id')!))
    expect(content.equals(await buffer(opened.stream))).toBe(true)
  },
)

test('cut again and again, it still arrives whole', async () => {
  const path = await begin()
  for (let i = 0; i < 6; i++) await sendAndCut(path, await settledOffset(path), 40_000)
  const offset = await settledOffset(path)
  expect(offset).toBeGreaterThan(0)
  const done = await sendRest(path, offset)
  const opened = accepted(await openFile({ db: db.pool, files }, done.headers.get('motcua-file-id')!))
  expect(content.equals(await buffer(opened.stream))).toBe(true)
})

test('a part that says it begins elsewhere is refused, and the upload stays as it was', async () => {
  const path = await begin()
  await sendRest(path, 0, 1000)
  expect((await sendRest(path, 500)).status).toBe(409)
  expect((await sendRest(path, 5000)).status).toBe(409)
  expect(await offsetOf(path)).toBe(1000)
})
