import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accepted, isRefusal } from './errors.ts'
import { type Files, filesOnDisk, forgetUnfinished } from './files.ts'

let root: string
let files: Files
const limit = { maxBytes: 1_000_000 }

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-files-'))
  files = filesOnDisk(root)
})
afterAll(() => rm(root, { recursive: true, force: true }))

const read = async (sha256: string, range?: { start: number; end: number }) => {
  const stream = await files.open(sha256, range)
  return stream && buffer(stream)
}

test('content is named by its hash and comes back as it went in', async () => {
  const content = randomBytes(300_000)
  const held = accepted(await files.receive([content.subarray(0, 7), content.subarray(7)], limit))
  expect(held.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  expect(held.size).toBe(content.length)
  await held.keep()
  expect(content.equals((await read(held.sha256))!)).toBe(true)
  expect(await read(held.sha256, { start: 10, end: 19 })).toEqual(content.subarray(10, 20))
})

test.skipIf(process.platform === 'win32')(
  'lies in folders that nobody else on the machine opens',
  async () => {
    const own = filesOnDisk(join(root, 'own'))
    const { sha256, keep } = accepted(await own.receive([Buffer.from('của tôi')], limit))
    await keep()
    for (const folder of ['', 'incoming', sha256.slice(0, 2), join(sha256.slice(0, 2), sha256.slice(2, 4))])
      expect([folder, (await stat(join(root, 'own', folder))).mode & 0o077]).toEqual([folder, 0])
  },
)

test('equal content is kept once', async () => {
  for (let i = 0; i < 2; i++) await accepted(await files.receive([Buffer.from('một')], limit)).keep()
  const sha256 = createHash('sha256').update('một').digest('hex')
  expect((await readdir(join(root, sha256.slice(0, 2), sha256.slice(2, 4)))).length).toBe(1)
})

test('content over the limit is refused and leaves nothing behind', async () => {
  async function* endless() {
    while (true) yield Buffer.alloc(100_000)
  }
  const refused = await files.receive(endless(), limit)
  expect(isRefusal(refused) && refused.code).toBe('files.too-large')
  expect(await readdir(join(root, 'incoming'))).toEqual([])
})

test('a sender who breaks off leaves nothing behind', async () => {
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('connection lost')
  }
  await expect(files.receive(broken(), limit)).rejects.toThrow('connection lost')
  expect(await readdir(join(root, 'incoming'))).toEqual([])
})

test('content that was looked at and not wanted is forgotten', async () => {
  const held = accepted(await files.receive([Buffer.from('no')], limit))
  expect((await held.read(1, 10)).toString()).toBe('o')
  await held.discard()
  expect(await files.open(held.sha256)).toBeUndefined()
})

test('what a crash left half-arrived is forgotten at the next start, what is arriving is not', async () => {
  const old = accepted(await files.receive([Buffer.from('old')], limit))
  const fresh = accepted(await files.receive([Buffer.from('fresh')], limit))
  expect(old.size).toBe(3)
  const names = await readdir(join(root, 'incoming'))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(root, 'incoming', name))).size))
  const path = join(root, 'incoming', names[sizes.indexOf(3)]!)
  await utimes(path, new Date('2026-01-01'), new Date('2026-01-01'))
  expect(await forgetUnfinished(root, new Date('2026-01-02'))).toBe(1)
  await fresh.keep()
  expect((await read(fresh.sha256))!.toString()).toBe('fresh')
})

test.each(['../../etc/passwd', '', 'A'.repeat(64), '0'.repeat(64)])('%s names nothing', async (name) => {
  expect(await files.open(name)).toBeUndefined()
})
