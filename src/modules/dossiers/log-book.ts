import type { Queryable } from '../../kernel/db.ts'
import { searchable } from '../../kernel/text.ts'
import type { Channel, State } from './dossier.ts'

/** One line of the log book (sổ theo dõi hồ sơ, TT 03/2025/TT-VPCP, Mẫu 06). */
export interface LogLine {
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

export interface LogFilter {
  /** Authorities whose dossiers the reader may see: received or settled there. */
  authorities: readonly string[]
  /** Instants; submitted from (inclusive) until (exclusive). */
  from?: Date
  to?: Date
  /** Code, name without accents, or personal number in full. */
  q?: string
  limit: number
}

/** Dossiers of some authorities, ended ones too, newest first. */
export async function readLog(db: Queryable, filter: LogFilter): Promise<LogLine[]> {
  const values: unknown[] = [filter.authorities]
  const add = (value: unknown) => `$${values.push(value)}`
  const where = ['(d.received_by = any($1) or d.competent = any($1))']
  if (filter.from) where.push(`d.submitted_at >= ${add(filter.from)}`)
  if (filter.to) where.push(`d.submitted_at < ${add(filter.to)}`)
  if (filter.q) where.push(matching(filter.q.trim(), add))
  const { rows } = await db.query({
    text: `select d.code, d.state, p.name, d.procedure_code, d.channel, d.received_by, d.competent,
             d.submitted_at, d.accepted_at, d.due_at, d.decided_at, d.closed_at
           from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id
           where ${where.join(' and ')}
           order by d.submitted_at desc, d.code
           limit ${add(filter.limit)}`,
    values,
  })
  return rows.map(toLine)
}

function matching(q: string, add: (value: unknown) => string): string {
  if (/^\d{12}$/.test(q)) return `p.personal_id = ${add(q)}`
  const code = add(`%${escaped(q.toUpperCase())}%`)
  return `(p.search_name like ${add(`%${escaped(searchable(q))}%`)} or d.code like ${code})`
}

// What is typed is text: `%` and `_` in it mean themselves.
const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&')

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toLine(row: any): LogLine {
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
