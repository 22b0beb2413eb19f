import type { Queryable } from '../../../kernel/db.ts'

/**
 * What can still be kept of an open dossier: both dates; of the index alone, since the law's is past; of the law alone,
 * since the index counts it late already; or nothing.
 */
export const standings = ['both', 'index', 'law', 'none'] as const
export type Standing = (typeof standings)[number]

export interface OverdueQuery {
  /** Code of an authority, with all below it; '' the whole installation. */
  authority: string
  today: string
  /** Last day of what counts as due soon. */
  soon: string
}

/** Narrows the list; each null or left out asks for all. */
export interface OverdueFilter {
  procedureCode?: string | null
  step?: string | null
  standing?: Standing | null
}

export interface OverdueItem {
  dossierId: string
  code: string
  standing: Standing
  byLaw: boolean
  byIndex: boolean
}

/** How many dossiers stand where: by authority, procedure, step and what can still be kept. */
export interface OverdueCell {
  authority: string
  procedureCode: string
  /** Name of the step, or the kind of another task. */
  step: string | null
  standing: Standing
  count: number
}

// The same sums as the board's stocks, dossier by dossier: what is late today, and what will be when `soon` is over.
const late = `
  late as (
    select c.dossier_id, c.code, c.authority, c.procedure_code, n.*
    from indicators.contribution c, lateral (
      select coalesce(sum((d ->> 2)::int) filter (where d ->> 0 = 'overdue' and (d ->> 1)::date <= $2), 0) > 0 as by_law,
        coalesce(sum((d ->> 2)::int) filter (where d ->> 0 = 'index-overdue' and (d ->> 1)::date <= $2), 0) > 0 as by_index,
        coalesce(sum((d ->> 2)::int) filter (where d ->> 0 = 'overdue'), 0) > 0 as law_soon,
        coalesce(sum((d ->> 2)::int) filter (where d ->> 0 = 'index-overdue'), 0) > 0 as index_soon
      from jsonb_array_elements(c.deltas) d
      where d ->> 0 in ('overdue', 'index-overdue') and (d ->> 1)::date <= $3::date + 1) n
    where not c.ended and (n.law_soon or n.index_soon)
      and ($1 = '' or c.authority = $1 or (c.authority >= $1 || '.' and c.authority < $1 || '/'))
  ),
  held as (
    select l.*, case when t.kind in ('step', 'wait') then t.name else t.kind end as step,
      case when by_law and by_index then 'none' when by_law then 'index' when by_index then 'law' else 'both' end
        as standing,
      case when by_law and not by_index then d.index_due_at when by_law or by_index then d.due_at
        else least(d.due_at, d.index_due_at) end as next_at
    from late l join dossiers.dossier d on d.id = l.dossier_id left join lateral (
      -- The step that somebody here holds comes before what the applicant still owes.
      select kind, name from dossiers.task t where t.dossier_id = l.dossier_id and t.closed_at is null
      order by t.role = 'applicant', t.due_at nulls last, t.no limit 1) t on true
  )`

/**
 * Open dossiers of an authority that are late, by law or by the index, or will be when `soon` is over; what can still
 * be saved on top, the most pressing first, then what is lost, the longest late first. Whoever asks must be allowed to
 * see the unit's dossiers.
 */
export async function overdueList(
  db: Queryable,
  { authority, today, soon }: OverdueQuery,
  { procedureCode = null, step = null, standing = null }: OverdueFilter = {},
  { limit = 100, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<OverdueItem[]> {
  const { rows } = await db.query({
    name: 'indicators.overdue-list',
    text: `with ${late}
      select dossier_id as "dossierId", code, standing, by_law as "byLaw", by_index as "byIndex" from held
      where ($4::text is null or procedure_code = $4) and ($5::text is null or step = $5)
        and ($6::text is null or standing = $6)
      order by array_position($7, standing), next_at nulls last, code limit $8 offset $9`,
    values: [authority, today, soon, procedureCode, step, standing, standings, limit, offset],
  })
  return rows
}

/** The same dossiers counted, to choose from and to compare with the board. */
export async function overdueCells(
  db: Queryable,
  { authority, today, soon }: OverdueQuery,
): Promise<OverdueCell[]> {
  const { rows } = await db.query({
    name: 'indicators.overdue-cells',
    text: `with ${late}
      select authority, procedure_code as "procedureCode", step, standing, count(*)::int as count from held
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    values: [authority, today, soon],
  })
  return rows
}
