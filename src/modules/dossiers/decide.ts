import { isRefusal, type Outcome } from '../../kernel/errors.ts'
import type { JournalActor } from '../../kernel/journal.ts'
import { addWorkingHours, type Calendar, computeDue } from '../calendar/index.ts'
import { advance, type CompiledProcess, outcomesOf, start } from '../processes/index.ts'
import type { Command } from './commands.ts'
import type { Dossier, DossierEntry, EntryData, EntryKind, NewTask, SubmittedData, Task } from './dossier.ts'
import { intakeTask, returnTask, stepAgain, stepTask, waitingTask } from './open-task.ts'
import { type Acting, permission } from './policy.ts'
import { denied, refusals } from './refusals.ts'

/** What was looked up before deciding; nothing here is read while deciding. */
export interface Facts {
  now: Date
  acting: Acting
  process: CompiledProcess
  calendar: Calendar
  /** Answers and procedure facts that conditions of the process read (FEEL). */
  answers: Record<string, unknown>
  /** Whether an officer named by `assign` may hold the task; looked up in the directory. */
  assigneeFits?: boolean
}

/** Working hours within which an online filing is answered (NĐ 45/2020/NĐ-CP, Điều 11). */
export const intakeHours = 8

/** After acceptance an applicant is asked for more at most once (index 766: more counts as late). */
export const supplementsAfterAcceptance = 1

/** What a new dossier states; all of it was validated by the use case. */
export type Submission = Omit<SubmittedData, 'intakeDueAt' | 'opens' | 'closes'>

/** Opens a dossier: the first entry of its stream. */
export function decideSubmission(
  submission: Submission,
  facts: Pick<Facts, 'now' | 'acting' | 'calendar'>,
): DossierEntry[] {
  const intakeDueAt = addWorkingHours(facts.calendar, facts.now.toISOString(), intakeHours)
  const intake = intakeTask(submission.receivedBy, intakeDueAt)
  return [entry('dossiers.submitted', { ...submission, intakeDueAt, opens: [intake] }, facts)]
}

/**
 * Decides a command on a dossier: the entries to append, or the refusal that says why not.
 * Pure: the same dossier, command and facts give the same answer.
 */
export function decide(dossier: Dossier, command: Command, given: Facts): Outcome<DossierEntry[]> {
  const taskNo = 'taskNo' in command ? command.taskNo : undefined
  const allowed = permission(command.command, dossier, given.acting, taskNo)
  if ('denied' in allowed) return denied(allowed.denied, command.command, dossier.state)
  const { task } = allowed
  const facts = { ...given, acting: inPostFor(given.acting, task) }
  switch (command.command) {
    case 'accept':
      return accept(dossier, task!, facts)
    case 'refuse':
      return [entry('dossiers.refused', { reason: command.reason, ...closing(task!, 'refused') }, facts)]
    case 'requestSupplement':
      return requestSupplement(dossier, task!, command.request, facts)
    case 'supplement':
      return supplement(dossier, task!, command, facts)
    case 'withdraw':
      return [
        entry('dossiers.withdrawn', { reason: command.reason, ...closingAll(dossier, 'withdrawn') }, facts),
      ]
    case 'assign':
      return assign(task!, command.officer, facts)
    case 'draftResult':
      return [entry('dossiers.result-drafted', { task: task!.no, draft: command.draft }, facts)]
    case 'completeStep':
      return completeStep(dossier, task!, command, facts)
    case 'sendBack':
      return sendBack(dossier, task!, command, facts)
    case 'approve':
      return approve(dossier, task!, command.capacity, facts)
    case 'decline':
      return decline(dossier, task!, command.reason, facts)
    case 'stop':
      return [entry('dossiers.stopped', { reason: command.reason, ...closingAll(dossier, 'stopped') }, facts)]
    case 'returnResult':
      return [
        entry('dossiers.returned', { delivery: command.delivery, ...closing(task!, 'returned') }, facts),
      ]
    case 'note':
      return [entry('dossiers.noted', { note: command.note }, facts)]
    default:
      return command satisfies never
  }
}

