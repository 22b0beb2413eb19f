import { createHash } from 'node:crypto'
import { dateOfLaw } from 'motcua/kernel/time'
import { changes } from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import type { MiddlewareFunction } from 'react-router'
import styles from './board.css?url'
import { noteDrawn } from './drawn-from'

/**
 * The tag of a board: moves with every figure, every day, with who and how somebody reads, and with the program.
 * Usage is a minute old at most, so the minute is part of it too.
 */
export function boardTag(page: PageContext, request: Request, version: number): string {
  const { actor, locale, reading, tourStop, enhancements, now } = page
  const minute = Math.floor(now.getTime() / 60_000)
  const { pathname, search } = new URL(request.url)
  const who = actor.kind === 'officer' ? actor.officerId : actor.kind === 'person' ? actor.personId : ''
  const all = [
    version,
    dateOfLaw(now),
    minute,
    pathname + search,
    locale,
    reading,
    tourStop,
    who,
    styles,
    enhancements,
  ]
  return `W/"${createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 22)}"`
}

/** Whether the reader already holds the page with this tag. */
function isFresh(request: Request, tag: string): boolean {
  const held = request.headers.get('if-none-match')
  return held?.split(',').some((each) => each.trim() === tag) ?? false
}

const pages = new Map<string, string>()
const mostPages = 60

/** A page that was drawn for all strangers who hold the same tag; what it says is of the time that it states. */
const remembered = ({ actor }: Pick<PageContext, 'actor'>, tag: string) =>
  actor.kind === 'anonymous' ? pages.get(tag) : undefined

async function remember(tag: string, response: Response): Promise<Response> {
  if (pages.size >= mostPages) pages.delete(pages.keys().next().value ?? '')
  const text = await response.text()
  pages.set(tag, text)
  return new Response(text, response)
}

const htmlOf = (text: string) =>
  new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })

/**
 * Answers "not modified" before anything is read or drawn, and draws a page once for all strangers. A page whose figures
 * were read a moment before the newest came gets no tag: who asks again shall see the newest.
 */
export const cachedBoard: MiddlewareFunction<Response> = async (args, next) => {
  const page = pageContext(args)
  const version = await changes(page.app.db.pool)
  const tag = boardTag(page, args.request, version)
  const isStranger = page.actor.kind === 'anonymous'
  const headers = {
    etag: tag,
    vary: 'cookie',
    'cache-control': isStranger ? 'public, max-age=5' : 'private, no-cache',
  }
  if (isFresh(args.request, tag)) return new Response(null, { status: 304, headers })
  const known = remembered(page, tag)
  if (known !== undefined) return tagged(htmlOf(known), headers)
  const drawn = noteDrawn(args.context)
  const response = await next()
  if (response.status !== 200) return response
  if ((drawn.version ?? version) !== version)
    return tagged(response, { vary: 'cookie', 'cache-control': 'no-cache' })
  return tagged(isStranger ? await remember(tag, response) : response, headers)
}

function tagged(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}
