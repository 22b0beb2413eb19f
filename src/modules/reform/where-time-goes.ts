import type { Queryable } from '../../kernel/db.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import type { TaskKind } from '../dossiers/index.ts'
import type { CompiledProcess } from '../processes/index.ts'
import type { Stage, StageTime } from './dossier-time.ts'
import type { Whose } from './step-spans.ts'
import { type HolderRow, readHolders, readLoops, readOpen, readSteps, readTotals } from './time-store.ts'

/** What is asked: a version of a process, perhaps of one authority with all below it, perhaps of some days. */
export interface TimeAsked {
  key: string
  version: number
  /** Null: everywhere. */
  authority: string | null
  /** First and last day, dates of law, by when a step or a dossier was finished; null: since ever. */
  from: string | null
  to: string | null
}

/** Half of them took no longer than `p50`, nine in ten no longer than `p90`; working minutes. */
export interface Spread {
  p50: number
  p90: number
}

/** One line of the figures: a step of the process, or a kind of task that is no step. */
export interface StepTime {
  kind: TaskKind
  stepId: string | null
  whose: Whose
  /** Working minutes that the model plans; null when it plans none. */
  planned: number | null
  /** Times that it was done. */
  done: number
  openNow: number
  /** Open ones whose own time is over. */
  lateNow: number
  waiting: Spread | null
  working: Spread | null
  /** Both together. */
  whole: Spread | null
  /** Working minutes that all of it took; nothing for what goes on inside a step. */
  waitingSum: number
  workingSum: number
  /** Its share of the time of all lines until the result is ready, 0 to 1. */
  share: number
  /** Done for a second time and more. */
  again: number
  mostRounds: number
  handOvers: number
  /** Took longer than planned. */
  overPlan: number
}

/** Work that goes back: from a step to one before it. */
export interface Loop {
  from: string
  to: string
  times: number
  dossiers: number
}

/** Who has how much of this process now. */
export interface Holder {
  /** Null: nobody has taken it, or the one who asks is not told. */
  officerId: string | null
  role: string
  authority: string
  count: number
  late: number
  oldest: string
}

/** Dossiers that were decided, and where their time went by stage. */
export interface TotalTime {
  dossiers: number
  /** Sums of working minutes; `returning` is of those that were returned as well. */
  stages: Record<Stage, StageTime & { dossiers: number }>
  /** From filing to the decision. */
  untilDecided: Spread | null
}

export interface WhereTimeGoes {
  total: TotalTime
  steps: StepTime[]
  loops: Loop[]
  holders: Holder[]
}

const mostHolders = 50

/**
 * Where the time of a process goes. `named`: authorities of which the one who asks may know which officer holds what;
 * elsewhere officers are counted together by role.
 */
export async function whereTimeGoes(
  db: Queryable,
  asked: TimeAsked,
  { process, named, now }: { process: CompiledProcess; named: readonly string[]; now: Date },
): Promise<WhereTimeGoes> {
  const [ended, open, loops, holders, total] = await Promise.all([
    readSteps(db, asked, plannedOf(process)),
    readOpen(db, asked, now),
    readLoops(db, asked),
    readHolders(db, asked, { named, now, limit: mostHolders }),
    readTotals(db, asked),
  ])
  return { total, steps: linesOf(process, ended, open), loops, holders: holders.map(toHolder) }
}

const plannedOf = (process: CompiledProcess) =>
  Object.values(process.steps).map(({ stepId, hours }) => ({ stepId, minutes: Math.round(hours * 60) }))

type Ended = Awaited<ReturnType<typeof readSteps>>[number]
type Open = Awaited<ReturnType<typeof readOpen>>[number]

const keyOf = ({ kind, stepId, whose }: Pick<StepTime, 'kind' | 'stepId' | 'whose'>) =>
  `${kind} ${whose} ${stepId ?? ''}`

/** Every step and wait of the model has a line, also one that nobody has come to; other kinds when there is anything to say. */
function linesOf(process: CompiledProcess, ended: readonly Ended[], open: readonly Open[]): StepTime[] {
  const endedBy = new Map(ended.map((each) => [keyOf(each), each]))
  const openBy = new Map(open.map((each) => [keyOf(each), each]))
  const all = ended.filter(untilResult).reduce((sum, each) => sum + each.waitingSum + each.workingSum, 0)
  const planned = new Map(plannedOf(process).map(({ stepId, minutes }) => [stepId, minutes]))
  const of = (nodes: object, kind: 'step' | 'wait', whose: Whose) =>
    Object.keys(nodes).map((stepId) => ({ kind, stepId, whose }))
  const steps = [...of(process.steps, 'step', 'office'), ...of(process.waits, 'wait', 'others')]
  const lines = new Map([...steps, ...ended, ...open].map((each) => [keyOf(each), each]))
  return [...lines].map(([key, { kind, stepId, whose }]) => {
    const { waitingSum = 0, workingSum = 0, ...line } = endedBy.get(key) ?? ({} as Partial<Ended>)
    return {
      kind,
      stepId,
      whose,
      planned: stepId !== null && kind === 'step' ? (planned.get(stepId) ?? null) : null,
      done: line.done ?? 0,
      openNow: openBy.get(key)?.count ?? 0,
      lateNow: openBy.get(key)?.late ?? 0,
      waiting: line.waiting ?? null,
      working: line.working ?? null,
      whole: line.whole ?? null,
      waitingSum,
      workingSum,
      share: all === 0 || !untilResult({ kind }) ? 0 : (waitingSum + workingSum) / all,
      again: line.again ?? 0,
      mostRounds: line.mostRounds ?? 0,
      handOvers: line.handOvers ?? 0,
      overPlan: line.overPlan ?? 0,
    }
  })
}

// A result that nobody collects for weeks says nothing of the process.
const untilResult = ({ kind }: Pick<StepTime, 'kind'>) => kind !== 'return'

const toHolder = ({ oldest, ...row }: HolderRow): Holder => ({ ...row, oldest: oldest.toISOString() })

/** The last so many days, ending today: what a page shows that was asked nothing. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  const to = dateOfLaw(now)
  return {
    from: Temporal.PlainDate.from(to)
      .subtract({ days: days - 1 })
      .toString(),
    to,
  }
}
