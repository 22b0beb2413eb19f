import { dateOfLaw } from '../../kernel/time.ts'
import { type Dossier, outcomes, type TimeOutcome } from '../dossiers/index.ts'
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
] as const
export type Measure = (typeof measures)[number]

/** Measures that count what is there at the end of a day. */
export const stocks = ['awaiting-intake', 'in-progress', 'overdue'] as const satisfies readonly Measure[]

/** A change of one figure on one calendar day, perhaps in the future. */
export interface Delta {
  measure: Measure
  on: string
  n: number
}

/** What one dossier adds to the figures, and where. */
export interface Contribution {
  dossierId: string
  code: string
  /** The authority that settles it: figures belong to who is answerable. */
  authority: string
  procedureCode: string
  receivedOn: string
  ended: boolean
  deltas: Delta[]
}

/** The part of a dossier that figures depend on. */
export type CountedDossier = Pick<
  Dossier,
  | 'id'
  | 'code'
  | 'competent'
  | 'procedureCode'
  | 'channel'
  | 'state'
  | 'delivery'
  | 'outcome'
  | 'submittedAt'
  | 'acceptedAt'
  | 'dueAt'
  | 'indexDueAt'
  | 'decidedAt'
  | 'closedAt'
  | 'supplementRequests'
  | 'pauses'
  | 'otherParties'
>

/**
 * What a dossier contributes, from its present row alone: pure, without a clock. "Overdue" is a delta on the day
 * after the date due, so the figure rises by itself when that day comes.
 */
export function contributions(
  dossier: CountedDossier,
  rating?: Pick<Rating, 'grade' | 'firstRatedAt'>,
): Contribution {
  const deltas = merged([...flows(dossier), ...stock(dossier), ...rated(rating)])
  return {
    dossierId: dossier.id,
    code: dossier.code,
    authority: dossier.competent,
    procedureCode: dossier.procedureCode,
    receivedOn: dateOfLaw(dossier.submittedAt),
    ended: endOf(dossier) !== null,
    deltas,
  }
}

function* flows(dossier: CountedDossier): Generator<Delta> {
  const { submittedAt, acceptedAt, closedAt, decidedAt, channel, state } = dossier
  yield plus('received', submittedAt)
  yield plus(`received-${channel}`, submittedAt)
  if (acceptedAt !== null) yield plus('accepted', acceptedAt)
  const end = endOf(dossier)
  // Refused or withdrawn before acceptance: nothing was promised, so nothing was kept or broken.
  if (acceptedAt !== null && end !== null) {
    const judged = outcomes(dossier, new Date(end))
    yield plus(finished[judged.index], end)
    if (judged.legal === 'late') yield plus('late-by-law', end)
  }
  if (closedAt !== null && (state === 'refused' || state === 'withdrawn' || state === 'stopped'))
    yield plus(state, closedAt)
  if (decidedAt !== null && dossier.outcome === 'granted' && dossier.delivery === 'electronic')
    yield plus('result-digital', decidedAt)
}

function* stock(dossier: CountedDossier): Generator<Delta> {
  const { submittedAt, acceptedAt, dueAt } = dossier
  const end = endOf(dossier)
  const filedAt = filedBy(dossier, submittedAt)
  if (filedAt === null) return
  yield plus('awaiting-intake', filedAt)
  const intakeEnd = acceptedAt ?? end
  if (intakeEnd !== null) yield minus('awaiting-intake', intakeEnd)
  if (acceptedAt === null) return
  yield plus('in-progress', acceptedAt)
  if (end !== null) yield minus('in-progress', end)
  // While the clock waits for the applicant there is no date to miss.
  if (dueAt === null) return
  const overdueFrom = dayAfter(dateOfLaw(dueAt))
  if (end === null) yield { measure: 'overdue', on: overdueFrom, n: 1 }
  else if (dateOfLaw(end) > overdueFrom) {
    yield { measure: 'overdue', on: overdueFrom, n: 1 }
    yield minus('overdue', end)
  }
}

function* rated(rating: Pick<Rating, 'grade' | 'firstRatedAt'> | undefined): Generator<Delta> {
  if (rating) yield plus(`rating-${rating.grade}`, rating.firstRatedAt)
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

const plus = (measure: Measure, at: string): Delta => ({ measure, on: dateOfLaw(at), n: 1 })
const minus = (measure: Measure, at: string): Delta => ({ measure, on: dateOfLaw(at), n: -1 })

const dayAfter = (date: string) => Temporal.PlainDate.from(date).add({ days: 1 }).toString()

// In and out on the same day is nothing; keeping no zeros keeps the stored deltas small.
function merged(deltas: readonly Delta[]): Delta[] {
  const sums = new Map<string, Delta>()
  for (const { measure, on, n } of deltas) {
    const key = `${measure} ${on}`
    sums.set(key, { measure, on, n: (sums.get(key)?.n ?? 0) + n })
  }
  return [...sums.values()].filter(({ n }) => n !== 0)
}
