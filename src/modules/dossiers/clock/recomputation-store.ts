import type { Pool } from 'pg'
import { alone as aloneInAll } from '../../../kernel/alone.ts'
import type { Queryable } from '../../../kernel/db.ts'
import type { CalendarEffect } from './recompute-dates.ts'

/** What a recomputation counts; the names of its columns. */
export type Counts = Pick<CalendarEffect, 'open' | 'moved' | 'later' | 'earlier' | 'withoutYear' | 'missing'>

/** One recomputation of open dossiers: who asked for it, how far it is, and what it moved. */
export interface Recomputation extends Counts {
  id: string
  /** Whose days were published; only the dossiers of authorities under it are looked at. */
  territory: string
  /** What was published; null when somebody asked without publishing. */
  year: number | null
  version: number | null
  by: string
  source: string
  askedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

export type NewRecomputation = Omit<Recomputation, keyof Counts | 'startedAt' | 'finishedAt'>

const columns = `id, territory, year, version, by, source, asked_at as "askedAt", started_at as "startedAt",
  finished_at as "finishedAt", open, moved, later, earlier, without_year as "withoutYear", missing`

export async function addRecomputation(tx: Queryable, run: NewRecomputation): Promise<void> {
  const { id, territory, year, version, by, source, askedAt } = run
  await tx.query(
    `insert into dossiers.recomputation (id, territory, year, version, by, source, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, territory, year, version, by, source, askedAt],
  )
}

/** Those that were asked for and have not finished, oldest first. */
export async function unfinished(db: Queryable): Promise<Recomputation[]> {
  const { rows } = await db.query<Recomputation>(
    `select ${columns} from dossiers.recomputation where finished_at is null order by asked_at, id`,
  )
  return rows
}

/** The last ones that touch dossiers of these territories, newest first. */
export async function recomputations(
  db: Queryable,
  { territories, limit }: { territories: readonly string[]; limit: number },
): Promise<Recomputation[]> {
  const { rows } = await db.query<Recomputation>(
    `select ${columns} from dossiers.recomputation where territory = any($1) order by asked_at desc, id limit $2`,
    [territories, limit],
  )
  return rows
}

export async function findRecomputation(db: Queryable, id: string): Promise<Recomputation | undefined> {
  const { rows } = await db.query<Recomputation>(
    `select ${columns} from dossiers.recomputation where id = $1`,
    [id],
  )
  return rows[0]
}

/** Says how far it is; what began goes on counting from its first start. */
export async function noteProgress(
  db: Queryable,
  id: string,
  counts: Counts,
  times: { startedAt: Date; finishedAt: Date | null },
): Promise<void> {
  const { open, moved, later, earlier, withoutYear, missing } = counts
  await db.query(
    `update dossiers.recomputation set started_at = coalesce(started_at, $2), finished_at = $3, open = $4,
       moved = $5, later = $6, earlier = $7, without_year = $8, missing = $9 where id = $1`,
    [
      ...[id, times.startedAt, times.finishedAt, open, moved, later, earlier, withoutYear],
      JSON.stringify(missing),
    ],
  )
}

const oneAtATime = 0x6d63_0103

/** Runs `work` unless somebody else recomputes already. */
export const alone = (pool: Pick<Pool, 'connect'>, work: () => Promise<void>): Promise<boolean> =>
  aloneInAll(pool, { number: oneAtATime }, work)
