export { answersFor } from './answers-for.ts'
export { indicatorRoutes } from './api.ts'
export {
  type BoardQuery,
  type BoardSummary,
  boardSummary,
  type Figures,
  type Finished,
  rememberedSummary,
  type Satisfaction,
  type SeriesPoint,
  type Stock,
  todayLine,
} from './board-summary.ts'
export { type CatchUpOptions, catchUp } from './catch-up.ts'
export {
  type Contribution,
  type CountedDossier,
  contributions,
  type Delta,
  type Measure,
  measures,
} from './contributions.ts'
export {
  type BehindCount,
  type BehindCountQuery,
  behindCount,
  countStill,
  mostCounted,
} from './counts/behind-count.ts'
export {
  type CountsQuery,
  indexCounts,
  type QualityNote,
  rateOf,
  type UnitCounts,
} from './counts/index-counts.ts'
export {
  closedPeriods,
  type IndexPeriod,
  PeriodKey,
  type PeriodKind,
  periodBefore,
  periodKinds,
  periodNamed,
  periodOf,
} from './counts/index-period.ts'
export type { Span } from './counts/intervals.ts'
export { rememberedScores, rememberedSet, type Scores, type ScoresQuery } from './counts/remembered-scores.ts'
export { type AsAt, forgetScores } from './counts/score-memory.ts'
export { type ScoredUnit, scoreInPeriods, scoreUnits } from './counts/score-units.ts'
export {
  type AroundQuery,
  monthsUpTo,
  type ScoresAround,
  scoresAround,
  type UnitOverTime,
} from './counts/scores-around.ts'
export {
  goneReasons,
  type MissReason,
  mayStillCount,
  saysWhyNot,
  stillReasons,
} from './counts/still-counts.ts'
export { type IndexUnit, indexUnits, levelOf, type UnitsQuery } from './counts/units.ts'
export { type Raise, raises } from './explain/raises.ts'
export { type IndicatorChange, type PeriodCounts, whyChanged } from './explain/why-changed.ts'
export {
  abandonSet,
  type Band,
  bandOf,
  type Counted,
  type Counts,
  countedOf,
  type FigureKey,
  figureKeys,
  figuresOf,
  findIndexSet,
  findStoredSet,
  type Group,
  type GroupKey,
  type GroupScore,
  groupKeys,
  handInSet,
  type IndexScore,
  IndexSet,
  type Indicator,
  type IndicatorScore,
  indexSetRefusals,
  inherits,
  Level,
  levels,
  listIndexSets,
  loadIndexSets,
  powersOverSets,
  problemsOf,
  publishSet,
  type Ratio,
  type RatioKey,
  ratioKeys,
  readCounts,
  readCountsText,
  readIndexSet,
  returnSet,
  roundPoints,
  type SetParts,
  type SetPowers,
  type SetProblem,
  SetPublication,
  type SetState,
  type StoredSet,
  saveSet,
  scoreIndex,
  setsInForce,
  shippedSets,
  startSet,
  wholeIndex,
  withInherited,
} from './index-sets/index.ts'
export { type Behind, changes, dossiersBehind } from './indicator-store.ts'
export { indicatorsConsumer } from './indicators-consumer.ts'
export { Definition, figureUnits, findDefinition, formulaOf, library } from './library/index.ts'
export { type MonthOfAuthority, monthsOfAuthorities } from './months.ts'
export type { Objection } from './officers/objection-store.ts'
export {
  answeredAt,
  answerObjection,
  answerWithinDays,
  objectTo,
  ownObjections,
  toAnswer,
} from './officers/objections.ts'
export { leadsAt, type OfficerReport, officerRefusals, officerReport } from './officers/officer-figures.ts'
export {
  type OfficerDossier,
  type OfficerFigureKey,
  type OfficerFigures,
  officerFigureKeys,
} from './officers/officer-store.ts'
export { type Protection, readProtection } from './open-data/protection.ts'
export { linesOf, type PublicUnit, publicUnit } from './open-data/public-units.ts'
export { type ShownScores, shownScores, withoutWithheld } from './open-data/shown-scores.ts'
export { type ShownSnapshot, shownSnapshots } from './open-data/shown-snapshots.ts'
export { fewestShown } from './open-data/withhold-together.ts'
export { wholeMonths } from './open-data/withhold-year.ts'
export {
  type OverdueCell,
  type OverdueFilter,
  type OverdueItem,
  type OverdueQuery,
  overdueCells,
  overdueList,
  type Standing,
  standings,
} from './overdue/overdue-list.ts'
export { BoardPeriod, type Step } from './period.ts'
export { type Difference, rebuild, recompute, type Verification, verifyFigures } from './recompute.ts'
export {
  type FigureChange,
  latestSnapshots,
  type Snapshot,
  type SnapshotQuery,
  snapshotsOf,
} from './snapshots/snapshot-store.ts'
export {
  changesOf,
  snapshotCrontab,
  snapshotTasks,
  type TakeQuery,
  takeSnapshots,
} from './snapshots/take-snapshots.ts'
export {
  type Assessment,
  assessTarget,
  endTarget,
  type JudgedTarget,
  judgeTargets,
  listAlerts,
  listTargets,
  loadTargets,
  markSeen,
  paceDays,
  type StoredTarget,
  setTarget,
  stageOn,
  Target,
  type TargetAlert,
  type TargetProblem,
  type TargetStatus,
  targetRefusals,
  targetStatuses,
  watchTargets,
  watchTargetsCrontab,
  watchTargetsTask,
} from './targets/index.ts'
export { type Usage, usage } from './usage.ts'
