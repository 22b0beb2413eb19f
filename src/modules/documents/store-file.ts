import type { Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { ByteSource, Files, HeldFile } from '../../kernel/files.ts'
import { newId } from '../../kernel/ids.ts'
import { insertFile, type Owner, type ScanState, type StoredFile } from './documents-store.ts'
import { cleanFileName, withExtension } from './file-name.ts'
import { refusals } from './refusals.ts'
import { acceptedTypes, sniffFile } from './sniff-file.ts'
import { viewingCopy } from './viewing-copy.ts'

/** 100 MB: the limit unless the installation sets another. */
export const defaultFileLimit = 100 * 1024 * 1024

export interface FileDoor {
  /** Where the row is written. */
  db: Queryable
  files: Files
  maxBytes?: number
  /** What to say about malware: `waiting` where a scanner will look. */
  scanState?: ScanState
}

export interface Upload {
  /** The name its sender gave; only a clean display name is kept. */
  name: string
  owner: Owner
  /** What the file is for, e.g. `component:birth-notice`. */
  purpose: string
  now: Date
}

/**
 * Takes a file in: checks size, content and name, keeps it by its hash and writes its row.
 * The type is what the content is; what the sender says about it is not asked.
 */
export async function storeFile(
  door: FileDoor,
  source: ByteSource,
  upload: Upload,
): Promise<Outcome<StoredFile>> {
  const name = cleanFileName(upload.name)
  if (isRefusal(name)) return name
  const maxBytes = door.maxBytes ?? defaultFileLimit
  const held = await door.files.receive(source, { maxBytes })
  if (isRefusal(held)) return refusals.tooLarge({ name, limitMb: Math.round(maxBytes / 1024 / 1024) })
  try {
    return await admit(door, held, { ...upload, name })
  } finally {
    await held.discard()
  }
}

async function admit(door: FileDoor, held: HeldFile, upload: Upload): Promise<Outcome<StoredFile>> {
  const mediaType = await sniffFile(held, upload.name)
  if (isRefusal(mediaType)) return mediaType
  const view = await viewingCopy(door.files, held, mediaType, upload.name)
  if (isRefusal(view)) return view
  await held.keep()
  await view?.keep()
  const file: StoredFile = {
    fileId: newId(upload.now.getTime()),
    sha256: held.sha256,
    viewSha256: view?.sha256 ?? null,
    size: held.size,
    mediaType,
    name: withExtension(upload.name, acceptedTypes[mediaType]),
    owner: upload.owner,
    purpose: upload.purpose,
    scanState: door.scanState ?? 'not-configured',
    createdAt: upload.now.toISOString(),
  }
  await insertFile(door.db, file)
  return file
}
