import { appContext, type PageContext } from 'motcua/web/context'
import { renderToReadableStream, renderToStaticMarkup } from 'react-dom/server'
import {
  type EntryContext,
  type HandleErrorFunction,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router'
import { ShellContext, shellOf } from './ui/shell'

/**
 * Portal and public board are plain documents, rendered in one go; the desk streams, because its
 * loader data follows the markup for hydration.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  router: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  headers.set('content-type', 'text/html; charset=utf-8')
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const page = context.get(appContext)
  const tree = (
    <ShellContext value={shellOf(page, new URL(request.url))}>
      <ServerRouter context={router} url={request.url} nonce={page.nonce} />
    </ShellContext>
  )
  if (!hydrates(router))
    return new Response(`<!doctype html>${renderToStaticMarkup(tree)}`, { status, headers })
  const stream = await renderToReadableStream(tree, { nonce: page.nonce })
  await stream.allReady
  return new Response(stream, { status, headers })
}

/** A breakdown: the person gets the reference, the log gets the reference and the cause. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return
  const page = (context as Readonly<RouterContextProvider>).get(appContext) as PageContext
  page.reportBreakdown(error, { reference: page.reference, path: new URL(request.url).pathname })
}

function hydrates(router: EntryContext): boolean {
  return router.staticHandlerContext.matches.some(({ route }) => route.handle?.hydrate === true)
}
