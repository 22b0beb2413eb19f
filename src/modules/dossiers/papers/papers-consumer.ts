import type { Queryable } from '../../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../../kernel/feed.ts'
import { readStream } from '../../../kernel/journal.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { enterInLog } from '../../documents/index.ts'
import type { SealedDossierEntry } from '../entries.ts'
import { receiversOf } from '../log-book.ts'
import { type EndingAct, endsPapers, settlePapers } from './ended-papers.ts'

/**
 * Keeps what papers stand in, as soon as something happened and before anybody prints: the line of a received
 * dossier in its unit's log book, and whether papers that were issued still count.
 */
export const papersConsumer: Consumer = consume('dossiers.papers', async (tx, entries) => {
  await enterReceived(tx, entries)
  const changed = entries.filter(({ kind }) => endsPapers.has(kind)).map(({ stream }) => stream)
  for (const dossierId of new Set(changed)) await settlePapers(tx, dossierId, await actsOf(tx, dossierId))
})

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

const actsOf = async (tx: Queryable, dossierId: string): Promise<EndingAct[]> =>
  ((await readStream(tx, dossierId)) as SealedDossierEntry[]).map(({ kind, sequence, at, data }) => ({
    ...{ kind, sequence, data },
    at: at.toISOString(),
  }))
