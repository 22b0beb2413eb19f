import { Readable } from 'node:stream'
import { isRefusal } from 'motcua/kernel/errors'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { officerOf } from './officer'

/** The certificate of destruction of a batch, for who may read of the batch. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const { app } = pageContext(args)
  const certificate = await app.retention.certificate(officerOf(args), args.params.id ?? '')
  if (isRefusal(certificate)) throw data(null, { status: 404 })
  return new Response(Readable.toWeb(certificate) as ReadableStream, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="bien-ban-huy.pdf"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
