import type { Queryable } from '../../kernel/db.ts'
import { searchable } from '../../kernel/text.ts'
import { logNumber, readLogEntries } from '../documents/index.ts'
import { type Answers, isBlank } from '../forms/index.ts'
import type { Channel, Delivery, Extension, State } from './dossier.ts'
import { fitting } from './papers/known-facts.ts'

/** One dossier as a look-up lists it. */
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

/** One line of the log book of a unit (sổ theo dõi hồ sơ, TT 03/2025/TT-VPCP, Mẫu 07), as the dossier stands now. */
export interface LogBookLine {
  /** Number in the book of the year; it stays, whatever becomes of the dossier. */
  number: string
  year: number
  code: string
  state: State
  procedureCode: string
  procedureVersion: number
  applicantName: string
  /** The address as it was answered: text or the parts of an address. */
  address: unknown
  phone: string | null
  competent: string
  delivery: Delivery
  acceptedAt: string | null
  /** The date that the receipt promised. */
  promisedDueAt: string | null
  dueAt: string | null
  decidedAt: string | null
  closedAt: string | null
  supplementRequests: number
  extension: Extension | null
  apologisedUntil: string | null
  resultState: 'none' | 'valid' | 'corrected' | 'revoked'
}

export interface LogBookFilter {
  /** The unit that received. */
  authority: string
  /** Dates of law of acceptance, the last one included. */
  from: string
  to: string
  limit: number
}

const linesAtOnce = 1000

/** The lines of a unit's log book on some days, in the order of the book. */
export async function readLogBook(
  db: Queryable,
  { authority, from, to, limit }: LogBookFilter,
): Promise<LogBookLine[]> {
  const entries = await readLogEntries(db, { authorityCode: authority, from, to, limit })
  const lines: LogBookLine[] = []
  for (let start = 0; start < entries.length; start += linesAtOnce) {
    const some = entries.slice(start, start + linesAtOnce)
    const known = await readLines(
      db,
      some.map(({ dossierId }) => dossierId),
    )
    lines.push(
      ...some.flatMap((entry) => {
        const row = known.get(entry.dossierId)
        return row ? [toBookLine(row, { number: logNumber(entry), year: entry.year })] : []
      }),
    )
  }
  return lines
}

// What registers knew counts as long as it speaks of the people on the form.
function addressIn(answers: Answers, known: Answers): unknown {
  const all = { ...fitting(answers, known), ...answers }
  return addressKeys.map((key) => all[key]).find((address) => !isBlank(address))
}

/** Answers that say where the applicant lives, the first that is given counts. */
export const addressKeys = ['requester.residence', 'owner.contactAddress', 'applicant.residence']

// biome-ignore lint/suspicious/noExplicitAny: rows of the database, read in this one place
async function readLines(db: Queryable, ids: readonly string[]): Promise<Map<string, any>> {
  const { rows } = await db.query({
    name: 'dossiers.log-book-lines',
    text: `select d.id, d.code, d.state, d.procedure_code, d.procedure_version, d.competent, d.delivery, d.accepted_at,
             d.promised_due_at, d.due_at, d.decided_at, d.closed_at, d.supplement_requests, d.extension,
             d.apologised_until, d.result_state, p.name, p.phone,
             a.content as answers,
             (select k.content from dossiers.private k where k.dossier_id = d.id and k.field = 'known') as known
           from dossiers.dossier d
           join dossiers.party p on p.dossier_id = d.id
           left join dossiers.private a on a.dossier_id = d.id and a.id = d.answers_ref
           where d.id = any($1)`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
function toBookLine(row: any, { number, year }: Pick<LogBookLine, 'number' | 'year'>): LogBookLine {
  const instant = (value: Date | null) => value?.toISOString() ?? null
  return {
    number,
    year,
    code: row.code,
    state: row.state,
    procedureCode: row.procedure_code,
    procedureVersion: row.procedure_version,
    applicantName: row.name,
    address: addressIn(row.answers ?? {}, row.known ?? {}),
    phone: row.phone,
    competent: row.competent,
    delivery: row.delivery,
    acceptedAt: instant(row.accepted_at),
    promisedDueAt: instant(row.promised_due_at),
    dueAt: instant(row.due_at),
    decidedAt: instant(row.decided_at),
    closedAt: instant(row.closed_at),
    supplementRequests: row.supplement_requests,
    extension: row.extension,
    apologisedUntil: instant(row.apologised_until),
    resultState: row.result_state,
  }
}
