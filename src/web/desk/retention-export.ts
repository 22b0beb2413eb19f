import { Readable } from 'node:stream'
import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, redirect } from 'react-router'
import { refusalText } from './acting'
import { officerOf } from './officer'
import { codesIn } from './retention-source'

/** Nobody comes here but by the form. */
export const loader = () => redirect('/can-bo/luu-tru')

/** Ended dossiers as one archive; a refusal is told in plain words. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const archive = await page.app.retention.export(officer, {
    ...{ authority: String(form.get('authority') ?? ''), purpose: String(form.get('purpose') ?? '') },
    codes: codesIn(form.get('codes')),
  })
  if (isRefusal(archive))
    return new Response(refusalText(archive, page.locale), {
      status: archive.kind === 'forbidden' ? 403 : 422,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  return new Response(Readable.toWeb(archive) as ReadableStream, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="luu-tru-${dateOfLaw(page.now)}.zip"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
