export {
  authoritiesOf,
  calendarOfVersions,
  draftCalendar,
  forgetCalendars,
  loadCalendar,
} from './authority-calendar.ts'
export { type Calendar, makeCalendar, SpecialDay } from './calendar.ts'
export { type CalendarChange, changedBetween, moveInstant } from './calendar-change.ts'
export { findYear, type PublishedDays, yearsPublished } from './calendar-store.ts'
export { computeDue, computeDueAt, type Due } from './due.ts'
export { type Addition, type DueFacts, Limit, LimitUnit, type Pause } from './due-facts.ts'
export { ImpossibleClockFacts, MissingCalendarYear } from './errors.ts'
export { explainAll, moment, workingTime } from './explain.ts'
export type { ExplanationStep, StepKind } from './explain-course.ts'
export { calendarInWords } from './explain-version.ts'
export { loadCalendars, shippedCalendar } from './load-calendar.ts'
export { type PublishedYear, type PublishOptions, publishYear } from './publish-year.ts'
export { refusals as calendarRefusals, type YearProblem } from './refusals.ts'
export type { Rule } from './rules.ts'
export { country } from './versions.ts'
export {
  addWorkingHours,
  endOfWork,
  isWorkingDate,
  workingHoursBefore,
  workingMinutesBetween,
  workingMinutesOrNone,
} from './working-time.ts'
export { readYear, YearToPublish } from './year-of-days.ts'
