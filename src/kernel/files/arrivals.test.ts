import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accepted } from '../errors.ts'
import { filesOnDisk, type KeyRing, readKeyRing } from '../files.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-arrivals-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const ring = (name: string, byte: number) =>
  readKeyRing(`${name}:${Buffer.alloc(32, byte).toString('base64')}`) as KeyRing
const keys = ring('one', 1)
const piece = 65_536
const content = Buffer.concat([Buffer.from('Giấy chứng sinh của cháu Na. '), randomBytes(3 * piece + 777)])
const open = (sealing?: KeyRing) => filesOnDisk(root, sealing)
const begun = async (files = open(keys)) => {
  const id = randomUUID()
  await files.arrivals.begin(id)
  return id
}
const partOf = (id: string) => join(root, 'incoming', `${id}.part`)
async function* broken(bytes: Buffer) {
  yield bytes
  throw new Error('the line is cut')
}

describe.each([
  ['sealed', keys],
  ['as it is', undefined],
] as const)('content that arrives in parts, %s', (_, sealing) => {
  test.each([1, 1_448, piece - 1, piece, piece + 1, 2 * piece, content.length - 1])(
    'is whole after a break behind %i bytes',
    async (cut) => {
      const files = open(sealing)
      const id = await begun(files)
      await expect(files.arrivals.append(id, broken(content.subarray(0, cut)))).rejects.toThrow('cut')
      expect(await files.arrivals.size(id)).toBe(cut)
      await files.arrivals.append(id, inPackets(content.subarray(cut)))
      const held = accepted(await files.take(id))
      expect(await held.keep()).toBeUndefined()
      expect(content.equals(await buffer((await files.open(held.sha256))!))).toBe(true)
      expect(await files.arrivals.size(id)).toBeUndefined()
    },
  )

  test('goes on after the process ended, from what lies on disk', async () => {
    const id = await begun(open(sealing))
    await open(sealing).arrivals.append(id, inPackets(content.subarray(0, 2 * piece + 99)))
    const files = open(sealing)
    const offset = (await files.arrivals.size(id))!
    // Sealed, what did not fill a piece is asked for again.
    expect(offset).toBe(sealing ? 2 * piece : 2 * piece + 99)
    await files.arrivals.append(id, inPackets(content.subarray(offset)))
    const held = accepted(await files.take(id))
    expect(content.equals(await buffer(held.stream()))).toBe(true)
    await held.discard()
  })
})

test('nothing of what arrives lies readable on disk where content is sealed', async () => {
  const files = open(keys)
  const id = await begun(files)
  await files.arrivals.append(id, inPackets(content))
  const raw = await readFile(partOf(id))
  expect(raw.length).toBeGreaterThan(3 * piece)
  expect(raw.includes('chứng sinh')).toBe(false)
  await files.arrivals.forget(id)
  expect(await readdir(join(root, 'incoming'))).not.toContain(`${id}.part`)
})

test.each([
  ['torn by a crash', async (path: string) => truncate(path, (await stat(path)).size - 5)],
  [
    'changed',
    async (path: string) => {
      const bytes = await readFile(path)
      bytes[300]! ^= 1
      await writeFile(path, bytes)
    },
  ],
])('an arrival %s begins again, and never goes on with what is not ours', async (_, spoil) => {
  const id = await begun()
  await open(keys).arrivals.append(id, inPackets(content))
  await spoil(partOf(id))
  expect(await open(keys).arrivals.size(id)).toBe(0)
})

test('an arrival under a key that is gone begins again', async () => {
  const id = await begun()
  await open(keys).arrivals.append(id, inPackets(content))
  expect(await open(ring('two', 2)).arrivals.size(id)).toBe(0)
})

test('a name that leads elsewhere is no arrival', async () => {
  expect(await open(keys).arrivals.size('../../etc/passwd')).toBeUndefined()
  await expect(open(keys).arrivals.begin('../elsewhere')).rejects.toThrow()
})

async function* inPackets(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 20_000) yield bytes.subarray(at, at + 20_000)
}
