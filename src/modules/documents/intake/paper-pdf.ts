import type { Outcome } from '../../../kernel/errors.ts'
import type { Files } from '../../../kernel/files.ts'
import type { StoredFile } from '../documents-store.ts'
import { contentOf } from '../keep-content.ts'
import { refusals } from '../refusals.ts'
import { isPicture, joinPictures } from './convert.ts'
import { opened } from './intake.ts'
import { takingTurns } from './turns.ts'

const inTurn = takingTurns(1)

/**
 * One paper as one PDF: pictures become PDF/A in the order given, a PDF stays as it is, and a text or an office file is
 * taken as what it was made. Refuses what carried malware, what still waits, and files that are not one paper.
 */
export async function paperPdf(
  files: Files,
  parts: readonly StoredFile[],
  now: Date,
): Promise<Outcome<Uint8Array>> {
  const [first] = parts
  if (first === undefined) return refusals.fileNotFound()
  for (const { scanState } of parts) {
    if (scanState === 'infected') return refusals.fileQuarantined()
    if (scanState === 'waiting') return refusals.fileWaiting()
  }
  if (parts.every(({ mediaType }) => isPicture(mediaType))) return inTurn(() => joined(files, parts, now))
  if (parts.length > 1) return refusals.notOnePaper({ name: first.name })
  const sha256 = first.mediaType === 'application/pdf' ? first.sha256 : first.convertedSha256
  if (sha256 === null) return refusals.fileWaiting()
  return (await contentOf(files, sha256)) ?? refusals.fileNotFound()
}

async function joined(files: Files, parts: readonly StoredFile[], now: Date): Promise<Outcome<Uint8Array>> {
  const sources = parts.map(({ name, mediaType, sha256 }) => ({
    ...{ name, mediaType },
    open: () => opened(files, sha256),
  }))
  const made = await joinPictures(sources, now)
  return typeof made === 'string' ? refusals.damaged({ name: parts[0]!.name }) : made.pdf
}
