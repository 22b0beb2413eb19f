import type { Queryable } from '../../../kernel/db.ts'
import type { ScanState } from '../documents-store.ts'

const longestText = 400_000

/** Files that still wait, oldest first. */
export async function waitingFiles(db: Queryable, limit: number): Promise<string[]> {
  const { rows } = await db.query(
    `select file_id as "fileId" from documents.stored_file
     where scan_state = 'waiting' or conversion = 'waiting'
     order by created_at limit $1`,
    [limit],
  )
  return rows.map(({ fileId }) => fileId)
}

/** PDFs whose letters may be read now and are not being read by anybody, oldest first. */
export async function unreadFiles(db: Queryable, { now, limit }: { now: Date; limit: number }) {
  const { rows } = await db.query(
    `select file_id as "fileId" from documents.stored_file
     where reading = 'waiting' and scan_state in ('clean', 'not-configured')
       and (reading_since is null or reading_since <= $1)
     order by created_at limit $2`,
    [leaseBefore(now), limit],
  )
  return rows.map(({ fileId }): string => fileId)
}

/** Longer than reading can take: who began before this has ended, with its process. */
const leaseMs = 20 * 60_000
const leaseBefore = (now: Date) => new Date(now.getTime() - leaseMs)

/** What the scanner said; only a file that waits is told, so a late answer changes nothing. */
export async function recordScan(
  db: Queryable,
  fileId: string,
  { state, found, at }: { state: Exclude<ScanState, 'waiting'>; found: string | null; at: Date },
): Promise<void> {
  await db.query(
    `update documents.stored_file set scan_state = $2, malware = $3, scanned_at = $4,
       conversion = case when $2 = 'infected' and conversion = 'waiting' then 'failed' else conversion end,
       conversion_problem = case when $2 = 'infected' then 'malware' else conversion_problem end,
       reading = case when $2 = 'infected' and reading = 'waiting' then 'none' else reading end
     where file_id = $1 and scan_state = 'waiting'`,
    [fileId, state, found, at],
  )
}

/** Counts an attempt before it is made, so that a file which ends the process is not tried for ever. */
export async function beginConversion(db: Queryable, fileId: string): Promise<number | undefined> {
  const { rows } = await db.query(
    `update documents.stored_file set conversion_tries = conversion_tries + 1
     where file_id = $1 and conversion = 'waiting' returning conversion_tries as tries`,
    [fileId],
  )
  return rows[0]?.tries
}

export type ConversionResult =
  | {
      sha256: string
      size: number
      pages: number | null
      textLayer: boolean
      text?: string | undefined
      textProblem?: string | undefined
    }
  | { problem: string }

export async function recordConversion(
  db: Queryable,
  fileId: string,
  result: ConversionResult,
): Promise<void> {
  if ('problem' in result)
    await db.query(
      `update documents.stored_file set conversion = 'failed', conversion_problem = $2
       where file_id = $1 and conversion = 'waiting'`,
      [fileId, result.problem],
    )
  else
    await db.query(
      `update documents.stored_file set conversion = 'done', converted_sha256 = $2, converted_size = $3, pages = $4,
         text_layer = $5, read_text = $6, text_problem = $7 where file_id = $1 and conversion = 'waiting'`,
      [
        ...[fileId, result.sha256, result.size, result.pages],
        ...[result.textLayer, result.text?.slice(0, longestText) ?? null, result.textProblem ?? null],
      ],
    )
}

/**
 * Counts an attempt at the letters of a PDF before it is made, as for conversions, and keeps others from beginning
 * beside it; undefined where nothing is left to read or somebody reads.
 */
export async function beginReading(db: Queryable, fileId: string, now: Date): Promise<number | undefined> {
  const { rows } = await db.query(
    `update documents.stored_file set conversion_tries = conversion_tries + 1, reading_since = $2
     where file_id = $1 and reading = 'waiting' and (reading_since is null or reading_since <= $3)
     returning conversion_tries as tries`,
    [fileId, now, leaseBefore(now)],
  )
  return rows[0]?.tries
}

/** Gives an attempt to convert or read up; one that failed through no fault of the file does not count. */
export async function giveUp(db: Queryable, fileId: string, counts: boolean): Promise<void> {
  await db.query(
    `update documents.stored_file set reading_since = null, conversion_tries = conversion_tries - $2
     where file_id = $1 and (conversion = 'waiting' or reading = 'waiting')`,
    [fileId, counts ? 0 : 1],
  )
}

export async function recordReading(
  db: Queryable,
  fileId: string,
  { text, problem }: { text?: string | undefined; problem?: string | undefined },
): Promise<void> {
  await db.query(
    `update documents.stored_file set reading = $2, read_text = $3, text_problem = $4
     where file_id = $1 and reading = 'waiting'`,
    [fileId, text === undefined ? 'none' : 'read', text?.slice(0, longestText) ?? null, problem ?? null],
  )
}

/** The letters that were read from the pictures of a file, pages apart by a form feed; undefined where none were. */
export async function readTextOf(db: Queryable, fileId: string): Promise<string | undefined> {
  const { rows } = await db.query('select read_text as text from documents.stored_file where file_id = $1', [
    fileId,
  ])
  return rows[0]?.text ?? undefined
}

export interface JoinedPaper {
  sha256: string
  size: number
  pages: number
}

export async function findJoined(db: Queryable, parts: string): Promise<JoinedPaper | undefined> {
  const { rows } = await db.query('select sha256, size, pages from documents.joined_paper where parts = $1', [
    parts,
  ])
  return rows[0] && { ...rows[0], size: Number(rows[0].size) }
}

export async function insertJoined(
  db: Queryable,
  parts: string,
  joined: JoinedPaper,
  at: Date,
): Promise<void> {
  await db.query(
    `insert into documents.joined_paper (parts, sha256, size, pages, created_at) values ($1, $2, $3, $4, $5)
     on conflict (parts) do nothing`,
    [parts, joined.sha256, joined.size, joined.pages, at],
  )
}
