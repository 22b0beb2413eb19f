import { createHash } from 'node:crypto'
import type { Queryable } from '../../src/kernel/db.ts'
import { newId } from '../../src/kernel/ids.ts'
import { type PrivateContent, type PrivateRef, privateHash } from '../../src/kernel/journal.ts'
import {
  append,
  applyEntries,
  type Dossier,
  type DossierEntry,
  type EntryData,
  type EntryKind,
  type Party,
  type Submission,
  succeededTo,
  toParty,
} from '../../src/modules/dossiers/index.ts'

let made = 0

/** A dossier with its life so far, built from real entries; nothing is stored until `storeDossier`. */
export interface BuiltDossier {
  id: string
  dossier: Dossier
  entries: DossierEntry[]
  party: Party
  privates: PrivateContent[]
}

/** What happens to a dossier after it is filed: when, and what the entry states. */
export type Happening =
  | { at: string; is: 'accepted'; dueAt: string; step?: Partial<StepTask> }
  | { at: string; is: 'supplement-requested' }
  | { at: string; is: 'supplemented'; dueAt?: string }
  | { at: string; is: 'confirmed'; party?: number }
  | { at: string; is: 'obligation-requested'; dueAt?: string | null; amountVnd?: number }
  | { at: string; is: 'obligation-met'; dueAt?: string }
  | { at: string; is: 'decided'; outcome?: 'granted' | 'not-granted' }
  | { at: string; is: 'refused' | 'withdrawn' | 'stopped' | 'returned' }
  /** The authority that settles it was reorganised; whatever lies with it goes to the heir. */
  | { at: string; is: 'succeeded'; to: string }

type StepTask = NonNullable<EntryData['dossiers.accepted']['opens']>[number]

export interface DossierStated extends Partial<Omit<Submission, 'party'>> {
  /** When it was filed; an instant. */
  at?: string
  life?: readonly Happening[]
  party?: Partial<Omit<Party, 'searchName'>>
  officer?: string
}

/** What a filing states, with defaults for whatever the test does not care about. */
export function aSubmission(stated: Partial<Submission> = {}): Submission {
  made += 1
  return {
    code: `H99.12-261119-${String(made).padStart(5, '0')}`,
    procedureCode: '1.001193',
    procedureVersion: 1,
    caseCode: 'standard',
    formKey: 'birth-registration',
    formVersion: 1,
    processKey: 'birth-registration',
    processVersion: 1,
    channel: 'online',
    receivedBy: 'H99.12',
    competent: 'H99.12',
    helpedBy: null,
    applicantKind: 'citizen',
    filedFor: 'self',
    delivery: 'electronic',
    limit: { amount: 2, unit: 'working-day', cutOff: null },
    supplementRule: 'restart',
    calendarVersion: 'test',
    fees: [],
    answers: aRef('answers'),
    party: aRef('party'),
    papers: [],
    ...stated,
  }
}

/** Somebody who filed from an account, with a phone and an address. */
export function aParty(stated: Partial<Omit<Party, 'searchName'>> = {}): Party {
  return toParty({
    personId: 'person-1',
    name: 'Nguyễn Thị Thử',
    personalId: '001090000001',
    phone: '0900000001',
    email: 'thu@songmai.example',
    lookupSecret: 'ABCD2345',
    filedFor: { kind: 'self' },
    ...stated,
  })
}

/** A dossier as its entries make it: filed, and what `life` says happened next. */
export function aDossier({
  at = '2026-11-19T02:00:00.000Z',
  life = [],
  party,
  officer = 'officer-1',
  ...stated
}: DossierStated = {}): BuiltDossier {
  const id = newId(Date.parse(at))
  const submission = aSubmission(stated)
  const parties = submission.otherParties ?? []
  const opens =
    parties.length > 0 ? parties.map((_, i) => confirming(submission, i + 1)) : [intake(submission, at)]
  const filed = entry(
    'dossiers.submitted',
    { ...submission, intakeDueAt: parties.length > 0 ? null : later(at, 8), opens },
    at,
    {
      kind: 'person',
      id: 'person-1',
    },
  )
  let change = applyEntries(id, undefined, [filed])
  const entries = [filed]
  for (const happening of life) {
    const next = toEntry(change.after, happening, officer)
    change = applyEntries(id, change.after, [next])
    entries.push(next)
  }
  return { id, dossier: change.after, entries, party: aParty(party), privates: [] }
}

/** Stores a built dossier, or only its first entries; call again to store what is missing. */
export async function storeDossier(
  db: Queryable,
  built: BuiltDossier,
  { upTo = built.entries.length } = {},
): Promise<Dossier> {
  const { rows } = await db.query('select count(*)::int as n from journal.entry where stream = $1', [
    built.id,
  ])
  const stored = rows[0].n as number
  let before =
    stored > 0 ? applyEntries(built.id, undefined, built.entries.slice(0, stored)).after : undefined
  for (let i = stored; i < upTo; i++) {
    const change = applyEntries(built.id, before, [built.entries[i]!])
    const beside = before ? {} : { party: built.party, privates: built.privates }
    if (!(await append(db, change, beside))) throw new Error('somebody acted meanwhile')
    before = change.after
  }
  return before!
}

