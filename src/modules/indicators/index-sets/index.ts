export {
  type Counts,
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
export { type Band, type Group, IndexSet, type Indicator, wholeIndex } from './index-set.ts'
export { readCounts, readCountsText } from './read-counts.ts'
export { problemsOf, readIndexSet } from './read-index-set.ts'
export type { SetProblem } from './refusals.ts'
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
