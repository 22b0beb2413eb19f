import type { Queryable } from '../../kernel/db.ts'
import { authoritiesAbove, type Counts, parentOf } from './cells.ts'
import { type Contribution, type Delta, type Measure, measures, stocks } from './contributions.ts'
import { type DenseCell, DenseSums } from './dense-sums.ts'

/** The authority stands there when it is not the one that settles the dossier now. */
type StoredDelta = [measure: Measure, on: string, n: number, authority?: string]

const toStored = (deltas: readonly Delta[]): StoredDelta[] =>
  deltas.map(({ measure, on, n, authority }) =>
    authority === undefined ? [measure, on, n] : [measure, on, n, authority],
  )
const fromStored = (deltas: readonly StoredDelta[]): Delta[] =>
  deltas.map(([measure, on, n, authority]) => ({ measure, on, n, ...(authority && { authority }) }))

/** Authorities besides the present one to which deltas belong. */
const pastOf = (deltas: readonly Delta[]) => [...new Set(deltas.flatMap(({ authority }) => authority ?? []))]

/**
 * Brings the sums in step with what dossiers contribute now: applies the difference to what each contributed before.
 * Must run inside a transaction; doing it twice changes nothing.
 */
export async function applyContributions(
  tx: Queryable,
  contributions: readonly Contribution[],
): Promise<void> {
  if (contributions.length === 0) return
  await lockFigures(tx)
  const ids = contributions.map(({ dossierId }) => dossierId)
  const before = await storedContributions(tx, ids)
  const changed = contributions.filter((each) => !isSame(before.get(each.dossierId), each))
  if (changed.length === 0) return
  const sums = new DenseSums()
  for (const each of changed) {
    const stored = before.get(each.dossierId)
    if (stored) sums.add(stored, -1)
    sums.add(each)
  }
  await saveContributions(tx, changed)
  const days = [...sums.left()]
  if (days.length === 0) return
  await addToSums(tx, 'daily', days)
  await addToSums(tx, 'monthly', [...sums.months().left()])
  await noteMoved(tx, [...new Set(days.map(({ on }) => `${on.slice(0, 8)}01`))])
}

async function noteMoved(tx: Queryable, months: readonly string[]): Promise<void> {
  await tx.query({
    name: 'indicators.note-moved',
    text: `with next as (update indicators.version set version = version + 1 returning version)
           insert into indicators.moved as m (month, version) select month, next.version from unnest($1::date[]) month, next
           on conflict (month) do update set version = excluded.version`,
    values: [months],
  })
}

/** A dossier as it was last counted. */
export type StoredContribution = Pick<Contribution, 'authority' | 'procedureCode' | 'ended' | 'deltas'>

const isSame = (stored: StoredContribution | undefined, present: Contribution) =>
  stored !== undefined &&
  stored.authority === present.authority &&
  stored.procedureCode === present.procedureCode &&
  stored.ended === present.ended &&
  JSON.stringify(toStored(stored.deltas)) === JSON.stringify(toStored(present.deltas))

const figuresLock = 0x6d63_0140

/**
 * One writer at a time until the transaction ends. Take it before reading the dossiers: whoever applies later has
 * then read later, and never puts an older state back.
 */
export async function lockFigures(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [figuresLock])
}

/** What dossiers were last counted as. */
export async function storedContributions(
  tx: Queryable,
  ids: readonly string[],
): Promise<Map<string, StoredContribution>> {
  const { rows } = await tx.query({
    name: 'indicators.stored',
    text: `select dossier_id, authority, procedure_code, ended, deltas from indicators.contribution
           where dossier_id = any($1)`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.dossier_id, toContribution(row)]))
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
const toContribution = (row: any): StoredContribution => ({
  authority: row.authority,
  procedureCode: row.procedure_code,
  ended: row.ended,
  deltas: fromStored(row.deltas),
})

