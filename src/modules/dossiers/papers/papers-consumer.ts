import type { Queryable } from '../../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../../kernel/feed.ts'
import { readStream } from '../../../kernel/journal.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { enterInLog } from '../../documents/index.ts'
import { receiversOf } from '../log-book.ts'
import { settleResults } from './result-editions.ts'

/**
 * Keeps what papers stand in, as soon as something happened and before anybody prints: the line of a received
 * dossier in its unit's log book, and whether a result that was issued still counts.
 */
export const papersConsumer: Consumer = consume('dossiers.papers', async (tx, entries) => {
  await enterReceived(tx, entries)
  const changed = entries.filter(({ kind }) => changesResult.has(kind)).map(({ stream }) => stream)
  for (const dossierId of new Set(changed)) await settleResults(tx, dossierId, await actsOf(tx, dossierId))
})

const changesResult = new Set(['dossiers.result-corrected', 'dossiers.result-revoked'])

async function enterReceived(tx: Queryable, entries: readonly FeedEntry[]): Promise<void> {
  const accepted = entries
    .filter(({ kind }) => kind === 'dossiers.accepted')
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  if (accepted.length === 0) return
  const receivers = await receiversOf(
    tx,
    accepted.map(({ stream }) => stream),
  )
  await enterInLog(
    tx,
    accepted.flatMap(({ stream, at }) => {
      const authorityCode = receivers.get(stream)
      return authorityCode ? [{ dossierId: stream, authorityCode, receivedOn: dateOfLaw(at) }] : []
    }),
  )
}

const actsOf = async (tx: Queryable, dossierId: string) =>
  (await readStream(tx, dossierId)).map(({ kind, sequence, at }) => ({
    kind,
    sequence,
    at: at.toISOString(),
  }))
