import { type Cell, csvLine } from 'motcua/kernel/csv'

export { type Cell, csvLine }

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