function toEntry(dossier: Dossier, happening: Happening, officer: string): DossierEntry {
  const { at } = happening
  const by = { kind: 'officer', id: officer } as const
  const closing = (outcome: string) => ({
    closes: dossier.tasks.filter((task) => task.closedAt === null).map(({ no }) => ({ no, outcome })),
  })
  const reason = aRef('reason')
  switch (happening.is) {
    case 'accepted': {
      const { dueAt, step } = happening
      const opens = [{ ...work(dossier), dueAt, ...step }]
      return entry(
        'dossiers.accepted',
        { dueAt, calendarVersion: 'test', ...closing('accepted'), opens },
        at,
        by,
      )
    }
    case 'supplement-requested': {
      const stage = dossier.acceptedAt === null ? 'intake' : 'processing'
      const opens = [
        { ...work(dossier), kind: 'supplement' as const, role: 'applicant' as const, dueAt: null },
      ]
      return entry(
        'dossiers.supplement-requested',
        { stage, request: aRef('supplement'), ...closing('supplement-requested'), opens },
        at,
        by,
      )
    }
    case 'supplemented': {
      const accepted = dossier.acceptedAt !== null
      const times = accepted
        ? { dueAt: happening.dueAt ?? later(at, 48), intakeDueAt: null }
        : { dueAt: null, intakeDueAt: later(at, 8) }
      const opens = [accepted ? work(dossier) : intake(dossier, at)]
      return entry(
        'dossiers.supplemented',
        { answers: null, papers: [], ...times, ...closing('supplemented'), opens },
        at,
        by,
      )
    }
    case 'confirmed': {
      const { party = 1 } = happening
      const data = { party, seen: false, intakeDueAt: later(at, 8), opens: [intake(dossier, at)] }
      return entry('dossiers.confirmed', { ...data, ...closing('confirmed') }, at, {
        kind: 'person',
        id: `person-${party + 1}`,
      })
    }
    case 'obligation-requested': {
      const { dueAt = dossier.obligationRule === 'pause' ? null : dossier.dueAt, amountVnd = 150_000 } =
        happening
      const obligation = { key: null, name: 'Lệ phí trước bạ', amountVnd }
      const subject = dossier.obligations.length + 1
      const opens = [{ ...work(dossier), kind: 'obligation' as const, role: 'applicant' as const, subject }]
      const data = { obligation, reason, dueAt, indexDueAt: dueAt, opens, ...closing('obligation-requested') }
      return entry('dossiers.obligation-requested', data, at, by)
    }
    case 'obligation-met': {
      const { dueAt = dossier.dueAt ?? later(at, 48) } = happening
      const met = { obligation: dossier.obligations.length, reference: 'BL-0001', paidOn: at.slice(0, 10) }
      const data = { ...met, dueAt, indexDueAt: dueAt, opens: [work(dossier)], ...closing('met') }
      return entry('dossiers.obligation-met', data, at, by)
    }
    case 'decided': {
      const { outcome = 'granted' } = happening
      return entry(
        'dossiers.decided',
        { outcome, ...closing('approved'), opens: [returning(dossier)] },
        at,
        by,
      )
    }
    case 'returned':
      return entry('dossiers.returned', { delivery: dossier.delivery, ...closing('returned') }, at, by)
    case 'refused':
      return entry('dossiers.refused', { reason, ...closing('refused') }, at, by)
    case 'withdrawn':
      return entry('dossiers.withdrawn', { reason, ...closing('withdrawn') }, at, by)
    case 'stopped':
      return entry('dossiers.stopped', { reason, ...closing('stopped') }, at, by)
    case 'succeeded': {
      const { id, competent: from } = dossier
      const succession = { id, decision: '1/QĐ', moves: [{ from, to: happening.to }], officers: new Map() }
      return entry('dossiers.succeeded', succeededTo(dossier, succession)!, at, by)
    }
    default:
      return happening satisfies never
  }
}

function entry<K extends EntryKind>(
  kind: K,
  data: EntryData[K],
  at: string,
  actor: DossierEntry['actor'],
): DossierEntry {
  // The kind and its data belong together by the signature above.
  return { kind, data, actor, at: new Date(at) } as unknown as DossierEntry
}

const noStep = { stepId: null, stepKind: null, assignee: null } as const
const intake = ({ receivedBy }: Pick<Submission, 'receivedBy'>, at: string): StepTask => ({
  ...noStep,
  kind: 'intake',
  name: 'intake',
  role: 'reception',
  authority: receivedBy,
  unitKind: 'one-stop',
  dueAt: later(at, 8),
})
const confirming = ({ receivedBy }: Pick<Submission, 'receivedBy'>, subject: number): StepTask => ({
  ...noStep,
  kind: 'confirm',
  name: 'confirm',
  role: 'applicant',
  authority: receivedBy,
  unitKind: 'one-stop',
  dueAt: null,
  subject,
})
const returning = ({ receivedBy }: Pick<Submission, 'receivedBy'>): StepTask => ({
  ...noStep,
  kind: 'return',
  name: 'return',
  role: 'reception',
  authority: receivedBy,
  unitKind: 'one-stop',
  dueAt: null,
  subject: 1,
})
const work = ({ competent }: Pick<Submission, 'competent'>): StepTask => ({
  kind: 'step',
  stepId: 'verify',
  stepKind: 'work',
  name: 'Thẩm tra',
  role: 'specialist',
  authority: competent,
  unitKind: 'division',
  assignee: null,
  dueAt: null,
})

const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString()

function aRef(field: string): PrivateRef {
  const salt = createHash('sha256').update(field).digest().subarray(0, 16)
  return { ref: newId(), hash: privateHash(salt, field) }
}
