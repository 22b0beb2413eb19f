import type { Entry, NewEntry } from '../../kernel/journal.ts'
import type {
  Consultation,
  Dossier,
  Obligation,
  OtherParty,
  Pause,
  ResultDelivery,
  State,
  Task,
} from './dossier.ts'
import type { EntryData, SealedDossierEntry, SubmittedData, TaskChanges } from './entries.ts'

/** Folds one entry into the state; pure. The first entry of a stream makes the dossier. */
export function evolve(dossier: Dossier | undefined, entry: SealedDossierEntry): Dossier {
  if (entry.kind === 'dossiers.submitted') return advance(fromSubmission(entry), entry)
  if (dossier === undefined) throw new Error(`stream ${entry.stream} begins with ${entry.kind}`)
  return advance(changed(dossier, entry), entry)
}

/** Folds a whole stream, oldest entry first. */
export function fold(entries: readonly SealedDossierEntry[]): Dossier | undefined {
  return entries.reduce<Dossier | undefined>(evolve, undefined)
}

function fromSubmission(entry: Entry & NewEntry<'dossiers.submitted', SubmittedData>): Dossier {
  const { answers, party, known, papers, opens, closes, changes, marking, ...filed } = entry.data
  const { otherParties = [], branches = null, assurance, lookedUp, ...stated } = filed
  const { addition = null, ...limit } = stated.limit
  return {
    ...stated,
    limit: { ...limit, addition },
    obligationRule: stated.obligationRule ?? 'run',
    linked: stated.linked ?? null,
    id: entry.stream,
    sequence: 0,
    headHash: entry.hash,
    state: otherParties.length > 0 ? 'awaiting-party' : 'submitted',
    submittedAt: entry.at.toISOString(),
    acceptedAt: null,
    promisedDueAt: null,
    dueAt: null,
    indexDueAt: null,
    decidedAt: null,
    closedAt: null,
    outcome: null,
    pauses: [],
    extension: null,
    apologisedAt: null,
    apologisedUntil: null,
    explainedUntil: null,
    supplementRequests: 0,
    otherParties: otherParties.map(newParty),
    obligations: [],
    consultations: [],
    deliveries: [],
    barred: [],
    threadAwaits: null,
    resultState: 'none',
    answersRef: answers.ref,
    draftRef: null,
    marking: null,
    branches,
    predecessors: [],
    partnerWord: null,
    tasks: [],
  }
}

const newParty = ({ kind, until }: Pick<OtherParty, 'kind' | 'until'>, before: number): OtherParty => ({
  no: before + 1,
  kind,
  until,
  confirmedAt: null,
  disagreedAt: null,
})

