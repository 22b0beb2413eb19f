import type { FeedEntry } from '../../kernel/feed.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Dossier, type DossierFile, type EntryData, openTasks } from '../dossiers/index.ts'
import { neverStarts } from './linked-news.ts'
import type { MessageChannel, MessageKind } from './message.ts'
import { dataOf } from './told-entry.ts'

const open: readonly MessageChannel[] = ['in-app', 'sms', 'email']
const quiet: readonly MessageChannel[] = ['in-app', 'email']

/** On which channels each kind is told: a text message costs money, so it says only what changes a person's plans. */
export const channelsOf: Record<MessageKind, readonly MessageChannel[]> = {
  submitted: open,
  accepted: open,
  'supplement-requested': open,
  supplemented: quiet,
  refused: open,
  'result-ready': open,
  declined: open,
  returned: quiet,
  withdrawn: quiet,
  stopped: open,
  'awaiting-party': quiet,
  'party-asked': open,
  'party-reminder': open,
  'party-confirmed': open,
  'party-disagreed': open,
  'helper-confirmed': quiet,
  'helper-disagreed': quiet,
  'supplement-reminder': open,
  extended: open,
  apologised: open,
  'due-moved': open,
  'due-by-edition': open,
  'obligation-requested': open,
  'obligation-met': quiet,
  'obligation-waived': quiet,
  'fees-corrected': quiet,
  message: open,
  'visit-planned': open,
  transferred: open,
  'result-dispatched': open,
  'result-corrected': open,
  'result-revoked': open,
  restored: open,
  'branches-not-started': quiet,
}

/** What those who file together with the applicant are told too: what became of it, once they agreed. */
const toldToSecondParties = new Set<MessageKind>([
  'accepted',
  'refused',
  'result-ready',
  'declined',
  'stopped',
  'withdrawn',
  'restored',
  'result-corrected',
  'result-revoked',
])

/** What representatives are told too: whatever wants an answer, and how it ends. */
const toldToRepresentatives = new Set<MessageKind>([
  'accepted',
  'supplement-requested',
  'supplement-reminder',
  'obligation-requested',
  'message',
  'visit-planned',
  'extended',
  'apologised',
  'refused',
  'result-ready',
  'declined',
  'stopped',
])

/** One thing to tell: to the applicant and whoever else it concerns, or to one other party alone. */
export interface Telling {
  kind: MessageKind
  /** Number of the one party that is asked; null: the applicant and all whom the kind concerns. */
  party: number | null
}

type Told = Pick<FeedEntry, 'kind' | 'data'>

/** What an entry calls for; nothing for the inner work of the office. */
export function tellingsOf(entry: Told): Telling[] {
  if (entry.kind === 'dossiers.submitted') return tellingsOfFiling(dataOf(entry, 'dossiers.submitted'))
  const kind = kindOf(entry)
  return kind === undefined ? [] : [{ kind, party: null }]
}

function tellingsOfFiling({ channel, otherParties = [] }: EntryData['dossiers.submitted']): Telling[] {
  // Who stands at the counter gets the receipt in the hand a minute later.
  if (channel === 'direct') return []
  if (otherParties.length === 0) return [{ kind: 'submitted', party: null }]
  const asked = otherParties.map((_, i) => ({ kind: 'party-asked' as const, party: i + 1 }))
  return [{ kind: 'awaiting-party', party: null }, ...asked]
}

function kindOf({ kind, data }: Told): MessageKind | undefined {
  switch (kind) {
    case 'dossiers.accepted':
      return 'accepted'
    case 'dossiers.supplement-requested':
      return 'supplement-requested'
    case 'dossiers.supplemented':
      return 'supplemented'
    case 'dossiers.refused':
      return 'refused'
    case 'dossiers.decided':
      return data.outcome === 'granted' ? 'result-ready' : 'declined'
    case 'dossiers.returned':
      return 'returned'
    case 'dossiers.withdrawn':
      return 'withdrawn'
    case 'dossiers.stopped':
      return 'stopped'
    case 'dossiers.represented':
      return 'party-asked'
    case 'dossiers.confirmed':
      return 'party-confirmed'
    case 'dossiers.disagreed':
      return 'party-disagreed'
    case 'dossiers.extended':
      return 'extended'
    case 'dossiers.apologised':
      return 'apologised'
    case 'dossiers.due-recomputed':
      return movedTheDate(dataOf({ data }, 'dossiers.due-recomputed')) ? 'due-moved' : undefined
    case 'dossiers.edition-changed': {
      const { dueAt, promised } = dataOf({ data }, 'dossiers.edition-changed')
      return otherDay(promised ?? null, dueAt) ? 'due-by-edition' : undefined
    }
    case 'dossiers.obligation-requested':
      return 'obligation-requested'
    case 'dossiers.obligation-met':
      return 'obligation-met'
    case 'dossiers.obligation-waived':
      return 'obligation-waived'
    case 'dossiers.fees-corrected':
      return 'fees-corrected'
    case 'dossiers.messaged':
      // What the applicant writes is read on the desk, not sent to anybody's phone.
      return data.from === 'officer' ? 'message' : undefined
    case 'dossiers.visit-planned':
      return 'visit-planned'
    case 'dossiers.transferred':
      return 'transferred'
    case 'dossiers.result-dispatched':
      return 'result-dispatched'
    case 'dossiers.result-corrected':
      return 'result-corrected'
    case 'dossiers.result-revoked':
      return 'result-revoked'
    case 'dossiers.restored':
      return 'restored'
    case 'dossiers.branches-changed':
      return dataOf({ data }, 'dossiers.branches-changed').branches.some(neverStarts)
        ? 'branches-not-started'
        : undefined
    default:
      return undefined
  }
}

