import { dateOfLaw } from '../../../kernel/time.ts'
import { begin } from '../../processes/index.ts'
import { type Dossier, openTasks, type Task } from '../dossier.ts'
import type { DossierEntry, SubmittedData } from '../entries.ts'
import { confirmTask, inHours, intakeTask, stepAgain, waitingTask } from '../open-task.ts'
import { refusals } from '../refusals.ts'
import { intakeHours, pausedDates, runningDates } from './dates.ts'
import { closing, closingAll, type Decide, entry, type Facts } from './facts.ts'
import { countedAnew, followed, processFacts } from './process.ts'

/** After acceptance an applicant is asked for more at most once, unless a new fact came up (index 766: late). */
export const supplementsAfterAcceptance = 1

/** What a new dossier states; all of it was validated by the use case. */
export type Submission = Omit<SubmittedData, 'intakeDueAt' | 'opens' | 'closes'>

/**
 * When the intake of what came in now should be done. Nothing that comes in is turned away because next year's days
 * off are not known: its intake then has no hour, which the alarm list shows.
 */
const intakeDue = (facts: Pick<Facts, 'now' | 'calendar'>) => inHours(facts, intakeHours)

/** Opens a dossier: the first entry of its stream. */
export function decideSubmission(
  submission: Submission,
  facts: Pick<Facts, 'now' | 'acting' | 'calendar'>,
): DossierEntry[] {
  const parties = submission.otherParties ?? []
  const intakeDueAt = parties.length > 0 ? null : intakeDue(facts)
  const opens =
    parties.length > 0
      ? parties.map((_, i) => confirmTask(submission.receivedBy, i + 1, facts))
      : [intakeTask(submission.receivedBy, intakeDueAt)]
  return [entry('dossiers.submitted', { ...submission, intakeDueAt, opens }, facts)]
}

/** Each of them gets a text message: nobody needs more for one dossier. */
export const mostOtherParties = 10

export const represent: Decide<'represent'> = (dossier, _task, { who, until }, facts) => {
  if (dossier.otherParties.length >= mostOtherParties)
    return refusals.tooManyParties({ most: mostOtherParties })
  if (until !== null && until < dateOfLaw(facts.now)) return refusals.dateIsPast({ date: until })
  const opens = [confirmTask(dossier.receivedBy, dossier.otherParties.length + 1, facts)]
  return [entry('dossiers.represented', { party: { kind: 'representative', until }, who, opens }, facts)]
}

export const confirm: Decide<'confirm'> = (dossier, task, { seen }, facts) => {
  // A machine sees nobody.
  if (facts.acting.kind === 'system' || (facts.acting.kind !== 'party' && !seen)) return refusals.notSeen()
  const party = task!.subject!
  const last = dossier.otherParties.every(
    (each) => each.no === party || each.kind !== 'second-party' || each.confirmedAt !== null,
  )
  const filed = dossier.state === 'awaiting-party' && last
  const intakeDueAt = filed ? intakeDue(facts) : null
  const opens = filed ? [intakeTask(dossier.receivedBy, intakeDueAt)] : []
  return [
    entry('dossiers.confirmed', { party, intakeDueAt, seen, ...closing(task!, 'confirmed'), opens }, facts),
  ]
}

export const disagree: Decide<'disagree'> = (dossier, task, { reason }, facts) => {
  const party = task!.subject!
  const ends = dossier.otherParties.find(({ no }) => no === party)?.kind === 'second-party'
  const closes = ends ? closingAll(dossier, 'disagreed') : closing(task!, 'disagreed')
  return [entry('dossiers.disagreed', { party, reason, ...closes }, facts)]
}

export const accept: Decide<'accept'> = (dossier, task, _command, facts) => {
  const dates = runningDates(dossier, facts.now.toISOString(), facts.calendar)
  const begun = begin(facts.process, processFacts(dossier, facts))
  const { opens, marking } = followed({ ...dossier, ...dates }, begun, facts)
  const changes = { ...closing(task!, 'accepted'), opens, marking }
  return [
    entry('dossiers.accepted', { ...dates, calendarVersion: facts.calendar.version, ...changes }, facts),
  ]
}

