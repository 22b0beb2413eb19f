import { nationalStatus } from './derived.ts'
import type { Dossier, Limit, Task } from './dossier.ts'

/** A row of `dossiers.dossier` as JSON, the way `jsonb_populate_record` reads it. */
export function toRow(dossier: Dossier) {
  const { limit, headHash, tasks, ...rest } = dossier
  return {
    ...snakeKeys(rest),
    head_hash: `\\x${headHash.toString('hex')}`,
    national_status: nationalStatus(dossier),
    limit_amount: limit.amount,
    limit_unit: limit.unit,
    limit_cut_off: limit.cutOff,
    limit_addition: limit.addition ?? null,
    next_timer_at: nextTimer(dossier),
  }
}

/** The columns written by every command, in the order of the table. */
export const dossierColumns = [
  'id',
  'code',
  'sequence',
  'head_hash',
  'state',
  'national_status',
  'procedure_code',
  'procedure_version',
  'case_code',
  'form_key',
  'form_version',
  'process_key',
  'process_version',
  'channel',
  'received_by',
  'competent',
  'helped_by',
  'applicant_kind',
  'filed_for',
  'delivery',
  'limit_amount',
  'limit_unit',
  'limit_cut_off',
  'limit_addition',
  'supplement_rule',
  'obligation_rule',
  'calendar_version',
  'submitted_at',
  'intake_due_at',
  'accepted_at',
  'promised_due_at',
  'due_at',
  'index_due_at',
  'decided_at',
  'closed_at',
  'outcome',
  'pauses',
  'extension',
  'apologised_at',
  'apologised_until',
  'explained_until',
  'supplement_requests',
  'other_parties',
  'obligations',
  'consultations',
  'deliveries',
  'barred',
  'thread_awaits',
  'result_state',
  'fees',
  'answers_ref',
  'draft_ref',
  'marking',
  'next_timer_at',
  'linked',
  'branches',
  'predecessors',
  'partner_word',
] as const

/** When the next timer fires: while somebody works; what waits for the applicant, or has ended, has none. */
export function nextTimer({ state, marking }: Pick<Dossier, 'state' | 'marking'>): string | null {
  if (state !== 'in-progress' || marking === null) return null
  return marking.timers.flatMap(({ at }) => (at === null ? [] : [at])).toSorted()[0] ?? null
}

export const taskColumns = [
  'dossier_id',
  'no',
  'kind',
  'step_id',
  'step_kind',
  'name',
  'role',
  'authority',
  'unit_kind',
  'assignee',
  'opened_at',
  'due_at',
  'closed_at',
  'closed_by',
  'outcome',
  'subject',
  'procedure_code',
  'channel',
] as const

/** A row of `dossiers.task`; it also carries what a queue is filtered by. */
export const toTaskRow = (
  { id, procedureCode, channel }: Pick<Dossier, 'id' | 'procedureCode' | 'channel'>,
  task: Task,
) => ({ dossier_id: id, ...snakeKeys(task), procedure_code: procedureCode, channel })

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
type Row = Record<string, any>

/** Reads a row with its tasks (JSON array, oldest first). */
export function toDossier(row: Row, tasks: Row[]): Dossier {
  return {
    id: row.id,
    code: row.code,
    sequence: row.sequence,
    headHash: row.head_hash,
    state: row.state,
    procedureCode: row.procedure_code,
    procedureVersion: row.procedure_version,
    caseCode: row.case_code,
    formKey: row.form_key,
    formVersion: row.form_version,
    processKey: row.process_key,
    processVersion: row.process_version,
    channel: row.channel,
    receivedBy: row.received_by,
    competent: row.competent,
    helpedBy: row.helped_by,
    applicantKind: row.applicant_kind,
    filedFor: row.filed_for,
    delivery: row.delivery,
    limit: limitOf(row),
    supplementRule: row.supplement_rule,
    obligationRule: row.obligation_rule,
    calendarVersion: row.calendar_version,
    submittedAt: iso(row.submitted_at)!,
    intakeDueAt: iso(row.intake_due_at),
    acceptedAt: iso(row.accepted_at),
    promisedDueAt: iso(row.promised_due_at),
    dueAt: iso(row.due_at),
    indexDueAt: iso(row.index_due_at),
    decidedAt: iso(row.decided_at),
    closedAt: iso(row.closed_at),
    outcome: row.outcome,
    pauses: row.pauses,
    extension: row.extension,
    apologisedAt: iso(row.apologised_at),
    apologisedUntil: iso(row.apologised_until),
    explainedUntil: iso(row.explained_until),
    otherParties: row.other_parties,
    obligations: row.obligations,
    consultations: row.consultations,
    deliveries: row.deliveries,
    barred: row.barred,
    threadAwaits: row.thread_awaits,
    resultState: row.result_state,
    supplementRequests: row.supplement_requests,
    fees: row.fees,
    answersRef: row.answers_ref,
    draftRef: row.draft_ref,
    marking: row.marking,
    linked: row.linked,
    branches: row.branches,
    predecessors: row.predecessors,
    partnerWord: row.partner_word,
    tasks: tasks.map(toTask),
  }
}

/** The limit that a row states. */
export const limitOf = (row: Row): Limit => ({
  amount: row.limit_amount,
  unit: row.limit_unit,
  cutOff: row.limit_cut_off,
  addition: row.limit_addition,
})

export function toTask(row: Row): Task {
  return {
    no: row.no,
    kind: row.kind,
    stepId: row.step_id,
    stepKind: row.step_kind,
    name: row.name,
    role: row.role,
    authority: row.authority,
    unitKind: row.unit_kind,
    assignee: row.assignee,
    openedAt: iso(row.opened_at)!,
    dueAt: iso(row.due_at),
    closedAt: iso(row.closed_at),
    closedBy: row.closed_by,
    outcome: row.outcome,
    subject: row.subject,
  }
}

// JSON from the server writes instants as text, rows as Date; both become ISO text in UTC.
function iso(value: Date | string | null): string | null {
  return value === null || value === undefined ? null : new Date(value).toISOString()
}

function snakeKeys(record: object): Row {
  const row: Row = {}
  for (const [key, value] of Object.entries(record)) row[snakeOf(key)] = value
  return row
}

// The same few names for every row: worked out once.
const snakeNames = new Map<string, string>()
function snakeOf(key: string): string {
  let name = snakeNames.get(key)
  if (name === undefined) {
    name = key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
    snakeNames.set(key, name)
  }
  return name
}
