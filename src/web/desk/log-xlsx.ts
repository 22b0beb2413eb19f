import { type LogBookRow, logBookColumns, spreadsheet } from 'motcua/modules/documents'
import type { LoaderFunctionArgs } from 'react-router'
import { askedBook, bookFile, wholeBook } from './log-source'

/** Lines of one file: what a busy centre receives in a quarter. */
export const mostSheetLines = 20_000

const widths: Partial<Record<keyof LogBookRow, number>> = { number: 8, sets: 7, signature: 10 }
const wide = 28
const usual = 18

/** The log book of some days as a spreadsheet. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const asked = askedBook(args)
  const { rows } = await wholeBook(asked, mostSheetLines, 'sheet-too-long')
  const columns = logBookColumns.map(([key, title]) => ({ title, width: widths[key] ?? widthOf(key) }))
  const cells = rows.map((row) => logBookColumns.map(([key]) => row[key] ?? ''))
  const file = await spreadsheet('Sổ theo dõi', columns, cells)
  return bookFile(asked, file, {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
  })
}

const ofWords = new Set<keyof LogBookRow>([
  'procedure',
  'applicant',
  'address',
  'competent',
  'remark',
  'code',
])
const widthOf = (key: keyof LogBookRow) => (ofWords.has(key) ? wide : usual)
