import { type CompiledProcess, nameOf, type ProcessProblem } from '../compiled-process.ts'

/** A problem of one element, with its name. */
export function about(
  process: CompiledProcess,
  code: string,
  element: string,
  params: ProcessProblem['params'] = {},
): ProcessProblem {
  return { code, element, params: { name: nameOf(process, element), ...params } }
}