export const refuse: Decide<'refuse'> = (dossier, _task, { reason }, facts) => [
  entry('dossiers.refused', { reason, ...closingAll(dossier, 'refused') }, facts),
]

export const requestSupplement: Decide<'requestSupplement'> = (dossier, task, command, facts) => {
  const { request, again, answerBy = null } = command
  const stage = task!.kind === 'intake' ? 'intake' : 'processing'
  const used = stage === 'processing' && askedAfterAcceptance(dossier) >= supplementsAfterAcceptance
  if (used && !again) return refusals.supplementUsedUp()
  const strange = answerBy === null ? undefined : strangeAnswerDate(answerBy, facts.now)
  if (strange) return strange
  const changes = {
    ...closing(task!, 'supplement-requested'),
    ...{ opens: [waitingTask(task!)], changes: besides(dossier, task!, () => null) },
  }
  const dates = stage === 'processing' ? pausedDates(dossier, 'supplement', facts) : {}
  const data = { stage, request, again: used, answerBy, ...dates, ...changes } as const
  return [entry('dossiers.supplement-requested', data, facts)]
}

// Whoever is to answer gets time for it, but a dossier does not wait for years.
function strangeAnswerDate(date: string, now: Date) {
  if (date <= dateOfLaw(now)) return refusals.dateIsPast({ date })
  const latest = dateOfLaw(new Date(now.getTime() + longestWait))
  return date > latest ? refusals.tooFarAway({ date, latest }) : undefined
}

const longestWait = 365 * 86_400_000

const askedAfterAcceptance = (dossier: Dossier) =>
  dossier.pauses.filter((pause) => pause.reason === 'supplement').length

export const supplement: Decide<'supplement'> = (dossier, task, { answers, papers }, facts) => {
  if (facts.otherSecondParty) return refusals.otherSecondParty()
  const base = { answers, papers, ...closing(task!, 'supplemented') }
  if (dossier.acceptedAt === null) {
    const intakeDueAt = intakeDue(facts)
    const opens = [intakeTask(dossier.receivedBy, intakeDueAt)]
    return [entry('dossiers.supplemented', { ...base, dueAt: null, intakeDueAt, opens }, facts)]
  }
  const { dates, ...going } = resumed(dossier, task!, facts)
  return [entry('dossiers.supplemented', { ...base, ...dates, intakeDueAt: null, ...going }, facts)]
}

/**
 * The step that asked goes on where it stood, with the officer who held it; the clock stood `until` then. What runs
 * beside it gets its hours anew.
 */
export function resumed(dossier: Dossier, waiting: Task, facts: Facts, until = facts.now.toISOString()) {
  const asking = askedBy(dossier, waiting)
  const pauses = dossier.pauses.map((pause) => (pause.to === null ? { ...pause, to: until } : pause))
  const dates = runningDates({ ...dossier, pauses }, dossier.acceptedAt!, facts.calendar)
  const going = { ...dossier, ...dates }
  const opens = [stepAgain(asking, going, facts)]
  const changes = besides(dossier, waiting, (task) => stepAgain(task, going, facts).dueAt)
  return { dates, opens, changes, marking: countedAnew(going, opens, facts) }
}

// Since it asked, the dossier may have moved to another version of its process: what waits knows the step by its new id.
function askedBy({ tasks }: Dossier, waiting: Task): Task {
  const { stepId, openedAt } = waiting
  const steps = tasks.filter(({ kind }) => kind === 'step')
  const same = (task: Task) => task.stepId === stepId
  const then = steps.filter(({ closedAt }) => closedAt === openedAt)
  const asking = then.findLast(same) ?? then.at(-1) ?? steps.findLast(same)
  return { ...(asking ?? waiting), stepId }
}

/** New hours for the steps that are open beside one. */
export const besides = (dossier: Dossier, one: Task, dueAt: (task: Task) => string | null) =>
  openTasks(dossier)
    .filter(({ kind, no }) => kind === 'step' && no !== one.no)
    .map((task) => ({ no: task.no, set: { dueAt: dueAt(task) } }))
