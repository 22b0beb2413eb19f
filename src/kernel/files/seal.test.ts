import { createHash, randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accepted } from '../errors.ts'
import { type Files, filesOnDisk, type KeyRing, readKeyRing } from '../files.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'motcua-sealed-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const aKey = (name: string) => `${name}:${randomBytes(32).toString('base64')}`
const ring = (...keys: string[]) => readKeyRing(keys.join(',')) as KeyRing
const [older, newer] = [aKey('2025'), aKey('2026')]

async function keep(files: Files, content: Buffer): Promise<string> {
  // In chunks that fit no piece.
  const chunks = Array.from({ length: Math.ceil(content.length / 50_001) }, (_, i) =>
    content.subarray(i * 50_001, (i + 1) * 50_001),
  )
  const held = accepted(await files.receive(chunks, { maxBytes: 10_000_000 }))
  expect(await held.keep()).toBeUndefined()
  return held.sha256
}
const pathOf = (folder: string, name: string) => join(folder, name.slice(0, 2), name.slice(2, 4), name)
const read = async (files: Files, name: string, range?: { start: number; end: number }) =>
  buffer((await files.open(name, range))!)

describe('sealed content', () => {
  const piece = 65_536
  test.each([1, 255, 256, piece - 1, piece, piece + 1, 2 * piece, 300_000])('%i bytes', async (size) => {
    const files = filesOnDisk(join(root, `size-${size}`), ring(newer))
    const content = randomBytes(size)
    const name = await keep(files, content)
    expect(name).toBe(createHash('sha256').update(content).digest('hex'))
    expect(content.equals(await read(files, name))).toBe(true)
    expect(await files.size(name)).toBe(size)
    const atRest = await readFile(pathOf(join(root, `size-${size}`), name))
    if (size > 16) expect(atRest.includes(content.subarray(0, 16))).toBe(false)
    const ranges = [0, 1, size >> 1, size - 1, piece - 1, piece].filter((start) => start < size)
    for (const start of ranges)
      for (const end of [start, start + 10, start + piece, size - 1])
        expect((await read(files, name, { start, end })).equals(content.subarray(start, end + 1))).toBe(true)
  })

  test('can be read before it is kept', async () => {
    const files = filesOnDisk(join(root, 'held'), ring(newer))
    const content = randomBytes(200_000)
    const held = accepted(await files.receive([content], { maxBytes: 1_000_000 }))
    expect((await held.read(70_000, 10)).equals(content.subarray(70_000, 70_010))).toBe(true)
    expect(content.equals(await buffer(held.stream()))).toBe(true)
    await held.discard()
    expect(await files.open(held.sha256)).toBeUndefined()
  })

  test('that was kept before there were keys still opens', async () => {
    const folder = join(root, 'before')
    const content = randomBytes(100_000)
    const name = await keep(filesOnDisk(folder), content)
    expect(content.equals(await read(filesOnDisk(folder, ring(newer)), name))).toBe(true)
  })

  test('opens with no other key, and says so by name', async () => {
    const folder = join(root, 'wrong')
    const name = await keep(filesOnDisk(folder, ring(older)), randomBytes(1000))
    const sameName = ring(aKey('2025'))
    for (const keys of [ring(newer), sameName, undefined])
      await expect(filesOnDisk(folder, keys).open(name)).rejects.toMatchObject({
        refusal: { kind: 'unavailable', code: 'files.wrong-key', details: { sha256: name, keys: ['2025'] } },
      })
  })

  test.each([
    ['a changed byte', (bytes: Buffer) => bytes.fill(bytes[70_000]! ^ 1, 70_000, 70_001)],
    ['a cut at a piece', (bytes: Buffer) => bytes.subarray(0, 256 + 65_552)],
    ['a cut anywhere', (bytes: Buffer) => bytes.subarray(0, -5)],
    [
      'pieces that changed places',
      (bytes: Buffer) =>
        Buffer.concat([
          bytes.subarray(0, 256),
          bytes.subarray(256 + 65_552, 256 + 2 * 65_552),
          bytes.subarray(256, 256 + 65_552),
          bytes.subarray(256 + 2 * 65_552),
        ]),
    ],
  ])('with %s breaks off by name', async (_, change) => {
    const folder = join(root, 'changed')
    const files = filesOnDisk(folder, ring(newer))
    const name = await keep(files, randomBytes(200_000))
    const path = pathOf(folder, name)
    await writeFile(path, change(await readFile(path)))
    await expect(read(files, name)).rejects.toMatchObject({ refusal: { code: 'files.damaged' } })
  })

  test('put in the place of another is not taken for it', async () => {
    const folder = join(root, 'moved')
    const files = filesOnDisk(folder, ring(newer))
    const [mine, yours] = [await keep(files, randomBytes(1000)), await keep(files, randomBytes(1000))]
    await copyFile(pathOf(folder, yours), pathOf(folder, mine))
    await expect(files.open(mine)).rejects.toMatchObject({ refusal: { code: 'files.wrong-key' } })
  })
})

