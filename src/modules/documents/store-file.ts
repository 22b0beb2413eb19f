import type { Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { ByteSource, Files, HeldFile } from '../../kernel/files.ts'
import { newId } from '../../kernel/ids.ts'
import { ArrivedFile } from '../../kernel/posted-form.ts'
import type { CheckDoor } from '../signatures/index.ts'
import { insertFile, type Owner, type Reading, type ScanState, type StoredFile } from './documents-store.ts'
import { cleanFileName, withExtension } from './file-name.ts'
import type { Scanner } from './intake/clamd.ts'
import { isConverted } from './intake/convert.ts'
import { checkPdf, type PdfNote } from './intake/pdf-check.ts'
import { mostBytesRead } from './intake/read-letters.ts'
import { checkSignatures, isHopeless, type SignatureCheck } from './intake/signature-check.ts'
import { refusals } from './refusals.ts'
import { type AcceptedType, acceptedTypes, sniffFile } from './sniff-file.ts'
import { viewingCopy } from './viewing-copy.ts'

/** 100 MB: the limit unless the installation sets another. */
export const defaultFileLimit = 100 * 1024 * 1024

export interface FileDoor {
  /** Where the row is written. */
  db: Queryable
  files: Files
  maxBytes?: number
  /** Looks for malware; without it the file says that nobody looked. */
  scanner?: Scanner | undefined
  /** Checks signatures at the moment of receipt and keeps what was found; without it nobody looks. */
  signatures?: CheckDoor
  /** Kinds of files that no converter here makes a PDF of, and that are therefore refused with a word how to send them. */
  withoutOffice?: boolean
  /** Whether the letters of scanned PDFs are read. */
  readsLetters?: boolean
  /** Asks the worker to look at the file; without it the next sweep does. */
  soon?: (fileId: string) => Promise<void>
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
  if (isRefusal(held) && held.kind === 'too-large') return tooLarge(door, name)
  return admit(door, held, { ...upload, name })
}

const tooLarge = ({ maxBytes = defaultFileLimit }: FileDoor, name: string) =>
  refusals.tooLarge({ name, limitMb: Math.round(maxBytes / 1024 / 1024) })

/** Takes in what arrived in parts, under the same conditions; the arrival is no more. */
export async function storeArrived(
  door: FileDoor,
  arrival: string,
  upload: Upload,
): Promise<Outcome<StoredFile>> {
  const name = cleanFileName(upload.name)
  if (isRefusal(name)) return name
  return admit(door, await door.files.take(arrival), { ...upload, name })
}

/** Takes in a file of a posted form, which lies on disk already where it came through `readPostedForm`. */
export async function storePosted(door: FileDoor, file: File, upload: Upload): Promise<Outcome<StoredFile>> {
  if (!(file instanceof ArrivedFile))
    return storeFile(door, file.stream() as unknown as AsyncIterable<Uint8Array>, upload)
  const name = cleanFileName(upload.name)
  if (isRefusal(name)) return name
  if (isRefusal(file.held) && file.held.kind === 'too-large') return tooLarge(door, name)
  return admit(door, file.held, { ...upload, name })
}

async function admit(door: FileDoor, held: Outcome<HeldFile>, upload: Upload): Promise<Outcome<StoredFile>> {
  if (isRefusal(held)) return refusals.store({ name: upload.name }, held)
  try {
    return await examine(door, held, upload)
  } finally {
    await held.discard()
  }
}

async function examine(door: FileDoor, held: HeldFile, upload: Upload): Promise<Outcome<StoredFile>> {
  const mediaType = await sniffFile(held, upload.name)
  if (isRefusal(mediaType)) return mediaType
  if (door.withoutOffice && isOffice(mediaType)) return refusals.office({ name: upload.name })
  const notes = await lookInside(held, mediaType, upload.name)
  if (isRefusal(notes)) return notes
  const scanState = await scan(door, held, upload.name)
  if (isRefusal(scanState)) return scanState
  const signatureCheck = await lookAtSignatures(door, held, { mediaType, notes, upload })
  if (isRefusal(signatureCheck)) return signatureCheck
  const view = await viewingCopy(door.files, held, mediaType, upload.name)
  if (isRefusal(view)) return view
  const refused = (await held.keep()) ?? (await view?.keep())
  if (refused) return refusals.store({ name: upload.name }, refused)
  const file: StoredFile = {
    fileId: newId(upload.now.getTime()),
    sha256: held.sha256,
    viewSha256: view?.sha256 ?? null,
    size: held.size,
    mediaType,
    name: withExtension(upload.name, acceptedTypes[mediaType]),
    owner: upload.owner,
    purpose: upload.purpose,
    scanState,
    createdAt: upload.now.toISOString(),
    conversion: isConverted(mediaType) ? 'waiting' : 'kept',
    convertedSha256: null,
    pages: null,
    textLayer: false,
    conversionProblem: null,
    reading: readingOf(door, mediaType, held.size),
    notes,
    malware: null,
    signatureCheck,
  }
  await insertFile(door.db, file)
  // A worker that cannot be asked finds the file at its next sweep.
  if ([scanState, file.conversion, file.reading].includes('waiting'))
    await door.soon?.(file.fileId).catch(() => undefined)
  return file
}

function readingOf({ readsLetters }: FileDoor, mediaType: AcceptedType, size: number): Reading | null {
  if (!readsLetters || mediaType !== 'application/pdf') return null
  return size > mostBytesRead ? 'none' : 'waiting'
}

// Nobody could ever check a signature in a wrong form: that is said now and not after the dossier was examined.
async function lookAtSignatures(
  { signatures }: FileDoor,
  held: HeldFile,
  { mediaType, notes, upload }: { mediaType: AcceptedType; notes: PdfNote[]; upload: Upload },
): Promise<Outcome<SignatureCheck | null>> {
  const isXml = mediaType === 'application/xml'
  if (!signatures || !(isXml || notes.includes('pdf-signed'))) return null
  const check = await checkSignatures(signatures, held, isXml ? 'xml' : 'pdf', upload.now)
  if (check.verdict === 'unsigned') return null
  return isHopeless(check) ? refusals.signatureFormat({ name: upload.name }) : check
}

const isOffice = (type: AcceptedType) => /officedocument|opendocument/.test(type)

async function lookInside(held: HeldFile, type: AcceptedType, name: string): Promise<Outcome<PdfNote[]>> {
  if (type !== 'application/pdf') return []
  const { fault, notes } = await checkPdf(held)
  if (fault === undefined) return notes
  return fault === 'damaged' ? refusals.damaged({ name }) : refusals.pdf({ name }, fault)
}

// What is found is refused before it is kept; a scanner that says nothing leaves the file waiting, never clean.
async function scan({ scanner }: FileDoor, held: HeldFile, name: string): Promise<Outcome<ScanState>> {
  if (!scanner) return 'not-configured'
  const verdict = await scanner.scan(held.stream())
  if (verdict.state === 'infected') return refusals.malware({ name, found: verdict.found })
  return verdict.state === 'clean' ? 'clean' : 'waiting'
}
