import { type Calendar, workingMinutesOrNone } from '../calendar/index.ts'
import type { Dossier, DossierEntry, Task, TaskKind } from '../dossiers/index.ts'

/** On whom a span waits: the office, the applicant, or somebody else (an opinion, a message, a moment). */
export type Whose = 'office' | 'applicant' | 'others'

/** One task of a dossier as time: how long it lay before somebody took it, and how long it was worked on. */
export interface StepSpan {
  dossierId: string
  /** Number of the task. */
  no: number
  /** The process that ran when the task ended, or runs now. */
  processKey: string
  processVersion: number
  kind: TaskKind
  /** Element of the process; null for what is not a part of it. */
  stepId: string | null
  /** The step whose end led here; null when none did. */
  cameFrom: string | null
  /** That step comes later in the life of this dossier: the work was sent back. */
  sentBack: boolean
  whose: Whose
  role: string
  authority: string
  /** Who holds it, while it is open. */
  holder: string | null
  /** The officer who ended it. */
  officer: string | null
  openedAt: string
  /** First act of an officer on it; null when nobody took it up. */
  takenAt: string | null
  closedAt: string | null
  dueAt: string | null
  outcome: string | null
  /** It ended by being done: not interrupted, swept away with the dossier, or broken off to go on later. */
  done: boolean
  /** The nth time that the process came here; what goes on after a break is the same time. */
  round: number
  handOvers: number
  /** Working minutes until it was taken; null while it is open, and in a year whose days off nobody published. */
  waiting: number | null
  /** Working minutes from then to its end. */
  working: number | null
  /** Working minutes in which it could not go on: the clock stood, or an opinion was awaited. */
  held: number | null
  /** The same with the earlier parts of the same round. */
  roundWaiting: number | null
  roundWorking: number | null
}

/** The part of an entry that spans depend on. */
export type SpanEntry = Pick<DossierEntry, 'kind' | 'data' | 'actor' | 'at'>

export type TimedDossier = Pick<
  Dossier,
  'id' | 'processKey' | 'processVersion' | 'tasks' | 'pauses' | 'consultations' | 'deliveries' | 'submittedAt'
>

type CalendarOf = (authority: string) => Calendar

/**
 * The life of a dossier as spans of working time, one for each task: pure, without a clock. `entries` are its journal,
 * oldest first; the filing itself may be left out.
 */
export function stepSpans(
  dossier: TimedDossier,
  entries: readonly SpanEntry[],
  calendarOf: CalendarOf,
): StepSpan[] {
  const told = readEntries(dossier, entries)
  const spans: StepSpan[] = []
  for (const task of dossier.tasks) {
    const before = spans.findLast((span) => isSame(span, dossier.tasks[span.no - 1]!, task))
    const sentBack = before !== undefined && isBehind(spans, task.stepId, told.cameFrom.get(task.no))
    spans.push(spanOf(dossier, task, told, { before, sentBack, calendar: calendarOf(task.authority) }))
  }
  return spans
}

// Which of two steps comes first is told by the life of the dossier itself.
function isBehind(spans: readonly StepSpan[], stepId: string | null, from: string | undefined): boolean {
  const firstOf = (id: string | null) => spans.findIndex((span) => span.kind === 'step' && span.stepId === id)
  return from !== undefined && firstOf(stepId) <= firstOf(from)
}

/** What the journal says of the tasks beyond their rows, by number. */
interface Told {
  taken: Map<number, string>
  /** Officers who ended them. */
  endedBy: Map<number, string>
  handOvers: Map<number, number>
  cameFrom: Map<number, string>
  process: Map<number, { key: string; version: number }>
}

function readEntries(dossier: TimedDossier, entries: readonly SpanEntry[]): Told {
  const told: Told = {
    taken: new Map(),
    endedBy: new Map(),
    handOvers: new Map(),
    cameFrom: new Map(),
    process: new Map(),
  }
  const { processKey: key, processVersion: version } = dossier
  let process = entries.find(isProcessChange)?.data.from ?? { key, version }
  let last = dossier.tasks.length - openedBy(entries)
  const holders = new Map<number, string | null>()
  for (const entry of entries) {
    const at = entry.at.toISOString()
    const { opens = [], closes = [] } = entry.data as Changes
    for (const { no } of actedOn(dossier.tasks, entry, holders)) {
      if (!told.taken.has(no)) told.taken.set(no, at)
      if (closes[0]?.no === no) told.endedBy.set(no, entry.actor.id)
    }
    for (const no of handedOver(dossier.tasks, entry, holders))
      told.handOvers.set(no, (told.handOvers.get(no) ?? 0) + 1)
    const from = dossier.tasks[(closes[0]?.no ?? 0) - 1]
    opens.forEach((opened, i) => {
      const no = last + i + 1
      holders.set(no, opened.assignee)
      if (from?.kind === 'step' && from.stepId !== null) told.cameFrom.set(no, from.stepId)
    })
    last += opens.length
    for (const { no } of closes) told.process.set(no, process)
    follow(holders, entry)
    if (isProcessChange(entry)) process = entry.data.to
  }
  return told
}