describe('rotation', () => {
  test('brings all under the new key, after which the old one is not needed', async () => {
    const folder = join(root, 'rotated')
    const contents = [randomBytes(1000), randomBytes(200_000), randomBytes(70_000)]
    const names = [
      await keep(filesOnDisk(folder), contents[0]!),
      await keep(filesOnDisk(folder, ring(older)), contents[1]!),
      await keep(filesOnDisk(folder, ring(newer, older)), contents[2]!),
    ]
    const both = filesOnDisk(folder, ring(newer, older))
    expect(await both.rotate()).toEqual({ rewrapped: 1, sealed: 1, already: 1, unopened: [] })
    expect(await both.rotate()).toEqual({ rewrapped: 0, sealed: 0, already: 3, unopened: [] })
    const after = filesOnDisk(folder, ring(newer))
    for (const [i, name] of names.entries()) expect(contents[i]!.equals(await read(after, name))).toBe(true)
    await expect(filesOnDisk(folder, ring(older)).open(names[1]!)).rejects.toThrow('files.wrong-key')
  })

  test('broken off between the two slots leaves content that opens with either key', async () => {
    const folder = join(root, 'half')
    const content = randomBytes(1000)
    const name = await keep(filesOnDisk(folder, ring(older)), content)
    const before = await readFile(pathOf(folder, name))
    await filesOnDisk(folder, ring(newer, older)).rotate()
    const after = await readFile(pathOf(folder, name))
    // The old slot as it was, the new one written: what a crash in between leaves.
    await writeFile(
      pathOf(folder, name),
      Buffer.concat([before.subarray(0, 84), after.subarray(84, 160), before.subarray(160)]),
    )
    for (const keys of [ring(older), ring(newer)])
      expect(content.equals(await read(filesOnDisk(folder, keys), name))).toBe(true)
    expect(await filesOnDisk(folder, ring(newer, older)).rotate()).toMatchObject({ rewrapped: 1 })
    await expect(filesOnDisk(folder, ring(older)).open(name)).rejects.toThrow('files.wrong-key')
  })

  test('names what no key opens and goes on', async () => {
    const folder = join(root, 'lost')
    const name = await keep(filesOnDisk(folder, ring(older)), randomBytes(10))
    await keep(filesOnDisk(folder), randomBytes(10))
    expect(await filesOnDisk(folder, ring(newer)).rotate()).toMatchObject({ sealed: 1, unopened: [name] })
  })
})

test.each([
  ['', 'name:base64'],
  ['a:c2hvcnQ=', '32 bytes'],
  [`${newer},${newer}`, 'twice'],
  ['a b:xx', 'name:base64'],
])('a ring written as %j is refused without repeating a key', (text, why) => {
  expect(readKeyRing(text)).toMatchObject({ wrong: expect.stringContaining(why) })
})
