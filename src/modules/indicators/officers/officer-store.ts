import type { Queryable } from '../../../kernel/db.ts'
import { at } from '../../../kernel/time.ts'
import type { Ratio } from '../index-sets/index.ts'

export const officerFigureKeys = ['on-time', 'satisfied', 'workload'] as const
export type OfficerFigureKey = (typeof officerFigureKeys)[number]

/** What one officer did in a period: counts with their base, and those of all colleagues together as context. */
export interface OfficerFigures {
  /** Steps done by their date, of those that had one. */
  onTime: Ratio
  /** Rated dossiers in whose handling the officer had a part: satisfied or better, of all rated. */
  satisfied: Ratio
  steps: number
  dossiers: number
  /** Steps that the officer holds now. */
  open: number
}

export interface Span {
  from: string
  to: string
}

const instants = ({ from, to }: Span) => [at(from, '00:00'), at(to, '23:59:59.999')]

const figures = (whose: string) => `
  with done as (
    select t.dossier_id, t.closed_by, t.due_at, t.closed_at from dossiers.task t
    where t.kind = 'step' and t.closed_at between $2 and $3 and ${whose}
      -- What only ended with its dossier was nobody's work.
      and t.outcome not in ('withdrawn', 'stopped', 'transferred')
  ),
  rated as (
    select distinct d.dossier_id, d.closed_by, r.grade from done d join feedback.rating r using (dossier_id)
  )
  select count(*) filter (where closed_at <= due_at)::int as "inTime", count(due_at)::int as dated,
    count(*)::int as steps, count(distinct dossier_id)::int as dossiers, count(distinct closed_by)::int as people,
    (select count(*) filter (where grade <> 'not-satisfied') from rated)::int as satisfied,
    (select count(*) from rated)::int as rated
  from done`

/** The figures of one officer. */
export async function figuresOf(db: Queryable, officerId: string, span: Span): Promise<OfficerFigures> {
  const [done, held] = await Promise.all([
    db.query({
      name: 'indicators.officer',
      text: figures('t.closed_by = $1'),
      values: [officerId, ...instants(span)],
    }),
    db.query({
      name: 'indicators.officer-open',
      text: `select count(*)::int as n from dossiers.task where assignee = $1 and closed_at is null and kind = 'step'`,
      values: [officerId],
    }),
  ])
  const { inTime, dated, steps, dossiers, satisfied, rated } = done.rows[0]
  return { onTime: [inTime, dated], satisfied: [satisfied, rated], steps, dossiers, open: held.rows[0].n }
}

/** The same of everybody at an authority together, and how many they are: context, in which nobody can be found. */
export async function contextOf(
  db: Queryable,
  authority: string,
  span: Span,
): Promise<{ onTime: Ratio; satisfied: Ratio; steps: number; people: number }> {
  const { rows } = await db.query({
    name: 'indicators.officer-context',
    text: figures('t.authority = $1 and t.closed_by in (select id from directory.officer)'),
    values: [authority, ...instants(span)],
  })
  const { inTime, dated, steps, people, satisfied, rated } = rows[0]
  return { onTime: [inTime, dated], satisfied: [satisfied, rated], steps, people }
}

export interface OfficerDossier {
  code: string
  step: string
  closedAt: string
  dueAt: string | null
  late: boolean
  grade: string | null
}

/** The steps behind the figures, the latest first. */
export async function stepsOf(
  db: Queryable,
  officerId: string,
  span: Span,
  limit = 200,
): Promise<OfficerDossier[]> {
  const { rows } = await db.query({
    name: 'indicators.officer-steps',
    text: `select d.code, t.name as step, t.closed_at as "closedAt", t.due_at as "dueAt",
             coalesce(t.closed_at > t.due_at, false) as late, r.grade
           from dossiers.task t join dossiers.dossier d on d.id = t.dossier_id
             left join feedback.rating r on r.dossier_id = t.dossier_id
           where t.closed_by = $1 and t.kind = 'step' and t.closed_at between $2 and $3
             and t.outcome not in ('withdrawn', 'stopped', 'transferred')
           order by t.closed_at desc, d.code limit $4`,
    values: [officerId, ...instants(span), limit],
  })
  return rows.map((row) => ({
    ...row,
    closedAt: row.closedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
  }))
}

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
  agreed: boolean | null
  answer: string | null
  answeredBy: string | null
  answeredAt: string | null
}

const columns = `id, officer, authority, figure, from_date as "from", to_date as "to", n, d, dossier, words,
  made_at as "madeAt", agreed, answer, answered_by as "answeredBy", answered_at as "answeredAt"`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
const toObjection = (row: any): Objection => ({
  ...row,
  madeAt: row.madeAt.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
})

export async function insertObjection(db: Queryable, objection: Objection): Promise<void> {
  const { id, officer, authority, figure, from, to, n, d, dossier, words, madeAt } = objection
  await db.query({
    name: 'indicators.object',
    text: `insert into indicators.officer_objection
             (id, officer, authority, figure, from_date, to_date, n, d, dossier, words, made_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [id, officer, authority, figure, from, to, n, d, dossier, words, madeAt],
  })
}

/** Answers an open objection; undefined when somebody has already. */
export async function writeAnswer(
  db: Queryable,
  { id, agreed, answer, by, now }: { id: string; agreed: boolean; answer: string; by: string; now: Date },
): Promise<Objection | undefined> {
  const { rows } = await db.query({
    name: 'indicators.answer-objection',
    text: `update indicators.officer_objection set agreed = $2, answer = $3, answered_by = $4, answered_at = $5
           where id = $1 and answered_at is null returning ${columns}`,
    values: [id, agreed, answer, by, now],
  })
  return rows[0] && toObjection(rows[0])
}

export async function findObjection(db: Queryable, id: string): Promise<Objection | undefined> {
  const { rows } = await db.query({
    name: 'indicators.objection',
    text: `select ${columns} from indicators.officer_objection where id = $1`,
    values: [id],
  })
  return rows[0] && toObjection(rows[0])
}

/** An officer's own objections, and the open ones of authorities that they answer for; the latest first. */
export async function listObjections(
  db: Queryable,
  { officer, authorities }: { officer: string; authorities: readonly string[] },
): Promise<Objection[]> {
  const { rows } = await db.query({
    name: 'indicators.objections',
    text: `select ${columns} from indicators.officer_objection
           where officer = $1 or (authority = any($2) and answered_at is null)
           order by made_at desc limit 100`,
    values: [officer, authorities],
  })
  return rows.map(toObjection)
}
