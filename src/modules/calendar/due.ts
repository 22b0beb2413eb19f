import { instantOf } from './calendar.ts'
import { courseOf } from './course.ts'
import type { DueFacts } from './due-facts.ts'
import { type ExplanationStep, stepsOf } from './explain-course.ts'

export interface Due {
  /** Instant; null while the clock stands. */
  dueAt: string | null
  explanation: ExplanationStep[]
  /** Versions of the calendar it was computed with. */
  calendarVersion: string
}

/**
 * When a dossier is due, and why. The day of receipt is not counted; a limit in working days ends with the
 * authority's working time; a limit in days that ends on a day off ends on the next working day.
 * @throws MissingCalendarYear when the count reaches a year whose days off were not published
 * @throws ImpossibleClockFacts when an amount, an instant or a time is none
 */
export function computeDue(facts: DueFacts): Due {
  const course = courseOf(facts)
  return {
    dueAt: course.due === null ? null : instantOf(course.due),
    explanation: stepsOf(facts, course),
    calendarVersion: facts.calendar.version,
  }
}

/**
 * The due instant of `computeDue` without its explanation, from the same count: for many dossiers at once.
 * @throws MissingCalendarYear, ImpossibleClockFacts
 */
export function computeDueAt(facts: DueFacts): string | null {
  const { due } = courseOf(facts)
  return due === null ? null : instantOf(due)
}
