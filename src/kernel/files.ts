import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Outcome, refusal } from './errors.ts'

/** Content as it arrives: a request body, a part of a form, a file. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Content that has arrived whole but is not kept yet, so that it can be looked at first. */
export interface HeldFile {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Path of the temporary copy, for libraries that read files. */
  readonly path: string
  /** Up to `length` bytes from `offset`; fewer at the end. */
  read(offset: number, length: number): Promise<Buffer>
  /** Makes the content part of the store; durable when the promise resolves. */
  keep(): Promise<void>
  /** Forgets the content; harmless after `keep`. */
  discard(): Promise<void>
}

/**
 * Content-addressed store: content is named by its SHA-256, so equal content is kept once and
 * what a name gives back can be checked. A bucket of objects can stand behind the same interface.
 */
export interface Files {
  receive(source: ByteSource, options: { maxBytes: number }): Promise<Outcome<HeldFile>>
  /** The content, or undefined when the store does not have it. `end` is the last byte, as in HTTP ranges. */
  open(sha256: string, range?: { start: number; end: number }): Promise<Readable | undefined>
}

export const filesRefusals = {
  tooLarge: (details: { maxBytes: number }) => refusal('too-large', 'files.too-large', details),
}

const hashPattern = /^[0-9a-f]{64}$/

/** A store in a folder of this machine. */
export function filesOnDisk(root: string): Files {
  const pathOf = (sha256: string) => join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  return {
    receive: (source, options) => receive(join(root, 'incoming'), pathOf, source, options.maxBytes),
    open: async (sha256, range) => {
      if (!hashPattern.test(sha256)) return undefined
      const path = pathOf(sha256)
      return (await exists(path)) ? createReadStream(path, range) : undefined
    },
  }
}

/** Removes content whose arrival was broken off, by a crash, before `before`; gives how many. Call it at start. */
export async function forgetUnfinished(root: string, before: Date): Promise<number> {
  const incoming = join(root, 'incoming')
  let forgotten = 0
  for (const name of await readdir(incoming).catch(() => [])) {
    const { mtime } = await stat(join(incoming, name))
    if (mtime >= before) continue
    await rm(join(incoming, name), { force: true })
    forgotten++
  }
  return forgotten
}

async function receive(
  incoming: string,
  pathOf: (sha256: string) => string,
  source: ByteSource,
  maxBytes: number,
): Promise<Outcome<HeldFile>> {
  await mkdir(incoming, { recursive: true })
  const path = join(incoming, randomUUID())
  const file = await open(path, 'wx', 0o600)
  try {
    const written = await write(file, source, maxBytes)
    if (written === undefined) {
      await rm(path, { force: true })
      return filesRefusals.tooLarge({ maxBytes })
    }
    await file.sync()
    return held(path, written, pathOf(written.sha256))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function write(file: FileHandle, source: ByteSource, maxBytes: number) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of source) {
    size += chunk.byteLength
    if (size > maxBytes) return undefined
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  return { sha256: hash.digest('hex'), size }
}

function held(path: string, { sha256, size }: { sha256: string; size: number }, home: string): HeldFile {
  let at = path
  return {
    sha256,
    size,
    path,
    read: (offset, length) => readPart(at, offset, length),
    keep: async () => {
      await moveDurably(path, home)
      at = home
    },
    discard: () => rm(path, { force: true }),
  }
}

async function readPart(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

// The rename is durable only once the folder that holds the name is on disk too.
async function moveDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  for (const folder of [dirname(to), dirname(dirname(to))]) await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the rename itself is what can be had.
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
