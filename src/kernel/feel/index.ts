export { type CompileOptions, compileFeel } from './compile-feel.ts'
export { type EvaluateOptions, evaluateFeel, holds } from './evaluate-feel.ts'
export { type Feel, pathsOf } from './feel-tree.ts'
