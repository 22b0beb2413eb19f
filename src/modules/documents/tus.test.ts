import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/harness/database.ts'
import { type Db, openDatabase } from '../../kernel/db.ts'
import { refusal } from '../../kernel/errors.ts'
import { filesOnDisk, type KeyRing, readKeyRing } from '../../kernel/files.ts'
import { findFile } from './open-file.ts'
import { tusDirectory, tusRoutes } from './tus.ts'

const database = await testDatabase()
let db: Db
let root: string
let app: Hono
let now = new Date('2026-11-20T01:05:12Z')
const aPdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n')

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-tus-'))
  db = openDatabase(database.url, { role: 'motcua_app' })
  const routes = tusRoutes({
    door: { db: db.pool, files: filesOnDisk(join(root, 'files')), maxBytes: 1_000_000 },
    directory: tusDirectory(root),
    now: () => now,
    // Stands for the session: the test says who asks.
    authorise: async (request) => {
      const id = request.headers.get('x-person')
      return id ? { kind: 'person', id } : refusal('unauthenticated', 'identity.sign-in')
    },
  })
  app = new Hono().route('/files/tus', routes)
})
afterAll(async () => {
  await db.close()
  await rm(root, { recursive: true, force: true })
})

const base64 = (text: string) => Buffer.from(text).toString('base64')
const send = (
  method: string,
  path: string,
  person: string | undefined,
  headers: Record<string, string> = {},
  body?: Uint8Array,
) =>
  app.request(path, {
    method,
    body: body as BodyInit | undefined,
    headers: { 'tus-resumable': '1.0.0', ...(person ? { 'x-person': person } : {}), ...headers },
  })
const create = (person: string | undefined, size: number, name = 'giấy.pdf', more = '') =>
  send('POST', '/files/tus', person, {
    'upload-length': String(size),
    'upload-metadata': `filename ${base64(name)},purpose ${base64('component:1')}${more}`,
  })
const patch = (path: string, person: string, offset: number, part: Uint8Array) =>
  send(
    'PATCH',
    path,
    person,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    part,
  )
const placeOf = (response: Response) =>
  new URL(response.headers.get('location')!, 'http://localhost').pathname

test('an upload broken off is resumed and becomes a file of its owner', async () => {
  const person = randomUUID()
  const path = placeOf(await create(person, aPdf.length))
  expect((await patch(path, person, 0, aPdf.subarray(0, 20))).headers.get('upload-offset')).toBe('20')
  expect((await send('HEAD', path, person)).headers.get('upload-offset')).toBe('20')
  const done = await patch(path, person, 20, aPdf.subarray(20))
  expect(done.status).toBe(204)
  const file = await findFile(db.pool, done.headers.get('motcua-file-id')!)
  expect(file).toMatchObject({
    name: 'giấy.pdf',
    size: aPdf.length,
    owner: { kind: 'person', id: person },
    purpose: 'component:1',
  })
  expect(await readdir(tusDirectory(root))).toEqual([])
})

test('what is not accepted is refused at the end, with the reason', async () => {
  const person = randomUUID()
  const program = Buffer.from('MZ and more')
  const path = placeOf(await create(person, program.length, 'anh.jpg'))
  const answer = await patch(path, person, 0, program)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ code: 'documents.executable', details: { name: 'anh.jpg' } })
})

test('a name that cannot be kept is refused without ending the process', async () => {
  const person = randomUUID()
  const path = placeOf(await create(person, aPdf.length, 'a\u0000.pdf'))
  const answer = await patch(path, person, 0, aPdf)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ code: 'documents.bad-name' })
  // A stream left unread would fail here, with nobody to hear it.
  await new Promise((resolve) => setTimeout(resolve, 50))
})

test('somebody else can neither see, continue nor remove an upload, nor claim it by metadata', async () => {
  const person = randomUUID()
  const stranger = randomUUID()
  const path = placeOf(await create(person, aPdf.length, 'a.pdf', `,owner ${base64(`person:${stranger}`)}`))
  expect((await send('HEAD', path, stranger)).status).toBe(404)
  expect((await patch(path, stranger, 0, aPdf)).status).toBe(404)
  expect((await send('DELETE', path, stranger)).status).toBe(404)
  expect((await send('HEAD', path, person)).status).toBe(200)
})

test('an upload is not read back here', async () => {
  const person = randomUUID()
  const path = placeOf(await create(person, aPdf.length))
  expect((await send('GET', path, person)).status).toBe(404)
})

test('an upload left for more than a day is forgotten when the next one begins', async () => {
  const person = randomUUID()
  const path = placeOf(await create(person, aPdf.length))
  const note = join(tusDirectory(root), `${path.split('/').at(-1)}.json`)
  const begun = JSON.parse(await readFile(note, 'utf8'))
  await writeFile(note, JSON.stringify({ ...begun, creation_date: '2026-01-01T00:00:00.000Z' }))
  now = new Date(now.getTime() + 2 * 60 * 60 * 1000)
  await create(person, aPdf.length)
  expect((await send('HEAD', path, person)).status).toBe(404)
})

test('without a session nothing begins, and nothing over the limit', async () => {
  expect((await create(undefined, 10)).status).toBe(401)
  expect((await create(randomUUID(), 2_000_000)).status).toBe(413)
})

test('what is noted of an upload that has not ended is sealed, and belongs to this upload alone', async () => {
  const keys = readKeyRing(`k:${Buffer.alloc(32, 7).toString('base64')}`) as KeyRing
  const directory = join(root, 'sealed')
  const files = filesOnDisk(join(root, 'sealed-files'), keys)
  const options = { door: { db: db.pool, files }, directory, now: () => now }
  const sealed = new Hono().route(
    '/files/tus',
    tusRoutes({ ...options, authorise: async () => ({ kind: 'person', id: 'Nguyễn Thị Mẫu Đơn' }) }),
  )
  const begin = () =>
    sealed.request('/files/tus', {
      method: 'POST',
      headers: {
        ...{ 'tus-resumable': '1.0.0', 'upload-length': '30' },
        'upload-metadata': `filename ${base64('xác nhận HIV.pdf')}`,
      },
    })
  const [one, other] = [placeOf(await begin()), placeOf(await begin())]
  const noteOf = (place: string) => join(directory, `${place.split('/').at(-1)}.json`)
  const note = await readFile(noteOf(one))
  for (const word of ['HIV', 'filename', base64('xác nhận HIV.pdf'), 'Mẫu'])
    expect(note.includes(word)).toBe(false)
  const head = (place: string) =>
    sealed.request(place, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
  expect((await head(other)).status).toBe(200)
  await writeFile(noteOf(other), note)
  expect((await head(other)).status).toBe(404)
  note[note.length - 1]! ^= 1
  await writeFile(noteOf(one), note)
  expect((await head(one)).status).toBe(404)
})
