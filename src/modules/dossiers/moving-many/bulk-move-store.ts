import type { Queryable } from '../../../kernel/db.ts'
import type { EditionPlan } from './edition-plan.ts'
import type { ProcessPlan } from './process-plan.ts'
import type { SuccessionMove } from './succession.ts'

/** What stands of a reorganisation in its run. */
export interface SuccessionStated {
  effectiveOn: string
  moves: readonly SuccessionMove[]
  /** Officers with the authority where they work afterwards. */
  officers: [officer: string, authority: string][]
}

/** Why some dossiers did not move. */
export interface Stays {
  why: string
  /** The step at which they stand, where that is why. */
  step: string | null
  count: number
  /** Some of them. */
  codes: string[]
}

interface Progress {
  /** Dossiers that it is about, counted whenever it is begun. */
  open: number
  moved: number
  stayed: number
  /** Tasks whose holder did not move along. */
  freed: number
  stays: Stays[]
}

/** One run over many open dossiers: who asked for it and why, and how far it is. */
export type BulkMove = BulkMoveAsked & Progress & { startedAt: Date | null; finishedAt: Date | null }

export type BulkMoveAsked = {
  id: string
  /** Number of the decision. */
  decision: string
  by: string
  askedAt: Date
} & (
  | { kind: 'process'; plan: ProcessPlan; reason: string }
  | { kind: 'edition'; plan: EditionPlan; reason: string }
  | { kind: 'succession'; plan: SuccessionStated; reason: null }
)

const columns = `id, kind, plan, decision, reason, by, asked_at as "askedAt", started_at as "startedAt",
  finished_at as "finishedAt", open, moved, stayed, freed, stays`

/** Notes that a run is wanted; one that is known already stays as it is. */
export async function addBulkMove(tx: Queryable, asked: BulkMoveAsked): Promise<void> {
  const { id, kind, plan, decision, reason, by, askedAt } = asked
  const processKey = kind === 'process' ? plan.key : null
  const procedureCode = kind === 'edition' ? plan.procedureCode : null
  await tx.query(
    `insert into dossiers.bulk_move (id, kind, process_key, plan, decision, reason, by, asked_at, procedure_code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing`,
    [id, kind, processKey, plan, decision, reason, by, askedAt, procedureCode],
  )
}

/** Those that were asked for and have not finished, oldest first. */
export async function unfinished(db: Queryable): Promise<BulkMove[]> {
  const { rows } = await db.query<BulkMove>(
    `select ${columns} from dossiers.bulk_move where finished_at is null order by asked_at, id`,
  )
  return rows
}

export async function findBulkMove(db: Queryable, id: string): Promise<BulkMove | undefined> {
  const { rows } = await db.query<BulkMove>(`select ${columns} from dossiers.bulk_move where id = $1`, [id])
  return rows[0]
}

/** The moves of a process to other versions, newest first. */
export async function processMoves(
  db: Queryable,
  key: string,
  { limit = 20 }: { limit?: number } = {},
): Promise<Extract<BulkMove, { kind: 'process' }>[]> {
  const { rows } = await db.query<Extract<BulkMove, { kind: 'process' }>>(
    `select ${columns} from dossiers.bulk_move where process_key = $1 order by asked_at desc, id desc limit $2`,
    [key, limit],
  )
  return rows
}

/** The moves of a procedure to other editions, newest first. */
export async function editionMoves(
  db: Queryable,
  procedureCode: string,
  { limit = 20 }: { limit?: number } = {},
): Promise<Extract<BulkMove, { kind: 'edition' }>[]> {
  const { rows } = await db.query<Extract<BulkMove, { kind: 'edition' }>>(
    `select ${columns} from dossiers.bulk_move where procedure_code = $1 order by asked_at desc, id desc limit $2`,
    [procedureCode, limit],
  )
  return rows
}

/** Says that it begins, perhaps anew, with so many dossiers still to be looked at. */
export async function noteBeginning(db: Queryable, id: string, left: number, now: Date): Promise<void> {
  await db.query(
    `update dossiers.bulk_move set started_at = coalesce(started_at, $3), finished_at = null, open = moved + $2,
       stayed = 0, stays = '[]' where id = $1`,
    [id, left, now],
  )
}

/** Says how far it is; what moves is counted as it is written. */
export async function noteProgress(
  db: Queryable,
  id: string,
  { stayed, stays }: Pick<Progress, 'stayed' | 'stays'>,
  finishedAt: Date | null,
): Promise<void> {
  await db.query('update dossiers.bulk_move set stayed = $2, stays = $3, finished_at = $4 where id = $1', [
    ...[id, stayed, JSON.stringify(stays), finishedAt],
  ])
}
