import type { Db, Queryable } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { type Entry, readStream } from '../../kernel/journal.ts'
import { computeDue, type ExplanationStep, loadCalendar } from '../calendar/index.ts'
import type { Actor } from '../identity/index.ts'
import { actingOf, isApplicant, mayOpen } from './acting.ts'
import type { SupplementItem } from './commands.ts'
import type { Dossier, SealedDossierEntry, State, Task } from './dossier.ts'
import { type DossierFile, findByCode, type Paper, readPapers, readPrivates } from './dossier-store.ts'
import { allowedCommands, type CommandName } from './policy.ts'
import { refusals } from './refusals.ts'

/** One line of the history, with the erasable words put back where the reader may see them. */
export interface HistoryItem {
  sequence: number
  kind: SealedDossierEntry['kind']
  at: string
  actor: Entry['actor']
  data: SealedDossierEntry['data']
  /** Reason, note or request as written; absent when erased. */
  text?: string
  request?: { items: SupplementItem[]; reason: string | null }
}

/** Everything a page about one dossier needs. */
export interface DossierView extends DossierFile {
  papers: Paper[]
  history: HistoryItem[]
  /** The last request for more, while it waits for an answer. */
  openRequest: { items: SupplementItem[]; reason: string | null } | null
  actions: { command: CommandName; task: Task | null }[]
  explanation: ExplanationStep[]
  asApplicant: boolean
}

/** A dossier for somebody who may see it; to anybody else it does not exist. */
export async function viewDossier(db: Db, actor: Actor, code: string): Promise<Outcome<DossierView>> {
  const file = await findByCode(db.pool, code)
  if (file === undefined) return refusals.notFound()
  const asApplicant = isApplicant(actor, file.party)
  if (!asApplicant && !mayOpen(actor, file.dossier)) return refusals.notFound()
  const [papers, entries, privates, explanation] = await Promise.all([
    readPapers(db.pool, file.dossier.id),
    readStream(db.pool, file.dossier.id),
    readPrivates(db.pool, file.dossier.id),
    explainDue(db, file.dossier),
  ])
  const history = entries.map((entry) => toHistory(entry as SealedDossierEntry, privates))
  // Notes among officers are not the applicant's to read.
  const shown = asApplicant ? history.filter((item) => item.kind !== 'dossiers.noted') : history
  return {
    ...file,
    papers,
    history: shown,
    openRequest: openRequestOf(file.dossier.state, history),
    actions: allowedCommands(file.dossier, actingOf(actor, { applicant: asApplicant })),
    explanation,
    asApplicant,
  }
}

/** Why the due date is what it is: the spans counted and skipped, from the same code that set it. */
export async function explainDue(db: Db, dossier: Dossier): Promise<ExplanationStep[]> {
  if (dossier.acceptedAt === null) return []
  const calendar = await loadCalendar(db, { authorityCode: dossier.competent })
  const { limit, pauses, supplementRule } = dossier
  return computeDue({
    acceptedAt: dossier.acceptedAt,
    limit: { amount: limit.amount, unit: limit.unit },
    cutOff: limit.cutOff,
    pauses,
    restart: supplementRule,
    calendar,
  }).explanation
}

function toHistory(entry: SealedDossierEntry, privates: Map<string, unknown>): HistoryItem {
  const { sequence, kind, actor, data } = entry
  const base = { sequence, kind, at: entry.at.toISOString(), actor, data }
  const ref = refIn(data)
  const content = ref === undefined ? undefined : privates.get(ref)
  if (kind === 'dossiers.supplement-requested') return { ...base, request: content as HistoryItem['request'] }
  return typeof content === 'string' ? { ...base, text: content } : base
}

function refIn(data: object): string | undefined {
  const { reason, note, request } = data as {
    reason?: { ref: string }
    note?: { ref: string } | null
    request?: { ref: string }
  }
  return (reason ?? note ?? request)?.ref
}

function openRequestOf(state: State, history: HistoryItem[]) {
  if (state !== 'awaiting-supplement') return null
  return history.findLast((item) => item.kind === 'dossiers.supplement-requested')?.request ?? null
}

/** One line of "my dossiers". */
export interface MyDossier {
  id: string
  code: string
  state: State
  procedureCode: string
  competent: string
  submittedAt: string
  dueAt: string | null
  applicantName: string
}

/** The dossiers of a person and of the organisations the account belongs to, newest first. */
export async function listMine(
  db: Queryable,
  actor: Extract<Actor, { kind: 'person' }>,
): Promise<MyDossier[]> {
  const { rows } = await db.query({
    name: 'dossiers.mine',
    text: `select d.id, d.code, d.state, d.procedure_code, d.competent, d.submitted_at, d.due_at, p.name
           from dossiers.party p join dossiers.dossier d on d.id = p.dossier_id
           where p.person_id = $1 or (p.filed_for ->> 'kind' = 'organisation' and p.filed_for ->> 'code' = any($2))
           order by d.submitted_at desc limit 200`,
    values: [actor.personId, actor.organisations.map(({ code }) => code)],
  })
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    state: row.state,
    procedureCode: row.procedure_code,
    competent: row.competent,
    submittedAt: row.submitted_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    applicantName: row.name,
  }))
}

/** What a look-up without sign-in shows: status and dates, nothing about persons. */
export interface PublicStatus {
  code: string
  state: State
  procedureCode: string
  competent: string
  submittedAt: string
  acceptedAt: string | null
  dueAt: string | null
  decidedAt: string | null
  closedAt: string | null
}

/**
 * Looks a dossier up by its code and either the secret of the receipt or the last four digits of the phone.
 * A wrong code and a wrong secret get the same answer; the door limits how often one may try.
 */
export async function lookUp(db: Queryable, code: string, proof: string): Promise<Outcome<PublicStatus>> {
  const file = await findByCode(db, code.trim().toUpperCase())
  if (file === undefined || !proves(file, proof.trim())) return refusals.lookUpFailed()
  const { state, procedureCode, competent, submittedAt, acceptedAt, dueAt, decidedAt, closedAt } =
    file.dossier
  return {
    code: file.dossier.code,
    state,
    procedureCode,
    competent,
    submittedAt,
    acceptedAt,
    dueAt,
    decidedAt,
    closedAt,
  }
}

function proves({ party }: DossierFile, proof: string): boolean {
  if (proof.length === 4) return party.phone !== null && /^\d{4}$/.test(proof) && party.phone.endsWith(proof)
  return proof.length >= 8 && proof.toUpperCase() === party.lookupSecret
}
