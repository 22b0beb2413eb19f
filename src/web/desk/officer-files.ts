import type { Queryable } from 'motcua/kernel/db'
import { isRefusal } from 'motcua/kernel/errors'
import { isId } from 'motcua/kernel/ids'
import { claimUpload, type StoredFile, storePosted } from 'motcua/modules/documents'
import type { PaperInput } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import type { PageContext } from 'motcua/web/context'
import { refusalText } from './acting'

export interface HeldFile {
  component: string
  file: StoredFile
}

/** Stores what an officer scanned for a person: every file of the controls `paper:<component>`. */
export async function takePapers(
  { app, now, locale }: PageContext,
  officer: Officer,
  posted: FormData,
): Promise<{ held: HeldFile[]; refused: string[] }> {
  const owner = { kind: 'officer' as const, id: officer.officerId }
  const taken: { held: HeldFile[]; refused: string[] } = { held: [], refused: [] }
  for (const name of new Set(posted.keys())) {
    if (name.startsWith('_sent:paper:'))
      taken.held.push(
        ...(await takeSent(app.db.pool, officer, name.slice('_sent:paper:'.length), posted.getAll(name))),
      )
    if (!name.startsWith('paper:')) continue
    const component = name.slice('paper:'.length)
    for (const entry of posted.getAll(name)) {
      if (typeof entry === 'string' || (entry.size === 0 && entry.name === '')) continue
      const upload = { name: entry.name, owner, purpose: `component:${component}`, now }
      const stored = await storePosted(app.intake, entry, upload)
      if (isRefusal(stored)) taken.refused.push(refusalText(stored, locale))
      else taken.held.push({ component, file: stored })
    }
  }
  return taken
}

// What the page has sent already is named; it is taken once, and only from the officer who sent it.
async function takeSent(db: Queryable, officer: Officer, component: string, ids: FormDataEntryValue[]) {
  const owner = { kind: 'officer', id: officer.officerId }
  const held: HeldFile[] = []
  for (const fileId of ids.map(String).filter(isId)) {
    const file = await claimUpload(db, fileId, { owner, purpose: `component:${component}` })
    if (file) held.push({ component, file })
  }
  return held
}

/** A stored file as a dossier takes it. */
export const toPaper = ({ component, file }: HeldFile): PaperInput => ({
  component,
  fileId: file.fileId,
  sha256: file.sha256,
  name: file.name,
  mediaType: file.mediaType,
  source: 'counter',
})
