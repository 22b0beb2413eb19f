import type { Queryable } from '../../kernel/db.ts'
import { type SharedReadings, sharedReadings } from '../../kernel/shared-readings.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { type Grade, grades, pointsOf } from '../feedback/index.ts'
import { type Measure, stocks } from './contributions.ts'
import { authoritiesBelow, figuresAt, liveMs, readSums, type SumQuery, type Sums } from './indicator-store.ts'
import { type Bucket, beginning, bucketsOf, plusDays, type Step, stretchesOf } from './period.ts'

export interface BoardQuery {
  /** Code of an authority, which stands for itself and all below it; null or absent for the whole installation. */
  authority?: string | null
  from: string
  to: string
  now: Date
  step?: Step
}

export interface Finished {
  early: number
  onTime: number
  late: number
}

export interface Satisfaction {
  /** Mean points, 2 for very satisfied, 1 for satisfied, 0 for not (NĐ 61/2018); null without ratings. */
  average: number | null
  /** Share of ratings that are satisfied or better; null without ratings. */
  share: number | null
  count: number
  byGrade: Record<Grade, number>
}

/** The figures of an authority or a procedure over a period. Shares are between 0 and 1; null when there is nothing to divide by. */
export interface Figures {
  received: number
  byChannel: { online: number; direct: number; post: number }
  finished: Finished
  onlineShare: number | null
  onTimeShare: number | null
  satisfaction: Satisfaction
}

export interface Stock {
  /** Filed, and waiting to be accepted. */
  awaitingIntake: number
  inProgress: { inTime: number; overdue: number }
}

export interface SeriesPoint extends Bucket {
  received: number
  online: number
  finished: Finished
  /** The bucket holds today, so its figures still move. */
  moving: boolean
}

export interface BoardSummary extends Figures, Stock {
  authority: string | null
  from: string
  to: string
  accepted: number
  refused: number
  withdrawn: number
  stopped: number
  digitalResults: number
  /** Share of the timeliness indicator of QĐ 766: in time among all finished and in progress. */
  timelyShare: number | null
  series: SeriesPoint[]
  perAuthority: (Figures & Stock & { authority: string })[]
  perProcedure: (Figures & { procedureCode: string })[]
  /**
   * The figures hold the feed up to `position`; they last moved at `movedAt`, and stocks are those of `stockOn`. `version`
   * moves with every figure.
   */
  asAt: { position: number; movedAt: string | null; readAt: string; stockOn: string; version: number }
}

const figureMeasures: Measure[] = [
  'received',
  'received-online',
  'received-direct',
  'received-post',
  'finished-early',
  'finished-on-time',
  'finished-late',
  'rating-very-satisfied',
  'rating-satisfied',
  'rating-not-satisfied',
]
const outcomeMeasures: Measure[] = ['accepted', 'refused', 'withdrawn', 'stopped', 'result-digital']
const seriesMeasures: Measure[] = [
  'received',
  'received-online',
  'finished-early',
  'finished-on-time',
  'finished-late',
]

/** Everything the board shows for an authority and a period, from a few hundred rows of sums. */
export async function boardSummary(db: Queryable, query: BoardQuery): Promise<BoardSummary> {
  const { authority = null, from, to, now, step = 'day' } = query
  // First how far the figures are, then the figures: they may be newer than they say, never older.
  const { position, at: movedAt, version } = await figuresAt(db)
  const board = await readBoard(db, { authority, from, to, step, today: dateOfLaw(now) })
  const { stockOn, ...figures } = board
  return { ...figures, asAt: { position, movedAt, readAt: now.toISOString(), stockOn, version } }
}

const memory = new WeakMap<Queryable, SharedReadings<BoardSummary>>()
const mostBoards = 200

/** The same, at most a second old: however many look at a board, the database is asked once a second. */
export function rememberedSummary(
  db: Queryable,
  query: BoardQuery & { clock?: () => number },
): Promise<BoardSummary> {
  const { authority = null, from, to, now, step = 'day', clock } = query
  const known =
    memory.get(db) ?? sharedReadings({ lastsMs: liveMs, most: mostBoards, ...(clock && { clock }) })
  memory.set(db, known)
  return known.of([authority, from, to, step, dateOfLaw(now)].join(' '), () => boardSummary(db, query))
}

type Board = Omit<BoardSummary, 'asAt'> & { stockOn: string }
type BoardAsked = { authority: string | null; from: string; to: string; step: Step; today: string }

