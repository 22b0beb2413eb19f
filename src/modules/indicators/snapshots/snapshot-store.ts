import type { Queryable } from '../../../kernel/db.ts'
import type { QualityNote } from '../counts/index-counts.ts'
import type { Counts, FigureKey, IndexScore, Level, Ratio } from '../index-sets/index.ts'

/** A figure before and after; undefined where it was not measured. */
export type FigureChange = [before: Ratio | boolean | null, after: Ratio | boolean | null]

/** The index of a unit and a period as it stood at a moment. */
export interface Snapshot {
  id: string
  setKey: string
  setVersion: number
  authority: string
  level: Level
  period: string
  from: string
  to: string
  /** 1 for the first; what came late makes further ones. */
  revision: number
  why: 'closed' | 'late-facts' | 'asked'
  asAt: string
  /** How far in the feed the figures had come. */
  position: number
  counts: Counts
  notMeasured: string[]
  score: IndexScore
  notes: QualityNote[]
  /** Against the revision before; null for the first. */
  changed: Partial<Record<FigureKey, FigureChange>> | null
}

const columns = `id, set_key as "setKey", set_version as "setVersion", authority, level, period, from_date as "from",
  to_date as "to", revision, why, as_at as "asAt", position, counts, not_measured as "notMeasured", score, notes, changed`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
const toSnapshot = (row: any): Snapshot => ({
  ...row,
  asAt: row.asAt.toISOString(),
  position: Number(row.position),
})

/** Which snapshots are meant: a set by its key, a unit and a period; left out, all. */
export interface SnapshotQuery {
  setKey?: string
  authorities: readonly string[]
  periods: readonly string[]
}

/** All revisions, the oldest first. */
export async function snapshotsOf(
  db: Queryable,
  { setKey, authority, period }: { setKey?: string; authority: string; period: string },
): Promise<Snapshot[]> {
  const { rows } = await db.query({
    name: 'indicators.snapshots-of',
    text: `select ${columns} from indicators.snapshot
           where authority = $1 and period = $2 and ($3::text is null or set_key = $3)
           order by set_key, set_version, revision`,
    values: [authority, period, setKey ?? null],
  })
  return rows.map(toSnapshot)
}

/** The last revision of each set, unit and period. */
export async function latestSnapshots(
  db: Queryable,
  { setKey, authorities, periods }: SnapshotQuery,
): Promise<Snapshot[]> {
  const { rows } = await db.query({
    name: 'indicators.latest-snapshots',
    text: `select distinct on (set_key, set_version, authority, period) ${columns} from indicators.snapshot
           where authority = any($1) and period = any($2) and ($3::text is null or set_key = $3)
           order by set_key, set_version, authority, period, revision desc`,
    values: [authorities, periods, setKey ?? null],
  })
  return rows.map(toSnapshot)
}

/** Adds snapshots; one that somebody else added meanwhile is left as it is. Gives how many were added. */
export async function addSnapshots(db: Queryable, snapshots: readonly Snapshot[]): Promise<number> {
  if (snapshots.length === 0) return 0
  const { rowCount } = await db.query({
    name: 'indicators.add-snapshots',
    text: `insert into indicators.snapshot (id, set_key, set_version, authority, level, period, from_date, to_date,
             revision, why, as_at, position, counts, not_measured, score, notes, changed)
           select s.id, s."setKey", s."setVersion", s.authority, s.level, s.period, s."from", s."to", s.revision, s.why,
             s."asAt", s.position, s.counts, s."notMeasured", s.score, s.notes, nullif(s.changed, 'null')
           from jsonb_to_recordset($1) s (id uuid, "setKey" text, "setVersion" int, authority text, level text,
             period text, "from" date, "to" date, revision int, why text, "asAt" timestamptz, position bigint,
             counts jsonb, "notMeasured" text[], score jsonb, notes jsonb, changed jsonb)
           on conflict (set_key, set_version, authority, period, revision) do nothing`,
    values: [JSON.stringify(snapshots)],
  })
  return rowCount ?? 0
}

/** The first day on which anything was counted, and the units that have figures. */
export async function countedSince(db: Queryable): Promise<{ since: string | null; units: Set<string> }> {
  const { rows } = await db.query<{ since: string | null; units: string[] }>(
    `select (select min(on_date) from indicators.monthly where authority = '' and procedure_code = '*') as since,
       (select coalesce(array_agg(authority), '{}') from indicators.scope) as units`,
  )
  const { since, units } = rows[0]!
  return { since, units: new Set(units) }
}
