import { isDeepStrictEqual } from 'node:util'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { waitingFor } from '../../kernel/feed.ts'
import { storedRows, toSpanRow, toTimeRow } from './span-store.ts'
import { consumerName, presentTimes, refreshTimes, touched } from './spans-consumer.ts'

/** A stored row that differs from the one made from the dossier. */
export interface TimeDifference {
  dossierId: string
  /** Number of the task; null: the time of the whole dossier. */
  no: number | null
  fields: string[]
}

const batch = 500

/**
 * Makes all times anew and compares them with what is stored; an empty list is the proof that the figures are right.
 * Dossiers of which the feed has news to apply, also after a server that died, are left out.
 */
export async function recomputeTimes(db: Db): Promise<TimeDifference[]> {
  return inTransaction(db, async (tx) => {
    // Reading takes no transaction id, so the feed does not wait for this.
    await tx.query('set transaction isolation level repeatable read, read only')
    const wrong: TimeDifference[] = []
    const waiting = new Set(touched(await waitingFor(tx, consumerName)))
    for await (const all of dossierIds(tx)) {
      const ids = all.filter((id) => !waiting.has(id))
      const present = await presentTimes(db, tx, ids)
      const stored = await storedRows(tx, ids)
      const spans = present.flatMap((each) => each.spans.map(toSpanRow))
      wrong.push(...compare(spans, stored.spans))
      wrong.push(
        ...compare(
          present.map(({ time }) => toTimeRow(time)),
          stored.times,
        ),
      )
    }
    return wrong
  })
}

/** Makes all times anew, in short transactions: after bulk loading, or when hours of work were put right. */
export async function rebuildTimes(db: Db): Promise<number> {
  let count = 0
  for await (const ids of dossierIds(db.pool)) {
    await inTransaction(db, (tx) => refreshTimes(db, tx, ids))
    count += ids.length
  }
  return count
}

async function* dossierIds(db: Queryable): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await db.query(
      `select stream from journal.entry where stream_kind = 'dossier' and sequence = 1 and stream > $1
       order by stream limit $2`,
      [after, batch],
    )
    if (rows.length === 0) return
    yield rows.map((row) => row.stream)
    after = rows.at(-1)!.stream
  }
}

type Row = Record<string, unknown>
const keyOf = (row: Row) => `${row.dossier_id} ${row.no ?? ''}`

function compare(expected: readonly Row[], stored: readonly Row[]): TimeDifference[] {
  const left = new Map(stored.map((row) => [keyOf(row), row]))
  const wrong: TimeDifference[] = []
  for (const row of expected) {
    const is = left.get(keyOf(row))
    left.delete(keyOf(row))
    const fields = Object.keys(row).filter((name) => !isDeepStrictEqual(row[name], is?.[name]))
    if (fields.length > 0) wrong.push(differenceOf(row, fields))
  }
  return [...wrong, ...[...left.values()].map((row) => differenceOf(row, ['unexpected']))]
}

const differenceOf = (row: Row, fields: string[]): TimeDifference => ({
  dossierId: row.dossier_id as string,
  no: (row.no as number | undefined) ?? null,
  fields,
})
