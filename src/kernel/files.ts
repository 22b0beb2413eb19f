import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { isRefusal, type Outcome, type Refusal } from './errors.ts'
import { type Arrivals, arrivalsIn } from './files/arrivals.ts'
import { placeOnDisk } from './files/disk.ts'
import type { KeyRing } from './files/key-ring.ts'
import type { ByteRange, Place } from './files/place.ts'
import { FilesProblem, nameProblem, problems } from './files/problems.ts'
import {
  contentSize,
  headLength,
  isSealed,
  keyOf,
  rewrap,
  Sealer,
  sealedSpan,
  unsealed,
} from './files/seal.ts'
import { WriteThrough } from './files/write-through.ts'

export type { Arrivals } from './files/arrivals.ts'
export { type KeyRing, readKeyRing } from './files/key-ring.ts'
export { FilesProblem, nameProblem } from './files/problems.ts'

/** Content as it arrives: a request body, a part of a form, a file. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Content that has arrived whole but is not kept yet, so that it can be looked at first. */
export interface HeldFile {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Up to `length` bytes from `offset`; fewer at the end. */
  read(offset: number, length: number): Promise<Buffer>
  /** All of it, in order. */
  stream(): Readable
  /** Makes the content part of the store; durable when the promise resolves. Refuses when there is no room. */
  keep(): Promise<Refusal | undefined>
  /** Forgets the content; harmless after `keep`. */
  discard(): Promise<void>
}

/**
 * Content-addressed store: content is named by its SHA-256, so equal content is kept once and
 * what a name gives back can be checked. Where it lies and whether it is sealed there is nobody else's business.
 */
export interface Files {
  /** Content that arrives in parts over several requests, until it is taken. */
  arrivals: Arrivals
  /** Content that has arrived in parts; the arrival is no more. */
  take(arrival: string): Promise<Outcome<HeldFile>>
  /** Refuses what is too large, or what there is no room for. */
  receive(source: ByteSource, options: { maxBytes: number }): Promise<Outcome<HeldFile>>
  /**
   * The content, or undefined when the store does not have it. `end` is the last byte, as in HTTP ranges.
   * Throws `FilesProblem` when the store does not answer or no key opens the content.
   */
  open(sha256: string, range?: ByteRange): Promise<Readable | undefined>
  /** Bytes of the content, or undefined when the store does not have it. */
  size(sha256: string): Promise<number | undefined>
  /**
   * Destroys content that nobody needs any more, unless it was put since: then somebody hands in the same bytes right
   * now. A sealed content goes with its key. Says what became of it.
   */
  remove(sha256: string, options: { unlessPutSince: Date }): Promise<'removed' | 'fresh' | 'absent'>
  /** Brings everything under the current key. */
  rotate(): Promise<Rotated>
}

/** What a rotation did: keys wrapped anew, whole contents sealed for the first time, and what could not be opened. */
export interface Rotated {
  rewrapped: number
  sealed: number
  already: number
  unopened: string[]
}

export interface FilesOptions {
  /** Folder of this machine where content waits until it is whole. */
  incoming: string
  place: Place
  /** Without it content lies as it is. */
  keys?: KeyRing | undefined
}

const hashPattern = /^[0-9a-f]{64}$/

/** A store in a folder of this machine. */
export function filesOnDisk(root: string, keys?: KeyRing): Files {
  return filesIn({ incoming: join(root, 'incoming'), place: placeOnDisk(root), keys })
}

/** A store wherever there is a place for it. */
export function filesIn({ incoming, place, keys }: FilesOptions): Files {
  const arrivals = arrivalsIn(incoming, keys)
  const store: Files = {
    arrivals,
    take: (arrival) =>
      arrivals.finish(arrival).then((arrived) => held({ incoming, place, keys }, arrived), nameProblem),
    receive: (source, { maxBytes }) => receive({ incoming, place, keys }, source, maxBytes),
    open: async (sha256, range) => {
      const found = hashPattern.test(sha256) ? await find(place, sha256, keys) : undefined
      return found && streamOf(found, range)
    },
    size: async (sha256) => (hashPattern.test(sha256) ? (await find(place, sha256, keys))?.size : undefined),
    remove: async (sha256, { unlessPutSince }) => {
      const putAt = hashPattern.test(sha256) ? await place.putAt(sha256) : undefined
      if (putAt === undefined) return 'absent'
      if (putAt > unlessPutSince) return 'fresh'
      await place.remove(sha256)
      return 'removed'
    },
    rotate: () => rotate({ incoming, place, keys }),
  }
  return store
}

/** Removes content whose arrival was broken off, by a crash, before `before`; gives how many. Call it at start. */
export async function forgetUnfinished(root: string, before: Date): Promise<number> {
  const incoming = join(root, 'incoming')
  let forgotten = 0
  for (const name of await readdir(incoming).catch(() => [])) {
    const found = await stat(join(incoming, name)).catch(() => undefined)
    if (!found || found.mtime >= before) continue
    await rm(join(incoming, name), { force: true })
    forgotten++
  }
  return forgotten
}

interface Spooled {
  path: string
  sha256: string
  size: number
}

async function receive(
  store: FilesOptions,
  source: ByteSource,
  maxBytes: number,
): Promise<Outcome<HeldFile>> {
  const spooled = await spool(store, source, maxBytes)
  return isRefusal(spooled) ? spooled : held(store, spooled)
}

