import { isDeepStrictEqual } from 'node:util'
import { isRefusal } from '../../../kernel/errors.ts'
import type { LinkedBranch } from '../../catalogue/index.ts'
import { awaits, occur } from '../../processes/index.ts'
import { dueDates } from '../deciding/dates.ts'
import { returnResult } from '../deciding/ending.ts'
import { entry, type Facts } from '../deciding/facts.ts'
import { knownYear } from '../deciding/known-year.ts'
import { orRefusal } from '../deciding/or-refusal.ts'
import { followsDate, standing as markingOf, processFacts } from '../deciding/process.ts'
import { wayOn } from '../deciding/work.ts'
import { type Branch, type Dossier, type NewTask, openTasks } from '../dossier.ts'
import { applyEntries } from '../dossier-store.ts'
import type { DossierEntry, EntryData, TaskChanges } from '../entries.ts'
import { inHours } from '../open-task.ts'
import { type Compensation, pausesOf, type Standing, standingOf } from './branches.ts'

/** The message that a group's process waits for. */
export const branchesEnded = 'branches-ended'

/** Working hours in which somebody should have looked after the people: our own planning. */
const compensationHours = 16

export interface Around {
  plan: readonly LinkedBranch[]
  /** The branches as they are planned or were written down last. */
  branches: readonly Branch[]
  children: ReadonlyMap<string, Dossier>
}

/** What a group states once its branches stand as they do; nothing when nothing changed. Pure. */
export function groupEntries(group: Dossier, around: Around, facts: Facts): DossierEntry[] {
  const entries: DossierEntry[] = []
  let now = group
  const add = (more: readonly DossierEntry[]) => {
    if (more.length === 0) return
    entries.push(...more)
    now = applyEntries(group.id, group, entries).after
  }
  const clock = clockOf(group, around.children, facts)
  const dueAt = clock.dueAt === undefined ? group.dueAt : clock.dueAt
  const standing = standingOf(around.plan, { ...group, dueAt, branches: around.branches }, around.children)
  add(changed(group, standing, clock, around, facts))
  if (standing.ended) add(decided(now, standing, facts))
  add(returned(now, around, facts))
  return entries
}

type Clock = Partial<Pick<EntryData['dossiers.branches-changed'], 'pauses' | 'dueAt' | 'indexDueAt'>>

// The clock of the group stands while any branch waits for the applicant.
function clockOf(group: Dossier, children: Around['children'], { calendar }: Facts): Clock {
  if (group.state !== 'in-progress' || group.acceptedAt === null) return {}
  const pauses = pausesOf(group, children.values())
  if (isDeepStrictEqual(pauses, group.pauses)) return {}
  const { acceptedAt } = group
  const dates = knownYear(() => dueDates({ ...group, pauses }, acceptedAt, calendar))
  return isRefusal(dates) ? { pauses, dueAt: null, indexDueAt: null } : { pauses, ...dates }
}

function changed(
  group: Dossier,
  { branches, compensations }: Standing,
  clock: Clock,
  around: Around,
  facts: Facts,
): DossierEntry[] {
  const opens = compensations
    .filter((due) => !isLookedAfter(group, around.plan, due))
    .map((due) => compensationTask(group, around, due, facts))
  const moved = Object.keys(clock).length > 0
  if (!moved && opens.length === 0 && isDeepStrictEqual(branches, group.branches)) return []
  return [
    entry(
      'dossiers.branches-changed',
      { branches, ...clock, ...(opens.length > 0 && { opens }), ...following(group, clock, facts) },
      facts,
    ),
  ]
}

/** What hangs on the date of the group follows it: whoever watches over it, and timers of its process. */
function following(group: Dossier, { dueAt, indexDueAt }: Clock, facts: Facts): TaskChanges {
  if (dueAt === undefined) return {}
  const changes = openTasks(group)
    .filter(({ kind }) => kind === 'wait')
    .map(({ no }) => ({ no, set: { dueAt } }))
  if (!group.marking?.timers.length) return { changes }
  const dated = { ...group, dueAt, indexDueAt: indexDueAt ?? null }
  const timers = group.marking.timers.map((timer) => {
    const at = followsDate(dated, timer, facts)
    return at === undefined ? timer : { ...timer, at }
  })
  return { changes, marking: { ...group.marking, timers } }
}

const numberOf = (plan: Around['plan'], branch: string) => plan.findIndex(({ key }) => key === branch) + 1

// A failure is looked after once; its cause stands in the place of a step.
const isLookedAfter = ({ tasks }: Dossier, plan: Around['plan'], { cause, branch }: Compensation) =>
  tasks.some(
    ({ kind, stepId, subject }) =>
      kind === 'compensation' && stepId === cause && subject === numberOf(plan, branch),
  )

/**
 * Looking after the people: by the unit that took the filing in where its reception owes it, else by the authority
 * that leads the group. `subject` is the branch's number in the plan.
 */
function compensationTask(
  group: Dossier,
  { plan, children }: Around,
  { cause, branch }: Compensation,
  facts: Facts,
): NewTask {
  const lead = plan.find((each) => each.lead && children.has(each.key))
  const leads = (lead && children.get(lead.key)?.competent) ?? group.competent
  const role = plan.find(({ key }) => key === cause)?.compensation?.role ?? 'specialist'
  return {
    ...{ kind: 'compensation', stepId: cause, stepKind: null, name: 'compensation', role, assignee: null },
    authority: role === 'reception' ? group.receivedBy : leads,
    unitKind: units[role],
    dueAt: inHours(facts, compensationHours),
    subject: numberOf(plan, branch),
  }
}

const units = {
  reception: 'one-stop',
  specialist: 'division',
  head: 'division',
  leader: 'leadership',
  clerk: 'clerk-office',
} as const

/** Gives the group's process its message; ended by it, the group comes to what its branches came to. */
function decided(group: Dossier, { outcome }: Standing, facts: Facts): DossierEntry[] {
  if (group.state !== 'in-progress') return []
  const marking = markingOf(group, facts.process)
  const awaited = awaits(facts.process, marking).messages.find(({ message }) => message === branchesEnded)
  if (awaited === undefined) return []
  const task = openTasks(group).find(({ stepId }) => stepId === awaited.node)
  const said = processFacts(group, facts, outcome === 'granted' ? 'granted' : 'refused')
  const run = () => occur(facts.process, marking, awaited.node, said)
  const onward = orRefusal(() => wayOn(group, task, 'received', run(), facts))
  // A process that finds no way on stays where it is, and the alarm list shows its wait.
  if (isRefusal(onward)) return []
  const { changes, ending } = onward
  const received = entry(
    'dossiers.message-received',
    { message: awaited.message, note: null, ...changes },
    facts,
  )
  return [received, ...ending.map((each) => ({ ...each, data: { ...each.data, outcome } }) as DossierEntry)]
}

/** A group is given back when everything it came to was, and nobody has to look after anything. */
function returned(group: Dossier, { children }: Around, facts: Facts): DossierEntry[] {
  if (group.state !== 'decided') return []
  if ([...children.values()].some(({ closedAt }) => closedAt === null)) return []
  if (openTasks(group).some(({ kind }) => kind === 'compensation')) return []
  const entries: DossierEntry[] = []
  let now = group
  for (;;) {
    const task = openTasks(now).find(({ kind }) => kind === 'return')
    if (task === undefined) return entries
    const command = { command: 'returnResult', delivery: now.delivery, collector: null } as const
    const more = returnResult(now, task, { ...command, taskNo: task.no }, facts)
    if (isRefusal(more)) return entries
    entries.push(...more)
    now = applyEntries(group.id, group, entries).after
  }
}
