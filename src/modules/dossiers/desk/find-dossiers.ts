import type { Queryable } from '../../../kernel/db.ts'
import type { Channel, State } from '../dossier.ts'
import { idsOf, named, readAsked, Values } from './queue-search.ts'

/** One dossier as a look-up lists it. */
export interface FoundDossier {
  code: string
  state: State
  applicantName: string
  procedureCode: string
  channel: Channel
  receivedBy: string
  competent: string
  submittedAt: string
  acceptedAt: string | null
  dueAt: string | null
  decidedAt: string | null
  closedAt: string | null
}

/** Names and tails of codes are looked for among so many dossiers of each place, the newest first. */
const mostLookedThrough = 20_000

/**
 * Dossiers received or settled at some authorities, ended ones too, newest first: by code or its last digits, personal
 * number, phone, or the words of a name in any order.
 */
export async function findDossiers(
  db: Queryable,
  { authorities, q, limit }: { authorities: readonly string[]; q: string; limit: number },
): Promise<FoundDossier[]> {
  const values = new Values()
  const { rows } = await db.query({
    text: `select d.*, coalesce(p.name, '') as name from ${sourceOf(q, authorities, values)} d
      left join dossiers.party p on p.dossier_id = d.id
      order by d.submitted_at desc, d.code limit ${values.add(limit)}`,
    values: values.list,
  })
  return rows.map(toFound)
}

const columns = `d.id, d.code, d.state, d.procedure_code, d.channel, d.received_by, d.competent, d.submitted_at,
  d.accepted_at, d.due_at, d.decided_at, d.closed_at`

function sourceOf(q: string, authorities: readonly string[], values: Values): string {
  const here = values.add(authorities)
  const asked = readAsked(q)
  if (asked.by === 'name' || asked.by === 'tail') {
    const fits =
      asked.by === 'tail'
        ? `d.code like ${values.add(`%${asked.tail}`)}`
        : asked.words.length === 0
          ? 'false'
          : `exists (select from dossiers.party p where p.dossier_id = d.id and ${named(asked.words, values)})`
    const newest = (column: 'competent' | 'received_by') => `
      select ${columns} from unnest(${here}::text[]) a (code) cross join lateral (
        select * from dossiers.dossier where ${column} = a.code ${column === 'received_by' ? `and ${opens('')}` : ''}
        order by submitted_at desc limit ${mostLookedThrough}) d where ${fits}`
    return `(${newest('competent')} union ${newest('received_by')})`
  }
  return `(select ${columns} from dossiers.dossier d where d.id = any (array(${idsOf(asked, values)} limit 1000))
    and (d.competent = any (${here}) or (d.received_by = any (${here}) and ${opens('d.')})))`
}

// Of a branch of a linked filing, what the unit that took the filing in may open (`permission.ts`).
const opens = (d: string) =>
  `(${d}linked is null or ${d}state in ('awaiting-supplement', 'awaiting-obligation', 'decided', 'returned'))`

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toFound(row: any): FoundDossier {
  const instant = (value: Date | null) => value?.toISOString() ?? null
  return {
    code: row.code,
    state: row.state,
    applicantName: row.name,
    procedureCode: row.procedure_code,
    channel: row.channel,
    receivedBy: row.received_by,
    competent: row.competent,
    submittedAt: row.submitted_at.toISOString(),
    acceptedAt: instant(row.accepted_at),
    dueAt: instant(row.due_at),
    decidedAt: instant(row.decided_at),
    closedAt: instant(row.closed_at),
  }
}
