import type { Queryable } from '../../kernel/db.ts'
import { entryColumns, type PrivateContent } from '../../kernel/journal.ts'
import type { Rating, SealedRatedEntry } from './rating.ts'

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toRating(row: any): Rating {
  return {
    dossierId: row.dossier_id,
    stream: row.stream,
    sequence: row.sequence,
    headHash: row.head_hash,
    grade: row.grade,
    aspects: row.aspects,
    comment: row.comment,
    firstRatedAt: row.first_rated_at.toISOString(),
    ratedAt: row.rated_at.toISOString(),
  }
}

/** The ratings of several dossiers; those without one are left out. */
export async function ratingsOf(db: Queryable, dossierIds: readonly string[]): Promise<Rating[]> {
  const { rows } = await db.query({
    name: 'feedback.ratings-of',
    text: 'select * from feedback.rating where dossier_id = any($1)',
    values: [dossierIds],
  })
  return rows.map(toRating)
}

/** The ratings of the dossiers from one id to another. */
export async function ratingsBetween(db: Queryable, first: string, last: string): Promise<Rating[]> {
  const { rows } = await db.query({
    name: 'feedback.ratings-between',
    text: 'select * from feedback.rating where dossier_id between $1 and $2',
    values: [first, last],
  })
  return rows.map(toRating)
}

export async function findRating(db: Queryable, dossierId: string): Promise<Rating | undefined> {
  return (await ratingsOf(db, [dossierId]))[0]
}

/**
 * Writes a rating with its entry in one statement, guarded by the sequence the decision was made on.
 * False when the same dossier was rated meanwhile.
 */
export async function appendRating(
  db: Queryable,
  rating: Rating,
  entry: SealedRatedEntry,
  comment: PrivateContent | null,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'feedback.append',
    text: `
with head as (
  insert into feedback.rating as r (dossier_id, stream, sequence, head_hash, grade, aspects, comment, comment_ref,
    comment_salt, first_rated_at, rated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (dossier_id) do update set sequence = excluded.sequence, head_hash = excluded.head_hash,
    grade = excluded.grade, aspects = excluded.aspects, comment = excluded.comment,
    comment_ref = excluded.comment_ref, comment_salt = excluded.comment_salt, rated_at = excluded.rated_at
  where r.stream = excluded.stream and r.sequence = excluded.sequence - 1
  returning stream
)
insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
select e.* from head, unnest($12::uuid[], $13::int[], $14::text[], $15::text[], $16::jsonb[], $17::jsonb[],
  $18::timestamptz[], $19::bytea[], $20::bytea[]) e`,
    values: [
      rating.dossierId,
      rating.stream,
      rating.sequence,
      rating.headHash,
      rating.grade,
      JSON.stringify(rating.aspects),
      rating.comment,
      comment?.id ?? null,
      comment?.salt ?? null,
      rating.firstRatedAt,
      rating.ratedAt,
      ...entryColumns('rating', [entry]),
    ],
  })
  return rowCount === 1
}
