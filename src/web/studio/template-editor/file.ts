import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { data, type LoaderFunctionArgs } from 'react-router'
import { changeOf } from '../studio-source'
import { draftsOf, refusalLines, triedWith } from './source'

/** A saved template printed for an invented dossier, as a PDF file. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const studio = await changeOf(args)
  const key = new URL(args.request.url).searchParams.get('giay')
  const template = draftsOf(studio).find((each) => each.key === key)
  if (!template) throw data(null, { status: 404 })
  const tried = await triedWith(studio, template, { caseAt: -1, want: 'pdf' })
  const headers = { 'cache-control': 'private, no-store' }
  if (isRefusal(tried)) {
    const said = refusalLines(tried, studio.page.locale).join('\n')
    return new Response(said, {
      status: httpStatus[tried.kind],
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    })
  }
  return new Response(tried.pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      ...headers,
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="mau-in.pdf"',
    },
  })
}
