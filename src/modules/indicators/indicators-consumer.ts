import type { Queryable } from '../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../kernel/feed.ts'
import { findByIds } from '../dossiers/index.ts'
import { ratingsOf } from '../feedback/index.ts'
import { type Contribution, contributions } from './contributions.ts'
import { applyContributions, consumerName, lockFigures } from './indicator-store.ts'

/** Keeps the live figures: for each dossier that something happened to, applies what it contributes now. */
export const indicatorsConsumer: Consumer = consume(consumerName, async (tx, entries) => {
  await refreshContributions(tx, touched(entries))
})

/** Counts dossiers as they stand now; inside a transaction, as often as one likes. */
export async function refreshContributions(tx: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await lockFigures(tx)
  await applyContributions(tx, await presentContributions(tx, ids))
}

// A rating has a stream of its own; what it says is counted with its dossier.
function touched(entries: readonly FeedEntry[]): string[] {
  const ids = entries.flatMap(({ kind, stream, data }) => {
    if (kind === 'feedback.rated') return [data.dossierId as string]
    return kind.startsWith('dossiers.') ? [stream] : []
  })
  return [...new Set(ids)]
}

/** What dossiers contribute by their present rows and ratings. */
export async function presentContributions(db: Queryable, ids: readonly string[]): Promise<Contribution[]> {
  if (ids.length === 0) return []
  const files = await findByIds(db, ids)
  const ratings = new Map((await ratingsOf(db, ids)).map((rating) => [rating.dossierId, rating]))
  return files.map(({ dossier }) => contributions(dossier, ratings.get(dossier.id)))
}
