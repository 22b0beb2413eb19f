import { parentPort, workerData } from 'node:worker_threads'
import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node'

export interface SpreadsheetJob {
  sheet: string
  /** Widths in characters. */
  columns: readonly { title: string; width: number }[]
  rows: readonly (readonly string[])[]
}

const longestCell = 32_767

const file = await write(workerData as SpreadsheetJob)
parentPort?.postMessage(new Uint8Array(file))

function write({ sheet, columns, rows }: SpreadsheetJob): Promise<Buffer> {
  const head = columns.map(({ title }): Cell => ({ ...text(title), fontWeight: 'bold', wrap: true }))
  const data: SheetData = [
    head,
    ...rows.map((cells) => cells.map((cell) => (cell === '' ? null : text(cell)))),
  ]
  return writeExcelFile(data, {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
}

// Control characters have no place in XML. As a format, `@` keeps a cell text when somebody types in it.
function text(value: string) {
  const clean = value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ' ')
  return { value: clean.slice(0, longestCell), type: String, format: '@' }
}
