import { fileTypeFromBuffer } from 'file-type'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { HeldFile } from '../../kernel/files.ts'
import { extensionOf } from './file-name.ts'
import { refusals } from './refusals.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'

/** What is accepted, by content; the first extension is the one given to a file that has none of them. */
export const acceptedTypes = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'image/tiff': ['tif', 'tiff'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'text/plain': ['txt'],
  'application/xml': ['xml'],
} as const satisfies Record<string, readonly string[]>

export type AcceptedType = keyof typeof acceptedTypes
type Sniffed = Pick<HeldFile, 'size' | 'read'>

const headLength = 4_100
const textSample = 1_000_000

/** The kind of a file by its content, whatever its name or its sender say. */
export async function sniffFile(file: Sniffed, name: string): Promise<Outcome<AcceptedType>> {
  if (file.size === 0) return refusals.empty({ name })
  const head = await file.read(0, headLength)
  if (isProgram(head)) return refusals.executable({ name })
  if (isSignedContainer(head)) return refusals.signedContainer({ name })
  if (startsWith(head, 'PK')) return sniffZip(file, name)
  if (isXml(head, name)) return sniffXml(file, name)
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? ''
  if (found === 'application/pdf') return sniffPdf(file, name)
  if (found === 'image/heif' || found === 'image/heic') return 'image/heic'
  if (archives.has(found)) return refusals.zipNotAccepted({ name })
  if (isPicture(found)) return found
  return found === '' ? sniffText(file, name) : refusals.notAccepted({ name })
}

/** CMS around a file (.p7m, .p7s), as DER or as text: SEQUENCE, then the name of signed or enveloped data. */
function isSignedContainer(head: Buffer): boolean {
  if (/^\s*-----BEGIN (PKCS7|CMS|PKCS #7 SIGNED DATA)-----/.test(head.toString('latin1', 0, 64))) return true
  const hex = head.subarray(0, 24).toString('hex')
  return hex.startsWith('30') && /06092a864886f70d0107(02|03)/.test(hex)
}

const isXml = (head: Buffer, name: string): boolean =>
  extensionOf(name) === 'xml' && /^\ufeff?\s*<[?!\w]/.test(head.toString('utf8', 0, 256))

/** XML is taken when it is signed: what is not, is data that a form asks for. */
async function sniffXml(file: Sniffed, name: string): Promise<Outcome<AcceptedType>> {
  if (file.size > largestXml) return refusals.notAccepted({ name })
  const text = (await file.read(0, file.size)).toString('utf8')
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return refusals.xmlEntities({ name })
  return text.includes('http://www.w3.org/2000/09/xmldsig#')
    ? 'application/xml'
    : refusals.notAccepted({ name })
}

const largestXml = 20 * 1024 * 1024

const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/tiff'] as const
const isPicture = (mime: string): mime is (typeof pictures)[number] =>
  pictures.some((picture) => picture === mime)

const archives = new Set([
  'application/x-rar-compressed',
  'application/x-7z-compressed',
  'application/gzip',
  'application/x-tar',
  'application/x-bzip2',
  'application/x-xz',
  'application/zstd',
])

// First bytes of what a machine would run: ELF, DOS and Windows, Mach-O and Java, Android, WebAssembly, shortcuts.
const programs = [
  '7f454c46',
  '4d5a',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
  'bebafeca',
  '6465780a',
  '0061736d',
  '4c0000000114020',
]

function isProgram(head: Buffer): boolean {
  const hex = head.subarray(0, 16).toString('hex')
  if (programs.some((mark) => hex.startsWith(mark))) return true
  return /^\ufeff?\s*#!/.test(head.toString('utf8', 0, 64))
}

async function sniffPdf(file: Sniffed, name: string): Promise<Outcome<AcceptedType>> {
  const tail = await file.read(Math.max(0, file.size - 2_048), 2_048)
  return tail.includes('%%EOF') ? 'application/pdf' : refusals.damaged({ name })
}

async function sniffZip(file: Sniffed, name: string): Promise<Outcome<AcceptedType>> {
  const directory = await readZipDirectory(file)
  if (directory === 'damaged') return refusals.damaged({ name })
  if (directory === 'bomb') return refusals.zipBomb({ name })
  // ASiC: any file in an archive, with signatures beside it.
  if (directory.entries.some((entry) => /^META-INF\/(.*signature.*\.(xml|p7s)|.*\.tst)$/i.test(entry.name)))
    return refusals.signedContainer({ name })
  const bad = badEntries(directory.entries, name)
  if (isRefusal(bad)) return bad
  return officeType(directory.entries, await file.read(0, 128)) ?? refusals.zipNotAccepted({ name })
}

const programNames = /\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|apk|sh|lnk)$/i
const archiveNames = /\.(zip|rar|7z|gz|tgz|tar|bz2|xz|iso)$/i
const officeNames = /\.(docx|xlsx|pptx|odt|ods)$/i
const embeddedLimit = 50_000_000

function badEntries(entries: ZipEntry[], name: string) {
  if (entries.some((entry) => programNames.test(entry.name))) return refusals.executable({ name })
  if (entries.some((entry) => archiveNames.test(entry.name))) return refusals.zipNotAccepted({ name })
  if (entries.some((entry) => officeNames.test(entry.name) && entry.uncompressed > embeddedLimit))
    return refusals.zipBomb({ name })
  // Macros are programs; a locked file cannot be checked.
  if (entries.some((entry) => entry.encrypted || /vbaProject\.bin$/i.test(entry.name)))
    return refusals.notAccepted({ name })
  return undefined
}

function officeType(entries: ZipEntry[], head: Buffer): AcceptedType | undefined {
  const has = (wanted: string) => entries.some((entry) => entry.name === wanted)
  if (has('[Content_Types].xml') && has('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  if (has('[Content_Types].xml') && has('xl/workbook.xml'))
    return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  // OpenDocument keeps its type as the first entry, unpacked, so that it can be read here.
  const opendocument = 'mimetypeapplication/vnd.oasis.opendocument.text'
  if (has('content.xml') && head.toString('latin1', 30, 30 + opendocument.length) === opendocument)
    return 'application/vnd.oasis.opendocument.text'
  return undefined
}

/** Plain text is whatever calls itself .txt and is UTF-8 without control characters. */
async function sniffText(file: Sniffed, name: string): Promise<Outcome<AcceptedType>> {
  if (extensionOf(name) !== 'txt') return refusals.notAccepted({ name })
  const sample = await file.read(0, textSample)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(sample, {
      stream: sample.length < file.size,
    })
    return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? refusals.notAccepted({ name }) : 'text/plain'
  } catch {
    return refusals.notAccepted({ name })
  }
}

const startsWith = (head: Buffer, text: string) => head.toString('latin1', 0, text.length) === text
