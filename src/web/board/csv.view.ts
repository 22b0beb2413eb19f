export type Cell = string | number | null

/**
 * One line of a CSV file (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front;
 * numbers stay numbers, with a point.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Spreadsheets know UTF-8 by this mark. */
const byteOrderMark = '\uFEFF'

/** The lines as a stream, so that a long table needs no long memory. */
export function csvStream(lines: Iterable<readonly Cell[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const source = lines[Symbol.iterator]()
  let isFirst = true
  return new ReadableStream({
    pull(controller) {
      let text = isFirst ? byteOrderMark : ''
      isFirst = false
      while (text.length < 16_384) {
        const { value, done } = source.next()
        if (done) {
          if (text) controller.enqueue(encoder.encode(text))
          controller.close()
          return
        }
        text += csvLine(value)
      }
      controller.enqueue(encoder.encode(text))
    },
  })
}
