import { mostLogBookLines, renderSlip } from 'motcua/modules/documents'
import type { LoaderFunctionArgs } from 'react-router'
import { askedBook, bookFile, printed, wholeBook } from './log-source'

/** The log book of some days as it is printed: A4 across, PDF/A. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const asked = askedBook(args)
  const { layouts } = asked.page.app.papers
  const book = await wholeBook(asked, mostLogBookLines, 'too-long')
  const pdf = printed(asked, await renderSlip('log-book', book, layouts ? { layouts } : {}))
  return bookFile(asked, pdf, { type: 'application/pdf', extension: 'pdf' })
}