type Changes = {
  opens?: { assignee: string | null; stepId: string | null }[]
  closes?: { no: number }[]
  changes?: { no: number; set: { authority?: string; assignee?: string | null } }[]
}

type OfKind<K extends DossierEntry['kind']> = Extract<DossierEntry, { kind: K }>
const isProcessChange = (entry: SpanEntry): entry is OfKind<'dossiers.process-changed'> =>
  entry.kind === 'dossiers.process-changed'

// The first entry is left out of what is read: everything open before the second was opened by it.
const openedBy = (entries: readonly SpanEntry[]) =>
  entries.reduce((sum, { data }) => sum + ((data as Changes).opens?.length ?? 0), 0)

/** Ends of the whole dossier that take along what is open: no act on any of it. */
const sweeping = new Set<DossierEntry['kind']>([
  'dossiers.decided',
  'dossiers.withdrawn',
  'dossiers.stopped',
  'dossiers.disagreed',
  'dossiers.succeeded',
  'dossiers.process-changed',
  'dossiers.branches-changed',
])

/**
 * The open tasks that an officer's entry is an act on: the one it names or ends, the step for which it asks an opinion
 * or plans a visit; and of what names none, those that the officer holds or will end.
 */
function actedOn(tasks: readonly Task[], entry: SpanEntry, holders: Map<number, string | null>): Task[] {
  if (entry.actor.kind !== 'officer' || sweeping.has(entry.kind)) return []
  const at = entry.at.toISOString()
  const open = tasks.filter(
    ({ openedAt, closedAt }) => openedAt <= at && (closedAt === null || closedAt >= at),
  )
  const { data, actor } = entry as { data: Record<string, unknown> & Changes; actor: { id: string } }
  const step = (stepId: unknown) => open.filter((task) => task.kind === 'step' && task.stepId === stepId)
  if (typeof data.task === 'number') {
    // Giving a task to somebody is no work on it; taking it is.
    const given = typeof data.assignee === 'string' && data.assignee !== actor.id
    return given ? [] : open.filter(({ no }) => no === data.task)
  }
  const [closed] = data.closes ?? []
  if (closed) return open.filter(({ no }) => no === closed.no)
  if (isOf(entry, 'dossiers.consulted')) return step(entry.data.consultation.stepId)
  if (isOf(entry, 'dossiers.visit-planned')) return step(entry.data.opens?.[0]?.stepId)
  if (isOf(entry, 'dossiers.result-dispatched')) {
    const { delivery } = entry.data
    return open.filter(({ kind, subject }) => kind === 'return' && (subject ?? 1) === delivery)
  }
  return open.filter(
    ({ no, role, closedBy }) =>
      role !== 'applicant' && (holders.get(no) === actor.id || closedBy === actor.id),
  )
}

const isOf = <K extends DossierEntry['kind']>(entry: SpanEntry, kind: K): entry is OfKind<K> =>
  entry.kind === kind

/** The tasks that an entry gives from one hand into another. */
function handedOver(tasks: readonly Task[], entry: SpanEntry, holders: Map<number, string | null>): number[] {
  const { changes = [] } = entry.data as Changes
  const moved = changes.filter(({ set }) => set.authority !== undefined).map(({ no }) => no)
  if (isOf(entry, 'dossiers.reassigned')) {
    const { task, from, assignee } = entry.data
    return from !== null && from !== assignee ? [task] : []
  }
  if (isOf(entry, 'dossiers.assigned')) {
    const { task, assignee } = entry.data
    const before = holders.get(task) ?? null
    return before !== null && before !== assignee ? [task] : []
  }
  if (!isOf(entry, 'dossiers.handed-over')) return moved
  // Papers that go to somebody else are those of the work that is going on.
  const at = entry.at.toISOString()
  return tasks
    .filter(({ kind, openedAt, closedAt }) => {
      const isOpen = openedAt < at && (closedAt === null || closedAt > at)
      return isOpen && (kind === 'step' || kind === 'intake')
    })
    .map(({ no }) => no)
}

function follow(holders: Map<number, string | null>, entry: SpanEntry): void {
  if (isOf(entry, 'dossiers.assigned') || isOf(entry, 'dossiers.reassigned'))
    holders.set(entry.data.task, entry.data.assignee)
  for (const { no, set } of (entry.data as Changes).changes ?? [])
    if (set.assignee !== undefined) holders.set(no, set.assignee)
}

/** Ends after which the same work may go on: it was not done. */
const brokenOff = new Set([
  'supplement-requested',
  'obligation-requested',
  'transferred',
  'withdrawn',
  'stopped',
  'refused',
])
/** Ends that somebody else brought about. */
const swept = new Set(['decided', 'interrupted', 'terminated', 'disagreed'])

// What a task is about: its place in the process, or the party, delivery or opinion.
const isSame = (span: StepSpan, its: Task, task: Task) =>
  span.kind === task.kind && span.stepId === task.stepId && its.subject === task.subject

