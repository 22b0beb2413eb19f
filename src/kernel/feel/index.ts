export { type CompileOptions, compileFeel, feelRefusals } from './compile-feel.ts'
export { type EvaluateOptions, evaluateFeel, holds } from './evaluate-feel.ts'
export { type Feel, feelFunctions, pathsOf } from './feel-tree.ts'
