import { sharedReadings } from 'motcua/kernel/shared-readings'

/** A page as it was drawn for one stranger, and is right for the next ones too. */
export interface DrawnPage {
  status: number
  headers: [string, string][]
  body: Uint8Array
}

/** What everybody may see and nobody's cookie changes; their open hours and figures may be seconds old. */
const sameForAll =
  /^\/(thu-tuc\/\d\.\d{6}|viec-trong-doi\/[A-Za-z]+|trung-tam|gioi-thieu|tro-giup|quyen-rieng-tu)$/
/** Public boards: what they show hangs on the address, and on how a reader wishes to read. They are live. */
const boards = /^\/so-lieu(\/[\w.-]+){0,2}$/
const wishes = new Set(['lang', 'text', 'contrast', 'tham-quan'])
const mostPages = 500

/**
 * Remembers pages of strangers for a few seconds, and boards for one: many people open the same one in the same moment,
 * and it is drawn once. A request with a token is never answered from memory; nor is one with a cookie, except those of
 * a board that say how to read it.
 */
export function pageMemory({
  milliseconds,
  boardMilliseconds = 1000,
  clock,
}: {
  milliseconds: number
  boardMilliseconds?: number
  clock: () => number
}) {
  const pages = sharedReadings<DrawnPage>({ lastsMs: milliseconds, most: mostPages, clock })
  const live = sharedReadings<DrawnPage>({ lastsMs: boardMilliseconds, most: mostPages, clock })

  /** The remembered page, or what `draw` gives, once for all who wait. Undefined: not a page for everybody. */
  return function remembered(
    request: Request,
    draw: () => Promise<DrawnPage>,
  ): Promise<DrawnPage> | undefined {
    const [key, isBoard] = keyOf(request) ?? []
    if (key === undefined) return undefined
    const of = isBoard ? live : pages
    const page = of.of(key, draw)
    // What was not found or could not be drawn is tried again by the next one; a cookie is for one reader alone.
    page.then(
      (drawn) => isForAll(drawn) || of.forget(key),
      () => undefined,
    )
    return page
  }
}

const isForAll = ({ status, headers }: DrawnPage) =>
  status === 200 && !headers.some(([name]) => name.toLowerCase() === 'set-cookie')

function keyOf({ method, url, headers }: Request): [key: string, isBoard: boolean] | undefined {
  if (method !== 'GET' || headers.has('authorization')) return undefined
  const { pathname, search } = new URL(url)
  const zipped = /\bgzip\b/.test(headers.get('accept-encoding') ?? '') ? 'gzip' : 'plain'
  const cookies = (headers.get('cookie') ?? '').split(';').map((each) => each.trim())
  const isBoard = boards.test(pathname)
  const known = cookies.every((each) => each === '' || (isBoard && wishes.has(each.split('=')[0]!)))
  if (!known || !(isBoard || (search === '' && sameForAll.test(pathname)))) return undefined
  return [[zipped, pathname + search, ...cookies.toSorted()].join(' '), isBoard]
}
