import type { Outcome } from 'motcua/kernel/errors'
import { isRefusal } from 'motcua/kernel/errors'
import {
  asOfficer,
  type LogBook,
  type LogBookFilter,
  logBookPaper,
  recordExport,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs, redirect } from 'react-router'
import { bookHref, type Days, daysOf, unitOf } from './log-book.view'
import { officerOf, placesRead } from './officer'

/** A book that somebody asked for and may see. */
export interface AskedBook {
  page: PageContext
  officer: Officer
  units: string[]
  unit: string
  days: Days
}

/** Reads which book is asked for. The book of a unit where the officer holds no post is refused. */
export function askedBook(args: LoaderFunctionArgs): AskedBook {
  const page = pageContext(args)
  const officer = officerOf(args)
  const units = placesRead(officer)
  const query = new URL(args.request.url).searchParams
  const unit = unitOf(query, units)
  if (unit === undefined) throw data(null, { status: 403 })
  return { page, officer, units, unit, days: daysOf(query, page.now) }
}

export const filterOf = ({ unit, days }: AskedBook, limit: number): LogBookFilter => ({
  authority: unit,
  ...days,
  limit,
})

/** The whole book for a file; one that is too long leads back to the page, which says so. */
export async function wholeBook(asked: AskedBook, limit: number, why: 'too-long' | 'sheet-too-long') {
  const book: LogBook = await logBookPaper(asked.page.app.db, filterOf(asked, limit), asked.page.now)
  if (!book.whole) throw redirect(`${bookHref(asked.unit, asked.days)}&chua=${why}`)
  await noteExport(
    asked,
    book.data.rows.map(({ code }) => code),
  )
  return book.data
}

/** Tells the people whom a file names that it was taken out; it stands written before anybody has the file. */
export async function noteExport(
  { page, officer, unit }: AskedBook,
  codes: readonly string[],
): Promise<void> {
  await recordExport(page.app.db.pool, asOfficer(officer, [unit]), { codes, at: page.now })
}

/** What cannot be printed leads back to the page, which says so. */
export function printed(asked: AskedBook, outcome: Outcome<Uint8Array>): Uint8Array {
  if (!isRefusal(outcome)) return outcome
  asked.page.app.log.error({ code: outcome.code, details: outcome.details }, 'the log book was not printed')
  throw redirect(`${bookHref(asked.unit, asked.days)}&chua=broken`)
}

/** A file of a book, to be kept by nobody in between. */
export function bookFile(
  { unit, days }: AskedBook,
  body: Uint8Array | string,
  { type, extension }: { type: string; extension: string },
): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="so-theo-doi-${unit}-${days.from}-${days.to}.${extension}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