function accept(dossier: Dossier, intake: Task, facts: Facts): DossierEntry[] {
  const dueAt = dueOf(dossier, facts.now.toISOString(), facts)
  const opens = start(facts.process, { answers: facts.answers }).map((step) => stepTask(dossier, step, facts))
  const data = { dueAt, calendarVersion: facts.calendar.version, ...closing(intake, 'accepted'), opens }
  return [entry('dossiers.accepted', data, facts)]
}

function requestSupplement(
  dossier: Dossier,
  task: Task,
  request: EntryData['dossiers.supplement-requested']['request'],
  facts: Facts,
) {
  const stage = task.kind === 'intake' ? 'intake' : 'processing'
  if (stage === 'processing' && askedAfterAcceptance(dossier) >= supplementsAfterAcceptance)
    return refusals.supplementUsedUp()
  const data = {
    stage,
    request,
    ...closing(task, 'supplement-requested'),
    opens: [waitingTask(task)],
  } as const
  return [entry('dossiers.supplement-requested', { ...data, opens: [...data.opens] }, facts)]
}

const askedAfterAcceptance = (dossier: Dossier) =>
  dossier.pauses.filter((pause) => pause.reason === 'supplement').length

function supplement(
  dossier: Dossier,
  waiting: Task,
  command: Extract<Command, { command: 'supplement' }>,
  facts: Facts,
) {
  const { answers, papers } = command
  const base = { answers, papers, ...closing(waiting, 'supplemented') }
  if (dossier.acceptedAt === null) {
    const intakeDueAt = addWorkingHours(facts.calendar, facts.now.toISOString(), intakeHours)
    const opens = [intakeTask(dossier.receivedBy, intakeDueAt)]
    return [entry('dossiers.supplemented', { ...base, dueAt: null, intakeDueAt, opens }, facts)]
  }
  const resumed = resumedStep(dossier, waiting)
  const dueAt = dueOf({ ...dossier, pauses: ended(dossier, facts.now) }, dossier.acceptedAt, facts)
  const opens = [stepAgain(resumed, dossier, facts)]
  return [entry('dossiers.supplemented', { ...base, dueAt, intakeDueAt: null, opens }, facts)]
}

const ended = (dossier: Dossier, now: Date) =>
  dossier.pauses.map((pause) => (pause.to === null ? { ...pause, to: now.toISOString() } : pause))

// The step that asked goes on where it stood, with the officer who held it.
function resumedStep(dossier: Dossier, waiting: Task): Task {
  return dossier.tasks.findLast((task) => task.kind === 'step' && task.stepId === waiting.stepId)!
}

function assign(task: Task, officer: string, facts: Facts): Outcome<DossierEntry[]> {
  if (facts.assigneeFits !== true) return refusals.unknownOfficer({ officer })
  return [entry('dossiers.assigned', { task: task.no, assignee: officer }, facts)]
}

function completeStep(
  dossier: Dossier,
  task: Task,
  command: Extract<Command, { command: 'completeStep' }>,
  facts: Facts,
) {
  const { outcome, note } = command
  const known = outcomesOf(facts.process, task.stepId!)
  if (!known.includes(outcome)) return refusals.unknownOutcome({ outcome, known })
  if (task.stepKind === 'draft' && outcome === 'ok' && dossier.draftRef === null) return refusals.noDraft()
  const { opens, ending } = onward(dossier, task, outcome, facts)
  return [entry('dossiers.step-completed', { note, ...closing(task, outcome), opens }, facts), ...ending]
}

function sendBack(
  dossier: Dossier,
  task: Task,
  command: Extract<Command, { command: 'sendBack' }>,
  facts: Facts,
) {
  const opens = stepsBack(dossier, task, command.toStep, facts)
  if (isRefusal(opens)) return opens
  return [
    entry('dossiers.sent-back', { reason: command.reason, ...closing(task, 'send-back'), opens }, facts),
  ]
}

