import type { Queryable } from '../../../kernel/db.ts'

/** What became of one dossier of an act on many. */
export interface BulkOutcome {
  code: string
  /** The task it was about; 0 when none was named. */
  taskNo: number
  done: boolean
  refusal: string | null
  details: Record<string, string | number> | null
}

export interface BulkRun {
  id: string
  officerId: string
  command: string
  /** How many dossiers were marked. */
  asked: number
  startedAt: string
  outcomes: BulkOutcome[]
}

const weekMs = 7 * 86_400_000

/** Begins a run, or finds the one that an earlier press began; false when it is somebody else's. */
export async function startRun(
  db: Queryable,
  run: Pick<BulkRun, 'id' | 'officerId' | 'command' | 'asked'>,
  now: Date,
): Promise<boolean> {
  await db.query('delete from dossiers.bulk_run where started_at < $1', [new Date(now.getTime() - weekMs)])
  const { rows } = await db.query(
    `insert into dossiers.bulk_run (id, officer_id, command, asked, started_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set asked = bulk_run.asked returning officer_id`,
    [run.id, run.officerId, run.command, run.asked, now],
  )
  return rows[0]?.officer_id === run.officerId
}

/** Writes what became of one dossier; what was done stays done, whatever a second press found. */
export async function recordOutcome(
  db: Queryable,
  runId: string,
  place: number,
  { code, taskNo, done, refusal, details }: BulkOutcome,
): Promise<void> {
  await db.query({
    name: 'dossiers.bulk-outcome',
    text: `insert into dossiers.bulk_outcome as o (run_id, place, code, task_no, done, refusal, details)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (run_id, code, task_no) do update
        set done = excluded.done, refusal = excluded.refusal, details = excluded.details
        where not o.done`,
    values: [runId, place, code, taskNo, done, refusal, details],
  })
}

/** A run with its outcomes in the order in which the dossiers were marked. */
export async function readRun(db: Queryable, id: string): Promise<BulkRun | undefined> {
  const { rows } = await db.query(
    `select r.*, coalesce((select json_agg(o order by o.place) from dossiers.bulk_outcome o
       where o.run_id = r.id), '[]') as outcomes
     from dossiers.bulk_run r where r.id = $1`,
    [id],
  )
  const [row] = rows
  return (
    row && {
      id: row.id,
      officerId: row.officer_id,
      command: row.command,
      asked: row.asked,
      startedAt: row.started_at.toISOString(),
      // biome-ignore lint/suspicious/noExplicitAny: rows of the database, read in this one place
      outcomes: row.outcomes.map((each: any) => ({
        code: each.code,
        taskNo: each.task_no,
        done: each.done,
        refusal: each.refusal,
        details: each.details,
      })),
    }
  )
}
