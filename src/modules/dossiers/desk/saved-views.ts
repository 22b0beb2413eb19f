import { z } from 'zod'
import type { Queryable } from '../../../kernel/db.ts'
import type { Outcome } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/ids.ts'
import { cleanText } from '../../../kernel/text.ts'
import type { Officer } from '../../identity/index.ts'
import { isTaken, deskRefusals as refusals } from './desk-refusals.ts'
import { queryOf, readQueueFilter } from './queue-filter.ts'
import { ownPost, unitsOfOfficer } from './queue-scope.ts'

/** A filter of the queue under a name. */
export interface SavedView {
  id: string
  name: string
  /** As the address bar says it. */
  query: string
  /** Everybody of the unit has it too. */
  shared: boolean
  /** Whether it is the reader's own: only theirs may be taken away. */
  own: boolean
  /** Whether the reader's day begins with it. */
  isDefault: boolean
}

export const SavedViewInput = z.object({
  name: cleanText.pipe(z.string().trim().min(1).max(60)),
  query: cleanText.pipe(z.string().max(1000)),
  shared: z.boolean().default(false),
})
export type SavedViewInput = z.input<typeof SavedViewInput>

/** More than these nobody finds again. */
const most = 50

/** An officer's own views and those that colleagues of the unit share, by name. */
export async function listSavedViews(db: Queryable, officer: Officer): Promise<SavedView[]> {
  const { rows } = await db.query({
    name: 'dossiers.saved-views',
    text: `select v.id, v.name, v.query, v.shared, v.officer_id = $1 as own, f.view_id is not null as "isDefault"
      from dossiers.saved_view v
      left join dossiers.default_view f on f.view_id = v.id and f.officer_id = $1
      where v.officer_id = $1 or (v.shared and v.authority || ' ' || v.unit_code = any ($2))
      order by v.officer_id <> $1, lower(v.name) limit 200`,
    values: [officer.officerId, unitsOfOfficer(officer)],
  })
  return rows
}

/** Keeps a filter under a name. Refuses a name that the officer uses already, and more than fifty. */
export async function saveView(
  db: Queryable,
  officer: Officer,
  input: SavedViewInput,
  { now }: { now: Date },
): Promise<Outcome<{ id: string }>> {
  const parsed = SavedViewInput.safeParse(input)
  if (!parsed.success) return refusals.nameMissing()
  const home = ownPost(officer)
  if (home === undefined) return refusals.noUnit()
  const { name, shared } = parsed.data
  // Written again, so that nothing but a filter can stand in it, and never a place in the middle of a list.
  const { after, ...filter } = readQueueFilter(new URLSearchParams(parsed.data.query))
  const id = newId(now.getTime())
  try {
    const { rowCount } = await db.query(
      `insert into dossiers.saved_view (id, officer_id, authority, unit_code, name, query, shared, created_at)
       select $1, $2, $3, $4, $5, $6, $7, $8
       where (select count(*) from dossiers.saved_view where officer_id = $2) < ${most}`,
      [id, officer.officerId, home.authorityCode, home.unitCode, name, queryOf(filter), shared, now],
    )
    return rowCount === 1 ? { id } : refusals.tooMany({ most })
  } catch (error) {
    if (isTaken(error)) return refusals.nameTaken({ name })
    throw error
  }
}

/** Takes an own view away; those of colleagues are theirs. */
export async function deleteView(
  db: Queryable,
  officer: Officer,
  id: string,
): Promise<Outcome<{ id: string }>> {
  if (!z.uuid().safeParse(id).success) return refusals.notFound()
  const { rowCount } = await db.query('delete from dossiers.saved_view where id = $1 and officer_id = $2', [
    id,
    officer.officerId,
  ])
  return rowCount === 1 ? { id } : refusals.notFound()
}

/** Begins the officer's day with a view that they see; without one, with what they must do. */
export async function setDefaultView(
  db: Queryable,
  officer: Officer,
  id: string | null,
): Promise<Outcome<{ id: string | null }>> {
  if (id === null) {
    await db.query('delete from dossiers.default_view where officer_id = $1', [officer.officerId])
    return { id }
  }
  const seen = await listSavedViews(db, officer)
  if (!seen.some((view) => view.id === id)) return refusals.notFound()
  await db.query(
    `insert into dossiers.default_view (officer_id, view_id) values ($1, $2)
     on conflict (officer_id) do update set view_id = excluded.view_id`,
    [officer.officerId, id],
  )
  return { id }
}
