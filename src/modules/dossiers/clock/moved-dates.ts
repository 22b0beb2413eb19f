import { addWorkingHours, type Calendar, moveInstant } from '../../calendar/index.ts'
import { dueDates, intakeHours } from '../deciding/dates.ts'
import type { Dossier, Task } from '../dossier.ts'
import type { EntryData } from '../entries.ts'

type DatedTask = Pick<Task, 'no' | 'kind' | 'openedAt' | 'closedAt' | 'dueAt'>

/** The part of a dossier that its dates depend on; `tasks` may be the open ones alone. */
export type DatedDossier = Pick<
  Dossier,
  | 'state'
  | 'acceptedAt'
  | 'dueAt'
  | 'indexDueAt'
  | 'intakeDueAt'
  | 'limit'
  | 'pauses'
  | 'supplementRule'
  | 'extension'
> & { tasks: DatedTask[] }
type Recomputed = EntryData['dossiers.due-recomputed']

/**
 * The dates of an open dossier under another calendar, or null when all of them stay. Legal dates are counted anew
 * from acceptance; hours of a task keep their working time; dates that somebody named stay as named.
 * @throws MissingCalendarYear when the new calendar does not know a year that it needs
 */
export function movedDates(dossier: DatedDossier, before: Calendar, after: Calendar): Recomputed | null {
  const legal =
    dossier.acceptedAt === null
      ? { dueAt: null, indexDueAt: null }
      : dueDates(dossier, dossier.acceptedAt, after)
  const intakeDueAt = movedIntake(dossier, after)
  const tasks = dossier.tasks
    .filter(({ closedAt }) => closedAt === null)
    .map((task) => ({
      task,
      dueAt: movedTask(task, { before, after, intakeDueAt, legalDueAt: legal.dueAt }),
    }))
    .filter(({ task, dueAt }) => dueAt !== task.dueAt)
    .map(({ task, dueAt }) => ({ no: task.no, dueAt }))
  const from = { dueAt: dossier.dueAt, indexDueAt: dossier.indexDueAt }
  const stays =
    legal.dueAt === from.dueAt &&
    legal.indexDueAt === from.indexDueAt &&
    intakeDueAt === dossier.intakeDueAt &&
    tasks.length === 0
  return stays ? null : { ...legal, from, intakeDueAt, calendarVersion: after.version, tasks }
}

function movedIntake({ state, intakeDueAt, tasks }: DatedDossier, after: Calendar): string | null {
  const intake = tasks.find(({ kind, closedAt }) => kind === 'intake' && closedAt === null)
  // Also of a filing whose year was not published when it came in.
  return state === 'submitted' && intake ? addWorkingHours(after, intake.openedAt, intakeHours) : intakeDueAt
}

interface Moving {
  before: Calendar
  after: Calendar
  intakeDueAt: string | null
  legalDueAt: string | null
}

function movedTask(task: DatedTask, { before, after, intakeDueAt, legalDueAt }: Moving): string | null {
  switch (task.kind) {
    case 'intake':
      return intakeDueAt
    case 'supplement':
    case 'obligation':
    case 'consult':
    case 'visit':
    case 'wait':
    case 'compensation':
      return task.dueAt
    case 'step':
    case 'return':
    case 'confirm':
    case 'transfer':
    case 'handover': {
      const moved = task.dueAt === null ? null : moveInstant(before, after, task.openedAt, task.dueAt)
      const capped = task.kind === 'step' && moved !== null && legalDueAt !== null && legalDueAt < moved
      return capped ? legalDueAt : moved
    }
    default:
      return task.kind satisfies never
  }
}