async function saveContributions(tx: Queryable, contributions: readonly Contribution[]): Promise<void> {
  const rows = contributions.map((each) => ({
    dossier_id: each.dossierId,
    code: each.code,
    authority: each.authority,
    procedure_code: each.procedureCode,
    received_on: each.receivedOn,
    ended: each.ended,
    deltas: toStored(each.deltas),
    past: emptyAsNull(pastOf(each.deltas)),
  }))
  await tx.query({
    name: 'indicators.save',
    text: `insert into indicators.contribution
           select * from jsonb_populate_recordset(null::indicators.contribution, $1)
           on conflict (dossier_id) do update set authority = excluded.authority,
             procedure_code = excluded.procedure_code, received_on = excluded.received_on, ended = excluded.ended,
             deltas = excluded.deltas, past = excluded.past
           where (contribution.authority, contribution.procedure_code, contribution.ended, contribution.deltas)
             is distinct from (excluded.authority, excluded.procedure_code, excluded.ended, excluded.deltas)`,
    values: [JSON.stringify(rows)],
  })
  const authorities = contributions.flatMap(({ authority, deltas }) => [authority, ...pastOf(deltas)])
  const scopes = [...new Set([...new Set(authorities)].flatMap(authoritiesAbove))]
  await tx.query({
    name: 'indicators.scopes',
    text: `insert into indicators.scope select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    values: [scopes, scopes.map(parentOf)],
  })
}

const emptyAsNull = <T>(list: readonly T[]) => (list.length === 0 ? null : list)

/** The column of a measure in the tables of sums. */
export const columnOf = (measure: Measure) => measure.replaceAll('-', '_')
const columns = measures.map(columnOf)

async function addToSums(tx: Queryable, table: Stretch['grain'], cells: readonly DenseCell[]): Promise<void> {
  if (cells.length === 0) return
  await tx.query({
    name: `indicators.add-${table}`,
    text: `insert into indicators.${table} as s (authority, procedure_code, on_date, ${columns.join(', ')})
           select * from unnest($1::text[], $2::text[], $3::date[], ${columns.map((_, i) => `$${i + 4}::bigint[]`).join(', ')})
           on conflict (authority, procedure_code, on_date) do update set
             ${columns.map((column) => `${column} = s.${column} + excluded.${column}`).join(', ')}`,
    values: [
      cells.map(({ authority }) => authority),
      cells.map(({ procedureCode }) => procedureCode),
      cells.map(({ on }) => on),
      ...measures.map((_, i) => cells.map(({ sums }) => sums[i])),
    ],
  })
}

/** A stretch of days or of whole months. */
export interface Stretch {
  grain: 'daily' | 'monthly'
  from: string
  to: string
}

/** Sums measures over stretches, by what `by` names. */
export interface SumQuery {
  authorities: readonly string[]
  measures: readonly Measure[]
  stretches: readonly Stretch[]
  by: 'authority' | 'procedure' | 'date'
}

/** The sums of one authority, procedure or date. */
export interface Sums {
  key: string
  counts: Counts
}

const keyColumn = { authority: 's.authority', procedure: 's.procedure_code', date: 's.on_date' }

/** Reads sums; days and months are added together where the stretches name both. */
export async function readSums(
  db: Queryable,
  { authorities, measures, stretches, by }: SumQuery,
): Promise<Sums[]> {
  if (stretches.length === 0 || authorities.length === 0) return []
  const wanted = measures.map(columnOf)
  const procedures = by === 'procedure' ? `s.procedure_code <> '*'` : `s.procedure_code = '*'`
  const parts = stretches.map(
    ({ grain }, i) => `select ${keyColumn[by]} as key, ${wanted.join(', ')} from indicators.${grain} s
      where s.authority = any($1) and ${procedures} and s.on_date between $${2 * i + 2} and $${2 * i + 3}`,
  )
  const { rows } = await db.query<unknown[]>({
    name: `indicators.sums-${by}-${stretches.map(({ grain }) => grain).join('-')}-${wanted.length}`,
    text: `select key::text, ${wanted.map((column) => `sum(${column})::bigint`).join(', ')}
           from (${parts.join(' union all ')}) parts group by key`,
    values: [authorities, ...stretches.flatMap(({ from, to }) => [from, to])],
    rowMode: 'array',
  } as never)
  return rows.map(([key, ...values]) => ({
    key: key as string,
    counts: Object.fromEntries(measures.map((measure, i) => [measure, values[i] as number])),
  }))
}

/** The authorities with figures directly below another, by code. */
export async function authoritiesBelow(db: Queryable, authority: string): Promise<string[]> {
  const { rows } = await db.query({
    name: 'indicators.below',
    text: 'select authority from indicators.scope where parent = $1 order by authority',
    values: [authority],
  })
  return rows.map((row) => row.authority)
}

export const consumerName = 'indicators'

/** What pages and routes say of the figures holds for this second: whoever asks within it gets the same answer. */
export const liveMs = 1000

/** How far the figures have come in the feed and when that was, and a version that moves whenever a figure does. */
export async function figuresAt(
  db: Queryable,
): Promise<{ position: number; at: string | null; version: number }> {
  const { rows } = await db.query({
    name: 'indicators.at',
    text: `select v.version, c.position, c.updated_at
           from indicators.version v left join feed.cursor c on c.consumer = $1`,
    values: [consumerName],
  })
  const { version, position, updated_at } = rows[0]
  return { version, position: position ?? 0, at: updated_at?.toISOString() ?? null }
}

/** Months of which a figure moved, each with the version of its last change. */
export async function movedMonths(db: Queryable): Promise<{ month: string; version: number }[]> {
  const { rows } = await db.query({
    name: 'indicators.moved',
    text: 'select month, version from indicators.moved',
  })
  return rows
}

/** A cheap number that changes whenever a figure does; for pages that follow them. */
export async function changes(db: Queryable): Promise<number> {
  return (await figuresAt(db)).version
}

/** What lies behind a figure: a measure of an authority (null: all) over days. */
export interface Behind {
  measure: Measure
  authority: string | null
  procedureCode?: string
  from: string
  to: string
  /** Today's date; when stated, stocks as of now are found without looking through what has ended. */
  today?: string
  limit?: number
}

/**
 * The dossiers behind a figure, newest first. For a stock: those in it at the end of `to`; else those counted between
 * `from` and `to`. Gives codes only; whoever asks must be allowed to see them.
 */
export async function dossiersBehind(
  db: Queryable,
  { measure, authority, procedureCode, from, to, today, limit = 100 }: Behind,
): Promise<{ dossierId: string; code: string }[]> {
  const isStock = (stocks as readonly Measure[]).includes(measure)
  const stillThere = isStock && today !== undefined && to >= today ? 'and not c.ended' : ''
  // What was counted before a reorganisation opens at the authority that was.
  const isBelow = (column: string) => `(${column} = $1 or (${column} >= $1 || '.' and ${column} < $1 || '/'))`
  const below = authority
    ? `and (${isBelow('c.authority')}
         or (c.past is not null and exists (select from unnest(c.past) p where ${isBelow('p')})))`
    : ''
  const counts = authority
    ? `and (c.past is null or ${isBelow(`(coalesce(d ->> 3, c.authority) collate "C")`)})`
    : ''
  const { rows } = await db.query({
    text: `select c.dossier_id as "dossierId", c.code from indicators.contribution c
           where c.received_on <= $5 and ($1::text is not null or true) ${below} ${stillThere}
             and ($2::text is null or c.procedure_code = $2)
             and (select coalesce(sum((d ->> 2)::int), 0) from jsonb_array_elements(c.deltas) d
                  where d ->> 0 = $3 and (d ->> 1)::date between $4 and $5 ${counts}) > 0
           order by c.received_on desc, c.dossier_id desc limit $6`,
    values: [authority, procedureCode ?? null, measure, isStock ? '-infinity' : from, to, limit],
  })
  return rows
}
