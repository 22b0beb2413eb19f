import { isRefusal } from 'motcua/kernel/errors'
import { type StoredFile, storeFile } from 'motcua/modules/documents'
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
    if (!name.startsWith('paper:')) continue
    const component = name.slice('paper:'.length)
    for (const entry of posted.getAll(name)) {
      if (typeof entry === 'string' || (entry.size === 0 && entry.name === '')) continue
      const upload = { name: entry.name, owner, purpose: `component:${component}`, now }
      const stored = await storeFile(
        app.intake,
        entry.stream() as unknown as AsyncIterable<Uint8Array>,
        upload,
      )
      if (isRefusal(stored)) taken.refused.push(refusalText(stored, locale))
      else taken.held.push({ component, file: stored })
    }
  }
  return taken
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
