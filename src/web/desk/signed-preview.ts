import { isRefusal } from 'motcua/kernel/errors'
import { httpStatus } from 'motcua/kernel/problem'
import { maySign } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data } from 'react-router'
import { refusalText } from './acting'
import { readAct } from './dossier-request'
import { openDossier } from './dossier-source'

/**
 * A paper as an act would sign it, from what stands in the panel at this moment: the same bytes that are signed when
 * the same words are sent. Nothing is written.
 */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const open = await openDossier(args)
  if ('conflict' in open) throw data(null, { status: 403 })
  const { page, officer, view } = open
  const form = await pageContext(args).posted(args.request)
  const read = readAct(form, {
    ...{ askable: open.askable, draftFields: open.fields, delivery: view.dossier.delivery },
    // No key is opened for looking.
    ...{ fees: view.dossier.fees, newFact: open.newFact, signs: [], locale: page.locale },
  })
  if ('problems' in read) return words(read.problems.map(({ text }) => text).join('\n'), 422)
  if (!maySign(read.act)) throw data(null, { status: 404 })
  const kind = String(form.get('_paper') ?? '')
  const wanted = { code: view.dossier.code, request: read.act, ...(kind && { kind }) }
  const pdf = await page.app.dossiers.previewApproval(officer, wanted, { now: page.now })
  if (isRefusal(pdf)) return words(refusalText(pdf, page.locale), httpStatus[pdf.kind])
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="xem-truoc.pdf"',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  return new Response(new Uint8Array(pdf), { headers })
}

const words = (text: string, status: number) =>
  new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
