export { reformRoutes } from './api.ts'
export { type Share, type Stage, type StageTime, shares, stages } from './dossier-time.ts'
export { namedAuthorities } from './named-authorities.ts'
export { rebuildTimes, recomputeTimes, type TimeDifference } from './recompute-spans.ts'
export { spansConsumer } from './spans-consumer.ts'
export type { StepSpan, Whose } from './step-spans.ts'
export {
  type Holder,
  type Loop,
  lastDays,
  type Spread,
  type StepTime,
  type TimeAsked,
  type TotalTime,
  type WhereTimeGoes,
  whereTimeGoes,
} from './where-time-goes.ts'