// The model's own way back comes first; without one the work returns to the step before.
function stepsBack(
  dossier: Dossier,
  task: Task,
  toStep: string | undefined,
  facts: Facts,
): Outcome<NewTask[]> {
  if (toStep === undefined && outcomesOf(facts.process, task.stepId!).includes('send-back')) {
    const { next } = advance(facts.process, task.stepId!, { outcome: 'send-back', answers: facts.answers })
    return next.map((step) => stepTask(dossier, step, facts))
  }
  const before = dossier.tasks.filter(
    (each) => each.kind === 'step' && each.no < task.no && each.stepId !== task.stepId,
  )
  const target = toStep === undefined ? before.at(-1) : before.findLast((each) => each.stepId === toStep)
  if (target === undefined) return refusals.noSuchTask({ command: 'sendBack' })
  return [stepAgain(target, dossier, facts)]
}

function approve(
  dossier: Dossier,
  task: Task,
  capacity: string | null,
  facts: Facts,
): Outcome<DossierEntry[]> {
  if (dossier.draftRef === null && wantsDraft(facts.process)) return refusals.noDraft()
  // The first outcome of a step is its ordinary one: of a decision, that it is signed.
  const signed = outcomesOf(facts.process, task.stepId!)[0] ?? 'approved'
  const { opens, ending } = onward(dossier, task, signed, facts)
  return [entry('dossiers.approved', { capacity, ...closing(task, 'approved'), opens }, facts), ...ending]
}

// Where somebody drafts the result, nobody signs without it.
const wantsDraft = (process: CompiledProcess) =>
  Object.values(process.steps).some((step) => step.kind === 'draft')

/** A written refusal to settle ends the process at once: nothing is left to issue. */
function decline(
  dossier: Dossier,
  task: Task,
  reason: EntryData['dossiers.declined']['reason'],
  facts: Facts,
) {
  const declined = entry('dossiers.declined', { reason, ...closing(task, 'declined') }, facts)
  return [declined, decided(dossier, 'not-granted', facts)]
}

function onward(dossier: Dossier, task: Task, outcome: string, facts: Facts) {
  const { next, ended, result } = advance(facts.process, task.stepId!, { outcome, answers: facts.answers })
  const opens = next.map((step) => stepTask(dossier, step, facts))
  return {
    opens,
    ending: ended ? [decided(dossier, result === 'refused' ? 'not-granted' : 'granted', facts)] : [],
  }
}

function decided(dossier: Dossier, outcome: 'granted' | 'not-granted', facts: Facts): DossierEntry {
  return entry('dossiers.decided', { outcome, opens: [returnTask(dossier, facts)] }, facts)
}

function dueOf(
  dossier: Pick<Dossier, 'limit' | 'pauses' | 'supplementRule'>,
  acceptedAt: string,
  facts: Facts,
): string {
  const { limit, pauses, supplementRule } = dossier
  const { dueAt } = computeDue({
    acceptedAt,
    limit: { amount: limit.amount, unit: limit.unit },
    cutOff: limit.cutOff,
    pauses,
    restart: supplementRule,
    calendar: facts.calendar,
  })
  // An open pause has no due date; the callers above only ask when none is open.
  if (dueAt === null) throw new Error('a due date was asked for while the clock is paused')
  return dueAt
}

const closing = (task: Task, outcome: string) => ({ closes: [{ no: task.no, outcome }] })

const closingAll = (dossier: Dossier, outcome: string) => ({
  closes: dossier.tasks.filter((task) => task.closedAt === null).map(({ no }) => ({ no, outcome })),
})

function entry<K extends EntryKind>(
  kind: K,
  data: EntryData[K],
  facts: Pick<Facts, 'now' | 'acting'>,
): DossierEntry {
  return { kind, data, actor: journalActor(facts.acting), at: facts.now } as DossierEntry
}

/** Puts the post that gives the power to answer this task first: the journal names it. */
function inPostFor(acting: Acting, task: Task | null): Acting {
  if (acting.kind !== 'officer' || task === null) return acting
  const fits = ({ authority, roles }: (typeof acting.posts)[number]) =>
    authority === task.authority && roles.includes(task.role)
  return { ...acting, posts: acting.posts.toSorted((a, b) => Number(fits(b)) - Number(fits(a))) }
}

function journalActor(acting: Acting): JournalActor {
  if (acting.kind === 'applicant') return { kind: 'person', id: acting.id }
  if (acting.kind === 'system') return { kind: 'system', id: acting.id }
  const post = acting.posts[0]?.post
  return { kind: 'officer', id: acting.id, ...(post ? { post } : {}) }
}
