import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import {
  awaits,
  type CompiledProcess,
  complete,
  moveToken,
  occur,
  outcomesOf,
  type Run,
} from '../../processes/index.ts'
import type { Dossier, Task } from '../dossier.ts'
import { openTasks } from '../dossier.ts'
import type { DossierEntry, TaskChanges } from '../entries.ts'
import { returnTask, stepAgain } from '../open-task.ts'
import { refusals } from '../refusals.ts'
import { capacityOf } from './capacity.ts'
import { closing, type Decide, entry, type Facts, signedIn } from './facts.ts'
import { followed, processFacts, standing } from './process.ts'

export const assign: Decide<'assign'> = (_dossier, task, { officer }, facts) => {
  if (facts.officerFits !== true) return refusals.unknownOfficer({ officer })
  // Taking work from somebody is another act: it states why.
  if (task!.assignee !== null && task!.assignee !== officer) return refusals.alreadyAssigned()
  return [entry('dossiers.assigned', { task: task!.no, assignee: officer }, facts)]
}

export const reassign: Decide<'reassign'> = (dossier, task, { officer, reason }, facts) => {
  if (facts.officerFits !== true || dossier.barred.includes(officer))
    return refusals.unknownOfficer({ officer })
  return [
    entry('dossiers.reassigned', { task: task!.no, assignee: officer, from: task!.assignee, reason }, facts),
  ]
}

export const draftResult: Decide<'draftResult'> = (_dossier, task, { draft }, facts) => [
  entry('dossiers.result-drafted', { task: task!.no, draft }, facts),
]

export const completeStep: Decide<'completeStep'> = (
  dossier,
  task,
  { outcome, note, capacity: wanted },
  facts,
) => {
  const known = outcomesOf(facts.process, task!.stepId!)
  if (!known.includes(outcome)) return refusals.unknownOutcome({ outcome, known })
  if (task!.stepKind === 'draft' && outcome === 'ok' && dossier.draftRef === null) return refusals.noDraft()
  const awaited = stillAwaited(dossier, task!)
  if (awaited) return awaited
  const signs = facts.process.steps[task!.stepId!]?.signs !== undefined
  const capacity = signs ? capacityOf(facts, dossier, task!, wanted) : {}
  if (isRefusal(capacity)) return capacity
  const { changes, ending } = onward(dossier, task!, outcome, facts)
  return [
    entry('dossiers.step-completed', { note, ...capacity, ...signedIn(facts), ...changes }, facts),
    ...ending,
  ]
}

// A step is not done while an opinion or a visit that it asked for is open: it is answered, or ended with a ground.
function stillAwaited(dossier: Dossier, task: Task) {
  const open = openTasks(dossier).filter((each) => each.stepId === task.stepId)
  if (open.some(({ kind }) => kind === 'consult')) return refusals.opinionAwaited()
  return open.some(({ kind }) => kind === 'visit') ? refusals.visitAwaited() : undefined
}

export const sendBack: Decide<'sendBack'> = (dossier, task, command, facts) => {
  const awaited = stillAwaited(dossier, task!)
  if (awaited) return awaited
  const changes = stepBack(dossier, task!, command.toStep, facts)
  if (isRefusal(changes)) return changes
  const { signedBefore = [] } = facts
  const thrownAway = signedBefore.length > 0 ? { thrownAway: [...signedBefore] } : {}
  return [entry('dossiers.sent-back', { reason: command.reason, ...thrownAway, ...changes }, facts)]
}

// The model's own way back comes first; without one the work returns to the last step done before, as far as the
// process could stand there itself: work that runs beside it is never doubled or lost.
function stepBack(
  dossier: Dossier,
  task: Task,
  toStep: string | undefined,
  facts: Facts,
): Outcome<TaskChanges> {
  if (toStep === undefined && outcomesOf(facts.process, task.stepId!).includes('send-back'))
    return onward(dossier, task, 'send-back', facts).changes
  const marking = standing(dossier, facts.process)
  const before = dossier.tasks
    .filter(({ kind, no, closedAt }) => kind === 'step' && no < task.no && closedAt !== null)
    .map((done) => ({ ...done, stepId: becameOf(done, facts) }))
    .filter(({ stepId }) => stepId !== task.stepId)
  for (const target of before.toReversed()) {
    if (toStep !== undefined && target.stepId !== toStep) continue
    const run = moveToken(facts.process, marking, task.stepId!, target.stepId!)
    if (isRefusal(run)) continue
    const changes = followed(dossier, run, facts, task)
    // Whoever did it before takes it up again.
    const opens = changes.opens.map((step) =>
      step.stepId === target.stepId ? stepAgain(target, dossier, facts) : step,
    )
    return { ...changes, opens, closes: [...closing(task, 'send-back').closes, ...changes.closes] }
  }
  return refusals.noSuchTask({ command: 'sendBack' })
}

