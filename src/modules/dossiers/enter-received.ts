import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import type { FeedEntry } from '../../kernel/feed.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { enterInLog, type Received } from '../documents/index.ts'

/**
 * What was accepted longer ago than this when the news of it comes is history: it is entered by who brings it in, or
 * at night, so that a book that is filled afterwards is in the order of time.
 */
const liveForMs = 15 * 60_000

/** Enters what the feed tells of in the log books of the units, in the order of acceptance. */
export async function enterNews(tx: Queryable, entries: readonly FeedEntry[], now: Date): Promise<void> {
  const live = entries
    .filter(({ kind, at }) => kind === 'dossiers.accepted' && now.getTime() - at.getTime() < liveForMs)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  if (live.length === 0) return
  const { rows } = await tx.query({
    name: 'dossiers.receivers',
    // Whoever files linked procedures hands in once: the group stands in the book.
    text: 'select id, received_by from dossiers.dossier where id = any($1) and linked is null',
    values: [live.map(({ stream }) => stream)],
  })
  const receivers = new Map<string, string>(rows.map((row) => [row.id, row.received_by]))
  await enterInLog(
    tx,
    live.flatMap(({ stream, at }) => {
      const authorityCode = receivers.get(stream)
      return authorityCode ? [{ dossierId: stream, authorityCode, receivedOn: dateOfLaw(at) }] : []
    }),
  )
}

const linesAtOnce = 1000

/** Enters everything accepted since then that stands in no book yet, in the order of acceptance, month by month. */
export async function enterMissing(db: Db, since: Date, now: Date): Promise<void> {
  for (let from = since; from < now; ) {
    const to = new Date(from.getTime() + 30 * 86_400_000)
    const received = await acceptedBetween(db.pool, from, to)
    for (let i = 0; i < received.length; i += linesAtOnce)
      await inTransaction(db, (tx) => enterInLog(tx, received.slice(i, i + linesAtOnce)))
    from = to
  }
}

/** When the first dossier was accepted; undefined when none was. */
export async function firstAcceptance(db: Queryable): Promise<Date | undefined> {
  const { rows } = await db.query('select min(accepted_at) as first from dossiers.dossier')
  return rows[0].first ?? undefined
}

async function acceptedBetween(db: Queryable, from: Date, to: Date): Promise<Received[]> {
  const { rows } = await db.query(
    `select id, received_by, accepted_at from dossiers.dossier
     where accepted_at >= $1 and accepted_at < $2 and linked is null order by accepted_at, id`,
    [from, to],
  )
  return rows.map((row) => ({
    dossierId: row.id,
    authorityCode: row.received_by,
    receivedOn: dateOfLaw(row.accepted_at),
  }))
}
