import { dateOfDay, dateOfLaw, dayOfDate } from '../../kernel/time.ts'
import {
  type CountedDossier,
  type CountedFacts,
  noFacts,
  outcomes,
  type TimeOutcome,
} from '../dossiers/index.ts'
import type { Rating } from '../feedback/index.ts'

/** Everything that is counted. Flows are sums over days; stocks are running sums up to a day. */
export const measures = [
  'received',
  'received-online',
  'received-direct',
  'received-post',
  'accepted',
  'awaiting-intake',
  'in-progress',
  'overdue',
  'finished-early',
  'finished-on-time',
  'finished-late',
  'late-by-law',
  'refused',
  'withdrawn',
  'stopped',
  'result-digital',
  'rating-very-satisfied',
  'rating-satisfied',
  'rating-not-satisfied',
  // What the national index counts. Of what was accepted on a day, whatever becomes of it later:
  'accepted-online',
  'synced',
  'electronic-result',
  'digitised',
  'reused',
  'vault-shared',
  'population-data',
  // ended late or rated not satisfied, once, on the day of the end:
  'displeased',
  // in progress and late by the index, from the day after its date, and from that day itself (for closed periods):
  'index-overdue',
  'index-past-due',
] as const
export type Measure = (typeof measures)[number]

/** Measures that count what is there at the end of a day. */
export const stocks = [
  'awaiting-intake',
  'in-progress',
  'overdue',
  'index-overdue',
  'index-past-due',
] as const satisfies readonly Measure[]

/** A change of one figure on one calendar day, perhaps in the future. */
export interface Delta {
  measure: Measure
  on: string
  n: number
  /** Whose figure it is; of the authority that settles the dossier now, unless said otherwise. */
  authority?: string
}

/** What one dossier adds to the figures, and where. */
export interface Contribution {
  dossierId: string
  code: string
  /** The authority that settles it now: figures belong to who is answerable. */
  authority: string
  procedureCode: string
  receivedOn: string
  ended: boolean
  deltas: Delta[]
}

export type { CountedDossier }

/**
 * What a dossier contributes, from its present row alone: pure, without a clock. "Overdue" is a delta on the day
 * after the date due, so the figure rises by itself when that day comes. After a reorganisation, what happened before
 * stays with the authority that was, and what is still open counts at its heir. A group of linked
 * procedures is its branches, and those count: of the group itself only how people rated it.
 */
export function contributions(
  dossier: CountedDossier,
  rating?: Pick<Rating, 'grade' | 'firstRatedAt'>,
  facts: CountedFacts = noFacts,
): Contribution {
  const { id: dossierId, code, competent: authority, procedureCode, submittedAt } = dossier
  const held = holdings(dossier)
  return {
    ...{ dossierId, code, authority, procedureCode },
    receivedOn: dateOfLaw(submittedAt),
    ended: endOf(dossier) !== null,
    deltas: merged(everything(dossier, { held, rating, facts })),
  }
}

interface Beside {
  held: readonly Holding[]
  rating: Pick<Rating, 'grade' | 'firstRatedAt'> | undefined
  facts: CountedFacts
}

function* everything(dossier: CountedDossier, { held, rating, facts }: Beside): Generator<Delta> {
  if (dossier.branches === null) {
    yield* flows(dossier, held, rating)
    yield* ofAccepted(dossier, held, facts)
    yield* stock(dossier, held)
  }
  yield* rated(rating, held)
}

/** A span in which one authority settled the dossier; the last is that of the present one. */
interface Holding {
  authority?: string
  until: string | null
}

const present: Holding = { until: null }
const alwaysPresent = [present]

function holdings({ predecessors, competent }: CountedDossier): readonly Holding[] {
  if (predecessors.length === 0) return alwaysPresent
  const before = predecessors
    .filter(({ as }) => as === 'competent')
    .map(({ authority, until }) => ({ ...(authority !== competent && { authority }), until }))
  return [...before, present]
}

