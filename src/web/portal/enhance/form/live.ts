import type { Answers, LiveForm, Problem } from 'motcua/modules/forms/browser'
import type { Drawn } from './drawn.ts'
import type { Says } from './says.ts'
import type { States } from './states.ts'
import type { reachIn } from './what-is-read.ts'

/** A form while somebody fills it in. */
export interface Live {
  form: LiveForm
  element: HTMLFormElement
  answers: Answers
  drawn: Drawn
  states: States
  /** What the form's own rules object to, by the field where it stands. */
  ruled: Map<string, Problem>
  /** What they warn of, by the field where it stands. */
  warned: Map<string, Problem>
  /** Questions that were typed into: only these are told that they are empty. */
  touched: Set<string>
  reach: ReturnType<typeof reachIn>
  says: Says
  /** How long the last evaluation of the whole form took. */
  costMs: number
  /** Gives up an evaluation that was to come a moment later; absent when none is. */
  stopWaiting: (() => void) | undefined
  models: { optional: Element; error: HTMLElement; warning: HTMLElement }
}
