import type { Queryable } from '../../../kernel/db.ts'

/** An authority that went over wholly into another one on a day. */
export interface Merged {
  from: string
  to: string
  on: string
}

/**
 * What was wholly merged until a day. A split gives its past to nobody: its dossiers cannot be told apart afterwards, so
 * it stays a unit of its own in old periods.
 */
export async function pastOf(db: Queryable, { from, to }: { from: string; to: string }): Promise<Merged[]> {
  const { rows } = await db.query<Merged>({
    name: 'indicators.merged',
    text: `select s.from_code as "from", s.to_code as "to", s.effective_on as "on" from directory.succession s
           where s.from_unit is null and s.rule ->> 'kind' = 'whole' and s.effective_on between $1 and $2
             and s.from_code <> s.to_code
             and (select count(distinct o.to_code) from directory.succession o
                  where o.from_code = s.from_code and o.from_unit is null) = 1`,
    values: [from, to],
  })
  return rows
}

/** The codes under which a unit was counted over time: itself, what was merged into it, and what into that. Pure. */
export function lineageOf(unit: string, merged: readonly Merged[]): string[] {
  const codes = new Set([unit])
  for (const code of codes)
    for (const { from, to } of merged) if (to === code && !isBelow(from, unit)) codes.add(from)
  return [...codes]
}

// What stands below the unit by its code is in its sums already.
const isBelow = (code: string, unit: string) => unit === '' || code.startsWith(`${unit}.`)
