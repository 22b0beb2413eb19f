import { ahead } from '../../kernel/ahead.ts'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { waitingFor } from '../../kernel/feed.ts'
import { countedOf, readLives } from '../dossiers/index.ts'
import { ratingsBetween } from '../feedback/index.ts'
import type { Cell, Counts } from './cells.ts'
import { type Measure, measures } from './contributions.ts'
import { DenseSums } from './dense-sums.ts'
import { columnOf, consumerName, type Stretch, storedContributions } from './indicator-store.ts'
import { refreshContributions, touched, withRatings } from './indicators-consumer.ts'

/** A stored figure that differs from the one made from the dossiers. */
export interface Difference extends Omit<Cell, 'counts'> {
  measure: Measure
  grain: Stretch['grain']
  stored: number
  expected: number
}

const batch = 1000

/** What a recomputation found. */
export interface Verification {
  dossiers: number
  /** Cells of authority, procedure and day or month that were compared. */
  cells: number
  /** Dossiers that the feed has yet to count; they are taken as they were last counted. */
  waiting: number
  differences: Difference[]
}

/**
 * Makes every figure anew from the journal, whatever rows say, and compares it with the stored one, as of one moment. No
 * differences are the proof that the board is right. What the feed has yet to apply, also after a server that died, is
 * no fault. Memory grows with the cells, not with the dossiers.
 */
export async function verifyFigures(
  db: Pick<Db, 'pool'>,
  { onProgress = () => undefined }: { onProgress?(dossiers: number): void } = {},
): Promise<Verification> {
  return inTransaction(db as Db, async (tx) => {
    // Reading takes no transaction id, so the feed does not wait for this.
    await tx.query('set transaction isolation level repeatable read, read only')
    const waiting = new Set(touched(await waitingFor(tx, consumerName)))
    const days = new DenseSums()
    let dossiers = 0
    for await (const { lives, ratings } of ahead(livesAndRatings(tx))) {
      const settled = lives.filter(({ id }) => !waiting.has(id)).map(countedOf)
      for (const each of withRatings(settled, ratings)) days.add(each)
      dossiers += lives.length
      onProgress(dossiers)
    }
    for (const each of (await storedContributions(tx, [...waiting])).values()) days.add(each)
    const months = days.months()
    const cells = days.size + months.size
    const differences = [...(await compare(tx, 'daily', days)), ...(await compare(tx, 'monthly', months))]
    return { dossiers, cells, waiting: waiting.size, differences }
  })
}

async function* livesAndRatings(tx: Queryable) {
  for await (const lives of readLives(tx)) {
    const ratings = await ratingsBetween(tx, lives[0]!.id, lives.at(-1)!.id)
    yield { lives, ratings }
  }
}

/** The figures that differ from those made anew; an empty list is the proof that the board is right. */
export const recompute = async (db: Pick<Db, 'pool'>): Promise<Difference[]> =>
  (await verifyFigures(db)).differences

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

const cellsAtOnce = 5000

async function* storedCells(tx: Queryable, grain: Stretch['grain']): AsyncGenerator<Cell> {
  let after = ['', '', '0001-01-01']
  for (;;) {
    const { rows } = await tx.query({
      name: `indicators.stored-${grain}`,
      text: `select *, on_date as "on" from indicators.${grain}
             where (authority, procedure_code, on_date) > ($1, $2, $3::date)
             order by authority, procedure_code, on_date limit $4`,
      values: [...after, cellsAtOnce],
    })
    for (const row of rows)
      yield {
        authority: row.authority,
        procedureCode: row.procedure_code,
        on: row.on,
        counts: Object.fromEntries(measures.map((measure) => [measure, Number(row[columnOf(measure)])])),
      }
    const last = rows.at(-1)
    if (last === undefined) return
    after = [last.authority, last.procedure_code, last.on]
  }
}

async function compare(tx: Queryable, grain: Stretch['grain'], expected: DenseSums): Promise<Difference[]> {
  const wrong: Difference[] = []
  const note = ({ authority, procedureCode, on }: Cell, found: Counts, right: Counts) => {
    for (const measure of measures) {
      const [is, should] = [found[measure] ?? 0, right[measure] ?? 0]
      if (is !== should)
        wrong.push({ authority, procedureCode, on, measure, grain, stored: is, expected: should })
    }
  }
  for await (const cell of storedCells(tx, grain))
    note(cell, cell.counts, expected.take(cell.authority, cell.procedureCode, cell.on) ?? {})
  for (const cell of expected.left()) note(cell, {}, cell.counts)
  return wrong
}