function changed(dossier: Dossier, entry: SealedDossierEntry): Dossier {
  const at = entry.at.toISOString()
  switch (entry.kind) {
    case 'dossiers.submitted':
    case 'dossiers.noted':
    case 'dossiers.opined':
    case 'dossiers.visit-planned':
    case 'dossiers.visit-recorded':
    case 'dossiers.step-completed':
    case 'dossiers.sent-back':
    case 'dossiers.transfer-asked':
    case 'dossiers.transfer-rejected':
    case 'dossiers.handed-over':
    case 'dossiers.taken-over':
    case 'dossiers.approved':
    case 'dossiers.declined':
    case 'dossiers.message-received':
    case 'dossiers.timer-fired':
    case 'dossiers.compensated':
      return dossier
    case 'dossiers.represented':
      return {
        ...dossier,
        otherParties: [...dossier.otherParties, newParty(entry.data.party, dossier.otherParties.length)],
      }
    case 'dossiers.confirmed':
      return confirmed(dossier, at, entry.data)
    case 'dossiers.disagreed':
      return disagreed(dossier, at, entry.data.party)
    case 'dossiers.accepted': {
      const { dueAt, indexDueAt = dueAt, calendarVersion } = entry.data
      const dates = { promisedDueAt: dueAt, dueAt, indexDueAt, calendarVersion }
      return { ...dossier, ...dates, state: 'in-progress', acceptedAt: at }
    }
    case 'dossiers.supplement-requested':
      return waiting(dossier, at, entry.data)
    case 'dossiers.supplemented':
      return supplemented(dossier, at, entry.data)
    case 'dossiers.obligation-requested':
      return obliged(dossier, at, entry.data)
    case 'dossiers.obligation-met':
      return released(dossier, at, 'met', entry.data)
    case 'dossiers.obligation-waived':
      return released(dossier, at, 'waived', entry.data)
    case 'dossiers.fees-corrected':
      return recounted(dossier, entry.data)
    case 'dossiers.assigned':
    case 'dossiers.reassigned':
      return { ...dossier, tasks: assigned(dossier.tasks, entry.data) }
    case 'dossiers.result-drafted':
      return { ...dossier, draftRef: entry.data.draft.ref }
    case 'dossiers.consulted': {
      const { consultation } = entry.data
      const no = dossier.consultations.length + 1
      const asked = { no, askedBy: entry.actor.id, state: 'open' as const, askedAt: at, endedAt: null }
      return { ...dossier, consultations: [...dossier.consultations, { ...consultation, ...asked }] }
    }
    case 'dossiers.replied':
      return answered(dossier, at, entry.data.consultation, 'answered')
    case 'dossiers.consultation-ended': {
      const { consultation, why } = entry.data
      return answered(dossier, at, consultation, why === 'silence' ? 'agreed-by-silence' : 'dropped')
    }
    case 'dossiers.extended': {
      const { days, from, dueAt, indexDueAt } = entry.data
      return { ...dossier, dueAt, indexDueAt, extension: { days, at, from, to: dueAt } }
    }
    case 'dossiers.apologised':
      return { ...dossier, apologisedAt: at, apologisedUntil: entry.data.until }
    case 'dossiers.delay-explained':
      return { ...dossier, explainedUntil: entry.data.until }
    case 'dossiers.decided':
      return decided(dossier, at, entry.data)
    case 'dossiers.result-dispatched':
      return delivered(dossier, at, entry.data.delivery, { state: 'sent', channel: 'post' })
    case 'dossiers.result-delivered':
      return delivered(dossier, at, entry.data.no, { state: 'delivered', channel: entry.data.delivery })
    case 'dossiers.returned': {
      const { no = 1, delivery } = entry.data
      const after = delivered(dossier, at, no, { state: 'delivered', channel: delivery })
      return { ...after, state: 'returned', closedAt: at, threadAwaits: null }
    }
    case 'dossiers.result-corrected': {
      const { draft, deliveries } = entry.data
      return { ...again(dossier, deliveries), resultState: 'corrected', draftRef: draft.ref }
    }
    case 'dossiers.result-revoked':
      return { ...again(dossier, entry.data.deliveries), resultState: 'revoked' }
    case 'dossiers.transferred': {
      const { to, dueAt, indexDueAt, calendarVersion } = entry.data
      const receivedBy = dossier.acceptedAt === null ? to : dossier.receivedBy
      return { ...dossier, competent: to, receivedBy, dueAt, indexDueAt, calendarVersion }
    }
    case 'dossiers.restored':
      return { ...dossier, ...entry.data.back, closedAt: null }
    case 'dossiers.conflict-declared':
      return barred(dossier, entry.data.officer)
    case 'dossiers.messaged':
      return { ...dossier, threadAwaits: entry.data.from === 'applicant' ? 'officer' : 'applicant' }
    case 'dossiers.due-recomputed':
      return recomputed(dossier, entry.data)
    case 'dossiers.process-changed': {
      const { key, version } = entry.data.to
      return { ...dossier, processKey: key, processVersion: version }
    }
    case 'dossiers.edition-changed': {
      const { to, limit, supplementRule, dueAt, indexDueAt, process } = entry.data
      const rules = { procedureVersion: to.procedure, formVersion: to.form, limit, supplementRule }
      const runs = { processKey: process.key, processVersion: process.version }
      return { ...dossier, ...rules, ...runs, dueAt, indexDueAt }
    }
    case 'dossiers.succeeded':
      return succeeded(dossier, at, entry.data.authorities)
    case 'dossiers.branches-changed': {
      const { branches, pauses = dossier.pauses, dueAt = dossier.dueAt } = entry.data
      const { indexDueAt = dossier.indexDueAt } = entry.data
      return { ...dossier, branches, pauses, dueAt, indexDueAt }
    }
    case 'dossiers.partner-reported':
      return { ...dossier, partnerWord: { ...entry.data.word, receivedAt: at } }
    case 'dossiers.refused':
      return closed(dossier, 'refused', at)
    case 'dossiers.withdrawn':
      return closed(dossier, 'withdrawn', at)
    case 'dossiers.stopped':
      return closed(dossier, 'stopped', at)
    default:
      throw new Error(`unknown entry ${(entry satisfies never as Entry).kind}`)
  }
}

const closed = (dossier: Dossier, state: State, at: string): Dossier => ({
  ...dossier,
  state,
  closedAt: at,
  threadAwaits: null,
  pauses: endPause(dossier.pauses, at),
  consultations: dropped(dossier.consultations, at),
})

