import type { Db, Queryable } from '../../../kernel/db.ts'
import { type Entry, entryColumns, type Head } from '../../../kernel/journal.ts'
import { IndexSet } from './index-set.ts'

/** The territory of the sets that come with the platform. */
export const country = 'VN'

export const setStates = ['draft', 'handed-in', 'published', 'abandoned'] as const
export type SetState = (typeof setStates)[number]

/** A set as it is kept: what it says, and who brought it how far. */
export interface StoredSet {
  id: string
  territory: string
  state: SetState
  set: IndexSet
  /** Raised by every saving, so that two people do not overwrite each other. */
  revision: number
  decision: { number: string; on: string } | null
  editedBy: string | null
  editedAt: Date
  handedInBy: string | null
  handedInAt: Date | null
  publishedBy: string | null
  publishedAt: Date | null
}

const columns = `id, territory, key, version, state, content, revision, valid_from as "validFrom", valid_to as "validTo",
  decision_number as "decisionNumber", decision_on as "decisionOn", edited_by as "editedBy", edited_at as "editedAt",
  handed_in_by as "handedInBy", handed_in_at as "handedInAt", published_by as "publishedBy", published_at as "publishedAt"`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toStored(row: any): StoredSet {
  const { key: _, version, content, validFrom, validTo, decisionNumber, decisionOn, ...stored } = row
  const validity = stored.state === 'published' ? { validFrom, validTo } : {}
  return {
    ...stored,
    set: { ...contentOf(stored.id, { state: stored.state, content }), version, ...validity },
    decision: decisionNumber === null ? null : { number: decisionNumber, on: decisionOn },
  }
}

// What is published never changes, so it is read once in each process; the days it holds stand beside it.
const published = new Map<string, IndexSet>()

function contentOf(id: string, { state, content }: { state: SetState; content: unknown }): IndexSet {
  const known = published.get(id)
  if (known && state === 'published') return known
  const set = IndexSet.parse(content)
  if (state === 'published') {
    if (published.size > 200) published.clear()
    published.set(id, set)
  }
  return set
}

export interface SetQuestion {
  /** One set by its key, whichever territory it is of; trial sets are found by their key only. */
  key?: string | undefined
  /** The day asked about. */
  on: string
  /** Whose set when no key is named; the country's otherwise. */
  territory?: string | undefined
}

/** The set that holds on a day; the latest version when there are several. */
export async function findIndexSet(
  { pool }: Pick<Db, 'pool'>,
  { key, on, territory = country }: SetQuestion,
): Promise<IndexSet | undefined> {
  const { rows } = await pool.query({
    name: 'indicators.index-set-on',
    text: `select ${columns} from indicators.index_set
      where state = 'published' and valid_from <= $2 and (valid_to is null or valid_to >= $2)
        and case when $1::text is null then territory = $3 and not trial else key = $1 end
      order by valid_from desc, version desc limit 1`,
    values: [key ?? null, on, territory],
  })
  return rows[0] && toStored(rows[0]).set
}

/** The published sets of some territories that hold on a day, the country's first; what is tried out is left out. */
export async function setsInForce(
  { pool }: Pick<Db, 'pool'>,
  { on, territories }: { on: string; territories: readonly string[] },
): Promise<StoredSet[]> {
  const { rows } = await pool.query({
    name: 'indicators.index-sets-in-force',
    text: `select ${columns} from indicators.index_set
      where state = 'published' and not trial and territory = any ($1)
        and valid_from <= $2 and (valid_to is null or valid_to >= $2)
      order by territory = 'VN' desc, territory, valid_from desc, version desc`,
    values: [territories, on],
  })
  return rows.map(toStored)
}

/** Published sets whose days meet these, and those that are tried out, the national first. */
export async function listIndexSets(
  { pool }: Pick<Db, 'pool'>,
  { territories }: { territories?: readonly string[] } = {},
): Promise<StoredSet[]> {
  const { rows } = await pool.query(
    `select ${columns} from indicators.index_set
     where state <> 'abandoned' and ($1::text[] is null or territory = any ($1))
     order by territory = 'VN' desc, territory, valid_from desc nulls first, key, version desc`,
    [territories ?? null],
  )
  return rows.map(toStored)
}