const heldAt = (held: readonly Holding[], at: string) =>
  held.find(({ until }) => until === null || at < until)!.authority

function* flows(
  dossier: CountedDossier,
  held: readonly Holding[],
  rating: Pick<Rating, 'grade'> | undefined,
): Generator<Delta> {
  const { submittedAt, acceptedAt, closedAt, decidedAt, channel, state } = dossier
  const one = (measure: Measure, at: string) => delta(measure, dateOfLaw(at), 1, heldAt(held, at))
  yield one('received', submittedAt)
  yield one(`received-${channel}`, submittedAt)
  if (acceptedAt !== null) yield one('accepted', acceptedAt)
  const end = endOf(dossier)
  // Refused or withdrawn before acceptance: nothing was promised, so nothing was kept or broken.
  if (acceptedAt !== null && end !== null) {
    const judged = outcomes(dossier, new Date(end))
    yield one(finished[judged.index], end)
    if (judged.legal === 'late') yield one('late-by-law', end)
    const late = finished[judged.index] === 'finished-late'
    if (late || rating?.grade === 'not-satisfied') yield one('displeased', end)
  }
  if (closedAt !== null && (state === 'refused' || state === 'withdrawn' || state === 'stopped'))
    yield one(state, closedAt)
  if (decidedAt !== null && dossier.outcome === 'granted' && dossier.delivery === 'electronic')
    yield one('result-digital', decidedAt)
}

// Ratios of the index have what was received in the period below the line, so what comes later counts on that day too.
function* ofAccepted(
  dossier: CountedDossier,
  held: readonly Holding[],
  facts: CountedFacts,
): Generator<Delta> {
  const { acceptedAt } = dossier
  if (acceptedAt === null) return
  const one = (measure: Measure) => delta(measure, dateOfLaw(acceptedAt), 1, heldAt(held, acceptedAt))
  const granted = dossier.decidedAt !== null && dossier.outcome === 'granted'
  const asFile = dossier.decidedAt !== null && facts.signedResult
  const result = asFile || (granted && dossier.delivery === 'electronic')
  if (dossier.channel === 'online') yield one('accepted-online')
  if (facts.synchronised) yield one('synced')
  if (result) yield one('electronic-result')
  if (result && facts.hasPaper) yield one('digitised')
  if (facts.reused) yield one('reused')
  // The result of somebody whose account is proven goes to their store.
  if (facts.fromVault || (granted && facts.proven)) yield one('vault-shared')
  if (facts.proven) yield one('population-data')
}

function* stock(dossier: CountedDossier, held: readonly Holding[]): Generator<Delta> {
  const { submittedAt, acceptedAt, dueAt } = dossier
  const end = endOf(dossier)
  const endsOn = end === null ? null : dateOfLaw(end)
  const filedAt = filedBy(dossier, submittedAt)
  if (filedAt === null) return
  const intakeEndsOn = acceptedAt === null ? endsOn : dateOfLaw(acceptedAt)
  yield* standing('awaiting-intake', { from: dateOfLaw(filedAt), to: intakeEndsOn }, held)
  if (acceptedAt === null) return
  yield* standing('in-progress', { from: dateOfLaw(acceptedAt), to: endsOn }, held)
  const indexDueOn = lateByIndexOn(dossier, acceptedAt)
  if (indexDueOn !== null) {
    yield* standing('index-overdue', { from: indexDueOn.open, to: endsOn }, held)
    yield* standing('index-past-due', { from: indexDueOn.closed, to: endsOn }, held)
  }
  // While the clock waits for the applicant there is no date to miss.
  if (dueAt === null) return
  yield* standing('overdue', { from: dayAfter(dateOfLaw(dueAt)), to: endsOn }, held)
}

/**
 * Since when an open dossier is late by the index: at the end of a closed period from its date on, because the period
 * ends at midnight; while the day still runs, from the day after. A second request for papers is late at once.
 */
