import { createHash } from 'node:crypto'
import { pageContext } from 'motcua/web/context'
import type { MiddlewareFunction } from 'react-router'

/**
 * Tags a board by what it shows, and sends nothing to who holds just that. A tag made of how far the figures are would
 * name figures that a page, drawn from what was read a moment before, does not have.
 */
export const cachedBoard: MiddlewareFunction<Response> = async (args, next) => {
  const { actor } = pageContext(args)
  const response = await next()
  if (response.status !== 200 || args.request.method !== 'GET') return response
  const body = new Uint8Array(await response.arrayBuffer())
  const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = new Headers(response.headers)
  headers.set('etag', tag)
  headers.set('vary', 'cookie')
  headers.set('cache-control', actor.kind === 'anonymous' ? 'public, max-age=1' : 'private, no-cache')
  return holds(args.request, tag)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers })
}

/** Whether the reader already has the page with this tag. */
function holds({ headers }: Pick<Request, 'headers'>, tag: string): boolean {
  const held = headers.get('if-none-match')
  return held?.split(',').some((each) => each.trim() === tag) ?? false
}
