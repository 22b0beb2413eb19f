import type { Queryable } from '../../kernel/db.ts'
import { entryColumns, type NewEntry, type PrivateContent, seal, start } from '../../kernel/journal.ts'
import { type Dossier, DossierCode } from './dossier.ts'
import { dossierColumns, taskColumns, toDossier, toRow, toTaskRow } from './dossier-row.ts'
import type { DossierEntry, SealedDossierEntry } from './entries.ts'
import { evolve } from './evolve.ts'
import { type OtherPartyFile, toOtherParty } from './other-party.ts'
import type { TakenPaper } from './papers/paper-source.ts'
import type { Party } from './party.ts'

/** A new state with the sealed entries that made it: what `append` writes. */
export interface Change {
  before: Dossier | undefined
  after: Dossier
  entries: SealedDossierEntry[]
}

/** Seals entries after a dossier's head and folds them in; pure. */
export function applyEntries(
  id: string,
  before: Dossier | undefined,
  entries: readonly DossierEntry[],
): Change {
  const head = before ? { sequence: before.sequence, hash: before.headHash } : start
  const sealed = seal(id, head, entries as readonly NewEntry[]) as SealedDossierEntry[]
  const after = sealed.reduce<Dossier | undefined>(evolve, before)
  if (after === undefined) throw new Error('no entry, no dossier')
  return { before, after, entries: sealed }
}

/** What is written beside the entries, row and tasks. */
export interface Beside {
  privates?: PrivateContent[]
  papers?: (TakenPaper & { no: number; addedAt: Date })[]
  party?: Party
  submissionKey?: { scope: string; key: string }
  /** Who else has a say, by the number that the entries give them. */
  otherParties?: OtherPartyFile[]
}

/**
 * Writes entries, row, tasks and what stands beside them in one statement, guarded by the sequence the
 * decision was made on. False when somebody acted meanwhile, or the submission key was used before.
 */
export async function append(db: Queryable, change: Change, beside: Beside = {}): Promise<boolean> {
  const [written] = await appendMany(db, [{ change, beside }])
  return written!
}

/** A filing or an act with what stands beside it. */
export interface Write {
  change: Change
  beside: Beside
}

/**
 * Writes what arrives together in one statement, each as `append` would; says of each whether it was written. Of
 * several on one dossier the first is. Throws having written none of them.
 */
export async function appendMany(db: Queryable, writes: readonly Write[]): Promise<boolean[]> {
  const firsts = new Map<string, Write>()
  for (const write of writes) {
    const { id } = write.change.after
    if (!firsts.has(id)) firsts.set(id, write)
  }
  // In the order of their ids, so that two statements never wait for each other.
  const inOrder = [...firsts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, write]) => write)
  const { rows } = await db.query<{ id: string }>(appendManyQuery(inOrder))
  const written = new Set(rows.map(({ id }) => id))
  return writes.map((write) => {
    const { id } = write.change.after
    return firsts.get(id) === write && written.has(id)
  })
}

/** The statement of `append` with its values; also what the bench runs raw. */
export function appendQuery(change: Change, beside: Beside = {}) {
  return appendManyQuery([{ change, beside }])
}

function appendManyQuery(changes: readonly Write[]) {
  const each = <T>(rowsOf: (one: Write) => readonly T[]) => JSON.stringify(changes.flatMap(rowsOf))
  return {
    name: 'dossiers.append',
    text: appendStatement,
    values: [
      each(({ change }) => [toRow(change.after)]),
      JSON.stringify(
        Object.fromEntries(changes.map(({ change: { before, after } }) => [after.id, before?.sequence ?? 0])),
      ),
      ...entryColumns(
        'dossier',
        changes.flatMap(({ change }) => change.entries),
      ),
      each(({ change: { before, after } }) =>
        changedTasks(before, after).map((task) => toTaskRow(after, task)),
      ),
      each(({ change: { after }, beside: { privates = [] } }) =>
        privates.map((kept) => ({ ...kept, dossier_id: after.id, salt: `\\x${kept.salt.toString('hex')}` })),
      ),
      each(({ change: { after }, beside: { papers = [] } }) =>
        papers.map((paper) => toPaperRow(after.id, paper)),
      ),
      each(({ change: { after }, beside: { party } }) =>
        party ? [{ dossier_id: after.id, ...toPartyRow(party) }] : [],
      ),
      each(({ change: { after }, beside: { submissionKey } }) =>
        submissionKey ? [{ ...submissionKey, dossier_id: after.id }] : [],
      ),
      each(({ change: { after }, beside: { otherParties = [] } }) =>
        otherParties.map(({ no, name, personalId, phone }) => ({
          ...{ dossier_id: after.id, no, name, personal_id: personalId, phone },
        })),
      ),
    ],
  }
}

