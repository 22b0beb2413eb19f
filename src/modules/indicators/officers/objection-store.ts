import { randomBytes } from 'node:crypto'
import type { Queryable } from '../../../kernel/db.ts'
import { entryColumns, type NewEntry, privateHash, seal, start } from '../../../kernel/journal.ts'
import type { OfficerFigureKey } from './officer-store.ts'

/** What an officer objects to, as the figure stood then, and what was answered. */
export interface Objection {
  id: string
  officer: string
  authority: string
  figure: OfficerFigureKey
  from: string
  to: string
  n: number
  d: number
  dossier: string | null
  words: string
  madeAt: string
  /** When an answer is owed; null where the days off of that year were not published. */
  answerBy: string | null
  /** True: the dossier named is left out of this figure of the officer. */
  agreed: boolean | null
  answer: string | null
  answeredBy: string | null
  answeredAt: string | null
}

const columns = `id, officer, authority, figure, from_date as "from", to_date as "to", n, d, dossier, words,
  made_at as "madeAt", answer_by as "answerBy", agreed, answer, answered_by as "answeredBy",
  answered_at as "answeredAt"`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
const toObjection = (row: any): Objection => ({
  ...row,
  madeAt: row.madeAt.toISOString(),
  answerBy: row.answerBy?.toISOString() ?? null,
  answeredAt: row.answeredAt?.toISOString() ?? null,
})

/** Keeps an objection, and in the journal that it was made; what was said only as a salted hash. */
export async function insertObjection(tx: Queryable, objection: Objection): Promise<void> {
  const { id, officer, authority, figure, from, to, n, d, dossier, words, madeAt, answerBy } = objection
  const salt = randomBytes(16)
  await tx.query({
    name: 'indicators.object',
    text: `insert into indicators.officer_objection
             (id, officer, authority, figure, from_date, to_date, n, d, dossier, words, made_at, answer_by, words_salt)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [id, officer, authority, figure, from, to, n, d, dossier, words, madeAt, answerBy, salt],
  })
  const data = {
    authority,
    figure,
    from,
    to,
    n,
    d,
    dossier,
    words: { ref: id, hash: privateHash(salt, words) },
  }
  await enter(tx, id, {
    ...{ kind: 'indicators.objection-made', data, at: new Date(madeAt) },
    actor: { kind: 'officer', id: officer },
  })
}

/** Answers an open objection, in the journal too; undefined when somebody has already. */
export async function writeAnswer(
  tx: Queryable,
  { id, agreed, answer, by, now }: { id: string; agreed: boolean; answer: string; by: string; now: Date },
): Promise<Objection | undefined> {
  const salt = randomBytes(16)
  const { rows } = await tx.query({
    name: 'indicators.answer-objection',
    text: `update indicators.officer_objection
           set agreed = $2, answer = $3, answered_by = $4, answered_at = $5, answer_salt = $6
           where id = $1 and answered_at is null returning ${columns}`,
    values: [id, agreed, answer, by, now, salt],
  })
  if (!rows[0]) return undefined
  const data = { agreed, answer: { ref: id, hash: privateHash(salt, answer) } }
  await enter(tx, id, {
    ...{ kind: 'indicators.objection-answered', data, at: now },
    actor: { kind: 'officer', id: by },
  })
  return toObjection(rows[0])
}

/** The objection is a stream of its own; its row, new or locked, keeps two from writing at once. */
async function enter(tx: Queryable, stream: string, entry: NewEntry): Promise<void> {
  const { rows } = await tx.query(
    'select sequence, hash from journal.entry where stream = $1 order by sequence desc limit 1',
    [stream],
  )
  await tx.query(
    `insert into journal.entry (stream, sequence, stream_kind, kind, data, actor, at, previous_hash, hash)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[],
       $8::bytea[], $9::bytea[])`,
    entryColumns('objection', seal(stream, rows[0] ?? start, [entry])),
  )
}

export async function findObjection(db: Queryable, id: string): Promise<Objection | undefined> {
  const { rows } = await db.query({
    name: 'indicators.objection',
    text: `select ${columns} from indicators.officer_objection where id = $1`,
    values: [id],
  })
  return rows[0] && toObjection(rows[0])
}

/** Which objections: an officer's own, or those made at some places by others; open ones alone, or all. */
export interface ObjectionQuery {
  by?: string
  at?: readonly string[]
  notBy?: string
  open?: boolean
}

const wanted = `($1::text is null or officer = $1) and ($2::text[] is null or authority = any ($2))
  and ($3::text is null or officer <> $3) and (not $4 or answered_at is null)`
const valuesOf = ({ by, at, notBy, open }: ObjectionQuery) => [
  by ?? null,
  at ?? null,
  notBy ?? null,
  open ?? false,
]

/** Objections, open ones first by when they are due, then the latest answered. */
export async function listObjections(db: Queryable, query: ObjectionQuery): Promise<Objection[]> {
  const { rows } = await db.query({
    name: 'indicators.objections',
    text: `select ${columns} from indicators.officer_objection where ${wanted}
           order by answered_at desc nulls first, made_at limit 200`,
    values: valuesOf(query),
  })
  return rows.map(toObjection)
}

/** Whether an officer waits for an answer to the same already. */
export async function objectsAlready(
  db: Queryable,
  { officer, figure, dossier }: Pick<Objection, 'officer' | 'figure' | 'dossier'>,
): Promise<boolean> {
  const { rows } = await db.query({
    name: 'indicators.objects-already',
    text: `select exists (select from indicators.officer_objection
             where officer = $1 and figure = $2 and dossier is not distinct from $3
               and (answered_at is null or (agreed and dossier is not null))) as does`,
    values: [officer, figure, dossier],
  })
  return rows[0].does
}

/** Whether a dossier stands behind a figure of an officer in a period. */
export async function standsBehind(
  db: Queryable,
  { officer, figure, dossier }: { officer: string; figure: OfficerFigureKey; dossier: string },
  [from, to]: readonly Date[],
): Promise<boolean> {
  const { rows } = await db.query({
    name: 'indicators.stands-behind',
    text: `select exists (
             select from dossiers.task t join dossiers.dossier d on d.id = t.dossier_id
             where d.code = $2 and t.closed_by = $1 and t.kind = 'step' and t.closed_at between $4 and $5
               and t.outcome not in ('withdrawn', 'stopped', 'transferred')
               and case $3 when 'on-time' then t.due_at is not null
                 when 'satisfied' then exists (select from feedback.rating r where r.dossier_id = d.id)
                 else true end) as does`,
    values: [officer, dossier, figure, from, to],
  })
  return rows[0].does
}
