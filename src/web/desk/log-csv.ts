import { csvLine } from 'motcua/kernel/csv'
import { logBookColumns } from 'motcua/modules/documents'
import type { LoaderFunctionArgs } from 'react-router'
import { askedBook, bookFile, wholeBook } from './log-source'
import { mostSheetLines } from './log-xlsx'

/** The log book of some days as text for spreadsheets. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const asked = askedBook(args)
  const { rows } = await wholeBook(asked, mostSheetLines, 'sheet-too-long')
  const titles = logBookColumns.map(([, title]) => title)
  const lines = rows.map((row) => logBookColumns.map(([key]) => row[key] ?? ''))
  // The mark in front lets spreadsheets read the accents.
  const text = `\ufeff${[titles, ...lines].map(csvLine).join('')}`
  return bookFile(asked, text, { type: 'text/csv; charset=utf-8', extension: 'csv' })
}
