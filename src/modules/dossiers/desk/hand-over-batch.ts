import type { Queryable } from '../../../kernel/db.ts'
import type { EntryData } from '../entries.ts'

/** One dossier of a batch that was handed over, as its journal has it. */
export interface HandedOver extends Pick<EntryData['dossiers.handed-over'], 'to' | 'sheets'> {
  dossierId: string
  sequence: number
  at: string
  /** The officer who gave it. */
  by: string
}

/** What was handed over under one batch, in the order in which it was given. */
export async function handedOverIn(db: Queryable, batch: string): Promise<HandedOver[]> {
  const { rows } = await db.query({
    name: 'dossiers.handed-over-in',
    text: `select stream, sequence, at, actor, data from journal.entry
           where kind = 'dossiers.handed-over' and data ->> 'batch' = $1
           order by at, id limit 1000`,
    values: [batch],
  })
  return rows.map(({ stream, sequence, at, actor, data }) => ({
    dossierId: stream,
    sequence,
    at: at.toISOString(),
    by: actor.id,
    to: data.to,
    sheets: data.sheets,
  }))
}
