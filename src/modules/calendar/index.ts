export { type Calendar, makeCalendar, SpecialDay } from './calendar.ts'
export { addVersion, forgetCalendars, loadCalendar } from './calendar-store.ts'
export {
  addWorkingHours,
  computeDue,
  type Due,
  type DueFacts,
  type ExplanationStep,
  isOpenAt,
  isWorkingDate,
  Limit,
  LimitUnit,
  nextClosing,
  type Pause,
  type StepKind,
  workingMinutesBetween,
} from './due.ts'
export { explain, explainAll, moment, timeLeft, workingTime } from './explain.ts'
export { loadCalendars, shippedCalendar } from './load-calendar.ts'
export { type Rule, rules } from './rules.ts'