function changedTasks(before: Dossier | undefined, after: Dossier) {
  const known = new Map(before?.tasks.map((task) => [task.no, task]))
  return after.tasks.filter((task) => known.get(task.no) !== task)
}

const toPaperRow = (dossierId: string, paper: TakenPaper & { no: number; addedAt: Date }) => ({
  dossier_id: dossierId,
  no: paper.no,
  component: paper.component,
  file_id: paper.fileId,
  sha256: paper.sha256,
  name: paper.name,
  media_type: paper.mediaType,
  source: paper.source,
  added_at: paper.addedAt,
  how: paper.how ?? null,
  vault_item_id: paper.vaultItemId ?? null,
  trust: paper.trust ?? null,
  keep: paper.keep ?? null,
})

export const toPartyRow = (party: Party) => ({
  person_id: party.personId,
  name: party.name,
  search_name: party.searchName,
  personal_id: party.personalId,
  phone: party.phone,
  email: party.email,
  lookup_secret: party.lookupSecret,
  filed_for: party.filedFor,
})

const list = (columns: readonly string[], prefix = '') => columns.map((column) => prefix + column).join(', ')
const changing = dossierColumns.filter((column) => column !== 'id')

const appendStatement = `
with keys as (
  select k.* from jsonb_populate_recordset(null::dossiers.submission_key, $16) k
),
claim as (
  insert into dossiers.submission_key (scope, key, dossier_id)
  select scope, key, dossier_id from keys
  on conflict do nothing
  returning dossier_id
),
head as (
  insert into dossiers.dossier as d (${list(dossierColumns)})
  select ${list(dossierColumns, 'r.')} from jsonb_populate_recordset(null::dossiers.dossier, $1) r
  where r.id not in (select dossier_id from keys) or r.id in (select dossier_id from claim)
  on conflict (id) do update set (${list(changing)}) = (${list(changing, 'excluded.')})
  where d.sequence = ($2::jsonb ->> d.id::text)::int
  returning id
),
entries as (
  insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
  select e.* from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[],
    $9::timestamptz[], $10::bytea[], $11::bytea[]) e (stream)
  where e.stream in (select id from head)
),
tasks as (
  insert into dossiers.task (${list(taskColumns)})
  select ${list(taskColumns, 't.')} from jsonb_populate_recordset(null::dossiers.task, $12) t
  where t.dossier_id in (select id from head)
  on conflict (dossier_id, no) do update set
    assignee = excluded.assignee, due_at = excluded.due_at, closed_at = excluded.closed_at,
    closed_by = excluded.closed_by, outcome = excluded.outcome, step_id = excluded.step_id,
    step_kind = excluded.step_kind, name = excluded.name, role = excluded.role,
    authority = excluded.authority, unit_kind = excluded.unit_kind
),
privates as (
  insert into dossiers.private (dossier_id, id, field, content, salt)
  select p.dossier_id, p.id, p.field, p.content, p.salt from jsonb_populate_recordset(null::dossiers.private, $13) p
  where p.dossier_id in (select id from head)
),
papers as (
  insert into dossiers.paper
  select p.* from jsonb_populate_recordset(null::dossiers.paper, $14) p
  where p.dossier_id in (select id from head)
),
party as (
  insert into dossiers.party
  select p.* from jsonb_populate_recordset(null::dossiers.party, $15) p
  where p.dossier_id in (select id from head)
),
others as (
  insert into dossiers.other_party
  select p.* from jsonb_populate_recordset(null::dossiers.other_party, $17) p
  where p.dossier_id in (select id from head)
)
select id from head`

const facts = `
select d.*, p.person_id, p.name as party_name, p.personal_id, p.phone, p.email, p.lookup_secret, p.filed_for as party_filed_for,
  (select json_agg(t order by t.no) from dossiers.task t where t.dossier_id = d.id) as tasks,
  (select a.content from dossiers.private a where a.dossier_id = d.id and a.id = d.answers_ref) as answers,
  (select a.content from dossiers.private a where a.dossier_id = d.id and a.id = d.draft_ref) as draft,
  (select json_agg(o order by o.no) from dossiers.other_party o where o.dossier_id = d.id) as others,
  (select coalesce(max(x.no), 0) from dossiers.paper x where x.dossier_id = d.id) as last_paper
from dossiers.dossier d left join dossiers.party p on p.dossier_id = d.id`

