import { buffer } from 'node:stream/consumers'
import type { Db, Queryable } from '../../../kernel/db.ts'
import { isRefusal } from '../../../kernel/errors.ts'
import { enqueue } from '../../../kernel/feed.ts'
import { type ByteSource, type Files, FilesProblem } from '../../../kernel/files.ts'
import type { TaskList } from '../../../kernel/jobs.ts'
import { findFiles, mayBeOpened, type StoredFile } from '../documents-store.ts'
import type { Scanner } from './clamd.ts'
import { type ConversionFault, type Converted, type Converters, convert } from './convert.ts'
import {
  beginConversion,
  beginReading,
  giveUp,
  recordConversion,
  recordReading,
  recordScan,
  unreadFiles,
  waitingFiles,
} from './intake-store.ts'
import { lettersOf } from './read-letters.ts'
import { unlessGoing } from './turns.ts'

/** What looks at files after they were taken in. */
export interface IntakeParts extends Converters {
  db: Db
  files: Files
  scanner: Scanner | undefined
  now: () => Date
  /** A breakdown that only this file is told of. */
  onFailure(error: unknown, fileId: string): void
}

const task = 'documents.intake'
// A crontab allows no dot in a name.
const sweepTask = 'documents-intake-sweep'
/** What waits for a scanner, or was left by a process that ended, is looked at again every minute. */
export const intakeCrontab = `* * * * * ${sweepTask}`
const mostTries = 3
const sweepLength = 200

/** Asks the worker to look at a file that was just taken in. */
export async function askForIntake(db: Queryable, fileId: string): Promise<void> {
  // Two lanes: a slow document holds up half of what comes after it, and memory stays that of two conversions.
  const queue = `${task}-${Number.parseInt(fileId.slice(-1), 16) % 2}`
  await enqueue(db, [
    { identifier: task, payload: { fileId }, key: `${task}:${fileId}`, queue, max_attempts: 3 },
  ])
}

export function intakeTasks(parts: IntakeParts): TaskList {
  return {
    [task]: (payload) => workOn(parts, (payload as { fileId: string }).fileId),
    [sweepTask]: () => sweep(parts),
  }
}

// Letters take a minute a paper: the sweep of the next minute leaves them to this one, and the worker to others. What a
// process that ended was at is begun again at once.
const alone = unlessGoing()

/** Looks at everything that waits, in order, until the scanner is silent; then reads what may be read. */
export async function sweep(parts: IntakeParts): Promise<void> {
  for (const fileId of await waitingFiles(parts.db.pool, sweepLength))
    if ((await scanAndConvert(parts, fileId)) === 'silent') break
  await alone('letters of PDFs', async () => {
    for (const fileId of await unreadFiles(parts.db.pool, { now: parts.now(), limit: sweepLength }))
      await readLetters(parts, fileId)
  })
}

/** Scans a file that waits for it, makes it a PDF/A and reads its letters. */
export async function workOn(parts: IntakeParts, fileId: string): Promise<void> {
  await scanAndConvert(parts, fileId)
  await readLetters(parts, fileId)
}

async function scanAndConvert(parts: IntakeParts, fileId: string): Promise<'done' | 'silent'> {
  const [file] = await findFiles(parts.db.pool, [fileId])
  if (!file) return 'done'
  if (file.scanState === 'waiting') {
    const scanned = await rescan(parts, file)
    if (scanned !== 'clean') return scanned === 'silent' ? 'silent' : 'done'
  }
  if (file.scanState !== 'infected' && file.conversion === 'waiting')
    await alone(fileId, () => convertOne(parts, file))
  return 'done'
}

async function rescan({ db, files, scanner, now }: IntakeParts, file: StoredFile) {
  if (!scanner) {
    // The scanner was taken out of the configuration: that nobody looked is said plainly.
    await recordScan(db.pool, file.fileId, { state: 'not-configured', found: null, at: now() })
    return 'clean' as const
  }
  const content = await files.open(file.sha256)
  if (!content) return 'gone' as const
  const verdict = await scanner.scan(content).finally(() => content.destroy())
  if (verdict.state === 'silent') return 'silent' as const
  const found = verdict.state === 'infected' ? verdict.found : null
  await recordScan(db.pool, file.fileId, { state: verdict.state, found, at: now() })
  return verdict.state
}

async function convertOne(parts: IntakeParts, file: StoredFile): Promise<void> {
  const { db, files, now, onFailure } = parts
  const { fileId, name, mediaType } = file
  const tries = await beginConversion(db.pool, fileId)
  if (tries === undefined) return
  if (tries > mostTries) return recordConversion(db.pool, fileId, { problem: 'broke-down' })
  try {
    const converted = await convert({ name, mediaType, open: () => opened(files, file.sha256) }, parts, now())
    if (typeof converted === 'string') return await recordConversion(db.pool, fileId, { problem: converted })
    const kept = await keepConverted(files, converted)
    await recordConversion(db.pool, fileId, { ...converted, ...kept })
  } catch (error) {
    onFailure(error, fileId)
    // A store that does not answer is no fault of the file: the sweep comes back to it.
    if (error instanceof FilesProblem) await giveUp(db.pool, fileId, false)
    else if (tries >= mostTries) await recordConversion(db.pool, fileId, { problem: 'broke-down' })
  }
}

// The letters of a PDF that waits for that, once it may be opened.
async function readLetters(parts: IntakeParts, fileId: string): Promise<void> {
  const { db, files, reader, now, onFailure } = parts
  const [file] = await findFiles(db.pool, [fileId])
  if (file?.reading !== 'waiting' || !mayBeOpened(file)) return
  // The reader was taken out of the configuration.
  if (!reader) return recordReading(db.pool, fileId, {})
  const tries = await beginReading(db.pool, fileId, now())
  if (tries === undefined) return
  if (tries > mostTries) return recordReading(db.pool, fileId, { problem: 'ocr-failed' })
  try {
    const { tooMuch, ...letters } = await lettersOf(await buffer(await opened(files, file.sha256)), reader)
    if (tooMuch) onFailure(new Error('a PDF was more than the process that takes it apart may take'), fileId)
    await recordReading(db.pool, fileId, letters)
  } catch (error) {
    onFailure(error, fileId)
    const away = error instanceof FilesProblem
    if (tries >= mostTries && !away) await recordReading(db.pool, fileId, { problem: 'ocr-failed' })
    else await giveUp(db.pool, fileId, !away)
  }
}

/** Content that a row names: it is there, or the store is broken. */
export async function opened(files: Files, sha256: string) {
  const stream = await files.open(sha256)
  if (!stream) throw new Error(`the store has lost ${sha256}`)
  return stream
}

export async function keepConverted(files: Files, { pdf }: Pick<Converted, 'pdf'>) {
  const held = await files.receive([pdf] satisfies ByteSource, { maxBytes: Number.POSITIVE_INFINITY })
  if (isRefusal(held)) throw new FilesProblem(held)
  const refused = await held.keep()
  if (refused) throw new FilesProblem(refused)
  return { sha256: held.sha256, size: held.size }
}

export type { ConversionFault }
