import { type Outcome, refusal } from '../../kernel/errors.ts'
import { type CompiledProcess, nameOf, withinOf } from './compiled-process.ts'
import type { Marking, Run } from './marking.ts'
import { isStraightBack, stateSpaceOf } from './state-space.ts'
import { nowhere, TokenGame, taskOf } from './token-game.ts'

const refusals = {
  cannotMove: (process: CompiledProcess, from: string, to: string) =>
    refusal('conflict', 'processes.cannot-move', { from: nameOf(process, from), to: nameOf(process, to) }),
}

const neverChoose = () => {
  throw new Error('a token that is put at a step chooses no way')
}

/** Whether the process can itself come to stand like this; false as well when it is too large to tell. */
export function canReach(process: CompiledProcess, marking: Marking): boolean {
  return stateSpaceOf(process).has(marking)
}

/**
 * Where a process stands when just these steps and waits are open, with what then waits for them at joins: for
 * dossiers begun before markings were kept, and for those that move to another model. Timers are armed without a
 * moment. A step that the model does not have is a breakdown.
 */
export function markingOf(process: CompiledProcess, stepIds: readonly string[]): Marking {
  const game = new TokenGame(process, nowhere(), neverChoose)
  for (const stepId of stepIds) {
    if (!taskOf(process, stepId)) throw new Error(`process ${process.id} has no step ${stepId}`)
    placeAt(game, stepId)
  }
  const joins = Object.values(process.gateways).some(
    ({ kind, incoming }) => kind !== 'exclusive' && incoming.length > 1,
  )
  const known = joins ? stateSpaceOf(process).withOpen(stepIds) : undefined
  return known ?? game.marking
}

/**
 * Sends a token from one step to another: work that goes back. Refused unless the process can itself come to stand
 * as it then would, so that nothing waits for ever for what was undone.
 */
export function moveToken(
  process: CompiledProcess,
  marking: Marking,
  fromStep: string,
  toStep: string,
): Outcome<Run> {
  const game = new TokenGame(process, marking, neverChoose)
  const token = game.marking.tokens.find((each) => each.at === fromStep)
  if (!token || !taskOf(process, toStep)) return refusals.cannotMove(process, fromStep, toStep)
  game.take(token)
  placeAt(game, toStep)
  game.dropEmptyScopes()
  const { complete } = stateSpaceOf(process)
  const known = canReach(process, game.marking)
  if (!known && (complete || !isStraightBack(process, fromStep, toStep)))
    return refusals.cannotMove(process, fromStep, toStep)
  return game.settle().run()
}

/** Puts a token at a step or wait, inside the sub-processes around it, which begin when they do not run yet. */
function placeAt(game: TokenGame, node: string): void {
  game.stand(node, scopeFor(game, withinOf(game.process, node)))
}

function scopeFor(game: TokenGame, sub: string | null): number {
  if (sub === null) return 0
  const running = game.marking.scopes.find((scope) => scope.node === sub)
  if (running) return running.no
  return game.beginScope(sub, scopeFor(game, withinOf(game.process, sub))).no
}
