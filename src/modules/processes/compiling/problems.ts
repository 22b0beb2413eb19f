import type { ModdleElement } from 'bpmn-moddle'
import { refusal } from '../../../kernel/errors.ts'
import type { ProcessProblem } from '../compiled-process.ts'

/** A model may be so large; a called model counts wherever it is called. */
export const mostBytes = 5 * 1024 * 1024
export const mostElements = 2_000

export const refusals = {
  tooLarge: () => refusal('too-large', 'processes.too-large', { limitMb: mostBytes / 1024 / 1024 }),
  notRunnable: (problems: ProcessProblem[]) =>
    refusal('invalid', 'processes.not-runnable', { count: problems.length, problems }),
}

/** Notes one thing to correct; `element` is null when it concerns the whole file. */
export type Note = (code: string, element: ModdleElement | null, params?: ProcessProblem['params']) => void

/** A note-taker for elements whose ids begin with `prefix`. */
export function noteIn(problems: ProcessProblem[], prefix = ''): Note {
  return (code, element, params = {}) => {
    const id = element?.id === undefined ? null : `${prefix}${element.id}`
    const named =
      element === null ? params : { name: element.name || element.id || typeOf(element), ...params }
    problems.push({ code, element: id, params: named })
  }
}

/** The kind of an element as BPMN calls it, without its prefix. */
export const typeOf = (element: ModdleElement): string => element.$type.replace(/^bpmn:/, '')
