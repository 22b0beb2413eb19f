import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { data, type LoaderFunctionArgs } from 'react-router'
import { openCertifying, previewOf } from './certify-source'

/** The certified copy as it would be signed, statement and places of the signatures with it. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const open = await openCertifying(args)
  const name = new URL(args.request.url).searchParams.get('ten')
  const pdf = await previewOf(open, Number(args.params.place), name)
  if (isRefusal(pdf)) throw data(null, { status: httpStatus[pdf.kind] })
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="ban-sao-se-ky.pdf"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
