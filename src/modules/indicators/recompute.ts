import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { waitingFor } from '../../kernel/feed.ts'
import { type Cell, CellSums, type Counts, keyOf } from './cells.ts'
import { type Measure, measures } from './contributions.ts'
import { columnOf, consumerName, type Stretch, storedContributions } from './indicator-store.ts'
import { presentContributions, refreshContributions, touched } from './indicators-consumer.ts'

/** A stored figure that differs from the one made from the dossiers. */
export interface Difference extends Omit<Cell, 'counts'> {
  measure: Measure
  grain: Stretch['grain']
  stored: number
  expected: number
}

const batch = 1000

/**
 * Makes every figure anew from the dossiers and compares it with the stored one, as of one moment. An empty list is
 * the proof that the board is right. What the feed has yet to apply, also after a server that died, is no fault: such
 * dossiers are taken as they were last counted.
 */
export async function recompute(db: Pick<Db, 'pool'>): Promise<Difference[]> {
  return inTransaction(db as Db, async (tx) => {
    // Reading takes no transaction id, so the feed does not wait for this.
    await tx.query('set transaction isolation level repeatable read, read only')
    const sums = new CellSums()
    const waiting = new Set(touched(await waitingFor(tx, consumerName)))
    for await (const ids of dossierIds(tx)) {
      const settled = ids.filter((id) => !waiting.has(id))
      for (const each of await presentContributions(tx, settled)) sums.add(each, each.deltas)
    }
    for (const each of (await storedContributions(tx, [...waiting])).values()) sums.add(each, each.deltas)
    return [
      ...compare('daily', sums.days(), await storedCells(tx, 'daily')),
      ...compare('monthly', sums.months(), await storedCells(tx, 'monthly')),
    ]
  })
}

/**
 * Applies the present contributions of all dossiers, in short transactions: after bulk loading, or when a rule of
 * counting has changed. The feed may run meanwhile.
 */
export async function rebuild(db: Db): Promise<number> {
  let count = 0
  for await (const ids of dossierIds(db.pool)) {
    await inTransaction(db, (tx) => refreshContributions(tx, ids))
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

async function storedCells(tx: Queryable, grain: Stretch['grain']): Promise<Cell[]> {
  const { rows } = await tx.query(`select *, on_date as "on" from indicators.${grain}`)
  return rows.map((row) => ({
    authority: row.authority,
    procedureCode: row.procedure_code,
    on: row.on,
    counts: Object.fromEntries(measures.map((measure) => [measure, row[columnOf(measure)]])),
  }))
}

function compare(grain: Stretch['grain'], expected: readonly Cell[], stored: readonly Cell[]): Difference[] {
  const left = new Map(stored.map((cell) => [keyOf(cell), cell]))
  const wrong: Difference[] = []
  const note = ({ authority, procedureCode, on }: Cell, found: Counts, right: Counts) => {
    for (const measure of measures) {
      const [is, should] = [found[measure] ?? 0, right[measure] ?? 0]
      if (is !== should)
        wrong.push({ authority, procedureCode, on, measure, grain, stored: is, expected: should })
    }
  }
  for (const cell of expected) {
    note(cell, left.get(keyOf(cell))?.counts ?? {}, cell.counts)
    left.delete(keyOf(cell))
  }
  for (const cell of left.values()) note(cell, cell.counts, {})
  return wrong
}
