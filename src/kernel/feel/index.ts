export { type CompileOptions, compileFeel } from './compile-feel.ts'
export {
  type EvaluateOptions,
  evaluateFeel,
  type FeelRun,
  FeelTooCostly,
  feelRun,
  holds,
  type ReadyFeel,
  readyFeel,
  tryFeel,
} from './evaluate-feel.ts'
export { type Feel, pathsOf } from './feel-tree.ts'
export {
  feelOf,
  type Measure,
  normalSentence,
  type Plain,
  type Sentence,
  sentenceOf,
  type Test,
  type TestGroup,
  type TestOp,
  type TestValue,
} from './sentence.ts'
