import { type Cell, csvLine } from 'motcua/kernel/csv'

export type { Cell }

/** Spreadsheets know UTF-8 by this mark. */
const byteOrderMark = '\uFEFF'

/** How a table may be kept: by nobody, or by the reader who asks again whether it still holds. */
const caching = { never: 'no-store', asked: 'private, no-cache' } as const

/**
 * A table to download, under a name without its ending; one of a demonstration says so in its name. `kept` is for
 * tables that not everybody may see.
 */
export function csvFile(
  lines: Iterable<readonly Cell[]>,
  { name, demonstration, kept }: { name: string; demonstration: boolean; kept?: keyof typeof caching },
): Response {
  return new Response(csvStream(lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${demonstration ? 'du-lieu-mau-' : ''}${name}.csv"`,
      ...(kept && { 'cache-control': caching[kept] }),
    },
  })
}

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
