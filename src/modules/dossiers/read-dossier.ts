import type { Db, Queryable } from '../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import { type Entry, readStream } from '../../kernel/journal.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import {
  type Calendar,
  calendarOfVersions,
  computeDue,
  type ExplanationStep,
  loadCalendar,
} from '../calendar/index.ts'
import { getVersion } from '../catalogue/index.ts'
import type { Actor } from '../identity/index.ts'
import { actingOf, concerns, type Standing, standingOf } from './acting.ts'
import type { SupplementItem } from './commands.ts'
import { clockFacts } from './deciding/dates.ts'
import { knownYear } from './deciding/known-year.ts'
import { statusElsewhere } from './deciding/status-elsewhere.ts'
import type { Branch, Consultation, Dossier, OtherParty, State, Task } from './dossier.ts'
import { type DossierFile, findByCode, type Paper, readPapers, readPrivates } from './dossier-store.ts'
import type { SealedDossierEntry } from './entries.ts'
import { type Acting, allowedCommands, holds, isBarred } from './permission.ts'
import type { CommandName } from './policy.ts'
import { refusals } from './refusals.ts'
import { readSync, type SyncState } from './sync.ts'

/** One line of the history, with the erasable words put back where the reader may see them. */
export interface HistoryItem {
  sequence: number
  kind: SealedDossierEntry['kind']
  at: string
  actor: Entry['actor']
  data: SealedDossierEntry['data']
  /** Reason, note, question, opinion or message as written; absent when erased. */
  text?: string
  request?: SupplementAsked
  /** Everything else that was written: by the field of the request that it came in. */
  words?: Record<string, unknown>
}

/** A request for more papers, as the applicant reads it. */
export interface SupplementAsked {
  items: SupplementItem[]
  reason: string | null
  newFact?: string | null
}

/** Everything a page about one dossier needs. */
export interface DossierView extends DossierFile {
  papers: Paper[]
  history: HistoryItem[]
  /** The last request for more, while it waits for an answer. */
  openRequest: SupplementAsked | null
  actions: { command: CommandName; task: Task | null }[]
  explanation: ExplanationStep[]
  /** How far each partner system has it; empty when none is connected. */
  sync: SyncState[]
  asApplicant: boolean
  /** Number of the other party who is looking; null for everybody else. */
  asParty: number | null
}

/** A dossier for somebody who may see it; to anybody else it does not exist. */
export async function viewDossier(
  db: Db,
  actor: Actor,
  code: string,
  now: Date,
): Promise<Outcome<DossierView>> {
  const file = await findByCode(db.pool, code)
  if (file === undefined || !concerns(actor, file, now)) return refusals.notFound()
  const standing = standingOf(actor, file, dateOfLaw(now))
  const acting = actingOf(actor, standing)
  // Who has an interest of their own reads it as a person, on the page of their own dossiers.
  if (isBarred(file.dossier, acting)) return refusals.conflictOfInterest()
  const [{ statusAuthority: statusRules }, papers, entries, privates, explanation, sync] = await Promise.all([
    getVersion(db, file.dossier.procedureCode, file.dossier.procedureVersion),
    readPapers(db.pool, file.dossier.id),
    readStream(db.pool, file.dossier.id),
    readPrivates(db.pool, file.dossier.id),
    explainDue(db, file.dossier),
    readSync(db.pool, file.dossier.id),
  ])
  const history = entries.map((entry) => toHistory(entry as SealedDossierEntry, privates))
  const asPerson = standing.applicant || standing.party !== undefined
  return {
    ...file,
    papers,
    history: asPerson ? history.filter(isForPersons) : history.map((item) => forOfficer(item, file, acting)),
    openRequest: openRequestOf(file.dossier.state, history),
    ...(hasYetToAgree(file.dossier, standing) && untold),
    actions: allowedCommands(file.dossier, acting).filter(
      ({ command }) => !file.destroyed && statusElsewhere(command, file.dossier, statusRules) === undefined,
    ),
    explanation,
    sync,
    asApplicant: standing.applicant,
    asParty: standing.party ?? null,
  }
}

// Whoever only helps reads the papers once they have agreed to: the number may be a stranger's, typed wrong.
function hasYetToAgree({ otherParties }: Dossier, { party: no }: Standing): boolean {
  const party = otherParties.find((each) => each.no === no)
  return party?.kind === 'representative' && party.confirmedAt === null
}
const untold = { answers: {}, draft: null, papers: [], history: [], openRequest: null }

