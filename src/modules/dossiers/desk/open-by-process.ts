import type { Queryable } from '../../../kernel/db.ts'

/** How many dossiers that are not settled yet run on each version of each process, or of one process. */
export async function openByProcess(
  db: Queryable,
  key?: string,
): Promise<{ key: string; version: number; count: number }[]> {
  const { rows } = await db.query<{ key: string; version: number; count: number }>({
    name: 'dossiers.open-by-process',
    text: `select process_key as key, process_version as version, count(*) as count from dossiers.dossier
      where decided_at is null and closed_at is null and ($1::text is null or process_key = $1) group by 1, 2`,
    values: [key ?? null],
  })
  return rows
}
