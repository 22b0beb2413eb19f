import { setImmediate as breathe } from 'node:timers/promises'
import type { Db } from '../kernel/db.ts'
import { copyDossiers } from './copy-dossiers.ts'
import { filings, firstNumber, type Span } from './filings.ts'
import { seededRandom } from './random.ts'
import { rateDossiers } from './rate-dossiers.ts'
import { type SimulatedDossier, simulateDossier } from './simulate-dossier.ts'
import { loadWorld } from './world.ts'

export interface SimulationOptions {
  span: Span
  seed: number
  /** The present: lives stop here. */
  now: Date
  /** Only dossiers that have ended are stored; for benches over finished work. */
  finishedOnly?: boolean
  onProgress?(stored: number): void
  signal?: AbortSignal
}

const batchSize = 500

/** Plays people and officers over past days and stores what became of it; gives the number of dossiers stored. */
export async function simulate(db: Db, options: SimulationOptions): Promise<number> {
  const { span, seed, now, finishedOnly = false, onProgress, signal } = options
  const random = seededRandom(seed)
  const world = await loadWorld(db, now)
  let stored = 0
  let batch: SimulatedDossier[] = []
  let storing = Promise.resolve()
  const store = async (full: SimulatedDossier[]) => {
    if (full.length > 0) await copyDossiers(db, full)
    if (!finishedOnly) await rateDossiers(db, full, now, random)
  }
  const flush = async () => {
    await storing
    const full = batch
    batch = []
    storing = store(full)
    // Ratings draw from the same chance as lives, one after the other. Without them the database takes one batch in
    // while the next is being lived; a failure is told where it is awaited next.
    if (finishedOnly) storing.catch(() => undefined)
    else await storing
    stored += full.length
    onProgress?.(stored)
  }
  for (const filing of filings(world, span, random, await readTaken(db))) {
    if (signal?.aborted) break
    if (filing.at > now) continue
    const life = simulateDossier(filing, now, random)
    if (finishedOnly && life.dossier.closedAt === null) continue
    batch.push(life)
    // A long breath for requests that are being answered by the same process.
    if (batch.length % 25 === 0) await breathe()
    if (batch.length >= batchSize) await flush()
  }
  await flush()
  await storing
  return stored
}

/** Numbers used by earlier simulations in this database, by authority and day. */
async function readTaken(db: Db): Promise<Map<string, number>> {
  const { rows } = await db.pool.query<{ day: string; last: number }>(
    `select regexp_replace(code, '-[0-9]+$', '') as day, max(substring(code from '[0-9]+$')::int) as last
     from dossiers.dossier group by 1 having max(substring(code from '[0-9]+$')::int) > $1`,
    [firstNumber],
  )
  return new Map(rows.map(({ day, last }) => [day, last - firstNumber]))
}
