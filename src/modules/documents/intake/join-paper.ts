import { createHash } from 'node:crypto'
import type { Queryable } from '../../../kernel/db.ts'
import type { Files } from '../../../kernel/files.ts'
import { mayBeOpened, type StoredFile } from '../documents-store.ts'
import { isPicture, joinPictures } from './convert.ts'
import { keepConverted, opened } from './intake.ts'
import { findJoined, insertJoined, type JoinedPaper } from './intake-store.ts'
import { takingTurns } from './turns.ts'

const inTurn = takingTurns(1)

/** Whether a file is a photo that was made a PDF/A and may be opened. */
export const isPhoto = (file: StoredFile): boolean =>
  isPicture(file.mediaType) && file.conversion === 'done' && mayBeOpened(file)

/** Whether these files are photos of one paper that can be read as one. */
export const canJoin = (files: readonly StoredFile[]): boolean => files.length > 1 && files.every(isPhoto)

/** Several photos of one paper as one PDF/A, in the order given; made once and kept. Undefined when they cannot be joined. */
export async function joinPaper(
  { db, files, now }: { db: Queryable; files: Files; now: Date },
  photos: readonly StoredFile[],
): Promise<JoinedPaper | undefined> {
  if (!canJoin(photos)) return undefined
  const parts = createHash('sha256')
    .update(photos.map(({ sha256 }) => sha256).join('\n'))
    .digest('hex')
  const before = await findJoined(db, parts)
  if (before) return before
  return inTurn(async () => {
    const sources = photos.map(({ name, mediaType, sha256 }) => ({
      ...{ name, mediaType },
      open: () => opened(files, sha256),
    }))
    const joined = await joinPictures(sources, now)
    if (typeof joined === 'string') return undefined
    const paper = { ...(await keepConverted(files, joined)), pages: joined.pages ?? 1 }
    await insertJoined(db, parts, paper, now)
    return paper
  })
}
