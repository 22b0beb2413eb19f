import type { Queryable } from '../../../kernel/db.ts'
import { searchable } from '../../../kernel/text.ts'
import type { Dossier, State } from '../dossier.ts'
import type { Party } from '../party.ts'
import { phoneForms } from './queue-search.ts'

/** A dossier that asks the same for the same person. */
export interface Duplicate {
  code: string
  state: State
  submittedAt: string
  receivedBy: string
  competent: string
  applicantName: string
}

/** Who asks, as far as is known: a personal number, else a name together with a phone. */
export interface SamePerson {
  procedureCode: string
  personalId?: string | null
  name: string
  phone?: string | null
}

/** For so long an ended dossier is still worth telling. */
const daysBack = 90
const most = 10

/**
 * Dossiers of the same procedure and the same person that are open, or came in during the last 90 days; newest first.
 * The same personal number is the same person; without one, the same name with the same phone.
 */
export async function duplicatesFor(
  db: Queryable,
  { procedureCode, personalId, name, phone }: SamePerson,
  { now, except }: { now: Date; except?: string },
): Promise<Duplicate[]> {
  const phones = phoneForms(phone ?? '')
  if (!personalId && phones.length === 0) return []
  const { rows } = await db.query({
    name: 'dossiers.duplicates',
    text: `select d.code, d.state, d.submitted_at, d.received_by, d.competent, p.name
      from (
        select dossier_id from dossiers.party where personal_id = $2
        union
        select dossier_id from dossiers.party where phone = any ($3) and search_name = $4
      ) same
      join dossiers.dossier d on d.id = same.dossier_id
      join dossiers.party p on p.dossier_id = d.id
      where d.procedure_code = $1 and (d.closed_at is null or d.submitted_at >= $5) and d.id is distinct from $6
      order by d.submitted_at desc limit ${most}`,
    values: [
      procedureCode,
      personalId || null,
      phones,
      searchable(name),
      new Date(now.getTime() - daysBack * 86_400_000),
      except ?? null,
    ],
  })
  return rows.map((row) => ({
    code: row.code,
    state: row.state,
    submittedAt: row.submitted_at.toISOString(),
    receivedBy: row.received_by,
    competent: row.competent,
    applicantName: row.name,
  }))
}

/** The duplicates of a dossier that is there already. */
export const duplicatesOf = (
  db: Queryable,
  {
    dossier,
    party,
  }: { dossier: Pick<Dossier, 'id' | 'procedureCode'>; party: Pick<Party, 'name' | 'personalId' | 'phone'> },
  { now }: { now: Date },
): Promise<Duplicate[]> =>
  duplicatesFor(db, { procedureCode: dossier.procedureCode, ...party }, { now, except: dossier.id })
