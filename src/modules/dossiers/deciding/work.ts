import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { advance, type CompiledProcess, outcomesOf } from '../../processes/index.ts'
import type { Dossier, NewTask, Task } from '../dossier.ts'
import { openTasks } from '../dossier.ts'
import type { DossierEntry } from '../entries.ts'
import { returnTask, stepAgain, stepTask } from '../open-task.ts'
import { gives } from '../permission.ts'
import { refusals } from '../refusals.ts'
import { closing, type Decide, entry, type Facts } from './facts.ts'

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

export const completeStep: Decide<'completeStep'> = (dossier, task, { outcome, note }, facts) => {
  const known = outcomesOf(facts.process, task!.stepId!)
  if (!known.includes(outcome)) return refusals.unknownOutcome({ outcome, known })
  if (task!.stepKind === 'draft' && outcome === 'ok' && dossier.draftRef === null) return refusals.noDraft()
  const awaited = stillAwaited(dossier, task!)
  if (awaited) return awaited
  const { opens, ending } = onward(dossier, task!, outcome, facts)
  return [entry('dossiers.step-completed', { note, ...closing(task!, outcome), opens }, facts), ...ending]
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
  const opens = stepsBack(dossier, task!, command.toStep, facts)
  if (isRefusal(opens)) return opens
  return [
    entry('dossiers.sent-back', { reason: command.reason, ...closing(task!, 'send-back'), opens }, facts),
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

export const approve: Decide<'approve'> = (dossier, task, command, facts) => {
  if (dossier.draftRef === null && wantsDraft(facts.process)) return refusals.noDraft()
  const capacity = capacityOf(facts, dossier, task!, command.capacity)
  if (isRefusal(capacity)) return capacity
  // The first outcome of a step is its ordinary one: of a decision, that it is signed.
  const signed = outcomesOf(facts.process, task!.stepId!)[0] ?? 'approved'
  const { opens, ending } = onward(dossier, task!, signed, facts)
  const approved = { capacity: capacity.capacity, ...closing(task!, 'approved'), opens }
  return [entry('dossiers.approved', approved, facts), ...ending]
}

// Nobody signs in a capacity that no post of theirs gives (NĐ 30/2020/NĐ-CP, Điều 13).
function capacityOf(
  { acting }: Facts,
  dossier: Dossier,
  task: Task,
  wanted: string | undefined,
): Outcome<{ capacity: string | null }> {
  if (acting.kind !== 'officer') return { capacity: null }
  const powers = acting.posts.filter((post) => gives(post, task.role, task.authority, dossier.procedureCode))
  const held = powers.flatMap(({ capacity }) => (capacity ? [capacity] : []))
  if (wanted === undefined || wanted === '') return { capacity: powers[0]?.capacity ?? null }
  return held.includes(wanted) ? { capacity: wanted } : refusals.capacityNotHeld({ capacity: wanted, held })
}

/** What the process waited for has come: it goes on. A moment comes by itself. */
export const receiveMessage: Decide<'receiveMessage'> = () => refusals.noMessageAwaited()

// Where somebody drafts the result, nobody signs without it.
const wantsDraft = (process: CompiledProcess) =>
  Object.values(process.steps).some((step) => step.kind === 'draft')

/** A written refusal to settle ends the process at once: nothing is left to issue. */
export const decline: Decide<'decline'> = (dossier, task, { reason }, facts) => [
  entry('dossiers.declined', { reason, ...closing(task!, 'declined') }, facts),
  decided(dossier, task!, 'not-granted', facts),
]

function onward(dossier: Dossier, task: Task, outcome: string, facts: Facts) {
  const { next, ended, result } = advance(facts.process, task.stepId!, { outcome, answers: facts.answers })
  const opens = next.map((step) => stepTask(dossier, step, facts))
  return {
    opens,
    ending: ended ? [decided(dossier, task, result === 'refused' ? 'not-granted' : 'granted', facts)] : [],
  }
}

// Each recipient gets the result in their own way; whoever filed together with the applicant gets it too.
function decided(
  dossier: Dossier,
  last: Task,
  outcome: 'granted' | 'not-granted',
  facts: Facts,
): DossierEntry {
  const others = dossier.otherParties.filter(({ kind }) => kind === 'second-party')
  const deliveries = [
    { party: 0, channel: dossier.delivery },
    ...others.map(({ no }) => ({ party: no, channel: dossier.delivery })),
  ]
  const opens = deliveries.map(({ channel }, i) => returnTask(dossier, channel, i + 1, facts))
  // What is still open besides the process has nothing to wait for.
  const closes = openTasks(dossier)
    .filter(({ no }) => no !== last.no)
    .map(({ no }) => ({ no, outcome: 'decided' }))
  return entry('dossiers.decided', { outcome, deliveries, closes, opens }, facts)
}
