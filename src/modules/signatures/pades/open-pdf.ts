import type { Outcome } from '../../../kernel/errors.ts'
import { PdfFile } from '../pdf/read-pdf.ts'
import { PdfError } from '../pdf/read-values.ts'
import { refusals } from '../refusals.ts'

/** A file that can be signed, or why not. */
export function openPdf(pdf: Uint8Array): Outcome<PdfFile> {
  try {
    const file = PdfFile.open(pdf)
    file.pages()
    return file
  } catch (error) {
    if (!(error instanceof PdfError)) throw error
    return error.code === 'encrypted' ? refusals.encrypted() : refusals.unreadable({ why: error.message })
  }
}
