import type { Queryable } from '../../../kernel/db.ts'
import type { Ratio } from '../index-sets/index.ts'
import type { TargetStatus } from './assess-target.ts'
import { Target } from './target.ts'

export interface StoredTarget {
  territory: string
  target: Target
  changedBy: string | null
  changedAt: Date
}

/** The targets that are watched, those of the country first, in the order of their keys. */
export async function listTargets(db: Queryable, territory?: string): Promise<StoredTarget[]> {
  const { rows } = await db.query({
    name: 'indicators.targets',
    text: `select territory, content, changed_by as "changedBy", changed_at as "changedAt" from indicators.target
      where ended_at is null and ($1::text is null or territory = $1)
      order by territory = 'VN' desc, territory, key`,
    values: [territory ?? null],
  })
  return rows.map(({ content, ...row }) => ({ ...row, target: Target.parse(content) }))
}

/** Keeps a target as it is now, or takes it back. */
export async function writeTarget(
  tx: Queryable,
  { territory, target, changedBy, changedAt }: StoredTarget,
  ended = false,
): Promise<void> {
  await tx.query(
    `insert into indicators.target (territory, key, content, changed_by, changed_at, ended_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (territory, key) do update set content = excluded.content, changed_by = excluded.changed_by,
       changed_at = excluded.changed_at, ended_at = excluded.ended_at`,
    [territory, target.key, JSON.stringify(target), changedBy, changedAt, ended ? changedAt : null],
  )
}

export interface TargetAlert {
  id: string
  territory: string
  key: string
  /** First day of the stage. */
  stage: string
  /** The authority that answers for it; '' the whole installation. */
  authority: string
  previous: TargetStatus | null
  status: TargetStatus
  value: number | null
  /** Both numbers of the value, what was wanted and how many lacked; null in alerts of long ago. */
  counts: Ratio | null
  wanted: number | null
  operator: Target['operator'] | null
  missing: number | null
  at: Date
  seenAt: Date | null
}

/** Where a target stands now; gives what it was before when that differs, `undefined` when nothing changed. */
export async function noteStatus(
  tx: Queryable,
  noted: { territory: string; key: string; stage: string; status: TargetStatus; at: Date },
): Promise<{ previous: TargetStatus | null } | undefined> {
  const { territory, key, stage, status, at } = noted
  const { rows } = await tx.query(
    'select status from indicators.target_status where territory = $1 and key = $2 and stage = $3 for update',
    [territory, key, stage],
  )
  // Another look may note it at the same moment; who comes second finds it noted.
  const { rowCount } = await tx.query(
    `insert into indicators.target_status as s (territory, key, stage, status, since) values ($1, $2, $3, $4, $5)
     on conflict (territory, key, stage) do update set status = excluded.status, since = excluded.since
       where s.status <> excluded.status`,
    [territory, key, stage, status, at],
  )
  return rowCount === 1 ? { previous: rows[0]?.status ?? null } : undefined
}

/** Keeps that the responsible are told. */
export async function addAlert(tx: Queryable, alert: Omit<TargetAlert, 'seenAt'>): Promise<void> {
  const { id, territory, key, stage, authority, previous, status, value, at } = alert
  const { counts, wanted, operator, missing } = alert
  await tx.query(
    `insert into indicators.target_alert (id, territory, key, stage, authority, previous, status, value, at,
       numerator, denominator, wanted, operator, missing)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[id, territory, key, stage, authority, previous, status, value, at],
      ...[counts?.[0] ?? null, counts?.[1] ?? null, wanted, operator, missing],
    ],
  )
}

/** Keeps who is to be told of an alert. */
export async function addReaders(tx: Queryable, alert: string, officers: readonly string[]): Promise<void> {
  await tx.query(
    'insert into indicators.target_alert_reader (alert, officer) select $1, unnest($2::text[])',
    [alert, officers],
  )
}

/** What each officer was not told yet, the oldest first, of those who had no message with this key. */
export async function untoldAlerts(tx: Queryable, key: string): Promise<Map<string, TargetAlert[]>> {
  const { rows } = await tx.query(
    `select r.officer, ${alertColumns} from indicators.target_alert_reader r
       join indicators.target_alert a on a.id = r.alert
     where r.notice is null
       and not exists (select from indicators.target_alert_reader t where t.officer = r.officer and t.notice = $1)
     order by r.officer, a.at, a.id`,
    [key],
  )
  const untold = Map.groupBy(rows, ({ officer }) => officer as string)
  return new Map([...untold].map(([officer, own]) => [officer, own.map(toAlert)]))
}

/** Notes that these officers were told everything that waited for them. */
export async function noteTold(tx: Queryable, key: string, officers: readonly string[]): Promise<void> {
  await tx.query(
    'update indicators.target_alert_reader set notice = $1 where officer = any ($2) and notice is null',
    [key, officers],
  )
}

const alertColumns = `a.id, a.territory, a.key, a.stage, a.authority, a.previous, a.status, a.value::float8 as value, a.at,
  a.numerator, a.denominator, a.wanted::float8 as wanted, a.operator, a.missing, a.seen_at as "seenAt"`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
const toAlert = ({ numerator, denominator, officer: _, ...row }: any): TargetAlert => ({
  ...row,
  counts: numerator === null ? null : [numerator, denominator],
})

/** What the officers of these authorities were told, the newest first. */
export async function listAlerts(
  db: Queryable,
  authorities: readonly string[],
  limit = 50,
): Promise<TargetAlert[]> {
  const { rows } = await db.query(
    `select ${alertColumns} from indicators.target_alert a where authority = any ($1) order by at desc, id desc limit $2`,
    [authorities, limit],
  )
  return rows.map(toAlert)
}

/** Marks what these authorities were told as seen; gives how many. */
export async function markSeen(
  db: Queryable,
  { authorities, by, at }: { authorities: readonly string[]; by: string; at: Date },
): Promise<number> {
  const { rowCount } = await db.query(
    `update indicators.target_alert set seen_by = $2, seen_at = $3 where authority = any ($1) and seen_at is null`,
    [authorities, by, at],
  )
  return rowCount ?? 0
}
