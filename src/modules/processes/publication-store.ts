import type { Queryable } from '../../kernel/db.ts'
import { type Entry, entryColumns, type Head, type PrivateContent } from '../../kernel/journal.ts'
import type { CompiledProcess } from './compiled-process.ts'

/** A version as its history tells it: who published it by which decision; what was shipped has neither. */
export interface PublishedVersion {
  key: string
  version: number
  name: string
  validFrom: string
  validTo: string | null
  publishedAt: string
  publishedBy: string | null
  decision: { number: string; on: string } | null
  reason: string | null
  /** Until when the version before it was to be in force. */
  replacedTo: string | null
  withdrawn: { at: string; by: string; reason: string } | null
}

interface Row extends Omit<PublishedVersion, 'publishedAt' | 'decision' | 'withdrawn'> {
  published_at: Date
  decision_number: string | null
  decision_on: string | null
  withdrawn_at: Date | null
  withdrawn_by: string | null
  withdraw_reason: string | null
}

function toVersion({ published_at, decision_number, decision_on, ...row }: Row): PublishedVersion {
  const { withdrawn_at, withdrawn_by, withdraw_reason, ...rest } = row
  return {
    ...rest,
    publishedAt: published_at.toISOString(),
    decision: decision_number && decision_on ? { number: decision_number, on: decision_on } : null,
    withdrawn: withdrawn_at && {
      at: withdrawn_at.toISOString(),
      by: withdrawn_by!,
      reason: withdraw_reason!,
    },
  }
}

/** Every version of one process, or of all, the newest first; withdrawn ones too. */
export async function publishedVersions(db: Queryable, key?: string): Promise<PublishedVersion[]> {
  const { rows } = await db.query<Row>({
    name: 'processes.published-versions',
    text: `select key, version, compiled ->> 'name' as name, valid_from as "validFrom", valid_to as "validTo", published_at,
        published_by as "publishedBy", decision_number, decision_on, reason, replaced_to as "replacedTo",
        withdrawn_at, withdrawn_by, withdraw_reason
      from processes.process_version where $1::text is null or key = $1 order by key, version desc`,
    values: [key ?? null],
  })
  return rows.map(toVersion)
}

/** Where the journal of a process stands. Held until the transaction ends, so that its versions change one by one. */
export async function lockProcess(
  tx: Queryable,
  key: string,
  stream: string,
): Promise<Head & { stream: string }> {
  await tx.query(
    'insert into processes.process (key, stream, sequence) values ($1, $2, 0) on conflict (key) do nothing',
    [key, stream],
  )
  const { rows } = await tx.query<{ stream: string; sequence: number; head_hash: Buffer | null }>(
    'select stream, sequence, head_hash from processes.process where key = $1 for update',
    [key],
  )
  const { sequence, head_hash, stream: own } = rows[0]!
  return { stream: own, sequence, hash: head_hash }
}

export interface NewVersion {
  key: string
  version: number
  xml: string
  compiled: CompiledProcess
  validFrom: string
  by: string
  decision: { number: string; on: string }
  reason: PrivateContent
  at: Date
  /** The version that it follows, and until when that was to be in force. */
  follows: { version: number; validTo: string | null } | null
}

/** Stores a version and ends the one before it the day before. */
export async function addVersion(tx: Queryable, added: NewVersion): Promise<void> {
  const { key, version, xml, compiled, validFrom, by, decision, reason, at, follows } = added
  await tx.query(
    `insert into processes.process_version (key, version, bpmn_xml, compiled, valid_from, published_at, published_by,
       decision_number, decision_on, reason, reason_ref, reason_salt, replaced_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[key, version, xml, JSON.stringify(compiled), validFrom, at, by, decision.number, decision.on],
      ...[reason.content, reason.id, reason.salt, follows?.validTo ?? null],
    ],
  )
  if (!follows) return
  await tx.query(
    `update processes.process_version set valid_to = $3::date - 1 where key = $1 and version = $2`,
    [key, follows.version, validFrom],
  )
}

/** Marks a version as withdrawn and gives the one before it its end back. */
export async function withdrawVersion(
  tx: Queryable,
  withdrawn: { key: string; version: number; by: string; reason: PrivateContent; at: Date },
): Promise<void> {
  const { key, version, by, reason, at } = withdrawn
  await tx.query(
    `with gone as (
       update processes.process_version set withdrawn_at = $3, withdrawn_by = $4, withdraw_reason = $5,
         withdraw_ref = $6, withdraw_salt = $7
       where key = $1 and version = $2 returning valid_from, replaced_to)
     update processes.process_version before set valid_to = gone.replaced_to from gone
     where before.key = $1 and before.withdrawn_at is null and before.valid_to = gone.valid_from - 1`,
    [key, version, at, by, reason.content, reason.id, reason.salt],
  )
}

/** Adds an entry to the journal of a process. */
export async function addEntry(tx: Queryable, key: string, entry: Entry): Promise<void> {
  await tx.query(
    `with head as (update processes.process set sequence = $2, head_hash = $3 where key = $1 returning key)
     insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select e.* from head, unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[],
       $10::timestamptz[], $11::bytea[], $12::bytea[]) e`,
    [key, entry.sequence, entry.hash, ...entryColumns('process', [entry])],
  )
}

/** The newest file of a process, withdrawn ones left out; of what was published before a moment, when one is named. */
export async function newestXml(
  db: { pool: Queryable },
  key: string,
  before?: Date,
): Promise<string | undefined> {
  const { rows } = await db.pool.query<{ xml: string }>(
    `select bpmn_xml as xml from processes.process_version
     where key = $1 and withdrawn_at is null and published_at <= coalesce($2, 'infinity'::timestamptz)
     order by valid_from desc limit 1`,
    [key, before ?? null],
  )
  return rows[0]?.xml
}
