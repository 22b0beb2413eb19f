import { refusal } from '../../kernel/errors.ts'
import { type Feel, holds } from '../../kernel/feel/index.ts'
import { nestAnswers } from '../catalogue/index.ts'
import { type Boundary, type CompiledProcess, type Gateway, own, type Way } from './compiled-process.ts'
import type { Marking, Run, Timer, TimerSpec, Token } from './marking.ts'
import { graphOf } from './process-graph.ts'
import { type Choose, isUnderWay, nowhere, TokenGame } from './token-game.ts'

/** What the conditions of a model may read. */
export interface ProcessFacts {
  /** How the step ended; empty at the start, and when a message or a moment brought the process on. */
  outcome?: string
  /** Answers of the form by dotted key. */
  answers?: Readonly<Record<string, unknown>>
  /** Facts of the dossier's procedure, such as its case. */
  procedure?: Readonly<Record<string, unknown>>
  /** The date of law, `YYYY-MM-DD`. */
  today?: string
}

/** No branch of a gateway is true for this dossier: the process stays where it is, and `refusal` says why. */
export class NoWayOn extends Error {
  readonly gateway: string
  readonly refusal
  constructor({ id, name }: Gateway) {
    super(`no branch of the gateway ${id} is true`)
    this.name = 'NoWayOn'
    this.gateway = id
    this.refusal = refusal('conflict', 'processes.no-way-on', { gateway: id, name: name || id })
  }
}

/** Begins a process: what opens when a dossier is accepted. */
export function begin(process: CompiledProcess, facts: ProcessFacts = {}): Run {
  return beginWith(process, choosing(facts)).run()
}

/** As `begin`, with the branches chosen by the caller. */
export function beginWith(process: CompiledProcess, choose: Choose): TokenGame {
  const game = new TokenGame(process, nowhere(), choose)
  game.send(process.first, 0)
  return game.settle()
}

/**
 * What follows a step that ended with `facts.outcome`. An outcome that is the code of an error or escalation event
 * on the step leaves there; of one that does not interrupt, the step stays and its task opens once more.
 * A step at which nothing stands is a breakdown; a gateway without a true branch throws `NoWayOn`.
 */
export function complete(
  process: CompiledProcess,
  marking: Marking,
  stepId: string,
  facts: ProcessFacts,
): Run {
  const ended = { stepId, outcome: facts.outcome ?? '' }
  return completeWith(process, marking, ended, choosing(facts)).run()
}

/** As `complete`, with the branches chosen by the caller. */
export function completeWith(
  process: CompiledProcess,
  marking: Marking,
  { stepId, outcome }: { stepId: string; outcome: string },
  choose: Choose,
): TokenGame {
  const game = new TokenGame(process, marking, choose)
  const step = own(process.steps, stepId)
  const token = tokenAt(game.marking, stepId)
  if (!step || !token) throw new Error(`process ${process.id} has no step ${stepId} open`)
  const event = raisedBy(process, stepId, outcome)
  if (event && !event.interrupting) game.open(token)
  else game.take(token)
  if (event) game.leaveBy(event, token.scope)
  else game.send(step.next, token.scope)
  return game.settle()
}

/**
 * A message came or a moment arrived: of a wait, or of a boundary event. Something that is not awaited is a
 * breakdown: ask `awaits` before.
 */
export function occur(
  process: CompiledProcess,
  marking: Marking,
  node: string,
  facts: ProcessFacts = {},
): Run {
  const { outcome: _, ...given } = facts
  return occurWith(process, marking, node, choosing(given)).run()
}

