import { PdfFile } from '../pdf/read-pdf.ts'
import { PdfError, ValueReader } from '../pdf/read-values.ts'

/** The file as one writing left it: its bytes from the first to `end`, and what they show. */
export interface Revision {
  /** From 0, oldest first. */
  number: number
  /** After `%%EOF`. */
  eof: number
  /** After the line end that may follow `%%EOF`; a signature ends anywhere between the two. */
  end: number
  /** What a reader of these bytes alone sees. */
  view: PdfFile
  /** Numbers of the objects that this writing added, changed or freed. */
  touched: ReadonlySet<number>
}

/**
 * The revisions of a file, oldest first. Each is a whole file of its own, cut at its `%%EOF`, and its chain of
 * cross-references has to be the end of the chain of the next one: then nothing can show in one that the other hides.
 * Throws PdfError for files whose revisions do not follow one another so.
 */
export function readRevisions(bytes: Uint8Array): Revision[] {
  const newest = PdfFile.open(bytes)
  const ends = newest.sections
    .map((section) => endOf(bytes, section.end))
    .filter((end) => end !== undefined)
    .sort((a, b) => a.eof - b.eof)
  const last = ends.at(-1)
  if (!last) throw new PdfError('damaged', 'no end of file')
  const revisions: Revision[] = []
  for (const { eof, end } of ends) {
    const view = end === bytes.length ? newest : PdfFile.open(bytes.subarray(0, end))
    const before = revisions.at(-1)
    if (!follows(view, before?.view))
      throw new PdfError('damaged', 'revisions that do not follow one another')
    const own = view.sections.slice(0, view.sections.length - (before?.view.sections.length ?? 0))
    const touched = new Set(own.flatMap(({ entries }) => [...entries.keys()]))
    revisions.push({ number: revisions.length, eof, end, view, touched })
  }
  const top = revisions.at(-1)!
  if (top.view.sections.length !== newest.sections.length)
    throw new PdfError('damaged', 'the file shows more than its revisions')
  return revisions
}

/** Whether something other than white space stands after the last revision. */
export const hasRest = (bytes: Uint8Array, revisions: readonly Revision[]): boolean =>
  bytes
    .subarray(revisions.at(-1)!.end)
    .some((byte) => byte !== 10 && byte !== 13 && byte !== 32 && byte !== 9)

// A section without `startxref` behind it, or with 0, is the first half of a linearised writing and ends none.
function endOf(bytes: Uint8Array, from: number): { eof: number; end: number } | undefined {
  const reader = new ValueReader(bytes, from)
  if (!reader.take('startxref') || reader.integer() === 0) return undefined
  let at = reader.at
  while (bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 32) at++
  if (Buffer.from(bytes.subarray(at, at + 5)).toString('latin1') !== '%%EOF') return undefined
  const eof = at + 5
  if (bytes[eof] === 13) return { eof, end: bytes[eof + 1] === 10 ? eof + 2 : eof + 1 }
  return { eof, end: bytes[eof] === 10 ? eof + 1 : eof }
}

function follows(view: PdfFile, before: PdfFile | undefined): boolean {
  if (!before) return true
  const offset = view.sections.length - before.sections.length
  return (
    offset > 0 && before.sections.every((section, i) => section.offset === view.sections[offset + i]!.offset)
  )
}