const movedTheDate = ({ dueAt, from }: EntryData['dossiers.due-recomputed']) => otherDay(from.dueAt, dueAt)

const otherDay = (from: string | null, to: string | null) =>
  from !== null && to !== null && dateOfLaw(from) !== dateOfLaw(to)

/**
 * Puts a telling in terms of the dossier: somebody named after filing has the number that the dossier gave them, and
 * a helper is told of in other words than a second party.
 */
export function inTermsOf({ kind, party }: Telling, entry: Told, { otherParties }: Dossier): Telling {
  if (entry.kind === 'dossiers.represented') {
    const opened = dataOf(entry, 'dossiers.represented').opens?.[0]
    return { kind, party: opened?.subject ?? null }
  }
  if (kind !== 'party-confirmed' && kind !== 'party-disagreed') return { kind, party }
  const { party: no } = dataOf(entry, 'dossiers.confirmed')
  const helps = otherParties.some((each) => each.no === no && each.kind === 'representative')
  if (!helps) return { kind, party }
  return { kind: kind === 'party-confirmed' ? 'helper-confirmed' : 'helper-disagreed', party }
}

/** Older news is kept for the app only: nobody wants last month's text messages after an outage or a replay. */
const openChannelHours = 48

/** Where somebody is told. */
export interface Recipient {
  channel: MessageChannel
  recipient: string
  party: number | null
}

/**
 * Who is told about an entry, and where. The present state is asked too: what is no longer asked for is not sent out.
 */
export function recipientsOf(
  { kind, party }: Telling,
  file: Pick<DossierFile, 'dossier' | 'party' | 'others'> & { accounts: ReadonlyMap<number, string> },
  { at, now }: { at: Date; now: Date },
): Recipient[] {
  const fresh = now.getTime() - at.getTime() <= openChannelHours * 3_600_000
  const sentOut = fresh && stillHolds({ kind, party }, file.dossier)
  const applicant = { 'in-app': file.party.personId, sms: file.party.phone, email: file.party.email }
  const people = [
    ...(party === null ? [{ party: null, addresses: applicant }] : []),
    ...concerned({ kind, party }, file, dateOfLaw(now)).map(({ no, phone }) => ({
      party: no,
      // Before they agree their account is not known: the page of their dossiers shows what waits for them.
      addresses: { 'in-app': file.accounts.get(no) ?? null, sms: phone, email: null },
    })),
  ]
  return people.flatMap(({ party: no, addresses }) =>
    channelsOf[kind]
      .filter((channel) => channel === 'in-app' || sentOut)
      .flatMap((channel) =>
        addresses[channel] ? [{ channel, recipient: addresses[channel], party: no }] : [],
      ),
  )
}

// Other parties by number, with their phones.
function concerned(
  { kind, party }: Telling,
  { dossier, others }: Pick<DossierFile, 'dossier' | 'others'>,
  today: string,
) {
  if (party !== null) return others.filter(({ no }) => no === party)
  const told = dossier.otherParties.filter((each) => {
    if (each.confirmedAt === null || each.disagreedAt !== null) return false
    if (each.kind === 'second-party') return toldToSecondParties.has(kind)
    return toldToRepresentatives.has(kind) && (each.until === null || each.until >= today)
  })
  return others.filter(({ no }) => told.some((each) => each.no === no))
}

function stillHolds({ kind, party }: Telling, dossier: Dossier): boolean {
  switch (kind) {
    case 'supplement-requested':
    case 'supplement-reminder':
      return dossier.state === 'awaiting-supplement'
    case 'obligation-requested':
      return dossier.state === 'awaiting-obligation'
    case 'party-asked':
    case 'party-reminder':
      return openTasks(dossier).some((task) => task.kind === 'confirm' && task.subject === party)
    case 'message':
      return dossier.threadAwaits === 'applicant'
    case 'visit-planned':
      return openTasks(dossier).some((task) => task.kind === 'visit')
    default:
      return true
  }
}