async function readBoard(db: Queryable, { authority, from, to, step, today }: BoardAsked): Promise<Board> {
  const scope = authority ?? ''
  const stockOn = to < today ? to : today
  const below = await comparable(db, scope)
  const period = stretchesOf(from, to)
  const upToNow = stretchesOf(beginning, stockOn)
  const read = (
    authorities: string[],
    measures: readonly Measure[],
    stretches: typeof period,
    by: SumQuery['by'],
  ) => readSums(db, { authorities, measures, stretches, by })
  const [own, ownStock, points, ofAuthorities, stocksOfAuthorities, ofProcedures] = await Promise.all([
    read([scope], [...figureMeasures, ...outcomeMeasures], period, 'authority'),
    read([scope], stocks, upToNow, 'authority'),
    read([scope], seriesMeasures, step === 'month' ? period : daily(from, to), 'date'),
    read(below, figureMeasures, period, 'authority'),
    read(below, stocks, upToNow, 'authority'),
    read([scope], figureMeasures, period, 'procedure'),
  ])
  const count = counter(own)(scope)
  const stock = stockOf(counter(ownStock)(scope))
  const figures = figuresOf(count)
  return {
    authority,
    from,
    to,
    ...figures,
    ...stock,
    accepted: count('accepted'),
    refused: count('refused'),
    withdrawn: count('withdrawn'),
    stopped: count('stopped'),
    digitalResults: count('result-digital'),
    timelyShare: timely(figures.finished, stock.inProgress),
    series: seriesOf(points, bucketsOf(from, stockOn, step), today),
    perAuthority: authorityRows(below, ofAuthorities, stocksOfAuthorities),
    perProcedure: procedureRows(ofProcedures),
    stockOn,
  }
}

const daily = (from: string, to: string) => [{ grain: 'daily' as const, from, to }]

/** The authorities to set side by side: those directly below, past levels that hold only one. */
async function comparable(db: Queryable, scope: string): Promise<string[]> {
  const below = await authoritiesBelow(db, scope)
  if (below.length !== 1) return below
  const further = await comparable(db, below[0]!)
  return further.length > 0 ? further : below
}

type Count = (measure: Measure) => number

function counter(sums: readonly Sums[]): (key: string) => Count {
  const found = new Map(sums.map(({ key, counts }) => [key, counts]))
  return (key) => (measure) => found.get(key)?.[measure] ?? 0
}

const total =
  (sums: readonly Sums[]): Count =>
  (measure) =>
    sums.reduce((sum, { counts }) => sum + (counts[measure] ?? 0), 0)

function figuresOf(count: Count): Figures {
  const received = count('received')
  const byChannel = {
    online: count('received-online'),
    direct: count('received-direct'),
    post: count('received-post'),
  }
  const finished = finishedOf(count)
  return {
    received,
    byChannel,
    finished,
    onlineShare: share(byChannel.online, received),
    onTimeShare: onTimeShare(finished),
    satisfaction: satisfactionOf(count),
  }
}

const finishedOf = (count: Count): Finished => ({
  early: count('finished-early'),
  onTime: count('finished-on-time'),
  late: count('finished-late'),
})

function stockOf(count: Count): Stock {
  const overdue = count('overdue')
  return {
    awaitingIntake: count('awaiting-intake'),
    inProgress: { inTime: count('in-progress') - overdue, overdue },
  }
}

function satisfactionOf(count: Count): Satisfaction {
  const byGrade = Object.fromEntries(grades.map((grade) => [grade, count(`rating-${grade}`)])) as Record<
    Grade,
    number
  >
  const total = grades.reduce((sum, grade) => sum + byGrade[grade], 0)
  const points = grades.reduce((sum, grade) => sum + pointsOf[grade] * byGrade[grade], 0)
  return {
    average: share(points, total),
    share: share(byGrade['very-satisfied'] + byGrade.satisfied, total),
    count: total,
    byGrade,
  }
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
const onTimeShare = ({ early, onTime, late }: Finished) => share(early + onTime, early + onTime + late)

function timely({ early, onTime, late }: Finished, { inTime, overdue }: Stock['inProgress']): number | null {
  return share(early + onTime + inTime, early + onTime + late + inTime + overdue)
}

// Sums of whole months stand on the first day, which lies in the right bucket because month buckets begin there.
function seriesOf(sums: readonly Sums[], buckets: readonly Bucket[], today: string): SeriesPoint[] {
  return buckets.map((bucket) => {
    const count = total(sums.filter(({ key }) => bucket.from <= key && key <= bucket.to))
    return {
      ...bucket,
      received: count('received'),
      online: count('received-online'),
      finished: finishedOf(count),
      moving: bucket.from <= today && today <= bucket.to,
    }
  })
}

function authorityRows(authorities: readonly string[], sums: readonly Sums[], stocksNow: readonly Sums[]) {
  const count = counter(sums)
  const stock = counter(stocksNow)
  return authorities.map((authority) => ({
    authority,
    ...figuresOf(count(authority)),
    ...stockOf(stock(authority)),
  }))
}

function procedureRows(sums: readonly Sums[]) {
  const count = counter(sums)
  return sums
    .filter(({ counts }) => Object.values(counts).some((n) => n !== 0))
    .map(({ key }) => ({ procedureCode: key, ...figuresOf(count(key)) }))
    .sort((a, b) => b.received - a.received || (a.procedureCode < b.procedureCode ? -1 : 1))
}

/** The line of the home page: what came in and was finished today; in time over the last thirty days. */
export async function todayLine(
  db: Queryable,
  now: Date,
  authority: string | null = null,
): Promise<{ received: number; finished: number; onTimeShare: number | null }> {
  const today = dateOfLaw(now)
  const measures = seriesMeasures
  const sums = await readSums(db, {
    authorities: [authority ?? ''],
    measures,
    stretches: daily(plusDays(today, -29), today),
    by: 'date',
  })
  const count = counter(sums)(today)
  const { early, onTime, late } = finishedOf(count)
  return {
    received: count('received'),
    finished: early + onTime + late,
    onTimeShare: onTimeShare(finishedOf(total(sums))),
  }
}