function lateByIndexOn(
  { indexDueAt, supplementRequests, pauses }: CountedDossier,
  acceptedAt: string,
): { open: string; closed: string } | null {
  const asked =
    supplementRequests > 1 ? dateOfLaw(secondRequest(supplementRequests, pauses, acceptedAt)) : null
  if (indexDueAt === null) return asked === null ? null : { open: asked, closed: asked }
  const due = dateOfLaw(indexDueAt)
  return { open: earlier(asked, dayAfter(due)), closed: earlier(asked, due) }
}

// Requests at intake have no pause; what was asked before acceptance is judged from acceptance on.
function secondRequest(requests: number, pauses: CountedDossier['pauses'], acceptedAt: string): string {
  const asked = pauses.filter(({ reason }) => reason === 'supplement')
  const atIntake = requests - asked.length
  return (atIntake >= 2 ? undefined : asked[1 - atIntake]?.from) ?? acceptedAt
}

const earlier = (a: string | null, b: string) => (a !== null && a < b ? a : b)

// In at the end of the day `from`, out on `to`; on a day on which a dossier changes hands it is the heir's already.
function* standing(
  measure: Measure,
  { from, to }: { from: string; to: string | null },
  held: readonly Holding[],
): Generator<Delta> {
  let since = from
  for (const { authority, until } of held) {
    const heldTo = until === null ? null : dateOfLaw(until)
    const out = heldTo === null || (to !== null && to < heldTo) ? to : heldTo
    if (out === null || since < out) yield delta(measure, since, 1, authority)
    if (out === null) return
    if (since < out) yield delta(measure, out, -1, authority)
    if (out === to) return
    if (since < out) since = out
  }
}

function* rated(
  rating: Pick<Rating, 'grade' | 'firstRatedAt'> | undefined,
  held: readonly Holding[],
): Generator<Delta> {
  if (!rating) return
  const { grade, firstRatedAt } = rating
  yield delta(`rating-${grade}`, dateOfLaw(firstRatedAt), 1, heldAt(held, firstRatedAt))
}

/** When everybody whom it needs had agreed; null before. */
function filedBy({ otherParties, state }: CountedDossier, submittedAt: string): string | null {
  const needed = otherParties.filter(({ kind }) => kind === 'second-party')
  if (state === 'awaiting-party' || needed.some(({ confirmedAt }) => confirmedAt === null))
    return needed.length === 0 ? submittedAt : null
  return [submittedAt, ...needed.map(({ confirmedAt }) => confirmedAt!)].toSorted().at(-1)!
}

/** When the work ended: decided first, then closed without a decision (rule 2.1 of the index). */
const endOf = ({ decidedAt, closedAt }: CountedDossier) => decidedAt ?? closedAt

/**
 * The index's own judgement (QĐ 766/QĐ-TTg, technical note 2.1): the end at or before its date is in time, before
 * that day is early; asking for more than one supplement counts as late whatever the date. What the law says of the
 * same dossier is counted apart. A dossier that ended is neither running nor paused any more.
 */
const finished: Record<TimeOutcome, Measure> = {
  early: 'finished-early',
  late: 'finished-late',
  overdue: 'finished-late',
  'on-time': 'finished-on-time',
  none: 'finished-on-time',
  running: 'finished-on-time',
  paused: 'finished-on-time',
}

const delta = (measure: Measure, on: string, n: number, authority: string | undefined): Delta =>
  authority === undefined ? { measure, on, n } : { measure, on, n, authority }

const dayAfter = (date: string) => dateOfDay(dayOfDate(date) + 1)

// In and out on the same day is nothing; keeping no zeros keeps the stored deltas small. There are a dozen, so looking
// through them is faster than a map.
function merged(deltas: Iterable<Delta>): Delta[] {
  const sums: Delta[] = []
  for (const each of deltas) {
    const same = sums.find(
      ({ measure, on, authority }) =>
        measure === each.measure && on === each.on && authority === each.authority,
    )
    if (same) same.n += each.n
    else sums.push(each)
  }
  return sums.some(({ n }) => n === 0) ? sums.filter(({ n }) => n !== 0) : sums
}
