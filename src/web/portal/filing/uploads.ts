import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, type MessageParams, messages } from 'motcua/kernel/i18n'
import { isId } from 'motcua/kernel/ids'
import {
  claimUpload,
  type FileState,
  fileState,
  findFiles,
  type StoredFile,
  storePosted,
} from 'motcua/modules/documents'
import type { Person } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { data } from 'react-router'

/** The largest file that is taken: "100 MB". */
export const mostText = ({ app }: PageContext) =>
  `${Math.round(app.config.maxFileBytes / 1024 / 1024)}\u00a0MB`

/** The posted form; what is no form at all is refused as such. */
export async function postedForm(request: Request, page?: PageContext): Promise<FormData> {
  const read = page ? page.posted(request) : request.formData()
  return read.catch(() => {
    throw data(null, { status: 400 })
  })
}

/** Said when the door turned the whole request away for its size and passed on only that (see `http-server.ts`). */
export function tooLargeText(form: FormData, page: PageContext): string | undefined {
  return form.has('_tooLarge')
    ? messages(page.locale)('filing.too-large', { most: mostText(page) })
    : undefined
}

/** What became of the files of one control: those kept, and why others were not. */
export interface Uploaded {
  files: StoredFile[]
  refusals: string[]
}

/** Stores every file that a control of the posted page carries; a control left empty carries none. */
export async function takeUploads(
  page: PageContext,
  person: Person,
  form: FormData,
  name: string,
  purpose: string,
): Promise<Uploaded> {
  const { app, now, locale } = page
  const taken: Uploaded = { files: [], refusals: [] }
  // What a script has sent already is named; it is taken once, and only by whoever sent it.
  for (const fileId of form.getAll(`_sent:${name}`).map(String).filter(isId)) {
    const claimed = await claimUpload(app.db.pool, fileId, {
      owner: { kind: 'person', id: person.personId },
      purpose,
    })
    if (claimed) taken.files.push(claimed)
  }
  for (const entry of form.getAll(name)) {
    if (typeof entry === 'string' || (entry.size === 0 && entry.name === '')) continue
    const upload = { name: entry.name, owner: { kind: 'person' as const, id: person.personId }, purpose, now }
    const stored = await storePosted(app.intake, entry, upload)
    if (isRefusal(stored))
      taken.refusals.push(findMessage(locale, stored.code, stored.details as MessageParams) ?? stored.code)
    else taken.files.push(stored)
  }
  return taken
}

/** What became of files that were sent, by their number. */
export async function statesOf(
  { app, locale }: PageContext,
  files: readonly { fileId: string }[],
): Promise<Record<string, FileState>> {
  const ids = files.map(({ fileId }) => fileId)
  const stored = ids.length > 0 ? await findFiles(app.db.pool, ids) : []
  return Object.fromEntries(stored.map((file) => [file.fileId, fileState(file, locale)]))
}