/** One dossier with what stands around it, read in one query. */
export interface DossierFile {
  dossier: Dossier
  party: Party
  answers: Record<string, unknown>
  draft: Record<string, unknown> | null
  /** Who else has a say; empty when erased. */
  others: OtherPartyFile[]
  lastPaper: number
  /** Its content was destroyed when its time was over; what stays is the journal. */
  destroyed?: true
}

// Who was erased with the dossier keeps a mark for the figures, by which nobody is found.
const isErased = (personId: string | null) => personId?.startsWith('erased:') ?? false

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toFile(row: any): DossierFile {
  return {
    dossier: toDossier(row, row.tasks ?? []),
    party: {
      personId: isErased(row.person_id) ? null : row.person_id,
      name: row.party_name ?? '',
      searchName: '',
      personalId: row.personal_id,
      phone: row.phone,
      email: row.email,
      lookupSecret: row.lookup_secret ?? '',
      filedFor: row.party_filed_for ?? { kind: 'self' },
    },
    answers: row.answers ?? {},
    draft: row.draft,
    others: (row.others ?? []).map(toOtherParty),
    lastPaper: row.last_paper,
    ...(isErased(row.person_id) && { destroyed: true as const }),
  }
}

/** The dossier of a code; what has not the shape of one is not looked for. */
export async function findByCode(db: Queryable, code: string): Promise<DossierFile | undefined> {
  const [found] = await findByCodes(db, [code])
  return found
}

/** The same for codes that are asked for together; each has its answer in its place. */
export async function findByCodes(
  db: Queryable,
  codes: readonly string[],
): Promise<(DossierFile | undefined)[]> {
  const known = codes.filter((code) => DossierCode.safeParse(code).success)
  if (known.length === 0) return codes.map(() => undefined)
  const { rows } = await db.query({
    name: 'dossiers.by-codes',
    text: `${facts} where d.code = any($1)`,
    values: [known],
  })
  const files = new Map(rows.map((row) => [row.code as string, row]))
  // Each caller has a file of its own.
  return codes.map((code) => (files.has(code) ? toFile(files.get(code)) : undefined))
}

export async function findById(db: Queryable, id: string): Promise<DossierFile | undefined> {
  const { rows } = await db.query({ name: 'dossiers.by-id', text: `${facts} where d.id = $1`, values: [id] })
  return rows[0] && toFile(rows[0])
}

/** Several dossiers at once: feed consumers re-read the present state rather than trust an old entry. */
export async function findByIds(db: Queryable, ids: readonly string[]): Promise<DossierFile[]> {
  const { rows } = await db.query({
    name: 'dossiers.by-ids',
    text: `${facts} where d.id = any($1)`,
    values: [ids],
  })
  return rows.map(toFile)
}

/** The dossier that an earlier submission with the same key made. */
export async function findBySubmissionKey(
  db: Queryable,
  scope: string,
  key: string,
): Promise<DossierFile | undefined> {
  const { rows } = await db.query({
    name: 'dossiers.by-submission-key',
    text: `${facts} where d.id = (select dossier_id from dossiers.submission_key where scope = $1 and key = $2)`,
    values: [scope, key],
  })
  return rows[0] && toFile(rows[0])
}

/** The erasable contents of one dossier by their ids. */
export async function readPrivates(db: Queryable, dossierId: string): Promise<Map<string, unknown>> {
  const { rows } = await db.query({
    name: 'dossiers.privates',
    text: 'select id, content from dossiers.private where dossier_id = $1',
    values: [dossierId],
  })
  return new Map(rows.map((row) => [row.id, row.content]))
}

/** What registers said beyond the answers when the dossier was filed; undefined when nothing, or erased. */
export async function readKnown(
  db: Queryable,
  dossierId: string,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.query({
    name: 'dossiers.known',
    text: `select content from dossiers.private where dossier_id = $1 and field = 'known'`,
    values: [dossierId],
  })
  return rows[0]?.content
}

export interface Paper extends TakenPaper {
  no: number
  addedAt: Date
}

export async function readPapers(db: Queryable, dossierId: string): Promise<Paper[]> {
  const { rows } = await db.query({
    name: 'dossiers.papers',
    text: 'select * from dossiers.paper where dossier_id = $1 order by no',
    values: [dossierId],
  })
  return rows.map((row) => ({
    no: row.no,
    component: row.component,
    fileId: row.file_id,
    sha256: row.sha256,
    name: row.name,
    mediaType: row.media_type,
    source: row.source,
    addedAt: row.added_at,
    ...(row.how !== null && { how: row.how }),
    ...(row.vault_item_id !== null && { vaultItemId: row.vault_item_id }),
    ...(row.trust !== null && { trust: row.trust }),
    ...(row.keep !== null && { keep: row.keep }),
  }))
}
