import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import type { Outcome } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import type { StoredFile } from '../documents-store.ts'
import { printable } from '../printable.ts'
import { qrSvg } from '../qr.ts'
import { refusals } from '../refusals.ts'
import { isPicture, print } from './convert.ts'
import { opened } from './intake.ts'
import { type PicturePage, picturePages } from './pictures.ts'
import type { NotAScan } from './scan-parts.ts'
import { scannedPages } from './scanned-pdf.ts'
import { takingTurns } from './turns.ts'

const inTurn = takingTurns(1)
/** Each PDF that is taken apart has a process of its own: one at a time, however many officers certify. */
const apartInTurn = takingTurns(1)

/** What the last page of a certified copy says. */
export interface CertificationStatement {
  title: string
  agency: string
  lines: string[]
  signer: { title: string[]; name: string }
  /** Where anybody can ask whether it is genuine; null while nobody has signed. */
  verify: { url: string; code: string } | null
  /** Words of a demonstration over the statement; null where it counts. */
  sample: string | null
}

/** The captured original with its pages, in their order. */
export interface CapturedOriginal {
  pages: PicturePage[]
}

/**
 * The pages of a captured file, upright: a picture, a TIFF of many, or a PDF as a scanner writes it. Refuses what is none
 * of these, carried malware, waits to be scanned or is damaged.
 */
export async function capturedPages(
  files: Files,
  { name, mediaType, sha256, scanState }: StoredFile,
): Promise<Outcome<PicturePage[]>> {
  if (scanState === 'infected') return refusals.fileQuarantined()
  if (scanState === 'waiting') return refusals.fileWaiting()
  const isPdf = mediaType === 'application/pdf'
  if (!isPdf && !isPicture(mediaType)) return refusals.capturedAsPictures({ name })
  const content = await buffer(await opened(files, sha256))
  return isPdf ? apartInTurn(() => uprightPages(scannedPages(content), name)) : uprightPages([content], name)
}

async function uprightPages(
  pictures: AsyncIterable<Buffer | NotAScan> | Iterable<Buffer>,
  name: string,
): Promise<Outcome<PicturePage[]>> {
  const pages: PicturePage[] = []
  for await (const picture of pictures) {
    if (picture === 'not-a-scan') return refusals.capturedAsPictures({ name })
    if (typeof picture === 'string') return refusals.damaged({ name })
    for await (const page of picturePages(picture)) {
      if (typeof page === 'string') return refusals.damaged({ name })
      pages.push(page)
    }
  }
  return pages
}

/** A page a quarter turned clockwise, so many times. */
export async function turnedPage({ jpeg }: Pick<PicturePage, 'jpeg'>, quarters = 1): Promise<PicturePage> {
  const { data, info } = await sharp(jpeg)
    .rotate(quarters * 90)
    .jpeg({ quality: 90 })
    .toBuffer({ resolveWithObject: true })
  return { jpeg: data, width: info.width, height: info.height }
}

/** A page as small as a screen needs it to be compared with the paper. */
export const pageOnScreen = (jpeg: Uint8Array): Promise<Buffer> =>
  sharp(jpeg).resize({ width: 1100, height: 1600, fit: 'inside', withoutEnlargement: true }).jpeg().toBuffer()

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
    verify: statement.verify && {
      svg: qrSvg(statement.verify.url),
      label: `Mã QR dẫn tới ${statement.verify.url}`,
      code: statement.verify.code,
    },
    pages: pages.map(({ width, height }, i) => ({ file: `page-${i}.jpg`, width, height })),
  }
  const assets = Object.fromEntries(pages.map(({ jpeg }, i) => [`page-${i}.jpg`, jpeg]))
  const pdf = await inTurn(() => print('certified', data, now, assets))
  return typeof pdf === 'string' ? refusals.damaged({ name: statement.title }) : pdf
}
