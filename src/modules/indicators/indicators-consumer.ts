import type { Queryable } from '../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../kernel/feed.ts'
import { type Counted, readCounted } from '../dossiers/index.ts'
import { type Rating, ratingsOf } from '../feedback/index.ts'
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

/** The dossiers that entries may count anew. A rating, and what a partner acknowledges, is counted with its dossier. */
export function touched(entries: readonly Pick<FeedEntry, 'kind' | 'stream' | 'data'>[]): string[] {
  const ids = entries.flatMap(({ kind, stream, data }) => {
    if (kind === 'feedback.rated' || kind === 'sync.acknowledged') return [data.dossierId as string]
    return kind.startsWith('dossiers.') ? [stream] : []
  })
  return [...new Set(ids)]
}

/** What dossiers contribute by their present rows and ratings. */
export async function presentContributions(db: Queryable, ids: readonly string[]): Promise<Contribution[]> {
  if (ids.length === 0) return []
  const counted = await readCounted(db, ids)
  return withRatings(counted, await ratingsOf(db, ids))
}

/** What dossiers contribute, with what people said of them; pure. */
export function withRatings(counted: readonly Counted[], ratings: readonly Rating[]): Contribution[] {
  const of = new Map(ratings.map((rating) => [rating.dossierId, rating]))
  return counted.map(({ dossier, facts }) => contributions(dossier, of.get(dossier.id), facts))
}