/** Whether whoever looks is told who read it: its applicant, and another party that has agreed to its part. */
export const mayKnowReaders = ({ asApplicant, asParty, dossier }: DossierView): boolean =>
  asApplicant ||
  dossier.otherParties.some(
    ({ no, kind, confirmedAt }) => no === asParty && (kind === 'second-party' || confirmedAt !== null),
  )

// What officers say among themselves is not the applicant's to read.
const amongOfficers = new Set<string>([
  'dossiers.noted',
  'dossiers.opined',
  'dossiers.consulted',
  'dossiers.replied',
  'dossiers.consultation-ended',
  'dossiers.conflict-declared',
  'dossiers.handed-over',
  'dossiers.taken-over',
  'dossiers.delay-explained',
  'dossiers.reassigned',
])
const isForPersons = ({ kind }: HistoryItem) => !amongOfficers.has(kind)

// A confidential opinion is for whoever is asked for it or gave it, and for those who settle the dossier.
function forOfficer(item: HistoryItem, { dossier }: DossierFile, acting: Acting): HistoryItem {
  if (!isConfidential(item, dossier) || item.actor.id === acting.id) return item
  const settles =
    acting.kind === 'officer' && acting.posts.some(({ authority }) => authority === dossier.competent)
  if (settles || isAsked(item, dossier, acting)) return item
  const { text, words, data, ...rest } = item
  // Whether somebody agrees says as much as their words.
  const { stance, ...stated } = data as { stance?: unknown }
  return { ...rest, data: stated as HistoryItem['data'] }
}

function isAsked({ data }: HistoryItem, dossier: Dossier, acting: Acting): boolean {
  const { consultation } = data as { consultation?: number | Pick<Consultation, 'to'> }
  const asked =
    typeof consultation === 'number'
      ? dossier.consultations.find(({ no }) => no === consultation)
      : consultation
  if (asked === undefined || 'outside' in asked.to) return false
  return holds(acting, asked.to.role, asked.to.authority, dossier.procedureCode)
}

function isConfidential({ kind, data }: HistoryItem, dossier: Dossier): boolean {
  if (kind === 'dossiers.opined') return (data as { confidential: boolean }).confidential
  if (kind !== 'dossiers.consulted' && kind !== 'dossiers.replied') return false
  const no = (data as { consultation: unknown }).consultation
  if (typeof no !== 'number')
    return (data as { consultation: { confidential: boolean } }).consultation.confidential
  return dossier.consultations.some((each) => each.no === no && each.confidential)
}

/**
 * Why the due date is what it is: the spans counted and skipped, from the code that set it. Days off published since
 * are told only once the date was counted with them.
 */
export async function explainDue(db: Db, dossier: Dossier): Promise<ExplanationStep[]> {
  const { acceptedAt, competent: authorityCode, calendarVersion: version } = dossier
  if (acceptedAt === null) return []
  const explained = (calendar: Calendar) => {
    const due = knownYear(() => computeDue(clockFacts(dossier, acceptedAt, calendar)))
    return isRefusal(due) ? { dueAt: null, explanation: [] } : due
  }
  const newest = explained(await loadCalendar(db, { authorityCode }))
  if (newest.dueAt === dossier.dueAt) return newest.explanation
  const named = await calendarOfVersions(db, { authorityCode, version })
  return named ? explained(named).explanation : newest.explanation
}

function toHistory(entry: SealedDossierEntry, privates: Map<string, unknown>): HistoryItem {
  const { sequence, kind, actor, data } = entry
  const base = { sequence, kind, at: entry.at.toISOString(), actor, data }
  const words = wordsIn(data, privates)
  const { request, ...rest } = words
  const text = rest.reason ?? rest.note ?? rest.text ?? rest.question ?? rest.findings
  return {
    ...base,
    ...(typeof text === 'string' && { text }),
    ...(request !== undefined && { request: request as SupplementAsked }),
    ...(Object.keys(rest).length > 0 && { words: rest }),
  }
}

/** Fields whose content is too long for a line of history, or shown in its own place. */
const elsewhere = new Set(['answers', 'party', 'known', 'draft'])

// Wherever an entry refers to erasable content, its words are put back.
function wordsIn(data: object, privates: Map<string, unknown>): Record<string, unknown> {
  const words = Object.entries(data).flatMap(([field, value]) => {
    const ref = (value as { ref?: string } | null)?.ref
    return ref && !elsewhere.has(field) && privates.has(ref) ? [[field, privates.get(ref)]] : []
  })
  return Object.fromEntries(words)
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
  /** How the person stands to it: its applicant, or another party by a power that is in force. */
  as: 'applicant' | OtherParty['kind']
  /** Whether it waits for this very person to agree. */
  asked: boolean
  /** A group of linked procedures of which a part waits for the applicant: that part is not listed by itself. */
  partAsks: boolean
  /** Whether the office asked something in the thread and waits for this person's answer. */
  toAnswer: boolean
}

