import type { Db, Queryable } from '../../kernel/db.ts'
import { entryColumns, type Head, type JournalActor, seal } from '../../kernel/journal.ts'
import type { ChangeState, Part, ProcedureChange } from './change.ts'
import type { PartKind } from './contents.ts'

interface ChangeRow {
  id: string
  procedure_code: string
  kind: ProcedureChange['kind']
  title: string
  reason: string
  state: ChangeState
  base: ProcedureChange['base']
  started_by: string
  started_at: Date
  editors: string[]
  submitted: ProcedureChange['submitted']
  review: ProcedureChange['review']
  publication: ProcedureChange['publication']
  ended: ProcedureChange['ended']
  sequence: number
  head_hash: Buffer
}

const columns = `id, procedure_code, kind, title, reason, state, base, started_by, started_at, editors, submitted, review,
  publication, ended, sequence, head_hash`

/** A change with where its journal stands. */
export interface StoredChange {
  change: ProcedureChange
  head: Head
}

function toChange(row: ChangeRow, parts: ProcedureChange['parts']): ProcedureChange {
  const { id, kind, title, reason, state, base, editors, submitted, review, publication, ended } = row
  return {
    ...{ id, code: row.procedure_code, kind, title, reason, state, base, parts },
    ...{ startedBy: row.started_by, startedAt: row.started_at.toISOString(), editors },
    ...{ submitted, review, publication, ended },
  }
}

/** One change with the last saving of each part. With `lock` it is held until the transaction ends. */
export async function findChange(
  db: Queryable,
  id: string,
  { lock = false } = {},
): Promise<StoredChange | undefined> {
  const { rows } = await db.query<ChangeRow>(
    `select ${columns} from changes.change where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  )
  const row = rows[0]
  if (!row) return undefined
  const parts = await partsOf(db, id)
  return { change: toChange(row, parts), head: { sequence: row.sequence, hash: row.head_hash } }
}

async function partsOf(db: Queryable, id: string): Promise<ProcedureChange['parts']> {
  const { rows } = await db.query<{ part: PartKind; savedAt: Date } & Omit<Part, 'savedAt'>>(
    `select distinct on (part) part, content, revision, saved_by as "savedBy", o.name as "savedByName",
       saved_at as "savedAt"
     from changes.part join directory.officer o on o.id = saved_by
     where change_id = $1 order by part, revision desc`,
    [id],
  )
  return Object.fromEntries(
    rows.map(({ part, savedAt, ...saved }) => [part, { ...saved, savedAt: savedAt.toISOString() }]),
  )
}

/** A change as the list shows it. */
export interface ListedChange {
  id: string
  code: string
  kind: ProcedureChange['kind']
  title: string
  state: ChangeState
  startedByName: string
  startedAt: string
  /** When a part was saved last. */
  savedAt: string | null
  publication: ProcedureChange['publication']
}

/** Changes of one procedure, or of all, the newest first; at most two hundred. */
export async function listChanges(db: Db, code?: string): Promise<ListedChange[]> {
  const { rows } = await db.pool.query<
    Omit<ListedChange, 'startedAt' | 'savedAt'> & { startedAt: Date; savedAt: Date | null }
  >({
    name: 'changes.list',
    text: `select c.id, procedure_code as code, kind, title, state, o.name as "startedByName",
        started_at as "startedAt", publication,
        (select max(saved_at) from changes.part where change_id = c.id) as "savedAt"
      from changes.change c join directory.officer o on o.id = c.started_by
      where $1::text is null or procedure_code = $1 order by started_at desc limit 200`,
    values: [code ?? null],
  })
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    savedAt: row.savedAt?.toISOString() ?? null,
  }))
}

/** An act on a change, for its journal. */
export interface ChangeEntry {
  kind: string
  data: Record<string, unknown>
  actor: JournalActor
  at: Date
}

/** Writes the change as it now stands together with the entry that tells how it came there. */
export async function writeChange(
  tx: Queryable,
  change: ProcedureChange,
  head: Head,
  entry: ChangeEntry,
): Promise<void> {
  const sealed = seal(change.id, head, [entry])[0]!
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await tx.query(
    `with head as (
       insert into changes.change (${columns})
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       on conflict (id) do update set state = excluded.state, title = excluded.title, reason = excluded.reason, base = excluded.base,
         editors = excluded.editors, submitted = excluded.submitted, review = excluded.review,
         publication = excluded.publication, ended = excluded.ended, sequence = excluded.sequence,
         head_hash = excluded.head_hash
       returning id)
     insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select e.* from head, unnest($17::uuid[], $18::int[], $19::text[], $20::text[], $21::jsonb[], $22::jsonb[],
       $23::timestamptz[], $24::bytea[], $25::bytea[]) e`,
    [
      ...[change.id, change.code, change.kind, change.title, change.reason, change.state],
      ...[JSON.stringify(change.base), change.startedBy, change.startedAt, change.editors],
      ...[json(change.submitted), json(change.review), json(change.publication), json(change.ended)],
      ...[sealed.sequence, sealed.hash],
      ...entryColumns('change', [sealed]),
    ],
  )
}

/** Adds a saving of a part; earlier ones stay. */
export async function addPart(
  tx: Queryable,
  saved: { id: string; part: PartKind; revision: number; content: unknown; by: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into changes.part (change_id, part, revision, content, saved_by, saved_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [saved.id, saved.part, saved.revision, JSON.stringify(saved.content), saved.by, saved.at],
  )
}

/** A change of the procedure that is still being worked on; two at once would overwrite one another at publication. */
export async function openChangeOf(
  db: Queryable,
  code: string,
): Promise<{ id: string; title: string } | undefined> {
  const { rows } = await db.query<{ id: string; title: string }>(
    `select id, title from changes.change
     where procedure_code = $1 and state in ('draft', 'in-review', 'approved') limit 1`,
    [code],
  )
  return rows[0]
}

/** Test cases of an edition; none for what was shipped without. */
export async function testsOfEdition(
  db: Queryable,
  procedureCode: string,
  version: number,
): Promise<unknown[] | undefined> {
  const { rows } = await db.query<{ tests: unknown[] }>(
    'select tests from changes.edition_tests where procedure_code = $1 and version = $2',
    [procedureCode, version],
  )
  return rows[0]?.tests
}

/** Keeps the test cases that were published with an edition. */
export async function addTests(
  tx: Queryable,
  { procedureCode, version, tests }: { procedureCode: string; version: number; tests: unknown },
): Promise<void> {
  await tx.query(
    `insert into changes.edition_tests (procedure_code, version, tests) values ($1, $2, $3)
     on conflict (procedure_code, version) do update set tests = excluded.tests`,
    [procedureCode, version, JSON.stringify(tests)],
  )
}
