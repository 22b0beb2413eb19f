import type { Readable } from 'node:stream'

export interface ByteRange {
  start: number
  /** The last byte, as in HTTP ranges. */
  end: number
}

/** Where content lies, as bytes under a name: a folder of this machine, or a bucket of objects. */
export interface Place {
  /** Takes a finished file of this machine over; durable when it resolves, and nothing is there when it refuses. */
  put(name: string, path: string): Promise<void>
  /** Bytes at rest, or undefined when the name stands for nothing. */
  size(name: string): Promise<number | undefined>
  read(name: string, range: ByteRange): Promise<Readable>
  /** Every name that is kept. */
  names(): AsyncIterable<string>
  /** When the name was last put; undefined when it stands for nothing. */
  putAt(name: string): Promise<Date | undefined>
  /** Forgets the name and its bytes; harmless when it stands for nothing. */
  remove(name: string): Promise<void>
  /** Writes over a few bytes where the place can; without it content is copied as a whole. */
  patch?(name: string, offset: number, bytes: Uint8Array): Promise<void>
}
