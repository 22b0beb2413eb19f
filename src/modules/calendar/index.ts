export { type Calendar, makeCalendar, SpecialDay } from './calendar.ts'
export { addVersion, forgetCalendars, loadCalendar } from './calendar-store.ts'
export {
  addWorkingHours,
  computeDue,
  type Due,
  type DueFacts,
  type ExplanationStep,
  isWorkingDate,
  Limit,
  LimitUnit,
  type Pause,
  type StepKind,
  workingMinutesBetween,
} from './due.ts'
export { explainAll, moment, workingTime } from './explain.ts'
export { loadCalendars, shippedCalendar } from './load-calendar.ts'
export { MissingCalendarYear } from './missing-year.ts'
export type { Rule } from './rules.ts'
