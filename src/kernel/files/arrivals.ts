import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyRing } from './key-ring.ts'
import { headLength, isSealed, keyOf, openNote, Sealer, sealNote, wholePieces } from './seal.ts'
import { WriteThrough } from './write-through.ts'

/**
 * Content that arrives in parts, over several requests. Every part is hashed and sealed as it comes, so that whole
 * content only needs its name. What a process held when it ended is found again on disk: sealed content then stands
 * at its last whole piece, or at nothing where the last write was torn, since a piece is never sealed twice.
 */
export interface Arrivals {
  begin(id: string): Promise<void>
  /** Bytes that are here; undefined for what has not begun. */
  size(id: string): Promise<number | undefined>
  /** Adds bytes behind those that are here, and gives how many there are now. What came before a break is kept. */
  append(id: string, source: AsyncIterable<Uint8Array>): Promise<number>
  forget(id: string): Promise<void>
  /** What is written down about an arrival (name, size, owner), as it may lie on disk: sealed where content is. */
  toNote(id: string, text: string): Buffer
  /** What a note says; undefined when it was changed, is about another arrival, or its key is gone. */
  fromNote(id: string, note: Buffer): string | undefined
}

export interface Arrived {
  path: string
  sha256: string
  size: number
}

/** Where an arrival stands, as long as this process remembers it. */
interface Standing {
  hash: Hash
  sealer: Sealer | undefined
  size: number
  /** Bytes of the file. */
  at: number
  seen: number
  /** Bytes come in right now, so the file says less than this. */
  busy: boolean
}

const idlePeriod = 10 * 60 * 1000
const idPattern = /^[0-9a-z-]{8,64}$/

export function arrivalsIn(
  folder: string,
  keys: KeyRing | undefined,
): Arrivals & { finish(id: string): Promise<Arrived> } {
  const known = new Map<string, Standing>()
  const pathOf = (id: string) => {
    if (!idPattern.test(id)) throw new Error('not the name of an arrival')
    return join(folder, `${id}.part`)
  }

  async function standing(id: string): Promise<Standing | undefined> {
    const found = idPattern.test(id) ? await stat(pathOf(id)).catch(() => undefined) : undefined
    if (!found) {
      known.delete(id)
      return undefined
    }
    let here = known.get(id)
    // Another process may have gone on with it.
    if (!here?.busy && here?.at !== found.size) {
      here = await restored(pathOf(id), id, keys)
      known.set(id, here)
    }
    here!.seen = performance.now()
    return here
  }

  // What nobody goes on with is read again from disk should somebody return.
  function letGo(): void {
    const before = performance.now() - idlePeriod
    for (const [id, { seen, busy }] of known) if (seen < before && !busy) known.delete(id)
  }

  async function write(id: string, work: (file: FileHandle, here: Standing) => Promise<void>) {
    const here = await standing(id)
    if (!here || here.busy) throw new Error(here ? 'bytes come in already' : 'no such arrival')
    const file = await open(pathOf(id), 'r+')
    here.busy = true
    try {
      await work(file, here)
      return here
    } catch (error) {
      // The disk may have taken a part.
      known.delete(id)
      throw error
    } finally {
      here.busy = false
      await file.close()
    }
  }

  return {
    async begin(id) {
      letGo()
      await mkdir(folder, { recursive: true, mode: 0o700 })
      known.set(id, await anew(pathOf(id), id, keys))
    },
    size: async (id) => (await standing(id))?.size,
    async append(id, source) {
      let broken: { error: unknown } | undefined
      const { size } = await write(id, async (file, here) => {
        const through = new WriteThrough(file, here)
        try {
          for await (const chunk of source) await through.push(chunk)
        } catch (error) {
          if (through.failed) throw error
          broken = { error }
        }
        await through.flush()
        here.size += through.size
        here.at = through.at
      })
      if (broken) throw broken.error
      return size
    },
    async finish(id) {
      let sha256 = ''
      const { size } = await write(id, async (file, here) => {
        const through = new WriteThrough(file, here)
        await through.end()
        sha256 = here.hash.digest('hex')
        if (here.sealer) await file.write(here.sealer.head(sha256), 0, headLength, 0)
        await file.sync()
      })
      known.delete(id)
      return { path: pathOf(id), sha256, size }
    },
    toNote: (id, text) => (keys ? sealNote(text, id, keys) : Buffer.from(text)),
    fromNote: (id, note) => (keys ? openNote(note, id, keys) : note.toString()),
    async forget(id) {
      known.delete(id)
      if (idPattern.test(id)) await rm(pathOf(id), { force: true })
    },
  }
}

/** An empty file, with its key in the head where content is sealed; the key is bound to the arrival until it has a hash. */
async function anew(path: string, id: string, keys: KeyRing | undefined): Promise<Standing> {
  const sealer = keys && new Sealer(keys)
  const file = await open(path, 'w', 0o600)
  try {
    if (sealer) await file.write(sealer.head(id), 0, headLength, 0)
  } finally {
    await file.close()
  }
  const at = sealer ? headLength : 0
  return { hash: createHash('sha256'), sealer, size: 0, at, seen: performance.now(), busy: false }
}

async function restored(path: string, id: string, keys: KeyRing | undefined): Promise<Standing> {
  const { size: at } = await stat(path)
  const seen = performance.now()
  const hash = createHash('sha256')
  if (!keys) {
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) hash.update(chunk)
    return { hash, sealer: undefined, size: at, at, seen, busy: false }
  }
  try {
    const head = await headOf(path)
    if (!isSealed(head)) return await anew(path, id, keys)
    const key = keyOf(head, id, keys)
    const raw = createReadStream(path, { start: headLength, highWaterMark: 262_144 })
    let [index, size] = [0, 0]
    for await (const piece of wholePieces(raw, key)) {
      hash.update(piece)
      index++
      size += piece.length
    }
    return { hash, sealer: new Sealer(keys, { key, index }), size, at, seen, busy: false }
  } catch {
    // Torn, changed, already named by its hash, or under a key that is gone: it begins again, under a new key.
    return anew(path, id, keys)
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
