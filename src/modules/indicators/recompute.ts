import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { type Cell, CellSums, keyOf } from './cells.ts'
import { presentContributions, refreshContributions } from './indicators-consumer.ts'

/** A stored figure that differs from the one made from the dossiers. */
export interface Difference extends Omit<Cell, 'n'> {
  grain: 'daily' | 'monthly'
  stored: number
  expected: number
}

const batch = 1000

/**
 * Makes every figure anew from the dossiers and compares it with the stored one, as of one moment. An empty list is
 * the proof that the board is right. The feed must be drained, or what it has yet to apply shows as a difference.
 */
export async function recompute(db: Pick<Db, 'pool'>): Promise<Difference[]> {
  return inTransaction(db as Db, async (tx) => {
    // Reading takes no transaction id, so the feed does not wait for this.
    await tx.query('set transaction isolation level repeatable read, read only')
    const sums = new CellSums()
    for await (const ids of dossierIds(tx))
      for (const each of await presentContributions(tx, ids)) sums.add(each, each.deltas)
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

async function storedCells(tx: Queryable, grain: 'daily' | 'monthly'): Promise<Cell[]> {
  const { rows } = await tx.query(
    `select authority, procedure_code as "procedureCode", measure, on_date as "on", n from indicators.${grain}
     where n <> 0`,
  )
  return rows
}

function compare(
  grain: 'daily' | 'monthly',
  expected: readonly Cell[],
  stored: readonly Cell[],
): Difference[] {
  const left = new Map(stored.map((cell) => [keyOf(cell), cell]))
  const wrong: Difference[] = []
  for (const { n, ...cell } of expected) {
    const found = left.get(keyOf(cell))?.n ?? 0
    left.delete(keyOf(cell))
    if (found !== n) wrong.push({ ...cell, grain, stored: found, expected: n })
  }
  for (const { n, ...cell } of left.values()) wrong.push({ ...cell, grain, stored: n, expected: 0 })
  return wrong
}
