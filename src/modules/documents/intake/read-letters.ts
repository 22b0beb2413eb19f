import { lettersIn } from './convert.ts'
import type { ReadingFault, TextReader } from './ocr/reader.ts'
import { type PicturePage, picturePages } from './pictures.ts'
import { scannedPages } from './scanned-pdf.ts'

/** Papers are short; what fills the fields of one stands on its first pages. */
const mostPages = 10
/** A longer PDF is a book or a plan: its letters are left unread. Bytes. */
export const mostBytesRead = 30 * 1024 * 1024

/** What was read on a scan: nothing where it is none, or has no letters. */
export interface Letters {
  /** Pages apart by a form feed. */
  text?: string
  /** The reader broke down or was slow. */
  problem?: ReadingFault
  /** The PDF was more than a process of its own may take. */
  tooMuch?: boolean
}

/** Reads the letters of a scanned PDF, which stays as it is. A PDF that is no scan, or is damaged, has none. */
export async function lettersOf(pdf: Uint8Array, reader: TextReader): Promise<Letters> {
  const pages: PicturePage[] = []
  for await (const picture of scannedPages(pdf, { first: mostPages })) {
    if (typeof picture === 'string') return { tooMuch: picture === 'too-much' }
    for await (const page of picturePages(picture, { straighten: true })) {
      if (typeof page === 'string') return {}
      pages.push(page)
    }
  }
  const read = await reader.read(pages)
  if (typeof read === 'string') return { problem: read }
  const text = lettersIn(read)
  return text === undefined ? {} : { text }
}
