import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accepted } from '../errors.ts'
import { type Files, filesIn, type KeyRing, readKeyRing } from '../files.ts'
import { placeOnS3 } from './s3.ts'

let folder: string
let server: { run(): Promise<AddressInfo>; close(): Promise<void> }
let endpoint: string
const keys = readKeyRing(`k:${randomBytes(32).toString('base64')}`) as KeyRing

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-s3-'))
  server = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 'buckets') },
    configureBuckets: [{ name: 'papers', configs: [] }],
  })
  endpoint = `http://127.0.0.1:${(await server.run()).port}`
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const settings = () => ({
  ...{ endpoint, region: 'us-east-1', bucket: 'papers', accessKey: 'S3RVER', secretKey: 'S3RVER' },
})
const store = (changes: object = {}, ring?: KeyRing): Files =>
  filesIn({
    incoming: join(folder, 'incoming'),
    place: placeOnS3({ ...settings(), ...changes }),
    keys: ring,
  })

test.each([
  ['small', 1000, undefined],
  ['in parts', 20_000_000, undefined],
  ['small and sealed', 1000, keys],
  ['in parts and sealed', 20_000_000, keys],
])('content %s comes back from a bucket, whole and in part', async (_, size, ring) => {
  const files = store({}, ring)
  const content = randomBytes(size)
  const held = accepted(await files.receive([content], { maxBytes: 30_000_000 }))
  expect(await held.keep()).toBeUndefined()
  expect(held.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  expect(content.equals(await buffer((await files.open(held.sha256))!))).toBe(true)
  const range = { start: size - 700, end: size - 3 }
  expect((await buffer((await files.open(held.sha256, range))!)).equals(content.subarray(-700, -2))).toBe(
    true,
  )
  expect(await files.size(held.sha256)).toBe(size)
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})

test('a name that the bucket does not have stands for nothing', async () => {
  expect(await store().open('0'.repeat(64))).toBeUndefined()
})

test('what lies in a bucket is sealed by a rotation', async () => {
  const content = randomBytes(100_000)
  const held = accepted(await store().receive([content], { maxBytes: 1_000_000 }))
  await held.keep()
  const { sealed, unopened } = await store({}, keys).rotate()
  expect({ some: sealed > 0, unopened }).toEqual({ some: true, unopened: [] })
  expect(content.equals(await buffer((await store({}, keys).open(held.sha256))!))).toBe(true)
  await expect(store().open(held.sha256)).rejects.toThrow('files.wrong-key')
})

test.each([
  ['does not answer', { endpoint: 'http://127.0.0.1:9' }],
  ['knows no such bucket', { bucket: 'nobody' }],
])('a service that %s is a named refusal, and nothing half is kept', async (_, changes) => {
  const files = store(changes)
  const held = accepted(await files.receive([randomBytes(20_000_000)], { maxBytes: 30_000_000 }))
  expect(await held.keep()).toMatchObject({ kind: 'unavailable', code: 'files.unavailable' })
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
  expect(await store().open(held.sha256)).toBeUndefined()
})

test('a service that went away says so when content is opened', async () => {
  await expect(store({ endpoint: 'http://127.0.0.1:9' }).open('0'.repeat(64))).rejects.toMatchObject({
    refusal: { code: 'files.unavailable' },
  })
})
