/** A page as it was drawn for one stranger, and is right for the next ones too. */
export interface DrawnPage {
  status: number
  headers: [string, string][]
  body: Uint8Array
}

/** What everybody may see and nobody's cookie changes; their open hours and figures may be seconds old. */
const sameForAll =
  /^\/(thu-tuc\/\d\.\d{6}|viec-trong-doi\/[A-Za-z]+|trung-tam|gioi-thieu|tro-giup|quyen-rieng-tu)$/
const mostPages = 500

/**
 * Remembers pages of strangers for a few seconds: many people open the same procedure in the same minute.
 * A request with a cookie, a token or a query is never answered from memory.
 */
export function pageMemory({ milliseconds, clock }: { milliseconds: number; clock: () => number }) {
  const pages = new Map<string, { until: number; page: Promise<DrawnPage> }>()

  /** The remembered page, or what `draw` gives, once for all who wait. Undefined: not a page for everybody. */
  return function remembered(
    request: Request,
    draw: () => Promise<DrawnPage>,
  ): Promise<DrawnPage> | undefined {
    const key = keyOf(request)
    if (key === undefined) return undefined
    const now = clock()
    const known = pages.get(key)
    if (known && known.until > now) return known.page
    if (pages.size >= mostPages) pages.clear()
    const page = draw()
    pages.set(key, { until: now + milliseconds, page })
    // What was not found or could not be drawn is tried again by the next one; a cookie is for one reader alone.
    page.then(
      (drawn) => isForAll(drawn) || pages.delete(key),
      () => pages.delete(key),
    )
    return page
  }
}

const isForAll = ({ status, headers }: DrawnPage) =>
  status === 200 && !headers.some(([name]) => name.toLowerCase() === 'set-cookie')

function keyOf({ method, url, headers }: Request): string | undefined {
  if (method !== 'GET' || headers.has('cookie') || headers.has('authorization')) return undefined
  const { pathname, search } = new URL(url)
  if (search !== '' || !sameForAll.test(pathname)) return undefined
  const zipped = /\bgzip\b/.test(headers.get('accept-encoding') ?? '')
  return `${zipped ? 'gzip' : 'plain'} ${pathname}`
}