/** One stored set, whatever its state. */
export async function findStoredSet(db: Queryable, id: string): Promise<StoredSet | undefined> {
  const { rows } = await db.query(`select ${columns} from indicators.index_set where id = $1`, [id])
  return rows[0] && toStored(rows[0])
}

/** All versions of a territory that are not abandoned, read while its journal is held. */
export async function setsOfTerritory(tx: Queryable, territory: string): Promise<StoredSet[]> {
  const { rows } = await tx.query(
    `select ${columns} from indicators.index_set where territory = $1 and state <> 'abandoned'`,
    [territory],
  )
  return rows.map(toStored)
}

/** The number of the newest version under a key, 0 for none. */
export async function newestVersion(tx: Queryable, key: string): Promise<number> {
  const { rows } = await tx.query(
    'select coalesce(max(version), 0)::int as newest from indicators.index_set where key = $1',
    [key],
  )
  return rows[0].newest
}

/** Writes a set as it stands now: a new row, or the next revision of it. */
export async function writeSet(tx: Queryable, stored: StoredSet): Promise<void> {
  const { id, territory, state, set, revision, decision } = stored
  const holds = state === 'published'
  await tx.query(
    `insert into indicators.index_set (id, territory, key, version, state, content, revision, trial, valid_from, valid_to,
       decision_number, decision_on, edited_by, edited_at, handed_in_by, handed_in_at, published_by, published_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (id) do update set key = excluded.key, state = excluded.state, content = excluded.content,
       revision = excluded.revision, trial = excluded.trial, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       decision_number = excluded.decision_number, decision_on = excluded.decision_on, edited_by = excluded.edited_by,
       edited_at = excluded.edited_at, handed_in_by = excluded.handed_in_by, handed_in_at = excluded.handed_in_at,
       published_by = excluded.published_by, published_at = excluded.published_at`,
    [
      ...[id, territory, set.key, set.version, state, JSON.stringify(set), revision, set.trial],
      ...[
        holds ? set.validFrom : null,
        holds ? set.validTo : null,
        decision?.number ?? null,
        decision?.on ?? null,
      ],
      ...[stored.editedBy, stored.editedAt, stored.handedInBy, stored.handedInAt],
      ...[stored.publishedBy, stored.publishedAt],
    ],
  )
}

/** Ends a published set on a last day. */
export async function endSet(tx: Queryable, { id, lastDay }: { id: string; lastDay: string }): Promise<void> {
  await tx.query('update indicators.index_set set valid_to = $2 where id = $1', [id, lastDay])
}

/** Where the journal of a territory's sets stands; held until the transaction ends, so that they change one by one. */
export async function lockTerritory(
  tx: Queryable,
  territory: string,
  stream: string,
): Promise<Head & { stream: string }> {
  await tx.query(
    'insert into indicators.index_publisher (territory, stream) values ($1, $2) on conflict (territory) do nothing',
    [territory, stream],
  )
  const { rows } = await tx.query<{ stream: string; sequence: number; head_hash: Buffer | null }>(
    'select stream, sequence, head_hash from indicators.index_publisher where territory = $1 for update',
    [territory],
  )
  const { stream: own, sequence, head_hash } = rows[0]!
  return { stream: own, sequence, hash: head_hash }
}

/** Adds an entry to the journal of a territory's sets. */
export async function addSetEntry(tx: Queryable, territory: string, entry: Entry): Promise<void> {
  await tx.query(
    `with head as (
       update indicators.index_publisher set sequence = $2, head_hash = $3 where territory = $1 returning territory)
     insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select e.* from head, unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[],
       $10::timestamptz[], $11::bytea[], $12::bytea[]) e`,
    [territory, entry.sequence, entry.hash, ...entryColumns('index-set', [entry])],
  )
}
