import { Readable } from 'node:stream'
import { Zip, ZipPassThrough } from 'fflate'

/** One file of an archive; its content is opened when its turn comes. */
export interface ZipEntry {
  name: string
  open(): Promise<AsyncIterable<Uint8Array>>
}

const encoder = new TextEncoder()

/** Content that is there already. */
export const textEntry = (name: string, text: () => string): ZipEntry => ({
  name,
  open: async () => Readable.from([encoder.encode(text())]),
})

/**
 * An archive as a stream: one file after another, never more than a piece of one in memory. Papers are pictures and
 * PDF, which do not get smaller, so they are stored as they are.
 */
export function zipStream(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>, now: Date): Readable {
  return Readable.from(pieces(entries, now), { objectMode: false })
}

async function* pieces(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  now: Date,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  let broken: Error | null = null
  const zip = new Zip((error, piece) => {
    broken ??= error
    if (piece) ready.push(piece)
  })
  function* flush() {
    if (broken) throw broken
    yield* ready.splice(0)
  }
  for await (const { name, open } of entries) {
    const file = new ZipPassThrough(name)
    file.mtime = now
    zip.add(file)
    for await (const piece of await open()) {
      file.push(piece)
      yield* flush()
    }
    file.push(new Uint8Array(0), true)
    yield* flush()
  }
  zip.end()
  yield* flush()
}

// Names that Windows keeps for devices, whatever the extension.
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * The name of a file in an archive: a plain file name without path, invisible or direction-changing characters, names
 * of devices or tricks, numbered so that no two are the same wherever letters count alike. Pure.
 */
export function entryName(nth: number, raw: string, extension: string): string {
  const plain = raw
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*/\\]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/\.{2,}/g, '.')
    .replace(/^[. ~-]+|[. ]+$/g, '')
  const short = [...plain].slice(0, 100).join('').trim()
  const named = short === '' || devices.test(short) ? `giay-to ${short}`.trim() : short
  return `${String(nth).padStart(3, '0')} ${named}.${extension}`
}
