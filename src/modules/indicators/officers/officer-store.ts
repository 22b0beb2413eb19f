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

/** The first and the last instant of a stretch of days. */
export const instantsOf = ({ from, to }: Span) => [at(from, '00:00'), at(to, '23:59:59.999')]

/** Dossiers that are left out of a figure of the officer, since an objection to them was agreed with. */
const leftOut = `
  select o.officer, d.id as dossier_id, o.figure from indicators.officer_objection o
    join dossiers.dossier d on d.code = o.dossier
  where o.agreed`

// The figure of the office keeps what is left out of an officer's own: it was late whoever was at fault.
const figures = (whose: string, { corrected }: { corrected: boolean }) => `
  with away as (${leftOut} and ${corrected}),
  done as (
    select t.dossier_id, t.closed_by, t.due_at, t.closed_at,
      (t.closed_by, t.dossier_id) not in (select officer, dossier_id from away where figure = 'on-time') as judged,
      (t.closed_by, t.dossier_id) not in (select officer, dossier_id from away where figure = 'workload') as worked
    from dossiers.task t
    where t.kind = 'step' and t.closed_at between $2 and $3 and ${whose}
      -- What only ended with its dossier was nobody's work.
      and t.outcome not in ('withdrawn', 'stopped', 'transferred')
  ),
  rated as (
    select distinct d.dossier_id, d.closed_by, r.grade from done d join feedback.rating r using (dossier_id)
    where (d.closed_by, d.dossier_id) not in (select officer, dossier_id from away where figure = 'satisfied')
  )
  select count(*) filter (where judged and closed_at <= due_at)::int as "inTime",
    count(due_at) filter (where judged)::int as dated,
    count(*) filter (where worked)::int as steps,
    count(distinct dossier_id) filter (where worked)::int as dossiers,
    count(distinct closed_by)::int as people,
    (select count(*) filter (where grade <> 'not-satisfied') from rated)::int as satisfied,
    (select count(*) from rated)::int as rated
  from done`

/** The figures of one officer. */
export async function figuresOf(db: Queryable, officerId: string, span: Span): Promise<OfficerFigures> {
  const [done, held] = await Promise.all([
    db.query({
      name: 'indicators.officer',
      text: figures('t.closed_by = $1', { corrected: true }),
      values: [officerId, ...instantsOf(span)],
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
    text: figures('t.authority = $1 and t.closed_by in (select id from directory.officer)', {
      corrected: false,
    }),
    values: [authority, ...instantsOf(span)],
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
  /** Figures that it is left out of, since an objection was agreed with. */
  leftOut: OfficerFigureKey[]
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
             coalesce(t.closed_at > t.due_at, false) as late, r.grade,
             array(select o.figure from indicators.officer_objection o
                   where o.officer = t.closed_by and o.dossier = d.code and o.agreed order by 1) as "leftOut"
           from dossiers.task t join dossiers.dossier d on d.id = t.dossier_id
             left join feedback.rating r on r.dossier_id = t.dossier_id
           where t.closed_by = $1 and t.kind = 'step' and t.closed_at between $2 and $3
             and t.outcome not in ('withdrawn', 'stopped', 'transferred')
           order by t.closed_at desc, d.code limit $4`,
    values: [officerId, ...instantsOf(span), limit],
  })
  return rows.map((row) => ({
    ...row,
    closedAt: row.closedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
  }))
}
