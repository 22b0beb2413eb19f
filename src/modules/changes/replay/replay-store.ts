import type { Queryable } from '../../../kernel/db.ts'
import type { ReplayKind } from './past.ts'

/** One run of past dossiers under the rules of a change. */
export interface ReplayRun {
  id: string
  changeId: string
  /** Whose dossiers; null: all. */
  authorities: string[] | null
  by: string
  rulesHash: string
  askedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  lastId: string | null
  total: number
  looked: number
  erased: number
  differing: number
  counts: Partial<Record<ReplayKind, number>>
  problem: string | null
}

/** What would come out differently for one dossier; pairs are before and after. */
export interface ReplayDetails {
  problems?: { field: string; code: string }[]
  asked?: string[]
  /** Papers that would be missing, that are asked for in addition, and that are not any more. */
  missing?: string[]
  papers?: { added: string[]; removed: string[] }
  authority?: [string | null, string | null]
  case?: [string, string]
  limit?: [Limit, Limit]
  due?: [string | null, string | null]
  fees?: [number | null, number | null]
  path?: [string[], string[]]
}
interface Limit {
  amount: number
  unit: string
  addedDays: number
}

export interface ReplayLine {
  place: number
  code: string
  authority: string
  kinds: ReplayKind[]
  details: ReplayDetails
}

const columns = `id, change_id as "changeId", authorities, by, rules_hash as "rulesHash", asked_at as "askedAt",
  started_at as "startedAt", finished_at as "finishedAt", last_id as "lastId", total, looked, erased, differing, counts,
  problem`

/** Asks for a run; those of the same change and scope that are older than the last two go. */
export async function addReplayRun(
  db: Queryable,
  {
    id,
    changeId,
    authorities,
    by,
    rulesHash,
    askedAt,
  }: Pick<ReplayRun, 'id' | 'changeId' | 'authorities' | 'by' | 'rulesHash' | 'askedAt'>,
): Promise<void> {
  await db.query(
    `insert into changes.replay_run (id, change_id, authorities, by, rules_hash, asked_at) values ($1, $2, $3, $4, $5, $6)`,
    [id, changeId, authorities, by, rulesHash, askedAt],
  )
  await db.query(
    `delete from changes.replay_run where change_id = $1 and authorities is not distinct from $2 and finished_at is not null
       and id not in (select id from changes.replay_run where change_id = $1 and authorities is not distinct from $2
         order by asked_at desc limit 3)`,
    [changeId, authorities],
  )
}

/** Those that were asked for and have not finished, oldest first. */
export async function unfinishedReplays(db: Queryable): Promise<ReplayRun[]> {
  const { rows } = await db.query<ReplayRun>(
    `select ${columns} from changes.replay_run where finished_at is null order by asked_at, id`,
  )
  return rows
}

/** The last run of a change over the dossiers of some authorities (null: over all). */
export async function lastReplayRun(
  db: Queryable,
  changeId: string,
  authorities: readonly string[] | null,
): Promise<ReplayRun | undefined> {
  const { rows } = await db.query<ReplayRun>(
    `select ${columns} from changes.replay_run where change_id = $1 and authorities is not distinct from $2::text[]
     order by asked_at desc, id desc limit 1`,
    [changeId, authorities],
  )
  return rows[0]
}

/** A run begins, or goes on after a break with no fewer dossiers than it had. */
export async function noteReplayBegins(db: Queryable, id: string, total: number, now: Date): Promise<void> {
  await db.query(
    'update changes.replay_run set started_at = coalesce(started_at, $3), total = greatest(total, $2) where id = $1',
    [id, total, now],
  )
}

/** A run has ended, or could not be done for a named reason. */
export async function noteReplayEnds(
  db: Queryable,
  id: string,
  now: Date,
  problem: string | null = null,
): Promise<void> {
  await db.query(
    `update changes.replay_run set started_at = coalesce(started_at, $2), finished_at = $2, problem = $3 where id = $1`,
    [id, now, problem],
  )
}

/** What was found in one batch, counted in the same statement: a run that died goes on with whole counts. */
export async function keepBatch(
  db: Queryable,
  id: string,
  batch: {
    lastId: string
    looked: number
    erased: number
    lines: readonly ReplayLine[]
    differing: number
    counts: ReplayRun['counts']
  },
): Promise<void> {
  const { lines } = batch
  await db.query({
    name: 'changes.keep-replay-batch',
    text: `with lines as (
        insert into changes.replay_line (run_id, place, code, authority, kinds, details)
        select $1, l.place, l.code, l.authority, l.kinds, l.details
        from json_to_recordset($2::json) l (place int, code text, authority text, kinds text[], details jsonb)
        on conflict do nothing)
      update changes.replay_run set last_id = $3, looked = looked + $4, erased = erased + $5, differing = differing + $6,
        counts = $7 where id = $1`,
    values: [
      ...[id, JSON.stringify(lines), batch.lastId, batch.looked, batch.erased, batch.differing],
      JSON.stringify(batch.counts),
    ],
  })
}

export interface LineFilter {
  kind: ReplayKind | null
  /** Place after which to go on. */
  after: number
  limit: number
}

/** Differing dossiers of a run, in the order in which they came in. */
export async function replayLines(
  db: Queryable,
  run: string,
  { kind, after, limit }: LineFilter,
): Promise<ReplayLine[]> {
  const { rows } = await db.query<ReplayLine>(
    `select place, code, authority, kinds, details from changes.replay_line
     where run_id = $1 and place > $2 and ($3::text is null or $3 = any(kinds)) order by place limit $4`,
    [run, after, kind, limit],
  )
  return rows
}

/** The line of one dossier in a run. */
export async function replayLineOf(
  db: Queryable,
  run: string,
  code: string,
): Promise<ReplayLine | undefined> {
  const { rows } = await db.query<ReplayLine>(
    'select place, code, authority, kinds, details from changes.replay_line where run_id = $1 and code = $2',
    [run, code],
  )
  return rows[0]
}
