import { createHash } from 'node:crypto'
import type { Db, Queryable } from '../../kernel/db.ts'
import type { SpecialDay } from './calendar.ts'
import type { YearOfDays } from './versions.ts'

interface YearRow {
  territory: string
  year: number
  version: number
  days: SpecialDay[] | null
}

/** One published version as people read it. */
export interface PublishedDays {
  territory: string
  year: number
  version: number
  source: string
  /** Who published it; null when it came with the reference data. */
  by: string | null
  at: Date
  days: (SpecialDay & { note: string | null })[]
}

const daysOfVersion = `(
  select json_agg(json_build_object('date', d.on_date, 'kind', d.kind, 'name', d.name, 'status', d.status,
    'basis', d.basis, 'note', d.note) order by d.on_date)
  from calendar.special_day d where (d.territory, d.year, d.version) = (v.territory, v.year, v.version)) as days`

/** How many versions there are: it grows with each publication, whoever makes it. */
export async function countVersions(db: Db): Promise<number> {
  const { rows } = await db.pool.query({
    name: 'calendar.count',
    text: 'select count(*) as n from calendar.version',
  })
  return rows[0].n
}

/** The newest version of every territory and year, by territory. */
export async function newestYears(db: Db): Promise<Map<string, YearOfDays[]>> {
  const { rows } = await db.pool.query<YearRow>(
    `select v.territory, v.year, v.version, ${daysOfVersion}
     from (select territory, year, max(version) as version from calendar.version group by territory, year) v
     order by v.territory, v.year`,
  )
  return Map.groupBy(rows.map(toYear), ({ territory }) => territory)
}

/** The versions with these names, in their order; those that do not exist are left out. */
export async function yearsNamed(db: Db, names: readonly Omit<YearOfDays, 'days'>[]): Promise<YearOfDays[]> {
  const { rows } = await db.pool.query<YearRow>(
    `select v.territory, v.year, v.version, ${daysOfVersion}
     from rows from (json_to_recordset($1::json) as (territory text, year int, version int)) with ordinality
       as named (territory, year, version, place)
     join calendar.version v using (territory, year, version)
     order by named.place`,
    [JSON.stringify(names)],
  )
  return rows.map(toYear)
}

/** The newest version of a territory and year, with its days and who published it. */
export async function findYear(
  db: Queryable,
  { territory, year }: Pick<YearOfDays, 'territory' | 'year'>,
): Promise<PublishedDays | undefined> {
  const { rows } = await db.query(
    `select v.territory, v.year, v.version, v.source, v.published_by as by, v.loaded_at as at, ${daysOfVersion}
     from calendar.version v where v.territory = $1 and v.year = $2 order by v.version desc limit 1`,
    [territory, year],
  )
  return rows[0] && { ...rows[0], days: rows[0].days ?? [] }
}

/** Until the transaction ends, nobody else publishes this territory and year. */
export async function lockYear(
  tx: Queryable,
  { territory, year }: Pick<YearOfDays, 'territory' | 'year'>,
): Promise<void> {
  const name = `calendar.publish ${territory} ${year}`
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name])
}

/** Years that a territory has published, in order. */
export async function yearsPublished(db: Queryable, territory: string): Promise<number[]> {
  const { rows } = await db.query<{ year: number }>(
    'select distinct year from calendar.version where territory = $1 order by year',
    [territory],
  )
  return rows.map(({ year }) => year)
}

function toYear({ days, ...version }: YearRow): YearOfDays {
  return { ...version, days: days ?? [] }
}

export interface NewVersion {
  territory: string
  year: number
  source: string
  by: string | null
  days: readonly (SpecialDay & { note?: string | null | undefined })[]
}

/**
 * Stores the days of a territory and year as a new version and gives its number. Nothing is stored, and undefined
 * given, when the newest version says the same; with `onlyNews`, also when the last version of this source does,
 * so that a correction by people outlives the file that came before it.
 */
export async function addVersion(
  tx: Queryable,
  { territory, year, source, by, days }: NewVersion,
  { onlyNews = false } = {},
): Promise<number | undefined> {
  const hash = createHash('sha256').update(JSON.stringify(days)).digest('hex')
  const { rows } = await tx.query<{ version: number }>(
    `with same as (
       select version, source, hash from calendar.version where territory = $1 and year = $2
     ), newest as (
       select version, hash from same order by version desc limit 1
     ), newest_of_source as (
       select hash from same where source = $3 order by version desc limit 1
     ), added as (
       insert into calendar.version (territory, year, version, source, hash, published_by)
       select $1, $2, coalesce((select version from newest), 0) + 1, $3, $4, $5
       where not exists (select from newest where hash = $4)
         and not ($6 and exists (select from newest_of_source where hash = $4))
       returning version
     ), stored as (
       insert into calendar.special_day (territory, year, version, on_date, kind, name, status, basis, note)
       select $1, $2, added.version, day.date, day.kind, day.name, day.status, day.basis, day.note
       from added, json_to_recordset($7::json)
         as day (date date, kind text, name text, status text, basis text, note text)
     )
     select version from added`,
    [territory, year, source, hash, by, onlyNews, JSON.stringify(days)],
  )
  return rows[0]?.version
}
