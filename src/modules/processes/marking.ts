import type { StepRef } from './compiled-process.ts'

/** Where a token stands: at a step, at a wait, or before a gateway that waits for its sisters. */
export interface Token {
  no: number
  at: string
  /** The flow on which it came to a gateway that joins; null elsewhere. */
  by: string | null
  /** Number of the running sub-process that it belongs to; 0 is the process itself. */
  scope: number
}

/** A running sub-process: `node` is its element, `parent` the scope that it runs in. */
export interface Scope {
  no: number
  node: string
  parent: number
}

/** A timer that runs: of a catch event, or of a boundary event with the token or scope that it guards. */
export interface Timer {
  node: string
  token: number | null
  scope: number | null
  /** When it fires, ISO text in UTC; null while the moment is not known or the clock stands. */
  at: string | null
}

/** Where a running process stands; plain JSON, kept with the dossier. */
export interface Marking {
  tokens: Token[]
  scopes: Scope[]
  timers: Timer[]
  /** The highest number given to a token or scope. */
  last: number
  /** What the ends reached so far say; a refusal outweighs. */
  result: 'granted' | 'refused' | null
}

/** When a timer fires, as the model states it. */
export type TimerSpec =
  | {
      kind: 'duration'
      /** Minutes after the moment that it is relative to; before it when negative. */
      minutes: number
      clock: 'working' | 'calendar'
      relativeTo: 'start' | 'step-due' | 'dossier-due'
    }
  | { kind: 'date'; at: string }

/** Something that begins to wait for somebody: a step, a message or a moment. */
export interface Opening {
  node: string
  kind: 'step' | 'message' | 'timer'
  /** Who does it, or watches over it. */
  step: StepRef
}

/** What follows from one thing that happened. */
export interface Run {
  marking: Marking
  opens: Opening[]
  /** Nodes whose task ends without being done: interrupted or terminated. */
  ends: string[]
  /** Timers of the marking that were armed now; their moment is for the caller to count. */
  arms: { node: string; spec: TimerSpec }[]
  ended: boolean
  /** Stated when the process ended. */
  result: 'granted' | 'refused' | null
}
