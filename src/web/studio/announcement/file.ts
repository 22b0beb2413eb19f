import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { AnnouncementDraftData, announcementDocx, renderSlip } from 'motcua/modules/documents'
import { type ActionFunctionArgs, data } from 'react-router'
import { changeOf } from '../studio-source'
import { printedOf, readLines } from './announcement.view'

const types = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** The draft as it was put right on the page, as a file. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const { page, change } = await changeOf(args)
  const form = await args.request.formData()
  const lines = readLines(form)
  const stated = lines && printedOf(lines, { sample: page.demonstration, on: dateOfLaw(page.now) })
  const parsed = AnnouncementDraftData.safeParse(stated)
  if (!stated || !parsed.success)
    throw data(messages(page.locale)('replay.decision.invalid'), { status: 422 })
  const kind = form.get('_action') === 'docx' ? 'docx' : 'pdf'
  const file =
    kind === 'docx' ? await announcementDocx(stated) : await renderSlip('announcement-draft', stated)
  if (isRefusal(file)) throw data(file.code, { status: 422 })
  return new Response(file as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': types[kind],
      'content-disposition': `attachment; filename="du-thao-quyet-dinh-${change.code}.${kind}"`,
      'cache-control': 'private, no-store',
    },
  })
}
