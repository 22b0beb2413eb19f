import type { Queryable } from '../../../kernel/db.ts'
import type { Counts as Sums } from '../cells.ts'
import type { Measure } from '../contributions.ts'
import { columnOf } from '../indicator-store.ts'
import type { Cuts } from './intervals.ts'

/** Of which units sums are wanted, piece by piece. */
export interface Wanted {
  authorities: readonly string[]
  cuts: Cuts
}

// What lies in a month that is cut comes from its days, everything else from whole months. These statements have no name:
// a plan made once for any units and days reads ten times as much as one that is made for these.
const rowsOf = (columns: readonly string[], where: string) => `
  select s.authority, s.procedure_code, s.on_date, ${columns.join(', ')} from indicators.monthly s
  where s.authority = any($1) and s.on_date between ($2::date[])[1] and $3 and s.on_date <> all($4::date[]) and ${where}
  union all
  select s.authority, s.procedure_code, s.on_date, ${columns.join(', ')}
  from unnest($4::date[]) cut (month) join indicators.daily s
    on s.on_date >= greatest(cut.month, ($2::date[])[1]) and s.on_date < cut.month + interval '1 month' and s.on_date <= $3
  where s.authority = any($1) and ${where}`

const measuresRead = [
  'accepted',
  'finished-early',
  'finished-on-time',
  'finished-late',
  'displeased',
  'accepted-online',
  'synced',
  'electronic-result',
  'digitised',
  'reused',
  'vault-shared',
  'population-data',
  'in-progress',
  'index-overdue',
  'index-past-due',
] as const satisfies readonly Measure[]
const columnsRead = measuresRead.map(columnOf)

/** The sums of many units in every piece of time, of one procedure or all (`*`), in one statement; empty ones are left out. */
export async function readFigures(
  db: Queryable,
  { authorities, cuts, procedureCode }: Wanted & { procedureCode: string },
): Promise<Map<string, Sums[]>> {
  const { rows } = await db.query<unknown[]>({
    text: `select authority, width_bucket(on_date, $2::date[]) - 1, ${columnsRead.map((each) => `sum(${each})::bigint`).join(', ')}
           from (${rowsOf(columnsRead, 's.procedure_code = $5')}) parts group by 1, 2`,
    values: [authorities, cuts.starts, cuts.last, cuts.byDay, procedureCode],
    rowMode: 'array',
  } as never)
  const found = new Map<string, Sums[]>()
  for (const [authority, piece, ...values] of rows as [string, number, ...number[]][]) {
    const pieces = found.get(authority) ?? []
    pieces[piece] = Object.fromEntries(measuresRead.map((measure, c) => [measure, values[c]!]))
    found.set(authority, pieces)
  }
  return found
}

/** The procedures of a unit with at least one dossier of a measure in a piece of time. */
export interface Occurring {
  online: readonly string[]
  population: readonly string[]
}

/**
 * Which procedures occur in units, piece by piece from the second on: ratios of distinct procedures cannot be summed, so
 * they are made when asked.
 */
export async function readOccurring(
  db: Queryable,
  { authorities, cuts }: Wanted,
): Promise<Map<string, Occurring[]>> {
  const [first, ...starts] = cuts.starts
  if (first === undefined || starts.length === 0) return new Map()
  const { rows } = await db.query<Occurring & { authority: string; piece: number }>({
    text: `select authority, width_bucket(on_date, $2::date[]) as piece,
             coalesce(array_agg(distinct procedure_code) filter (where accepted_online > 0), '{}') as online,
             coalesce(array_agg(distinct procedure_code) filter (where population_data > 0), '{}') as population
           from (${rowsOf(['accepted_online', 'population_data'], "s.procedure_code <> '*'")}) parts
           where accepted_online > 0 or population_data > 0 group by 1, 2`,
    values: [authorities, starts, cuts.last, cuts.byDay],
  })
  const found = new Map<string, Occurring[]>()
  for (const { authority, piece, ...occurring } of rows) {
    const pieces = found.get(authority) ?? []
    pieces[piece] = occurring
    found.set(authority, pieces)
  }
  return found
}

/** What units, each under its codes over time, sum up to in pieces of time. Pure. */
export function sumOf(
  figures: ReadonlyMap<string, readonly Sums[]>,
  codes: readonly string[],
  [first, end]: readonly [number, number],
): Sums {
  const sums: Sums = {}
  for (const code of codes)
    for (const piece of figures.get(code)?.slice(first, end) ?? [])
      if (piece !== undefined)
        for (const measure of measuresRead) sums[measure] = (sums[measure] ?? 0) + piece[measure]!
  return sums
}

/** The distinct procedures that occur in a unit, under its codes over time, in pieces of time. Pure. */
export function occursIn(
  occurring: ReadonlyMap<string, readonly Occurring[]>,
  codes: readonly string[],
  [first, end]: readonly [number, number],
): { online: Set<string>; population: Set<string> } {
  const found = { online: new Set<string>(), population: new Set<string>() }
  for (const code of codes)
    for (const piece of occurring.get(code)?.slice(first, end) ?? []) {
      for (const procedure of piece?.online ?? []) found.online.add(procedure)
      for (const procedure of piece?.population ?? []) found.population.add(procedure)
    }
  return found
}

/** The procedures that units have ever settled. */
export async function readSettled(
  db: Queryable,
  authorities: readonly string[],
): Promise<Map<string, string[]>> {
  if (authorities.length === 0) return new Map()
  const { rows } = await db.query<{ authority: string; procedures: string[] }>({
    name: 'indicators.index-settled',
    text: `select authority, array_agg(distinct procedure_code) as procedures from indicators.monthly
           where authority = any($1) and procedure_code <> '*' and received > 0 group by authority`,
    values: [authorities],
  })
  return new Map(rows.map(({ authority, procedures }) => [authority, procedures]))
}
