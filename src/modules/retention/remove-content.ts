import type { Queryable } from '../../kernel/db.ts'
import type { Files } from '../../kernel/files.ts'

const hourMs = 3_600_000

/** What became of a content: `needed` when something that stays still names it. */
export type ContentRemoval = 'removed' | 'needed' | 'absent'

/**
 * Takes a content that nobody names any more out of the store. Undefined when the same bytes were put within the last
 * hour: they may be on their way in just now, because a row names them only after they are kept; try again later.
 */
export async function removeContent(
  { db, files }: { db: Queryable; files: Files },
  sha256: string,
  now: Date,
): Promise<ContentRemoval | undefined> {
  const { rows } = await db.query('select retention.needed($1) as needed', [sha256])
  if (rows[0].needed) return 'needed'
  const outcome = await files.remove(sha256, { unlessPutSince: new Date(now.getTime() - hourMs) })
  return outcome === 'fresh' ? undefined : outcome
}
