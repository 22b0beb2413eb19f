import type { Queryable } from '../../kernel/db.ts'
import type { Finished } from './board-summary.ts'
import { authoritiesBelow } from './indicator-store.ts'

/** What an authority finished in one month; `month` is its first day. */
export interface MonthOfAuthority {
  authority: string
  month: string
  finished: Finished
}

/** What each authority directly below another (past levels that hold only one) finished, month by month. */
export async function monthsOfAuthorities(
  db: Queryable,
  { authority, from, to }: { authority: string | null; from: string; to: string },
): Promise<MonthOfAuthority[]> {
  const { rows } = await db.query({
    name: 'indicators.months-of-authorities',
    text: `select authority, on_date::text as month, finished_early as early, finished_on_time as "onTime",
             finished_late as late
           from indicators.monthly
           where authority = any($1) and procedure_code = '*' and on_date between $2 and $3
           order by authority, on_date`,
    values: [await comparable(db, authority ?? ''), `${from.slice(0, 8)}01`, to],
  })
  return rows.map(({ authority: code, month, ...finished }) => ({ authority: code, month, finished }))
}

async function comparable(db: Queryable, scope: string): Promise<string[]> {
  const below = await authoritiesBelow(db, scope)
  if (below.length !== 1) return below
  const further = await comparable(db, below[0]!)
  return further.length > 0 ? further : below
}