const dropped = (consultations: readonly Consultation[], at: string) =>
  consultations.map((each) =>
    each.state === 'open' ? { ...each, state: 'dropped' as const, endedAt: at } : each,
  )

function confirmed(dossier: Dossier, at: string, data: EntryData['dossiers.confirmed']): Dossier {
  const otherParties = dossier.otherParties.map((party) =>
    party.no === data.party ? { ...party, confirmedAt: at } : party,
  )
  const all = otherParties.every(({ kind, confirmedAt }) => kind !== 'second-party' || confirmedAt !== null)
  if (dossier.state !== 'awaiting-party' || !all) return { ...dossier, otherParties }
  // It counts as filed from the moment in which everybody agreed.
  return { ...dossier, otherParties, state: 'submitted', intakeDueAt: data.intakeDueAt }
}

function disagreed(dossier: Dossier, at: string, no: number): Dossier {
  const party = dossier.otherParties.find((each) => each.no === no)
  const otherParties = dossier.otherParties.map((each) =>
    each.no === no ? { ...each, disagreedAt: at } : each,
  )
  const after = { ...dossier, otherParties }
  return party?.kind === 'second-party' ? closed(after, 'withdrawn', at) : after
}

function waiting(dossier: Dossier, at: string, data: EntryData['dossiers.supplement-requested']): Dossier {
  const asked = {
    ...dossier,
    state: 'awaiting-supplement' as const,
    supplementRequests: dossier.supplementRequests + 1,
  }
  if (data.stage === 'intake') return { ...asked, intakeDueAt: null }
  const { dueAt = null, indexDueAt = null } = data
  return {
    ...asked,
    dueAt,
    indexDueAt,
    pauses: [...dossier.pauses, { from: at, to: null, reason: 'supplement' }],
  }
}

function supplemented(dossier: Dossier, at: string, data: EntryData['dossiers.supplemented']): Dossier {
  const answersRef = data.answers?.ref ?? dossier.answersRef
  if (dossier.acceptedAt === null)
    return { ...dossier, state: 'submitted', intakeDueAt: data.intakeDueAt, answersRef }
  const { dueAt, indexDueAt = dueAt } = data
  const pauses = endPause(dossier.pauses, at)
  return { ...dossier, state: 'in-progress', dueAt, indexDueAt, pauses, answersRef }
}

function obliged(dossier: Dossier, at: string, data: EntryData['dossiers.obligation-requested']): Dossier {
  const obligation: Obligation = {
    ...data.obligation,
    no: dossier.obligations.length + 1,
    state: 'requested',
    requestedAt: at,
    endedAt: null,
  }
  const asked = {
    ...dossier,
    state: 'awaiting-obligation' as const,
    obligations: [...dossier.obligations, obligation],
  }
  if (dossier.obligationRule === 'run') return asked
  const { dueAt, indexDueAt } = data
  return {
    ...asked,
    dueAt,
    indexDueAt,
    pauses: [...dossier.pauses, { from: at, to: null, reason: 'obligation' }],
  }
}

function released(
  dossier: Dossier,
  at: string,
  state: 'met' | 'waived',
  data: { obligation: number; dueAt: string | null; indexDueAt: string | null; until?: string },
): Dossier {
  const { obligation, dueAt, indexDueAt, until = at } = data
  const obligations = dossier.obligations.map((each) =>
    each.no === obligation ? { ...each, state, endedAt: at } : each,
  )
  const pauses = endPause(dossier.pauses, until)
  return { ...dossier, state: 'in-progress', obligations, dueAt, indexDueAt, pauses }
}

function answered(
  dossier: Dossier,
  at: string,
  no: number,
  state: 'answered' | 'agreed-by-silence' | 'dropped',
): Dossier {
  const consultations = dossier.consultations.map((each) =>
    each.no === no ? { ...each, state, endedAt: at } : each,
  )
  return { ...dossier, consultations }
}

function decided(dossier: Dossier, at: string, data: EntryData['dossiers.decided']): Dossier {
  const { outcome, deliveries = [{ party: 0, channel: dossier.delivery }] } = data
  return {
    ...dossier,
    state: 'decided',
    decidedAt: at,
    outcome,
    resultState: outcome === 'granted' ? 'valid' : 'none',
    consultations: dropped(dossier.consultations, at),
    deliveries: deliveries.map((each, i) => ({ ...each, no: i + 1, state: 'waiting', at: null })),
  }
}

function delivered(dossier: Dossier, at: string, no: number, now: Partial<ResultDelivery>): Dossier {
  const deliveries = dossier.deliveries.map((each) => (each.no === no ? { ...each, ...now, at } : each))
  return { ...dossier, deliveries }
}

