import type { Queryable } from '../../kernel/db.ts'
import { logNumber, readLogEntries } from '../documents/index.ts'
import { type Answers, isBlank } from '../forms/index.ts'
import type { Delivery, Extension, State } from './dossier.ts'
import { fitting } from './papers/known-facts.ts'

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
