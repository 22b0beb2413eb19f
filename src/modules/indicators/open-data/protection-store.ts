import type { Queryable } from '../../../kernel/db.ts'
import type { MonthAmounts } from './withhold-year.ts'

/** Which cells: units for all procedures, or procedures of the whole installation. */
export type CellKind = 'unit' | 'procedure'

// Units one by one: the sums are ordered by them, and a look at all months of all procedures would be long.
const ofCells: Record<CellKind, string> = {
  unit: `indicators.scope s, lateral (select s.authority as cell, m.* from indicators.monthly m
           where m.authority = s.authority and m.procedure_code = '*' and m.on_date <= $2) m`,
  procedure: `(select procedure_code as cell, m.* from indicators.monthly m
                where m.authority = '' and m.on_date <= $2) m`,
}

/** What every cell counts in the twelve months of a year, by code; of procedures, `*` is all of them. */
export async function readMonthAmounts(
  db: Queryable,
  { year, kind }: { year: number; kind: CellKind },
): Promise<Map<string, MonthAmounts[]>> {
  const { rows } = await db.query<
    [cell: string, month: number, received: number, finished: number, net: number]
  >({
    name: `indicators.month-amounts-${kind}`,
    text: `select m.cell, case when m.on_date < $1 then 0 else extract(month from m.on_date)::int end as month,
             sum(m.accepted)::bigint, sum(m.finished_early + m.finished_on_time + m.finished_late)::bigint,
             sum(m.in_progress)::bigint
           from ${ofCells[kind]} group by 1, 2 order by 1, 2`,
    values: [`${year}-01-01`, `${year}-12-31`],
    rowMode: 'array',
  } as never)
  const found = Map.groupBy(rows, ([cell]) => cell)
  return new Map([...found].map(([cell, each]) => [cell, monthsOf(each)]))
}

/** Month 0 holds what stood open when the year began. */
function monthsOf(rows: readonly [string, number, number, number, number][]): MonthAmounts[] {
  let open = 0
  return Array.from({ length: 13 }, (_, month) => {
    const [, , received = 0, finished = 0, net = 0] = rows.find(([, each]) => each === month) ?? []
    open += Number(net)
    return { received: Number(received), finished: Number(finished), open }
  }).slice(1)
}

/** Units that were small in a period of the year when it was kept. */
export async function readOnceSmall(
  db: Queryable,
  year: number,
): Promise<{ code: string; from: string; to: string }[]> {
  const { rows } = await db.query({
    name: 'indicators.once-small',
    text: `select distinct authority as code, from_date as "from", to_date as "to" from indicators.snapshot
           where from_date >= $1 and to_date <= $2 and to_date > from_date
             and ((counts -> 'onTime' ->> 1)::bigint between 1 and 4
               or (counts -> 'onlineDossiers' ->> 1)::bigint between 1 and 4)`,
    values: [`${year}-01-01`, `${year}-12-31`],
  })
  return rows
}
