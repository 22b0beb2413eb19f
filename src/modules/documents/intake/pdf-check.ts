import { inflateSync } from 'node:zlib'
import type { HeldFile } from '../../../kernel/files.ts'

/** Why a PDF is not taken: the person can mend each. */
export type PdfFault = 'pdf-encrypted' | 'pdf-script' | 'pdf-launches' | 'pdf-xfa' | 'pdf-bomb' | 'damaged'
/** What officers should know about a PDF that is kept as it is. */
export type PdfNote = 'pdf-attachments' | 'pdf-sends-data' | 'pdf-other-files' | 'pdf-media' | 'pdf-signed'

export interface PdfFindings {
  fault: PdfFault | undefined
  notes: PdfNote[]
}

type Content = Pick<HeldFile, 'size' | 'read' | 'stream'>

const windowLength = 262_144
/** A name that a window cuts through is seen whole in the next one. */
const overlap = 4_096
const packedLimit = 8_000_000
const unpackedLimit = 32_000_000
const objectStreamLimit = 2_000

const faults: Record<string, PdfFault> = {
  Encrypt: 'pdf-encrypted',
  JavaScript: 'pdf-script',
  Launch: 'pdf-launches',
  XFA: 'pdf-xfa',
}
const notes: Record<string, PdfNote> = {
  EmbeddedFile: 'pdf-attachments',
  EmbeddedFiles: 'pdf-attachments',
  SubmitForm: 'pdf-sends-data',
  ImportData: 'pdf-sends-data',
  GoToR: 'pdf-other-files',
  GoToE: 'pdf-other-files',
  RichMedia: 'pdf-media',
  Rendition: 'pdf-media',
  Movie: 'pdf-media',
  Sound: 'pdf-media',
  ByteRange: 'pdf-signed',
}
const namePattern = /\/((?:[^\s()<>[\]{}/%\0]){1,60})/g
const longestName = 120
/** Bytes that end a name. */
const ends = new Uint8Array(256)
for (const byte of Buffer.from('\t\n\v\f\r \xa0()<>[]{}/%\0', 'latin1')) ends[byte] = 1
const [slash, hashSign] = [0x2f, 0x23]
/** First letters and lengths of names that matter: nothing else is made a string of, among millions of bytes. */
const meaningful = [...Object.keys(faults), ...Object.keys(notes)]
const firsts = new Uint8Array(256)
for (const name of meaningful) firsts[name.charCodeAt(0)] = 1
const lengths = new Set(meaningful.map((name) => name.length))
const streamWord = Buffer.from('stream')
const endWord = Buffer.from('end')

/**
 * Looks for what a paper has no need of: programs, actions, other files, locks. Names are looked for in every byte,
 * in packed objects too and also written in hex: where a stream begins is what a forged file lies about. They are
 * long enough that packed pictures do not hold one by chance.
 */
export async function checkPdf(file: Content): Promise<PdfFindings> {
  const tail = (await file.read(Math.max(0, file.size - 2_048), 2_048)).toString('latin1')
  if (!tail.includes('%%EOF') || !tail.includes('startxref')) return { fault: 'damaged', notes: [] }
  const found = new Set<string>()
  let objectStreams = 0
  for await (const { at, bytes } of windows(file)) {
    collectNames(bytes, found)
    for (const start of objectStreamsIn(bytes)) {
      if (++objectStreams > objectStreamLimit) return { fault: 'pdf-bomb', notes: [] }
      const objects = inflated(await file.read(at + start, packedLimit))
      if (objects === 'bomb') return { fault: 'pdf-bomb', notes: [] }
      collectNames(objects, found)
    }
  }
  return judged(found)
}

/** The content in order, each window with the end of the one before it; the next one overwrites it. */
async function* windows(file: Content): AsyncGenerator<{ at: number; bytes: Buffer }> {
  const window = Buffer.allocUnsafe(overlap + windowLength)
  let [at, before] = [0, 0]
  for await (const chunk of file.stream() as AsyncIterable<Buffer>)
    for (let from = 0; from < chunk.length; from += windowLength) {
      const taken = chunk.copy(window, before, from, from + windowLength)
      const length = before + taken
      yield { at: at - before, bytes: window.subarray(0, length) }
      at += taken
      before = Math.min(overlap, length)
      window.copyWithin(0, length - before, length)
    }
}

/** Names that matter, and what those written with hex mean. */
function collectNames(bytes: Buffer, found: Set<string>): void {
  for (let at = bytes.indexOf(slash); at !== -1; at = bytes.indexOf(slash, at + 1)) {
    const limit = Math.min(bytes.length, at + 1 + longestName)
    let end = at + 1
    let hex = false
    for (; end < limit && ends[bytes[end]!] === 0; end++) hex ||= bytes[end] === hashSign
    if (!hex && (firsts[bytes[at + 1]!] === 0 || !lengths.has(end - at - 1))) continue
    const name = bytes.toString('latin1', at + 1, end)
    found.add(hex ? meant(name) : name)
  }
}

function judged(found: ReadonlySet<string>): PdfFindings {
  const names = [...found]
  return {
    fault: names.map((name) => faults[name]).find(Boolean),
    notes: [...new Set(names.flatMap((name) => notes[name] ?? []))].sort(),
  }
}

/** What a name means: `/J#53` is `JS`. */
const meant = (name: string) =>
  name.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

const namesIn = (text: string) => Array.from(text.matchAll(namePattern), ([, name]) => meant(name!))

function* objectStreamsIn(bytes: Buffer): Generator<number> {
  for (let at = bytes.indexOf(streamWord); at !== -1; at = bytes.indexOf(streamWord, at + 1)) {
    const after = at + streamWord.length
    const start = bytes[after] === 0x0d ? after + 1 : after
    if (bytes[start] !== 0x0a || bytes.subarray(Math.max(0, at - 3), at).equals(endWord)) continue
    const dictionary = bytes.toString('latin1', Math.max(0, at - 600), at)
    const own = dictionary.slice(Math.max(dictionary.lastIndexOf('obj'), 0))
    if (namesIn(own).includes('ObjStm')) yield start + 1
  }
}

function inflated(packed: Buffer): Buffer | 'bomb' {
  try {
    return inflateSync(packed, { maxOutputLength: unpackedLimit, finishFlush: 2 })
  } catch (error) {
    // What is packed in another way, or not at all, is read as it is.
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'bomb'
    const end = packed.indexOf('endstream')
    return end === -1 ? packed : packed.subarray(0, end)
  }
}
