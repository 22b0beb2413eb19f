import { setTimeout as sleep } from 'node:timers/promises'
import { ahead } from '../../../kernel/ahead.ts'
import type { Db } from '../../../kernel/db.ts'
import type { Stays } from './bulk-move-store.ts'
import { type Chosen, type OpenDossier, readIds, readOpen } from './open-dossier.ts'
import type { Move } from './write-moves.ts'

/** Why a dossier stays, and at which step. */
export interface Staying {
  stays: string
  step: string | null
}

export interface Walk {
  db: Db
  chosen: Chosen
  /** What becomes of a dossier; null when there is nothing to do with it. */
  decide(dossier: OpenDossier): Promise<Move | Staying | null>
  /** Keeps what moves and gives the ids of what it kept. */
  keep(moves: readonly Move[]): Promise<ReadonlySet<string>>
  /** Told after every batch. */
  onBatch?(counted: Counted): void | Promise<void>
  /** How many dossiers to look at; all, unless said otherwise. */
  atMost?: number
  /** How long to rest after a batch, as a share of the time that it took: others work meanwhile. */
  rest?: number
}

/** What a walk found so far. */
export interface Counted {
  looked: number
  moved: number
  freed: number
  stayed: number
  stays: Stays[]
  /** False when there were more than `atMost`. */
  complete: boolean
}

const idsAtOnce = 20_000
const stretchSize = 4000
const batchesInStretch = 20
const mostCodes = 20
/** A batch that took long on a busy machine is no reason to take for ever. */
const longestRestMs = 20

/**
 * Walks through chosen open dossiers, a few at a time so that whoever files meanwhile never waits long for this
 * process. What was not kept is read again, because somebody was faster. Memory stays flat, whatever their number.
 */
export async function walk({ db, atMost = Number.POSITIVE_INFINITY, ...of }: Walk): Promise<Counted> {
  const counted: Counted = { looked: 0, moved: 0, freed: 0, stayed: 0, stays: [], complete: true }
  let after: string | null = null
  while (counted.looked < atMost) {
    const limit = Math.min(idsAtOnce, atMost - counted.looked)
    const ids: string[] = await readIds(db.pool, of.chosen, { after, limit })
    if (ids.length === 0) return counted
    for await (const { open, size } of ahead(readEach(db, [...batches(ids)]))) {
      const begun = performance.now()
      await settle({ db, ...of }, open, counted)
      counted.looked += size
      await of.onBatch?.(counted)
      if (of.rest) await sleep(Math.min((performance.now() - begun) * of.rest, longestRestMs))
    }
    after = ids.at(-1)!
  }
  counted.complete = (await readIds(db.pool, of.chosen, { after, limit: 1 })).length === 0
  return counted
}

// Neighbours in a stretch share pages of the table. Written a few of a page at a time, each takes the place that the
// one before it left, and the table does not grow.
function* batches(ids: readonly string[]): Generator<string[]> {
  for (let begin = 0; begin < ids.length; begin += stretchSize) {
    const stretch = ids.slice(begin, begin + stretchSize)
    for (let k = 0; k < Math.min(batchesInStretch, stretch.length); k += 1)
      yield stretch.filter((_, i) => i % batchesInStretch === k)
  }
}

async function* readEach(db: Db, all: readonly string[][]) {
  for (const ids of all) yield { open: await readOpen(db.pool, ids), size: ids.length }
}

// Who acted meanwhile was first: those dossiers are read and decided again, until each has moved, stays, or has ended.
async function settle(
  { db, decide, keep }: Pick<Walk, 'db' | 'decide' | 'keep'>,
  open: readonly OpenDossier[],
  counted: Counted,
): Promise<void> {
  for (let left = open; left.length > 0; ) {
    const moves: Move[] = []
    for (const dossier of left) {
      const decided = await decide(dossier)
      if (decided === null) continue
      if ('stays' in decided) stay(counted, dossier, decided)
      else moves.push(decided)
    }
    const kept = await keep(moves)
    for (const { dossier, freed } of moves) {
      if (!kept.has(dossier.id)) continue
      counted.moved += 1
      counted.freed += freed
    }
    const again = moves.map(({ dossier }) => dossier.id).filter((id) => !kept.has(id))
    left = again.length === 0 ? [] : await readOpen(db.pool, again)
  }
}

function stay(counted: Counted, { code }: OpenDossier, { stays: why, step }: Staying): void {
  counted.stayed += 1
  let same = counted.stays.find((each) => each.why === why && each.step === step)
  if (same === undefined) {
    same = { why, step, count: 0, codes: [] }
    counted.stays.push(same)
  }
  same.count += 1
  if (same.codes.length < mostCodes) same.codes.push(code)
}
