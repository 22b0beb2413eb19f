import { z } from 'zod'
import type { Queryable } from '../../../kernel/db.ts'
import type { Officer } from '../../identity/index.ts'
import type { Role, State } from '../dossier.ts'
import { authoritiesOf } from './queue-scope.ts'

/** One dossier on a hand-over slip. */
export interface HandOverLine {
  dossierId: string
  code: string
  sequence: number
  state: State
  applicantName: string
  procedureCode: string
  sheets: number
  taskNo: number
  /** `ended`: the dossier went on without it. */
  outcome: 'waiting' | 'taken-over' | 'rejected' | 'ended'
  endedAt: string | null
  endedBy: string | null
}

/** Papers given by one officer to another together: both parties and what became of each dossier. */
export interface HandOver {
  batch: string
  givenAt: string
  givenBy: string
  /** The authority that gave, by the dossiers on the slip. */
  from: string
  to: { authority: string; role: Role; officer: string | null }
  lines: HandOverLine[]
}

const columns = `e.data, e.at, e.actor ->> 'id' as given_by, d.id, d.code, d.sequence, d.state, d.competent,
  d.received_by, d.procedure_code, coalesce(p.name, '') as name, t.no, t.closed_at, t.closed_by, t.outcome`
const beside = `join dossiers.dossier d on d.id = e.stream
  left join dossiers.party p on p.dossier_id = d.id
  left join dossiers.task t on t.dossier_id = d.id and t.kind = 'handover' and t.opened_at = e.at`

/** The slip of a batch; to an officer who neither gave nor takes nor works where the dossiers lie it does not exist. */
export async function readHandOver(
  db: Queryable,
  officer: Officer,
  batch: string,
): Promise<HandOver | undefined> {
  if (!z.uuid().safeParse(batch).success) return undefined
  const { rows } = await db.query({
    name: 'dossiers.hand-over',
    text: `select ${columns} from journal.entry e ${beside}
      where e.kind = 'dossiers.handed-over' and e.data ->> 'batch' = $1 order by e.at, d.code limit 500`,
    values: [batch],
  })
  // Whoever gave made the batch; the same number from somebody else is not of this slip.
  const own = rows.filter(({ given_by }) => given_by === rows[0].given_by)
  if (own.length === 0) return undefined
  const slip = toHandOver(batch, own)
  const here = authoritiesOf(officer)
  const concerns =
    slip.givenBy === officer.officerId ||
    here.includes(slip.to.authority) ||
    own.some(({ competent, received_by }) => here.includes(competent) || here.includes(received_by))
  return concerns ? slip : undefined
}

/** Slips on which something still waits to be taken over, given or to be taken at the officer's authorities. */
export async function openHandOvers(
  db: Queryable,
  officer: Officer,
): Promise<{ batch: string; givenAt: string; givenBy: string; to: HandOver['to']; waiting: number }[]> {
  const { rows } = await db.query({
    name: 'dossiers.open-hand-overs',
    text: `select e.data ->> 'batch' as batch, min(e.at) as at, min(e.actor ->> 'id') as given_by,
        (array_agg(e.data -> 'to'))[1] as "to", count(*)::int as waiting
      from dossiers.task t
      join dossiers.dossier d on d.id = t.dossier_id
      join journal.entry e on e.stream = t.dossier_id and e.at = t.opened_at and e.kind = 'dossiers.handed-over'
      where t.kind = 'handover' and t.closed_at is null
        and (t.authority = any ($1) or d.competent = any ($1) or d.received_by = any ($1))
      group by 1 order by 2 limit 100`,
    values: [authoritiesOf(officer)],
  })
  return rows.map((row) => ({
    batch: row.batch,
    givenAt: row.at.toISOString(),
    givenBy: row.given_by,
    to: row.to,
    waiting: row.waiting,
  }))
}

// biome-ignore lint/suspicious/noExplicitAny: rows of the database, read in this one place
function toHandOver(batch: string, rows: any[]): HandOver {
  const [first] = rows
  const to = first.data.to as HandOver['to']
  return {
    batch,
    givenAt: first.at.toISOString(),
    givenBy: first.given_by,
    from: first.received_by === to.authority ? first.competent : first.received_by,
    to,
    lines: rows.map((row) => ({
      dossierId: row.id,
      code: row.code,
      sequence: row.sequence,
      state: row.state,
      applicantName: row.name,
      procedureCode: row.procedure_code,
      sheets: row.data.sheets,
      taskNo: row.no,
      outcome: outcomeOf(row),
      endedAt: row.closed_at?.toISOString() ?? null,
      endedBy: row.closed_by,
    })),
  }
}

function outcomeOf(row: { closed_at: Date | null; outcome: string | null }): HandOverLine['outcome'] {
  if (row.closed_at === null) return 'waiting'
  return row.outcome === 'taken-over' || row.outcome === 'rejected' ? row.outcome : 'ended'
}
