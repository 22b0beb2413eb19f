import { ahead } from '../../kernel/ahead.ts'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'
import { waitingFor } from '../../kernel/feed.ts'
import { countedOf, readLives } from '../dossiers/index.ts'
import { ratingsBetween } from '../feedback/index.ts'
import type { Cell } from './cells.ts'
import { type Measure, measures } from './contributions.ts'
import { type DenseCell, DenseSums } from './dense-sums.ts'
import { columnOf, consumerName, type Stretch, storedContributions } from './indicator-store.ts'
import { refreshContributions, touched, withRatings } from './indicators-consumer.ts'

/** A stored figure that differs from the one made from the dossiers. */
export interface Difference extends Omit<Cell, 'counts'> {
  measure: Measure
  grain: Stretch['grain']
  stored: number
  expected: number
}

const batch = 2000

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
 * counting has changed. The feed may run meanwhile: each transaction takes the lock of the figures before it reads, so
 * whoever applies a dossier later has read it later, and after every commit the sums are those of what is stored. So it
 * may also be ended between two of them.
 */
export async function rebuild(
  db: Db,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<number> {
  let count = 0
  for await (const ids of dossierIds(db.pool)) {
    if (signal?.aborted) break
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

const cellsAtOnce = 2000

/** Stored cells with their sums in the order of `measures`; in no order of their own. */
async function* storedCells(tx: Queryable, grain: Stretch['grain']): AsyncGenerator<DenseCell[]> {
  await tx.query(`declare indicators_cells no scroll cursor for
    select authority, procedure_code, on_date, ${measures.map(columnOf).join(', ')} from indicators.${grain}`)
  for (;;) {
    const fetching = { text: `fetch ${cellsAtOnce} from indicators_cells`, rowMode: 'array' as const }
    const { rows } = await tx.query<[string, string, string, ...number[]]>(fetching as never)
    if (rows.length === 0) break
    yield rows.map(([authority, procedureCode, on, ...sums]) => ({ authority, procedureCode, on, sums }))
  }
  await tx.query('close indicators_cells')
}

async function compare(tx: Queryable, grain: Stretch['grain'], expected: DenseSums): Promise<Difference[]> {
  const wrong: Difference[] = []
  const note = ({ sums, ...cell }: DenseCell, right: readonly number[]) => {
    for (const [i, measure] of measures.entries())
      if (sums[i] !== right[i]) wrong.push({ ...cell, measure, grain, stored: sums[i]!, expected: right[i]! })
  }
  for await (const cells of ahead(storedCells(tx, grain)))
    for (const cell of cells)
      note(cell, expected.take(cell.authority, cell.procedureCode, cell.on) ?? nothing)
  for (const { sums, ...cell } of expected.left()) note({ ...cell, sums: nothing }, sums)
  return wrong
}

const nothing = measures.map(() => 0)
