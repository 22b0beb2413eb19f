import type { Queryable } from '../../../kernel/db.ts'
import { type DossierFile, findByIds } from '../dossier-store.ts'

/** Which groups some dossiers are, or are branches of: group by dossier. */
export async function groupsOf(db: Queryable, dossiers: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query({
    name: 'dossiers.groups-of',
    text: `select id, coalesce(linked ->> 'filing', id::text) as filing from dossiers.dossier
           where id = any($1) and (linked is not null or branches is not null)`,
    values: [dossiers],
  })
  return new Map(rows.map((row) => [row.id, row.filing]))
}

/** The branches of a group that have begun, by key. */
export async function childrenOf(db: Queryable, group: string): Promise<Map<string, DossierFile>> {
  const { rows } = await db.query({
    name: 'dossiers.children-of',
    text: `select id from dossiers.dossier where linked is not null and linked ->> 'filing' = $1`,
    values: [group],
  })
  if (rows.length === 0) return new Map()
  const files = await findByIds(
    db,
    rows.map(({ id }) => id),
  )
  return new Map(files.map((file) => [file.dossier.linked!.branch, file]))
}

/** The groups that have not ended. */
export async function openGroups(db: Queryable): Promise<string[]> {
  const { rows } = await db.query({
    name: 'dossiers.open-groups',
    text: 'select id from dossiers.dossier where branches is not null and closed_at is null order by id',
  })
  return rows.map(({ id }) => id)
}
