import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Sealer } from './seal.ts'
import { passedBytes } from './young-garbage.ts'

/** So much is handed to the disk at once: a write for every packet costs more than the bytes. */
const batchLength = 1_048_576

/** Hashes bytes as they arrive, seals them where there is a sealer, and writes them one after the other. */
export class WriteThrough {
  readonly hash: Hash
  /** Bytes of content so far. */
  size = 0
  /** Where the next bytes go in the file. */
  at: number
  /** The disk did not take something: what is in the file is not known. */
  failed = false
  readonly #file: FileHandle
  readonly #sealer: Sealer | undefined
  #batch: Uint8Array[] = []
  #length = 0
  #writing: Promise<void> | undefined

  constructor(
    file: FileHandle,
    { sealer, at, hash = createHash('sha256') }: { sealer: Sealer | undefined; at: number; hash?: Hash },
  ) {
    this.#file = file
    this.#sealer = sealer
    this.at = at
    this.hash = hash
  }

  async push(chunk: Uint8Array): Promise<void> {
    this.hash.update(chunk)
    this.size += chunk.byteLength
    passedBytes(chunk.byteLength)
    for (const piece of this.#sealer ? this.#sealer.push(chunk) : [chunk]) this.#put(piece)
    if (this.#length >= batchLength) await this.#write()
  }

  /** Seals what waits for the end of the content, and writes it. */
  async end(): Promise<void> {
    for (const piece of this.#sealer?.end() ?? []) this.#put(piece)
    await this.flush()
  }

  async flush(): Promise<void> {
    await this.#write()
    await this.#writing
  }

  // The disk writes one batch while the next one arrives.
  async #write(): Promise<void> {
    await this.#writing
    const [batch, length, at] = [this.#batch, this.#length, this.at]
    this.#batch = []
    this.#length = 0
    this.at += length
    this.#writing = length > 0 ? this.#toDisk(batch, length, at) : undefined
    // Whoever waits next hears of it.
    this.#writing?.catch(() => undefined)
  }

  async #toDisk(batch: Uint8Array[], length: number, at: number): Promise<void> {
    try {
      const { bytesWritten } = await this.#file.writev(batch, at)
      // A disk that fills up takes a part before it refuses.
      if (bytesWritten < length)
        await writeAll(this.#file, Buffer.concat(batch, length).subarray(bytesWritten), at + bytesWritten)
    } catch (error) {
      this.failed = true
      throw error
    }
  }

  #put(piece: Uint8Array): void {
    this.#batch.push(piece)
    this.#length += piece.byteLength
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
}
