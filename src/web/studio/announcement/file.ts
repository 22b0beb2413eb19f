import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { decisionTextOf } from 'motcua/modules/changes'
import { AnnouncementDraftData, announcementDocx, renderSlip } from 'motcua/modules/documents'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from 'react-router'
import { changeOf, type StudioChange } from '../studio-source'
import { type AnnouncementLines, printedOf, readLines } from './announcement.view'

const types = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** The text as it was saved, as a file. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const studio = await changeOf(args)
  const saved = await decisionTextOf(studio.page.app.db.pool, studio.change.id)
  if (!saved) throw data(null, { status: 404 })
  return fileOf(studio, saved.lines, new URL(args.request.url).searchParams.get('loai'))
}

/** The text as it stands on the page, saved or not, as a file. */
export async function action(args: ActionFunctionArgs): Promise<Response> {
  const studio = await changeOf(args)
  const form = await args.request.formData()
  return fileOf(studio, readLines(form), form.get('_action'))
}

async function fileOf(
  { page, change }: StudioChange,
  lines: AnnouncementLines | undefined,
  asked: unknown,
): Promise<Response> {
  const stated = lines && printedOf(lines, { sample: page.demonstration, today: dateOfLaw(page.now) })
  const parsed = AnnouncementDraftData.safeParse(stated)
  if (!stated || !parsed.success)
    throw data(messages(page.locale)('replay.decision.invalid'), { status: 422 })
  const kind = asked === 'docx' ? 'docx' : 'pdf'
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
