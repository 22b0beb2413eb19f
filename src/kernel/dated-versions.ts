import type { Queryable } from './db.ts'

/*
 * Law has dates: a table of versions under one key, of which one is in force on each day. A new version ends the
 * one before it; a version that is taken back gives it its end again.
 */

/** A table with the columns version, valid_from, valid_to, replaced_to and withdrawn_at; names are our own, never typed. */
export interface DatedTable {
  table: string
  /** The column that says whose version it is. */
  key: string
}

/** One version of a key, as its dates tell it. */
export interface DatedVersion {
  version: number
  validFrom: string
  validTo: string | null
  withdrawn: boolean
}

/** Every version of one key, the newest first; withdrawn ones too. */
export async function datedVersions(
  db: Queryable,
  { table, key }: DatedTable,
  value: string,
): Promise<DatedVersion[]> {
  const { rows } = await db.query<DatedVersion>(
    `select version, valid_from as "validFrom", valid_to as "validTo", withdrawn_at is not null as withdrawn
     from ${table} where ${key} = $1 order by version desc`,
    [value],
  )
  return rows
}

/** The version that one beginning on this day would follow: the last that stands; undefined when there is none. */
function standingLast(versions: readonly DatedVersion[]): DatedVersion | undefined {
  return versions
    .filter(({ withdrawn }) => !withdrawn)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
}

/** Ends the last version the day before `from`; gives when it was to end, for `replaced_to` of the new one. */
export async function endBefore(
  tx: Queryable,
  { table, key }: DatedTable,
  value: string,
  from: string,
): Promise<string | null> {
  const last = standingLast(await datedVersions(tx, { table, key }, value))
  if (!last || (last.validTo !== null && last.validTo < from)) return null
  await tx.query(`update ${table} set valid_to = $3::date - 1 where ${key} = $1 and version = $2`, [
    value,
    last.version,
    from,
  ])
  return last.validTo
}

/** Marks a version as taken back and gives the one before it its end again. */
export async function takeBack(
  tx: Queryable,
  { table, key }: DatedTable,
  { value, version, at }: { value: string; version: number; at: Date },
): Promise<void> {
  await tx.query(
    `with gone as (
       update ${table} set withdrawn_at = $3 where ${key} = $1 and version = $2 returning valid_from, replaced_to)
     update ${table} before set valid_to = gone.replaced_to from gone
     where before.${key} = $1 and before.withdrawn_at is null and before.valid_to = gone.valid_from - 1`,
    [value, version, at],
  )
}
