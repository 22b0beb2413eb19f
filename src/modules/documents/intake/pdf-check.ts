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

/** Short enough that looking through a hundred megabytes leaves little behind to clear away. */
const windowLength = 65_536
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
/** Only names that matter, and those written with hex, are worth a look of their own among millions of bytes. */
const worthALook = new RegExp(
  `/(?:(?:${[...Object.keys(faults), ...Object.keys(notes)].join('|')})(?![^\\s()<>[\\]{}/%\\0])|` +
    '[^\\s()<>[\\]{}/%\\0#]{0,40}#[0-9a-fA-F]{2}[^\\s()<>[\\]{}/%\\0]{0,60})',
  'g',
)
const streamPattern = /stream\r?\n/g

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
  for await (const { at, text } of windows(file)) {
    for (const [name] of text.matchAll(worthALook)) found.add(meant(name.slice(1)))
    for (const start of objectStreamsIn(text)) {
      if (++objectStreams > objectStreamLimit) return { fault: 'pdf-bomb', notes: [] }
      const objects = inflated(await file.read(at + start, packedLimit))
      if (objects === 'bomb') return { fault: 'pdf-bomb', notes: [] }
      for (const [name] of objects.matchAll(worthALook)) found.add(meant(name.slice(1)))
    }
  }
  return judged(found)
}

/** The content in order, each piece with the end of the one before it. */
async function* windows(file: Content): AsyncGenerator<{ at: number; text: string }> {
  let at = 0
  let before = Buffer.alloc(0)
  for await (const chunk of file.stream() as AsyncIterable<Buffer>)
    for (let from = 0; from < chunk.length; from += windowLength) {
      const piece = chunk.subarray(from, from + windowLength)
      const window = Buffer.concat([before, piece])
      yield { at: at - before.length, text: window.toString('latin1') }
      at += piece.length
      before = Buffer.from(window.subarray(-overlap))
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

function* objectStreamsIn(text: string): Generator<number> {
  for (const match of text.matchAll(streamPattern)) {
    if (text.slice(match.index - 3, match.index) === 'end') continue
    const dictionary = text.slice(Math.max(0, match.index - 600), match.index)
    const own = dictionary.slice(Math.max(dictionary.lastIndexOf('obj'), 0))
    if (namesIn(own).includes('ObjStm')) yield match.index + match[0].length
  }
}

function inflated(packed: Buffer): string | 'bomb' {
  try {
    return inflateSync(packed, { maxOutputLength: unpackedLimit, finishFlush: 2 }).toString('latin1')
  } catch (error) {
    // What is packed in another way, or not at all, is read as it is.
    const code = (error as NodeJS.ErrnoException).code
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : packed.toString('latin1').split('endstream')[0]!
  }
}
