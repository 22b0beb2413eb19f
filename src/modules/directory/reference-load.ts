import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { type Db, inTransaction, type Queryable } from '../../kernel/db.ts'

const root = new URL('../../../db/reference/', import.meta.url)

/** The text of a file of `db/reference`. */
export function referenceText(name: string): Promise<string> {
  return readFile(new URL(name, root), 'utf8')
}

/** Names of the files of all packages that are called so (`form.json`, `process-2.bpmn`), sorted. */
export async function packagedNames(called: RegExp): Promise<string[]> {
  const packages = await readdir(new URL('packages/', root))
  const names = await Promise.all(
    packages.sort().map(async (key) => {
      const files = await readdir(new URL(`packages/${key}/`, root)).catch(() => [] as string[])
      return files.filter((name) => called.test(name)).map((name) => `packages/${key}/${name}`)
    }),
  )
  return names.flat().sort()
}

/** Names of the files in a folder of `db/reference` that end in `ending`, sorted; none when it is not there. */
export async function referenceNames(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(new URL(`${folder}/`, root)).catch(() => [] as string[])
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`)
}

/**
 * Loads reference files when they differ from what was loaded last under this key.
 * `edition` is raised when the loader itself changes; gives true when it loaded.
 */
export async function loadWhenChanged(
  db: Db,
  source: { key: string; edition: number; names: readonly string[] },
  load: (tx: Queryable, texts: readonly string[]) => Promise<void>,
): Promise<boolean> {
  const texts = await Promise.all(source.names.map(referenceText))
  const hash = hashOf([`${source.edition}`, ...source.names, ...texts])
  const stored = await db.pool.query<{ hash: string }>(
    'select hash from directory.reference_load where key = $1',
    [source.key],
  )
  if (stored.rows[0]?.hash === hash) return false
  await inTransaction(db, async (tx) => {
    await load(tx, texts)
    await tx.query(
      `insert into directory.reference_load (key, hash) values ($1, $2)
       on conflict (key) do update set hash = excluded.hash, loaded_at = now()`,
      [source.key, hash],
    )
  })
  return true
}

/** Inserts many rows in one statement; a row whose key is there already takes the new values. */
export async function upsertRows(
  tx: Queryable,
  table: string,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!)
  const values = columns.filter((name) => !key.includes(name))
  const change = values.map((name) => `${name} = excluded.${name}`).join(', ')
  await tx.query(
    `insert into ${table} (${columns.join(', ')})
     select ${columns.join(', ')} from json_populate_recordset(null::${table}, $1::json)
     on conflict (${key.join(', ')}) do ${change ? `update set ${change}` : 'nothing'}`,
    [JSON.stringify(rows)],
  )
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}
