import type { Queryable } from '../../../kernel/db.ts'

/** One page of a captured original, as it will stand in the copy. */
export interface CapturedPage {
  /** Content of the upright picture. */
  sha256: string
  width: number
  height: number
  /** The file it was read from, as the counter's scanner or camera made it. */
  fileId: string
}

/** An original as it was captured at the counter. */
export interface Capture {
  id: string
  dossierId: string
  /** Which paper of the request it is, from 0. */
  place: number
  name: string
  pages: CapturedPage[]
  capturedBy: string
  capturedAt: string
}

const columns = `id, dossier_id as "dossierId", place, name, pages, captured_by as "capturedBy",
  captured_at as "capturedAt"`

export async function capturesOf(db: Queryable, dossierId: string): Promise<Capture[]> {
  const { rows } = await db.query(
    `select ${columns} from dossiers.captured_original where dossier_id = $1 order by place`,
    [dossierId],
  )
  return rows.map((row) => ({ ...row, capturedAt: row.capturedAt.toISOString() }))
}

/** Keeps others from changing what was captured for a dossier until the transaction ends. */
export async function lockCaptures(tx: Queryable, dossierId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`certify ${dossierId}`])
}

/** Writes an original as it stands captured now; the one of the same place is it. */
export async function keepCapture(tx: Queryable, capture: Capture): Promise<void> {
  await tx.query(
    `insert into dossiers.captured_original (id, dossier_id, place, name, pages, captured_by, captured_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (dossier_id, place) do update set name = excluded.name, pages = excluded.pages,
       captured_by = excluded.captured_by, captured_at = excluded.captured_at`,
    [
      ...[capture.id, capture.dossierId, capture.place, capture.name, JSON.stringify(capture.pages)],
      ...[capture.capturedBy, capture.capturedAt],
    ],
  )
}

/** Takes a whole capture back: the wrong paper, or not readable. */
export async function dropCapture(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from dossiers.captured_original where id = $1', [id])
}
