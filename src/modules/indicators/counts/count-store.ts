import type { Queryable } from '../../../kernel/db.ts'
import type { Counts as Sums } from '../cells.ts'
import type { Measure } from '../contributions.ts'
import { columnOf, type Stretch } from '../indicator-store.ts'

/** Which sums are wanted: flows of a period and stocks at its end, of one procedure or all (`*`). */
export interface Wanted {
  authorities: readonly string[]
  procedureCode: string
  flows: readonly Measure[]
  stocks: readonly Measure[]
  period: readonly Stretch[]
  upTo: readonly Stretch[]
}

/** Flows and stocks of many units in one reading; units without figures are left out. */
export async function readFigures(db: Queryable, wanted: Wanted): Promise<Map<string, Sums>> {
  const { authorities, procedureCode, flows, stocks, period, upTo } = wanted
  const columns = [...flows, ...stocks]
  const part = (measures: readonly Measure[]) => (stretch: Stretch, i: number, first: number) => {
    const list = columns.map((each) => (measures.includes(each) ? columnOf(each) : '0'))
    return `select authority, ${list.map((column, c) => `${column} as m${c}`).join(', ')}
      from indicators.${stretch.grain} where authority = any($1) and procedure_code = $2
        and on_date between $${first + 2 * i} and $${first + 2 * i + 1}`
  }
  const parts = [
    ...period.map((stretch, i) => part(flows)(stretch, i, 3)),
    ...upTo.map((stretch, i) => part(stocks)(stretch, i, 3 + 2 * period.length)),
  ]
  if (parts.length === 0) return new Map()
  const { rows } = await db.query<unknown[]>({
    name: `indicators.index-figures-${grains(period)}-${grains(upTo)}-${stocks.join('-')}`,
    text: `select authority, ${columns.map((_, c) => `sum(m${c})::bigint`).join(', ')}
           from (${parts.join(' union all ')}) parts group by authority`,
    values: [authorities, procedureCode, ...[...period, ...upTo].flatMap(({ from, to }) => [from, to])],
    rowMode: 'array',
  } as never)
  return new Map(
    rows.map(([authority, ...values]) => [
      authority as string,
      Object.fromEntries(columns.map((measure, c) => [measure, Number(values[c])])),
    ]),
  )
}

const grains = (stretches: readonly Stretch[]) => stretches.map(({ grain }) => grain[0]).join('')

/** The procedures of a unit with at least one dossier of a measure in the period. */
export interface Occurring {
  online: Set<string>
  population: Set<string>
}

/** Which procedures occur in units: ratios of distinct procedures cannot be summed, so they are made when asked. */
export async function readOccurring(
  db: Queryable,
  { authorities, period }: Pick<Wanted, 'authorities' | 'period'>,
): Promise<Map<string, Occurring>> {
  if (period.length === 0) return new Map()
  const parts = period.map(
    ({ grain }, i) => `select authority, procedure_code, accepted_online, population_data
      from indicators.${grain} where authority = any($1) and procedure_code <> '*'
        and on_date between $${2 * i + 2} and $${2 * i + 3}
        and (accepted_online <> 0 or population_data <> 0)`,
  )
  const { rows } = await db.query<{ authority: string; online: string[]; population: string[] }>({
    name: `indicators.index-occurring-${grains(period)}`,
    text: `select authority, coalesce(array_agg(procedure_code) filter (where online > 0), '{}') as online,
             coalesce(array_agg(procedure_code) filter (where population > 0), '{}') as population
           from (select authority, procedure_code, sum(accepted_online) as online, sum(population_data) as population
                 from (${parts.join(' union all ')}) parts group by authority, procedure_code) each
           group by authority`,
    values: [authorities, ...period.flatMap(({ from, to }) => [from, to])],
  })
  return new Map(
    rows.map(({ authority, online, population }) => [
      authority,
      { online: new Set(online), population: new Set(population) },
    ]),
  )
}

/** The procedures that units have ever settled. */
export async function readSettled(
  db: Queryable,
  authorities: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await db.query<{ authority: string; procedures: string[] }>({
    name: 'indicators.index-settled',
    text: `select authority, array_agg(distinct procedure_code) as procedures from indicators.monthly
           where authority = any($1) and procedure_code <> '*' and received > 0 group by authority`,
    values: [authorities],
  })
  return new Map(rows.map(({ authority, procedures }) => [authority, new Set(procedures)]))
}
