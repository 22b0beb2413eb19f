export {
  abandonSet,
  handInSet,
  publishSet,
  returnSet,
  type SetParts,
  SetPublication,
  saveSet,
  startSet,
} from './change-index-set.ts'
export {
  type Counted,
  type Counts,
  countedOf,
  type FigureKey,
  figureKeys,
  type GroupKey,
  groupKeys,
  Level,
  levels,
  type Ratio,
  type RatioKey,
  ratioKeys,
} from './figures.ts'
export { roundPoints } from './hundredths.ts'
export { type Band, Basis, type Group, InBoth, IndexSet, type Indicator, wholeIndex } from './index-set.ts'
export {
  addSetEntry,
  country,
  findIndexSet,
  findStoredSet,
  listIndexSets,
  lockTerritory,
  type SetState,
  type StoredSet,
  setsInForce,
} from './index-set-store.ts'
export { loadIndexSets } from './load-index-sets.ts'
export { powersOverSets, type SetPowers } from './powers-over-sets.ts'
export { readCounts, readCountsText } from './read-counts.ts'
export { problemsOf, readIndexSet } from './read-index-set.ts'
export type { SetProblem } from './refusals.ts'
export { refusals as indexSetRefusals } from './refusals.ts'
export {
  bandOf,
  figuresOf,
  type GroupScore,
  type IndexScore,
  type IndicatorScore,
  inherits,
  scoreIndex,
  withInherited,
} from './score-index.ts'
export { shippedSets } from './shipped.ts'