async function spool(
  { incoming, keys }: FilesOptions,
  source: ByteSource,
  maxBytes: number,
): Promise<Outcome<Spooled>> {
  const path = join(incoming, randomUUID())
  try {
    // What people hand in is nobody's on the machine but ours.
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    const file = await open(path, 'wx', 0o600)
    try {
      const written = await write(file, source, maxBytes, keys)
      if (written !== undefined) {
        await file.sync()
        return { path, ...written }
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    await rm(path, { force: true })
    return nameProblem(error)
  }
  await rm(path, { force: true })
  return problems.tooLarge({ maxBytes })
}

async function write(file: FileHandle, source: ByteSource, maxBytes: number, keys: KeyRing | undefined) {
  const sealer = keys && new Sealer(keys)
  const through = new WriteThrough(file, { sealer, at: sealer ? headLength : 0 })
  for await (const chunk of source) {
    if (through.size + chunk.byteLength > maxBytes) return undefined
    await through.push(chunk)
  }
  await through.end()
  const sha256 = through.hash.digest('hex')
  if (sealer) await file.write(sealer.head(sha256), 0, headLength, 0)
  return { sha256, size: through.size }
}

function held(store: FilesOptions, { path, sha256, size }: Spooled): HeldFile {
  const waiting: Place = {
    ...store.place,
    size: async () => (await stat(path)).size,
    read: async (_, range) => createReadStream(path, { ...range, highWaterMark: 262_144 }),
  }
  let at = waiting
  const read = async (range?: ByteRange) => streamOf((await find(at, sha256, store.keys))!, range)
  return {
    sha256,
    size,
    read: async (offset, length) => {
      if (offset >= size || length === 0) return Buffer.alloc(0)
      return bytesOf(await read({ start: offset, end: Math.min(size, offset + length) - 1 }))
    },
    stream: () => Readable.from(later(() => read())),
    keep: async () => {
      try {
        await store.place.put(sha256, path)
        at = store.place
        return undefined
      } catch (error) {
        await rm(path, { force: true })
        return nameProblem(error)
      }
    },
    discard: () => rm(path, { force: true }),
  }
}

// Opened when it is first read: a stream that nobody reads holds nothing.
async function* later(start: () => Promise<Readable>): AsyncGenerator<Uint8Array> {
  yield* await start()
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

interface Found {
  place: Place
  sha256: string
  /** Bytes of content. */
  size: number
  /** Bytes at rest, and the key of the content, when it is sealed. */
  sealed: { size: number; key: Buffer } | undefined
}

async function find(place: Place, sha256: string, keys: KeyRing | undefined): Promise<Found | undefined> {
  const size = await place.size(sha256)
  if (size === undefined) return undefined
  const head = await headOf(place, sha256, size)
  if (head === undefined) return { place, sha256, size, sealed: undefined }
  const key = keyOf(head, sha256, keys)
  return { place, sha256, size: contentSize(size), sealed: { size, key } }
}

async function headOf(place: Place, name: string, size: number): Promise<Buffer | undefined> {
  if (size < headLength) return undefined
  const head = await bytesOf(await place.read(name, { start: 0, end: headLength - 1 }))
  return isSealed(head) ? head : undefined
}

async function streamOf({ place, sha256, size, sealed }: Found, wanted?: ByteRange): Promise<Readable> {
  const range = { start: wanted?.start ?? 0, end: Math.min(wanted?.end ?? size - 1, size - 1) }
  if (range.end < range.start) return Readable.from([])
  if (!sealed) return place.read(sha256, range)
  const { first, start, end, lastOfAll } = sealedSpan(sealed.size, range)
  const raw = await place.read(sha256, { start, end })
  const plain = unsealed(raw, { key: sealed.key, sha256, first, lastOfAll, range })
  // Bytes, not things: otherwise sixteen pieces count as one full buffer.
  const stream = Readable.from(plain, { objectMode: false })
  // Closed before it was read, as for HEAD, the generator never began and would leave the file open.
  stream.once('close', () => raw.destroy())
  return stream
}

async function rotate({ incoming, place, keys }: FilesOptions): Promise<Rotated> {
  const done: Rotated = { rewrapped: 0, sealed: 0, already: 0, unopened: [] }
  if (!keys) return done
  for await (const name of place.names()) {
    if (!hashPattern.test(name)) continue
    const kind = await rotateOne({ incoming, place, keys }, name, keys).catch(() => 'unopened' as const)
    if (kind === 'unopened') done.unopened.push(name)
    else done[kind]++
  }
  return done
}

async function rotateOne(store: FilesOptions, name: string, keys: KeyRing) {
  const { place } = store
  const head = await headOf(place, name, (await place.size(name)) ?? 0)
  const patches = head && rewrap(head, name, keys)
  if (head && !patches) return 'already' as const
  if (patches && place.patch) {
    for (const { offset, bytes } of patches) await place.patch(name, offset, bytes)
    return 'rewrapped' as const
  }
  const found = (await find(place, name, keys))!
  const copy = await spool(store, await streamOf(found), Number.POSITIVE_INFINITY)
  if (isRefusal(copy)) throw new FilesProblem(copy)
  // Bytes that are not what they were kept as stay for people to look at.
  if (copy.sha256 !== name) {
    await rm(copy.path, { force: true })
    return 'unopened' as const
  }
  await place.put(name, copy.path)
  return head ? ('rewrapped' as const) : ('sealed' as const)
}
