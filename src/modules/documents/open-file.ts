import { Readable } from 'node:stream'
import type { Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { type Files, FilesProblem } from '../../kernel/files.ts'
import { longerEdition } from '../signatures/index.ts'
import { findFiles, type IssuedDocument, type StoredFile } from './documents-store.ts'
import { withExtension } from './file-name.ts'
import { refusals } from './refusals.ts'

export interface OpenedFile {
  name: string
  mediaType: string
  size: number | undefined
  sha256: string
  stream: Readable
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The row of a file; who may open it is the caller's question. */
export async function findFile(db: Queryable, fileId: string): Promise<StoredFile | undefined> {
  return uuid.test(fileId) ? (await findFiles(db, [fileId]))[0] : undefined
}

/**
 * Opens a file as handed in; with `paper` as the PDF/A that it became, with `view` as the upright picture without its
 * hidden data, where there is one. What waits for the scanner or is infected opens for nobody, in no form.
 */
export async function openFile(
  { db, files }: { db: Queryable; files: Files },
  fileId: string,
  wanted: { view?: boolean; paper?: boolean } = {},
): Promise<Outcome<OpenedFile & { file: StoredFile }>> {
  const file = await findFile(db, fileId)
  if (!file) return refusals.fileNotFound()
  if (file.scanState === 'infected') return refusals.fileQuarantined()
  if (file.scanState === 'waiting') return refusals.fileWaiting()
  const form = await longest(db, formOf(file, wanted))
  const stream = await streamOf(files, form.sha256)
  return isRefusal(stream) ? stream : { ...form, file, stream }
}

function formOf(
  file: StoredFile,
  { view, paper }: { view?: boolean; paper?: boolean },
): Omit<OpenedFile, 'stream'> {
  const { name, viewSha256, convertedSha256 } = file
  if (paper && convertedSha256 !== null)
    return {
      name: withExtension(name, ['pdf']),
      mediaType: 'application/pdf',
      size: undefined,
      sha256: convertedSha256,
    }
  if (view && viewSha256 !== null)
    return {
      name: withExtension(name, ['jpg', 'jpeg']),
      mediaType: 'image/jpeg',
      size: undefined,
      sha256: viewSha256,
    }
  return file
}

// A signed paper whose time stamps came later is given with them; it begins with what was signed.
async function longest<T extends Pick<OpenedFile, 'sha256' | 'size' | 'mediaType'>>(
  db: Queryable,
  form: T,
): Promise<T> {
  const longer = form.mediaType === 'application/pdf' ? await longerEdition(db, form.sha256) : undefined
  return longer ? { ...form, ...longer } : form
}

// A store that is away, or a key that is missing, is said by name and is no breakdown of the page.
async function streamOf(files: Files, sha256: string): Promise<Outcome<Readable>> {
  try {
    return (await files.open(sha256)) ?? refusals.fileNotFound()
  } catch (error) {
    if (error instanceof FilesProblem) return refusals.notReadable(error.refusal)
    throw error
  }
}

/** Opens a paper that was joined from several photos. */
export async function openJoined(
  files: Files,
  { sha256, size }: { sha256: string; size: number },
  name: string,
): Promise<Outcome<OpenedFile>> {
  const stream = await streamOf(files, sha256)
  return isRefusal(stream) ? stream : { name, mediaType: 'application/pdf', size, sha256, stream }
}

/** Opens an issued paper: as it was issued or, with a database, with the time stamps that came later. */
export async function openDocument(
  files: Files,
  document: IssuedDocument,
  db?: Queryable,
): Promise<Outcome<OpenedFile>> {
  const { sha256, size, kind, dossierCode } = document
  const form = {
    name: `${kind.replace('/', '-')}-${dossierCode}.pdf`,
    mediaType: 'application/pdf',
    size,
    sha256,
  }
  const given = db ? await longest(db, form) : form
  const stream = await streamOf(files, given.sha256)
  return isRefusal(stream) ? stream : { ...given, stream }
}

// Chrome's PDF viewer does not start in a sandbox; a PDF may then load nothing instead.
const policies = {
  sandbox: "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  pdf: "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
}
const shownInline = /^(image\/(jpeg|png|webp)|application\/pdf|text\/plain)$/

/** Headers under which a file from a stranger can be sent: it is what we say it is, and it may do nothing. */
export function fileHeaders(
  file: Pick<OpenedFile, 'name' | 'mediaType' | 'size' | 'sha256'>,
  { inline = false }: { inline?: boolean } = {},
): Record<string, string> {
  const shown = inline && shownInline.test(file.mediaType)
  const pdf = shown && file.mediaType === 'application/pdf'
  return {
    'content-type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
    ...(file.size === undefined ? {} : { 'content-length': String(file.size) }),
    'content-disposition': disposition(shown ? 'inline' : 'attachment', file.name),
    'content-security-policy': pdf ? policies.pdf : policies.sandbox,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
    etag: `"${file.sha256}"`,
  }
}

/** The whole answer of a route that sends a file. */
export function fileResponse(file: OpenedFile, options: { inline?: boolean } = {}): Response {
  return new Response(Readable.toWeb(file.stream) as ReadableStream, { headers: fileHeaders(file, options) })
}

// RFC 6266: plain letters for old programs, the true name in UTF-8 for the others.
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
  const ascii = plain.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${full}`
}
