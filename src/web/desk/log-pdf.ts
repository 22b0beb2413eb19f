import { mostLogBookLines } from 'motcua/modules/documents'
import { logBookPdf } from 'motcua/modules/dossiers'
import type { LoaderFunctionArgs } from 'react-router'
import { askedBook, bookFile, printed, wholeBook } from './log-source'

/** The log book of some days as it is printed: A4 across, PDF/A, with the seal of its unit. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const asked = askedBook(args)
  const book = await wholeBook(asked, mostLogBookLines, 'too-long')
  const pdf = printed(asked, await logBookPdf(asked.page.app.papers, book, asked.unit))
  return bookFile(asked, pdf, { type: 'application/pdf', extension: 'pdf' })
}
