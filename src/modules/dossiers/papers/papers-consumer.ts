import type { Queryable } from '../../../kernel/db.ts'
import { type Consumer, consume } from '../../../kernel/feed.ts'
import { readStream } from '../../../kernel/journal.ts'
import { enterNews } from '../enter-received.ts'
import type { SealedDossierEntry } from '../entries.ts'
import { type EndingAct, endsPapers, settlePapers } from './ended-papers.ts'

/**
 * Keeps what papers stand in, as soon as something happened and before anybody prints: the line of a received
 * dossier in its unit's log book, and whether papers that were issued still count.
 */
export const papersConsumer = (now: () => Date): Consumer =>
  consume('dossiers.papers', async (tx, entries) => {
    await enterNews(tx, entries, now())
    const ended = entries.filter(({ kind }) => endsPapers.has(kind)).map(({ stream }) => stream)
    for (const dossierId of new Set(ended)) await settlePapers(tx, dossierId, await actsOf(tx, dossierId))
  })

const actsOf = async (tx: Queryable, dossierId: string): Promise<EndingAct[]> =>
  ((await readStream(tx, dossierId)) as SealedDossierEntry[]).map(({ kind, sequence, at, data }) => ({
    ...{ kind, sequence, data },
    at: at.toISOString(),
  }))