function spanOf(
  dossier: TimedDossier,
  task: Task,
  told: Told,
  { before, sentBack, calendar }: { before: StepSpan | undefined; sentBack: boolean; calendar: Calendar },
): StepSpan {
  const { no, closedAt, openedAt, outcome } = task
  const takenAt = told.taken.get(no) ?? null
  const goesOn = before !== undefined && before.outcome !== null && brokenOff.has(before.outcome)
  const whose = whoseTime(dossier, task)
  const parts = closedAt === null ? null : minutesOf(dossier, task, whose, takenAt, calendar)
  const process = told.process.get(no) ?? { key: dossier.processKey, version: dossier.processVersion }
  const plus = (own: number | undefined, earlier: number | null | undefined) =>
    own === undefined || Number.isNaN(own) ? null : own + (goesOn ? (earlier ?? 0) : 0)
  return {
    dossierId: dossier.id,
    no,
    processKey: process.key,
    processVersion: process.version,
    kind: task.kind,
    stepId: task.stepId,
    cameFrom: told.cameFrom.get(no) ?? null,
    sentBack,
    whose,
    role: task.role,
    authority: task.authority,
    holder: closedAt === null ? task.assignee : null,
    officer: told.endedBy.get(no) ?? null,
    openedAt,
    takenAt,
    closedAt,
    dueAt: task.dueAt,
    outcome,
    done: closedAt !== null && outcome !== null && !brokenOff.has(outcome) && !swept.has(outcome),
    round: (before?.round ?? 0) + (goesOn ? 0 : 1),
    handOvers: told.handOvers.get(no) ?? 0,
    waiting: plus(parts?.waiting, 0),
    working: plus(parts?.working, 0),
    held: plus(parts?.held, 0),
    roundWaiting: plus(parts?.waiting, before?.roundWaiting),
    roundWorking: plus(parts?.working, before?.roundWorking),
  }
}

function whoseTime({ deliveries }: TimedDossier, { kind, role, subject }: Task): Whose {
  if (kind === 'consult' || kind === 'wait') return 'others'
  if (role === 'applicant') return 'applicant'
  if (kind !== 'return') return 'office'
  // A result that lies ready at the counter waits for whoever comes for it.
  return deliveries.find(({ no }) => no === (subject ?? 1))?.channel === 'counter' ? 'applicant' : 'office'
}

/** From one instant to another, ISO text in UTC. */
export interface Stretch {
  from: string
  to: string
}

function minutesOf(
  dossier: TimedDossier,
  task: Task,
  whose: Whose,
  takenAt: string | null,
  calendar: Calendar,
) {
  const { openedAt } = task
  const closedAt = task.closedAt!
  const taken = whose === 'office' ? (takenAt ?? closedAt) : closedAt
  const standing = whose === 'office' ? heldStretches(dossier, task) : []
  // Whole minutes since one moment, so that parts add up to the whole.
  const since = (at: string) => workingMinutesOrNone(calendar, dossier.submittedAt, at)
  const minutes = ({ from, to }: Stretch) => since(to) - since(from)
  const heldIn = (whole: Stretch) => clipped(standing, whole).reduce((sum, each) => sum + minutes(each), 0)
  const [first, second] = [
    { from: openedAt, to: taken },
    { from: taken, to: closedAt },
  ]
  const [heldFirst, heldSecond] = [heldIn(first), heldIn(second)]
  return {
    waiting: minutes(first) - heldFirst,
    working: minutes(second) - heldSecond,
    held: heldFirst + heldSecond,
  }
}

/** When a task could not go on: while the clock stood, and while an opinion that it asked for was awaited. */
export function heldStretches(
  { pauses, tasks }: Pick<TimedDossier, 'pauses' | 'tasks'>,
  task: Pick<Task, 'kind' | 'stepId' | 'closedAt'>,
): Stretch[] {
  const until = task.closedAt ?? '9999'
  const opinions = tasks.filter(
    (each) => each.kind === 'consult' && task.kind === 'step' && each.stepId === task.stepId,
  )
  return united([
    ...pauses.map(({ from, to }) => ({ from, to: to ?? until })),
    ...opinions.map(({ openedAt, closedAt }) => ({ from: openedAt, to: closedAt ?? until })),
  ])
}

/** Stretches that overlap become one; in order. */
function united(stretches: readonly Stretch[]): Stretch[] {
  const inOrder = stretches.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const whole: Stretch[] = []
  for (const { from, to } of inOrder) {
    const last = whole.at(-1)
    if (last === undefined || last.to < from) whole.push({ from, to })
    else if (to > last.to) last.to = to
  }
  return whole
}

const clipped = (stretches: readonly Stretch[], { from, to }: Stretch): Stretch[] =>
  stretches.flatMap((each) => {
    const inside = { from: each.from > from ? each.from : from, to: each.to < to ? each.to : to }
    return inside.from < inside.to ? [inside] : []
  })
