import { Readable } from 'node:stream'
import type { Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/files.ts'
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

/** Opens a file as handed in, or with `view` the upright copy of a picture without its hidden data. */
export async function openFile(
  { db, files }: { db: Queryable; files: Files },
  fileId: string,
  { view = false }: { view?: boolean } = {},
): Promise<Outcome<OpenedFile & { file: StoredFile }>> {
  const file = await findFile(db, fileId)
  if (!file) return refusals.fileNotFound()
  if (file.scanState === 'infected') return refusals.fileQuarantined()
  const copy = view && file.viewSha256 !== null ? file.viewSha256 : undefined
  const stream = await files.open(copy ?? file.sha256)
  if (!stream) return refusals.fileNotFound()
  if (copy === undefined) return { ...file, file, stream }
  const name = withExtension(file.name, ['jpg', 'jpeg'])
  return { name, mediaType: 'image/jpeg', size: undefined, sha256: copy, stream, file }
}

/** Opens an issued paper. */
export async function openDocument(files: Files, document: IssuedDocument): Promise<Outcome<OpenedFile>> {
  const stream = await files.open(document.sha256)
  if (!stream) return refusals.fileNotFound()
  const name = `${document.kind}-${document.dossierCode}.pdf`
  return { name, mediaType: 'application/pdf', size: document.size, sha256: document.sha256, stream }
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
