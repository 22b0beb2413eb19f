import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { Outcome } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import type { StoredFile } from '../documents-store.ts'
import { printable } from '../printable.ts'
import { refusals } from '../refusals.ts'
import { isPicture, print } from './convert.ts'
import { opened } from './intake.ts'
import { type PicturePage, picturePages } from './pictures.ts'
import { takingTurns } from './turns.ts'

const inTurn = takingTurns(1)

/** What the last page of a certified copy says. */
export interface CertificationStatement {
  title: string
  agency: string
  lines: string[]
  signer: { title: string[]; name: string }
  /** Words of a demonstration over the statement; null where it counts. */
  sample: string | null
}

/** The captured original with its pages, read once, so that pages are counted before a number is taken. */
export interface CapturedOriginal {
  pages: PicturePage[]
  /** Hash of the hashes of the captured files. */
  source: string
}

/** Reads the pictures of an original. Refuses what is no picture, carried malware, waits or is damaged. */
export async function readOriginal(
  files: Files,
  parts: readonly StoredFile[],
): Promise<Outcome<CapturedOriginal>> {
  const pages: PicturePage[] = []
  for (const { name, mediaType, sha256, scanState } of parts) {
    if (scanState === 'infected') return refusals.fileQuarantined()
    if (scanState === 'waiting') return refusals.fileWaiting()
    if (!isPicture(mediaType)) return refusals.capturedAsPictures({ name })
    for await (const page of picturePages(await buffer(await opened(files, sha256)))) {
      if (typeof page === 'string') return refusals.damaged({ name })
      pages.push(page)
    }
  }
  if (pages.length === 0) return refusals.fileNotFound()
  const source = createHash('sha256')
    .update(parts.map(({ sha256 }) => sha256).join('\n'))
    .digest('hex')
  return { pages, source }
}

/** The original and the statement as one PDF/A; the statement stands on the last page. */
export async function certifiedPdf(
  { pages }: CapturedOriginal,
  statement: CertificationStatement,
  now: Date,
): Promise<Outcome<Uint8Array>> {
  const data = {
    ...statement,
    title: printable(statement.title),
    lines: statement.lines.map(printable),
    pages: pages.map(({ width, height }, i) => ({ file: `page-${i}.jpg`, width, height })),
  }
  const assets = Object.fromEntries(pages.map(({ jpeg }, i) => [`page-${i}.jpg`, jpeg]))
  const pdf = await inTurn(() => print('certified', data, now, assets))
  return typeof pdf === 'string' ? refusals.damaged({ name: statement.title }) : pdf
}
