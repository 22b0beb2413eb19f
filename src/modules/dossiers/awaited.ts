import type { Queryable } from '../../kernel/db.ts'

/** Something that waits for a person, with the entry that asked for it. */
export interface Awaited {
  dossierId: string
  sequence: number
  kind: 'supplement' | 'confirm'
  /** Number of the other party that is asked; null: the applicant. */
  party: number | null
}

const most = 5000

/**
 * What waits for people and may be recalled to them: papers whose day to answer is one of `answerBy` (dates of law),
 * and a yes that was asked for between two instants.
 */
export async function listAwaited(
  db: Queryable,
  { answerBy, asked }: { answerBy: readonly string[]; asked: { from: Date; to: Date } },
): Promise<Awaited[]> {
  const { rows } = await db.query({
    name: 'dossiers.awaited',
    text: awaitedQuery,
    values: [answerBy, asked.from, asked.to, most],
  })
  return rows.map((row) => ({
    dossierId: row.dossier_id,
    sequence: row.sequence,
    kind: row.kind,
    party: row.party,
  }))
}

const awaitedQuery = `
select t.dossier_id, t.kind, t.subject as party, e.sequence
from dossiers.task t
cross join lateral (
  select e.sequence, e.data from journal.entry e
  where e.stream = t.dossier_id and e.at = t.opened_at
    and e.kind = any(array['dossiers.supplement-requested', 'dossiers.submitted', 'dossiers.represented'])
  order by e.sequence desc limit 1
) e
where t.closed_at is null and (
  (t.kind = 'supplement' and e.data ->> 'answerBy' = any($1)) or
  (t.kind = 'confirm' and t.opened_at >= $2 and t.opened_at < $3)
)
and t.kind = any(array['supplement', 'confirm'])
order by t.opened_at limit $4`
