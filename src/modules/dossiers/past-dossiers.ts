import type { Queryable } from '../../kernel/db.ts'
import type { Channel, Pause } from './dossier.ts'

/** A dossier of the past with what was answered; answers that were erased are null. */
export interface PastFiling {
  id: string
  code: string
  channel: Channel
  caseCode: string
  receivedBy: string
  competent: string
  calendarVersion: string
  submittedAt: string
  acceptedAt: string | null
  pauses: Pause[]
  extensionDays: number
  answers: Record<string, unknown> | null
  /** Keys of the papers that were handed in. */
  papers: string[]
}

export interface PastQuery {
  procedureCode: string
  /** The last dossier of the batch before; null: from the beginning. */
  after: string | null
  limit: number
  /** Only dossiers that these authorities received or settled; null: all. */
  authorities: readonly string[] | null
}

/** One dossier of a procedure by its code, as `readPastFilings` gives it. Holds personal data. */
export async function findPastFiling(
  db: Queryable,
  { procedureCode, code }: { procedureCode: string; code: string },
): Promise<PastFiling | undefined> {
  const { rows } = await db.query<Row>({
    name: 'dossiers.past-one',
    text: `${pastColumns} where d.procedure_code = $1 and d.code = $2`,
    values: [procedureCode, code],
  })
  return rows[0] && toPast(rows[0])
}

const pastColumns = `select d.id, d.code, d.channel, d.case_code, d.received_by, d.competent, d.calendar_version,
    d.submitted_at, d.accepted_at, d.pauses, d.extension, p.content as answers, a.papers
  from dossiers.dossier d
  left join dossiers.private p on p.dossier_id = d.id and p.id = d.answers_ref
  left join lateral (select array_agg(distinct component) as papers from dossiers.paper where dossier_id = d.id) a on true`

const firstId = '00000000-0000-0000-0000-000000000000'

/** The next dossiers of a procedure in the order in which they came in, whatever became of them. Holds personal data. */
export async function readPastFilings(
  db: Queryable,
  { procedureCode, after, limit, authorities }: PastQuery,
): Promise<PastFiling[]> {
  const { rows } = await db.query<Row>({
    name: authorities ? 'dossiers.past-of' : 'dossiers.past',
    text: `${pastColumns}
      where d.procedure_code = $1 and d.id > $2 ${authorities ? 'and (d.competent = any($4) or d.received_by = any($4))' : ''}
      order by d.id limit $3`,
    values: [procedureCode, after ?? firstId, limit, ...(authorities ? [authorities] : [])],
  })
  return rows.map(toPast)
}

/** How many dossiers of a procedure there are to read. */
export async function countPastFilings(
  db: Queryable,
  { procedureCode, authorities }: Pick<PastQuery, 'procedureCode' | 'authorities'>,
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from dossiers.dossier
     where procedure_code = $1 and ($2::text[] is null or competent = any($2) or received_by = any($2))`,
    [procedureCode, authorities],
  )
  return rows[0]!.n
}

interface Row {
  id: string
  code: string
  channel: Channel
  case_code: string
  received_by: string
  competent: string
  calendar_version: string
  submitted_at: Date
  accepted_at: Date | null
  pauses: Pause[]
  extension: { days: number } | null
  answers: unknown
  papers: string[] | null
}

const toPast = (row: Row): PastFiling => ({
  ...{ id: row.id, code: row.code, channel: row.channel, caseCode: row.case_code },
  ...{ receivedBy: row.received_by, competent: row.competent, calendarVersion: row.calendar_version },
  submittedAt: row.submitted_at.toISOString(),
  acceptedAt: row.accepted_at?.toISOString() ?? null,
  pauses: row.pauses ?? [],
  extensionDays: row.extension?.days ?? 0,
  answers: isAnswers(row.answers) ? row.answers : null,
  papers: row.papers ?? [],
})

const isAnswers = (content: unknown): content is Record<string, unknown> =>
  typeof content === 'object' && content !== null && !Array.isArray(content)