// What was corrected or revoked goes to its recipients again; the moment of the first decision stands.
const again = (dossier: Dossier, deliveries: ResultDelivery[]): Dossier => ({
  ...dossier,
  state: 'decided',
  closedAt: null,
  deliveries,
})

function recounted(dossier: Dossier, { fees, obligations }: EntryData['dossiers.fees-corrected']): Dossier {
  const counted = new Map(fees.map(({ key, toVnd }) => [key, toVnd]))
  const restated = new Map(obligations.map(({ no, amountVnd }) => [no, amountVnd]))
  return {
    ...dossier,
    fees: dossier.fees.map((fee) => ({ ...fee, amountVnd: counted.get(fee.key) ?? fee.amountVnd })),
    obligations: dossier.obligations.map((each) => ({
      ...each,
      amountVnd: restated.get(each.no) ?? each.amountVnd,
    })),
  }
}

const barred = (dossier: Dossier, officer: string): Dossier => ({
  ...dossier,
  barred: dossier.barred.includes(officer) ? dossier.barred : [...dossier.barred, officer],
  // Nobody works on what they are barred from: the task is free for a colleague.
  tasks: dossier.tasks.map((task) =>
    task.closedAt === null && task.assignee === officer ? { ...task, assignee: null } : task,
  ),
})

function recomputed(dossier: Dossier, data: EntryData['dossiers.due-recomputed']): Dossier {
  const { dueAt, indexDueAt, intakeDueAt, calendarVersion } = data
  const dates = new Map(data.tasks.map((task) => [task.no, task.dueAt]))
  const tasks = dossier.tasks.map((task) =>
    dates.has(task.no) ? { ...task, dueAt: dates.get(task.no)! } : task,
  )
  return { ...dossier, dueAt, indexDueAt, intakeDueAt, calendarVersion, tasks }
}

// Who it lay with before is kept: what happened then stays theirs.
function succeeded(
  dossier: Dossier,
  at: string,
  moves: EntryData['dossiers.succeeded']['authorities'],
): Dossier {
  const heir = new Map(moves.map(({ as, to }) => [as, to]))
  const predecessors = moves.map(({ as, from }) => ({ authority: from, as, until: at }))
  return {
    ...dossier,
    competent: heir.get('competent') ?? dossier.competent,
    receivedBy: heir.get('received') ?? dossier.receivedBy,
    helpedBy: heir.get('helped') ?? dossier.helpedBy,
    predecessors: [...dossier.predecessors, ...predecessors],
  }
}

const endPause = (pauses: readonly Pause[], at: string) =>
  pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause))

const assigned = (tasks: readonly Task[], { task, assignee }: { task: number; assignee: string }) =>
  tasks.map((each) => (each.no === task ? { ...each, assignee } : each))

/** Applies what every entry may do: close, change and open tasks, move the process and the head. */
function advance(dossier: Dossier, entry: SealedDossierEntry): Dossier {
  const { opens = [], closes = [], changes = [], marking = dossier.marking } = entry.data as TaskChanges
  const at = entry.at.toISOString()
  const outcomes = new Map(closes.map(({ no, outcome }) => [no, outcome]))
  const becomes = new Map(changes.map(({ no, set }) => [no, set]))
  const kept = dossier.tasks.map((task) =>
    outcomes.has(task.no)
      ? { ...task, closedAt: at, closedBy: entry.actor.id, outcome: outcomes.get(task.no)! }
      : becomes.has(task.no)
        ? { ...task, ...becomes.get(task.no) }
        : task,
  )
  const opened = opens.map((task, i) => ({
    ...task,
    subject: task.subject ?? null,
    no: kept.length + i + 1,
    openedAt: at,
    closedAt: null,
    closedBy: null,
    outcome: null,
  }))
  const { consultations } = withoutInterrupted(dossier, outcomes, at)
  const tasks = [...kept, ...opened]
  return { ...dossier, consultations, sequence: entry.sequence, headHash: entry.hash, marking, tasks }
}

// An opinion that interrupted work had asked for is wanted no more.
function withoutInterrupted(dossier: Dossier, outcomes: Map<number, string>, at: string) {
  const gone = dossier.tasks.flatMap(({ kind, no, subject }) =>
    kind === 'consult' && outcomes.get(no) === 'interrupted' ? [subject] : [],
  )
  if (gone.length === 0) return dossier
  const dropping = dossier.consultations.map((each) =>
    gone.includes(each.no) && each.state === 'open'
      ? { ...each, state: 'dropped' as const, endedAt: at }
      : each,
  )
  return { consultations: dropping }
}