/**
 * The dossiers of a person, of the organisations the account belongs to, and those in which the person is another
 * party on this day of law; newest first. Whoever only states a number may be anybody, so level 2 is asked for that.
 */
export async function listMine(
  db: Queryable,
  actor: Extract<Actor, { kind: 'person' }>,
  today: string,
): Promise<MyDossier[]> {
  const proven = actor.assurance >= 2 ? (actor.personalId ?? null) : null
  const { rows } = await db.query({
    name: 'dossiers.mine',
    text: mineQuery,
    values: [actor.personId, actor.organisations.map(({ code }) => code), proven, today],
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
    as: row.as,
    asked: row.asked,
    partAsks: row.part_asks && row.as !== 'second-party',
    toAnswer: row.thread_awaits === 'applicant' && !row.asked && row.as !== 'second-party',
  }))
}

const mineQuery = `
with mine as (
  select dossier_id, 'applicant' as "as", false as asked, 0 as no
  from dossiers.party
  where person_id = $1 or (filed_for ->> 'kind' = 'organisation' and filed_for ->> 'code' = any($2))
  union all
  select o.dossier_id, x.kind, x."confirmedAt" is null and d.closed_at is null, o.no
  from dossiers.other_party o
  join dossiers.dossier d on d.id = o.dossier_id
  cross join lateral jsonb_to_recordset(d.other_parties)
    x (no int, kind text, until text, "confirmedAt" text, "disagreedAt" text)
  where o.personal_id = $3 and x.no = o.no and x."disagreedAt" is null and (x.until is null or x.until >= $4)
),
each as (
  select distinct on (dossier_id) * from mine order by dossier_id, ("as" = 'applicant') desc, no desc
)
select d.id, d.code, d.state, d.procedure_code, d.competent, d.submitted_at, d.due_at, d.thread_awaits, p.name,
  each."as", each.asked,
  d.branches is not null and exists (
    select from dossiers.dossier part
    where part.linked ->> 'filing' = d.id::text
      and (part.state in ('awaiting-supplement', 'awaiting-obligation') or part.thread_awaits = 'applicant')
  ) as part_asks
from each join dossiers.dossier d on d.id = each.dossier_id left join dossiers.party p on p.dossier_id = d.id
where d.linked is null
order by d.submitted_at desc limit 200`

/** What a look-up without sign-in shows: status and dates, nothing about persons. */
export interface PublicStatus {
  code: string
  state: State
  procedureCode: string
  receivedBy: string
  competent: string
  helpedBy: string | null
  submittedAt: string
  acceptedAt: string | null
  dueAt: string | null
  decidedAt: string | null
  closedAt: string | null
  /** The parts of a group of linked procedures; how each was decided is left out. Null: an ordinary dossier. */
  parts: PublicPart[] | null
}

/** One part of a group, as a look-up without sign-in shows it. */
export interface PublicPart {
  procedureCode: string
  name: string
  competent: string | null
  state: 'waiting' | 'running' | 'paused' | 'over'
  dueAt: string | null
}

/**
 * Looks a dossier up by its code and either the secret of the receipt or the last four digits of the phone.
 * A wrong code and a wrong secret get the same answer; the door limits how often one may try.
 */
export async function lookUp(db: Queryable, code: string, proof: string): Promise<Outcome<PublicStatus>> {
  const file = await findByCode(db, code.trim().toUpperCase())
  if (file === undefined || !proves(file, proof.trim())) return refusals.lookUpFailed()
  const { state, procedureCode, receivedBy, competent, helpedBy } = file.dossier
  const { submittedAt, acceptedAt, dueAt, decidedAt, closedAt } = file.dossier
  return {
    code: file.dossier.code,
    state,
    procedureCode,
    receivedBy,
    competent,
    helpedBy,
    submittedAt,
    acceptedAt,
    dueAt,
    decidedAt,
    closedAt,
    parts: file.dossier.branches?.map(toPart) ?? null,
  }
}

function toPart({ procedureCode, name, competent, state, dueAt }: Branch): PublicPart {
  const going = state === 'waiting' || state === 'running' || state === 'paused'
  return going
    ? { procedureCode, name, competent, state, dueAt }
    : { procedureCode, name, competent, state: 'over', dueAt: null }
}

function proves({ party }: DossierFile, proof: string): boolean {
  if (proof.length === 4) return party.phone !== null && /^\d{4}$/.test(proof) && party.phone.endsWith(proof)
  return proof.length >= 8 && proof.toUpperCase() === party.lookupSecret
}