/** As `occur`, with the branches chosen by the caller. */
export function occurWith(
  process: CompiledProcess,
  marking: Marking,
  node: string,
  choose: Choose,
): TokenGame {
  const game = new TokenGame(process, marking, choose)
  const wait = own(process.waits, node)
  const boundary = own(process.boundaries, node)
  const at = tokenAt(game.marking, boundary?.host ?? node)
  const around = game.marking.scopes.find((scope) => scope.node === boundary?.host)
  const fired = timerOf(process, node) !== undefined
  if (fired && !marking.timers.some((timer) => timer.node === node)) throw notAwaited(process, node)
  if (wait && at) {
    game.take(at)
    game.send(wait.next, at.scope)
  } else if (boundary && at) {
    if (boundary.interrupting) game.interrupt(at)
    else game.disarm(node)
    game.leaveBy(boundary, at.scope)
  } else if (boundary && around) {
    if (boundary.interrupting) game.end(around.no)
    else game.disarm(node)
    game.leaveBy(boundary, around.parent)
  } else throw notAwaited(process, node)
  return game.settle()
}

const notAwaited = (process: CompiledProcess, node: string) =>
  new Error(`process ${process.id} does not wait for ${node}`)

/** What a process waits for beside its steps. */
export function awaits(
  process: CompiledProcess,
  marking: Marking,
): { messages: { node: string; message: string }[]; timers: Timer[] } {
  const standing = [
    ...marking.tokens.filter(({ by }) => by === null).map(({ at, scope }) => ({ at, scope })),
    ...marking.scopes.map(({ node, parent }) => ({ at: node, scope: parent })),
  ]
  const messages = standing.flatMap(({ at, scope }) => [
    ...messageOf(at, own(process.waits, at)?.awaits),
    ...graphOf(process)
      .boundariesOn(at)
      .filter((each) => each.interrupting || !isUnderWay(process, marking, each, scope))
      .flatMap(({ id, on }) => messageOf(id, on)),
  ])
  return { messages, timers: marking.timers }
}

/** When the timer of a wait or boundary event fires, as the model states it; undefined of anything else. */
export function timerOf(process: CompiledProcess, node: string): TimerSpec | undefined {
  const on = own(process.waits, node)?.awaits ?? own(process.boundaries, node)?.on
  return on?.is === 'timer' ? on.timer : undefined
}

const messageOf = (node: string, on: Boundary['on'] | undefined) =>
  on?.is === 'message' ? [{ node, message: on.message }] : []

/** The outcomes that a step may have, the ordinary one first; none for an unknown step. */
export function outcomesOf(process: CompiledProcess, stepId: string): string[] {
  return own(process.steps, stepId)?.outcomes ?? []
}

/** The event on a step that an outcome raises. */
function raisedBy(process: CompiledProcess, stepId: string, outcome: string): Boundary | undefined {
  return graphOf(process)
    .boundariesOn(stepId)
    .find(({ on }) => (on.is === 'error' || on.is === 'escalation') && on.code === outcome)
}

const tokenAt = (marking: Marking, node: string): Token | undefined =>
  marking.tokens.find((token) => token.at === node)

/** Chooses by the conditions of the model. One that cannot be computed counts as not true. */
function choosing(facts: ProcessFacts): Choose {
  const context = {
    outcome: facts.outcome ?? null,
    answers: nestAnswers(facts.answers ?? {}),
    procedure: facts.procedure ?? {},
  }
  const isTrue = (condition: Feel | null) => condition !== null && trueIn(condition, context, facts.today)
  return (gateway) => {
    const ways: Way[] =
      gateway.kind === 'inclusive'
        ? gateway.branches.filter((branch) => isTrue(branch.condition))
        : [gateway.branches.find((branch) => isTrue(branch.condition))].filter((way) => way !== undefined)
    if (ways.length > 0) return ways
    if (gateway.otherwise) return [gateway.otherwise]
    throw new NoWayOn(gateway)
  }
}

// Evaluation is bounded by its steps; what runs beyond them throws.
function trueIn(condition: Feel, context: Record<string, unknown>, today: string | undefined): boolean {
  try {
    return holds(condition, context, { today })
  } catch {
    return false
  }
}
