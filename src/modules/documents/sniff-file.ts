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
  if (startsWith(head, 'PK')) return sniffZip(file, name)
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? ''
  if (found === 'application/pdf') return sniffPdf(file, name)
  if (found === 'image/heif' || found === 'image/heic') return 'image/heic'
  if (archives.has(found)) return refusals.zipNotAccepted({ name })
  if (isPicture(found)) return found
  return found === '' ? sniffText(file, name) : refusals.notAccepted({ name })
}

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