// Since it was done, the dossier may have moved to another version of its process.
const becameOf = ({ stepId, closedAt }: Task, { stepsBecame = [] }: Facts): string =>
  stepsBecame
    .filter(({ at }) => at >= closedAt!)
    .reduce((id, { mapping }) => (Object.hasOwn(mapping, id) ? mapping[id]! : id), stepId!)

export const approve: Decide<'approve'> = (dossier, task, command, facts) => {
  if (dossier.draftRef === null && wantsDraft(facts.process)) return refusals.noDraft()
  if (facts.filesLacking) return refusals.filesLacking()
  const capacity = capacityOf(facts, dossier, task!, command.capacity)
  if (isRefusal(capacity)) return capacity
  // The first outcome of a step is its ordinary one: of a decision, that it is signed.
  const signed = outcomesOf(facts.process, task!.stepId!)[0] ?? 'approved'
  const { changes, ending } = onward(dossier, task!, signed, facts, 'approved')
  const approved = { ...capacity, ...signedIn(facts), ...changes }
  return [entry('dossiers.approved', approved, facts), ...ending]
}

/** What the process waited for has come: it goes on. A moment comes by itself. */
export const receiveMessage: Decide<'receiveMessage'> = (dossier, task, { note }, facts) => {
  const marking = standing(dossier, facts.process)
  const awaited = awaits(facts.process, marking).messages.find(({ node }) => node === task!.stepId)
  if (awaited === undefined) return refusals.noMessageAwaited()
  const run = occur(facts.process, marking, awaited.node, processFacts(dossier, facts))
  const { changes, ending } = wayOn(dossier, task!, 'received', run, facts)
  return [
    entry('dossiers.message-received', { message: awaited.message, note, ...changes }, facts),
    ...ending,
  ]
}

// Where somebody drafts the result, nobody signs without it.
const wantsDraft = (process: CompiledProcess) =>
  Object.values(process.steps).some((step) => step.kind === 'draft')

/** A written refusal to settle ends the process at once: nothing is left to issue. */
export const decline: Decide<'decline'> = (dossier, task, { reason, capacity: wanted }, facts) => {
  const capacity = capacityOf(facts, dossier, task!, wanted)
  if (isRefusal(capacity)) return capacity
  const ends = { ...closing(task!, 'declined'), marking: over(dossier, facts) }
  return [
    entry('dossiers.declined', { reason, ...capacity, ...signedIn(facts), ...ends }, facts),
    decided(dossier, task!, 'not-granted', facts),
  ]
}

const over = (dossier: Dossier, { process }: Facts) => ({
  ...standing(dossier, process),
  ...{ tokens: [], scopes: [], timers: [] },
})

/** What follows when a step ends, with the decision when it was the last. `stated` is how its task ends. */
function onward(dossier: Dossier, task: Task, outcome: string, facts: Facts, stated = outcome) {
  const run = complete(
    facts.process,
    standing(dossier, facts.process),
    task.stepId!,
    processFacts(dossier, facts, outcome),
  )
  return wayOn(dossier, task, stated, run, facts)
}

/** The changes that a run of the process makes, with the decision when it has ended. */
export function wayOn(dossier: Dossier, task: Task | undefined, stated: string, run: Run, facts: Facts) {
  const changes = followed(dossier, run, facts, task)
  const closes = [...(task ? closing(task, stated).closes : []), ...changes.closes]
  const outcome = run.result === 'refused' ? 'not-granted' : 'granted'
  const gone = closes.map(({ no }) => no)
  return {
    changes: { ...changes, closes },
    ending: run.ended ? [decidedAfter(dossier, gone, outcome, facts)] : [],
  }
}

const decided = (dossier: Dossier, last: Task, outcome: 'granted' | 'not-granted', facts: Facts) =>
  decidedAfter(dossier, [last.no], outcome, facts)

// Each recipient gets the result in their own way; whoever filed together with the applicant gets it too.
function decidedAfter(
  dossier: Dossier,
  closed: readonly number[],
  outcome: 'granted' | 'not-granted',
  facts: Facts,
): DossierEntry {
  const others = dossier.otherParties.filter(({ kind }) => kind === 'second-party')
  const deliveries = [
    { party: 0, channel: dossier.delivery },
    ...others.map(({ no }) => ({ party: no, channel: dossier.delivery })),
  ]
  const opens = deliveries.map(({ channel }, i) => returnTask(dossier, channel, i + 1, facts))
  // What is still open besides the process has nothing to wait for; what is owed to the person stays owed.
  const closes = openTasks(dossier)
    .filter(({ no, kind }) => !closed.includes(no) && kind !== 'compensation')
    .map(({ no }) => ({ no, outcome: 'decided' }))
  return entry('dossiers.decided', { outcome, deliveries, closes, opens }, facts)
}
