import { createHash } from 'node:crypto'
import { dateOfLaw } from 'motcua/kernel/time'
import { changes } from 'motcua/modules/indicators'
import { type PageContext, pageContext } from 'motcua/web/context'
import type { MiddlewareFunction } from 'react-router'
import styles from './board.css?url'

/**
 * The tag of a board: moves with every figure, every day, with who and how somebody reads, and with the program.
 * Usage is a minute old at most, so the minute is part of it too.
 */
export async function boardTag(page: PageContext, request: Request): Promise<string> {
  const { actor, locale, reading, tourStop, enhancements, now } = page
  const version = await changes(page.app.db.pool)
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

/** Draws a page once for all strangers who hold the same tag; what it says is of the time that it states. */
async function remembered(
  { actor }: Pick<PageContext, 'actor'>,
  tag: string,
  draw: () => Promise<Response>,
): Promise<Response> {
  if (actor.kind !== 'anonymous') return draw()
  const known = pages.get(tag)
  if (known !== undefined) return htmlOf(known)
  const response = await draw()
  if (response.status !== 200) return response
  if (pages.size >= mostPages) pages.delete(pages.keys().next().value ?? '')
  const text = await response.text()
  pages.set(tag, text)
  return new Response(text, response)
}

const htmlOf = (text: string) =>
  new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })

/** Answers "not modified" before anything is read or drawn, and draws a page once for all strangers. */
export const cachedBoard: MiddlewareFunction<Response> = async (args, next) => {
  const page = pageContext(args)
  const tag = await boardTag(page, args.request)
  const headers = {
    etag: tag,
    vary: 'cookie',
    'cache-control': page.actor.kind === 'anonymous' ? 'public, max-age=5' : 'private, no-cache',
  }
  if (isFresh(args.request, tag)) return new Response(null, { status: 304, headers })
  const response = await remembered(page, tag, next)
  if (response.status === 200)
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}
