import type { Queryable } from '../../kernel/db.ts'
import { dateOfLaw } from '../../kernel/time.ts'

/** When an edition was decided on, made public here and came into force; what was shipped was published by nobody here. */
export interface Publication {
  procedureCode: string
  /** Whose decision sets the content: a ministry's for the country, or the province's. */
  publisher: 'national' | 'province'
  decidedOn: string
  madePublicOn: string
  effectiveOn: string
  /** The authority whose officer published it. */
  authority: string
}

/** Editions that were decided on or made public here between two days of law; those taken back are left out. */
export async function publicationsBetween(
  db: Queryable,
  { from, to }: { from: string; to: string },
): Promise<Publication[]> {
  const { rows } = await db.query({
    name: 'catalogue.publications-between',
    text: `select v.procedure_code as "procedureCode", coalesce(v.definition ->> 'publisher', 'national') as publisher,
             v.decision_on as "decidedOn", v.published_at as "publishedAt", v.valid_from as "effectiveOn",
             (select min(p.authority_code) from directory.officer_post o join directory.post p on p.id = o.post_id
              where o.officer_id = v.published_by) as authority
           from catalogue.procedure_version v
           where v.published_by is not null and v.withdrawn_at is null
             and (v.decision_on between $1 and $2
               or (v.published_at at time zone 'Asia/Ho_Chi_Minh')::date between $1 and $2)
           order by v.procedure_code, v.version`,
    values: [from, to],
  })
  return rows.map(({ publishedAt, authority, ...row }) => ({
    ...row,
    authority: authority ?? '',
    madePublicOn: dateOfLaw(publishedAt),
  }))
}

/** Whether anything was ever published here: before, nobody can say whether it was done in time. */
export async function hasPublished(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>({
    name: 'catalogue.has-published',
    text: 'select exists (select from catalogue.procedure_version where published_by is not null) as has',
  })
  return rows[0]!.has
}
