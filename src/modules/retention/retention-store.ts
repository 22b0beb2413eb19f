import type { Queryable } from '../../kernel/db.ts'
import {
  type Entry,
  entryColumns,
  type JournalActor,
  type NewEntry,
  seal,
  start,
} from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Closing, closingOf, type HoldInForce, type Rule } from './due.ts'

/** Every period, past and coming ones too. */
export async function readRules(db: Queryable): Promise<Rule[]> {
  const { rows } = await db.query(
    `select id, valid_from as "validFrom", valid_to as "validTo", part, procedure_code as "procedureCode", template,
       closing, years, basis, source, confidence from retention.rule order by part, id, valid_from`,
  )
  return rows
}

/** States a period from a day on; the one of the same name that is in force ends the day before. */
export async function insertRule(tx: Queryable, rule: Rule): Promise<void> {
  await tx.query(
    `update retention.rule set valid_to = $2::date - 1
     where id = $1 and valid_from < $2 and (valid_to is null or valid_to >= $2)`,
    [rule.id, rule.validFrom],
  )
  const { id, validFrom, validTo, part, procedureCode, template, closing, years, basis, source, confidence } =
    rule
  await tx.query(
    `insert into retention.rule (id, valid_from, valid_to, part, procedure_code, template, closing, years, basis, source,
       confidence) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [id, validFrom, validTo, part, procedureCode, template, closing, years, basis, source, confidence],
  )
}

/** A dossier that ended, as the periods see it. */
export interface EndedDossier {
  id: string
  code: string
  competent: string
  procedureCode: string
  procedureVersion: number
  closing: Closing | null
  endedAt: Date | null
  endedOn: string | null
  /** Whether papers were issued as its result. */
  granted: boolean
  holds: HoldInForce[]
  purged: boolean
  /** In a batch that is proposed or approved. */
  listed: boolean
}

const endedColumns = `d.id, d.code, d.competent, d.procedure_code as "procedureCode",
  d.procedure_version as "procedureVersion", d.state, d.outcome, d.result_state as "resultState",
  d.closed_at as "closedAt", (d.outcome is not null) as granted,
  case when d.result_state in ('corrected', 'revoked')
    then greatest(d.closed_at, (select e.at from journal.entry e where e.stream = d.id and e.sequence = d.sequence))
    else d.closed_at end as "endedAt",
  (select count(*)::int from dossiers.task t where t.dossier_id = d.id and t.closed_at is null) as "openTasks",
  coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'until', h.until))
    from retention.held x join retention.hold h on h.id = x.hold_id
    where x.dossier_id = d.id and h.lifted_at is null), '[]') as holds,
  exists (select from retention.line l where l.dossier_id = d.id and l.state = 'purged') as purged,
  exists (select from retention.line l join retention.batch b on b.id = l.batch_id
    where l.dossier_id = d.id and l.state = 'waiting' and b.state in ('proposed', 'approved')) as listed`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
const toEnded = (row: any): EndedDossier => ({
  ...row,
  closing: closingOf(row),
  endedOn: row.endedAt === null ? null : dateOfLaw(row.endedAt),
})

const pageSize = 2000

/** Dossiers of an authority and those under it that ended by a day, oldest first, a page at a time. */
export async function* endedBefore(
  db: Queryable,
  { authority, until }: { authority: string; until: Date },
): AsyncGenerator<EndedDossier[]> {
  let after = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await db.query(
      `select ${endedColumns} from dossiers.dossier d
       where (d.competent = $1 or (d.competent collate "C" >= $1 || '.' and d.competent collate "C" < $1 || '/'))
         and d.closed_at <= $2 and (d.closed_at, d.id) > ($3, $4) order by d.closed_at, d.id limit $5`,
      [authority, until, after.at, after.id, pageSize],
    )
    if (rows.length === 0) return
    yield rows.map(toEnded)
    if (rows.length < pageSize) return
    after = { at: rows.at(-1).closedAt, id: rows.at(-1).id }
  }
}

export async function endedByCodes(db: Queryable, codes: readonly string[]): Promise<EndedDossier[]> {
  const { rows } = await db.query(
    `select ${endedColumns} from dossiers.dossier d where d.code = any ($1) order by d.code`,
    [codes],
  )
  return rows.map(toEnded)
}

export async function endedByIds(db: Queryable, ids: readonly string[]): Promise<EndedDossier[]> {
  const { rows } = await db.query(
    `select ${endedColumns} from dossiers.dossier d where d.id = any ($1) order by d.id`,
    [ids],
  )
  return rows.map(toEnded)
}

/** Keeps dossiers from changing, and from being destroyed, until the transaction ends. */
export async function lockDossiers(tx: Queryable, ids: readonly string[]): Promise<void> {
  await tx.query('select id from dossiers.dossier where id = any ($1) order by id for update', [ids])
}

export type RetentionKind =
  | 'retention.held'
  | 'retention.lift-asked'
  | 'retention.lifted'
  | 'retention.proposed'
  | 'retention.declined'
  | 'retention.approved'
  | 'retention.purged'
  | 'retention.skipped'
  | 'retention.finished'
  | 'retention.exported'
  | 'retention.rule-stated'
  | 'retention.bookings-purged'

/** Adds an entry to a stream of this module: a batch, a hold, an export. Call it in a transaction that holds its row. */
export async function enter(tx: Queryable, stream: string, entry: NewEntry<RetentionKind>): Promise<Entry> {
  const { rows } = await tx.query(
    'select sequence, hash from journal.entry where stream = $1 order by sequence desc limit 1',
    [stream],
  )
  const [sealed] = seal(stream, rows[0] ?? start, [entry as NewEntry])
  await tx.query(
    `insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[],
       $8::bytea[], $9::bytea[])`,
    entryColumns('retention', [sealed!]),
  )
  return sealed!
}

/** Which of some dossiers the journal says were destroyed. */
export async function purgedOf(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query(
    `select distinct data ->> 'dossier' as id from journal.entry
     where kind = 'retention.purged' and data ->> 'dossier' = any ($1)`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

export const byOfficer = (officer: { officerId: string }): JournalActor => ({
  kind: 'officer',
  id: officer.officerId,
})
export const byMachine: JournalActor = { kind: 'system', id: 'retention' }

export interface Hold {
  id: string
  authority: string
  kind: 'appeal' | 'court' | 'inspection' | 'other'
  reason: string
  placedBy: string
  placedAt: Date
  until: string | null
  liftAskedBy: string | null
  liftAskedAt: Date | null
  liftReason: string | null
  liftedBy: string | null
  liftedAt: Date | null
  codes: string[]
}

const holdColumns = `h.id, h.authority, h.kind, h.reason, h.placed_by as "placedBy", h.placed_at as "placedAt", h.until,
  h.lift_asked_by as "liftAskedBy", h.lift_asked_at as "liftAskedAt", h.lift_reason as "liftReason",
  h.lifted_by as "liftedBy", h.lifted_at as "liftedAt",
  array(select d.code from retention.held x join dossiers.dossier d on d.id = x.dossier_id
    where x.hold_id = h.id order by d.code) as codes`

export async function listHolds(db: Queryable, authority: string): Promise<Hold[]> {
  const { rows } = await db.query(
    `select ${holdColumns} from retention.hold h where h.authority = $1 or h.authority like $1 || '.%'
     order by h.lifted_at is not null, h.placed_at desc limit 500`,
    [authority],
  )
  return rows
}

export async function lockHold(tx: Queryable, id: string): Promise<Hold | undefined> {
  await tx.query('select from retention.hold where id = $1 for update', [id])
  const { rows } = await tx.query(`select ${holdColumns} from retention.hold h where h.id = $1`, [id])
  return rows[0]
}

export interface Batch {
  id: string
  authority: string
  state: 'proposed' | 'declined' | 'approved' | 'done'
  basis: string
  proposedBy: string
  proposedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decision: string | null
  before: Check | null
  after: Check | null
  certificate: string | null
  finishedAt: Date | null
  waiting: number
  purged: number
  skipped: number
}

/** What a check of the journal of a batch found. */
export interface Check {
  streams: number
  entries: number
  faults: number
  /** Hash over the heads of all streams in their order. */
  heads: string
  at: string
}

const batchColumns = `b.id, b.authority, b.state, b.basis, b.proposed_by as "proposedBy", b.proposed_at as "proposedAt",
  b.decided_by as "decidedBy", b.decided_at as "decidedAt", b.decision, b.before, b.after, b.certificate,
  b.finished_at as "finishedAt", l.waiting, l.purged, l.skipped`
const batches = `retention.batch b cross join lateral (select
    count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'purged')::int as purged,
    count(*) filter (where state = 'skipped')::int as skipped
  from retention.line where batch_id = b.id) l`

export async function listBatches(db: Queryable, authority: string): Promise<Batch[]> {
  const { rows } = await db.query(
    `select ${batchColumns} from ${batches} where b.authority = $1 or b.authority like $1 || '.%'
     order by b.proposed_at desc limit 200`,
    [authority],
  )
  return rows
}

export async function findBatch(db: Queryable, id: string): Promise<Batch | undefined> {
  const { rows } = await db.query(`select ${batchColumns} from ${batches} where b.id = $1`, [id])
  return rows[0]
}

export interface Line {
  dossierId: string
  code: string
  endedAt: Date
  dueOn: string
  rule: string
  keepResults: boolean
  state: 'waiting' | 'purged' | 'skipped'
  why: string | null
  erased: Record<string, number> | null
}

export async function linesOf(db: Queryable, batch: string): Promise<Line[]> {
  const { rows } = await db.query(
    `select dossier_id as "dossierId", code, ended_at as "endedAt", due_on as "dueOn", rule,
       keep_results as "keepResults", state, why, erased from retention.line where batch_id = $1 order by code`,
    [batch],
  )
  return rows
}

/** How the content of a dossier was destroyed. */
export interface Destruction {
  at: Date
  batch: string
  authority: string
  basis: string
  decidedBy: string
  /** How much of each kind went; `kept`: issued papers that stay. */
  erased: Record<string, number>
}

/** How the content of a dossier was destroyed; undefined where it stands. */
export async function destructionOf(db: Queryable, dossierId: string): Promise<Destruction | undefined> {
  const { rows } = await db.query(
    `select l.at, l.batch_id as batch, b.authority, b.basis, b.decided_by as "decidedBy", l.erased
     from retention.line l join retention.batch b on b.id = l.batch_id
     where l.dossier_id = $1 and l.state = 'purged'`,
    [dossierId],
  )
  return rows[0]
}
