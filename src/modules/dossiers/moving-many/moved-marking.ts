import { isDeepStrictEqual } from 'node:util'
import { type CompiledProcess, canReach, type Marking, type Token, timerOf } from '../../processes/index.ts'

/** Steps, waits and message events of the old version, each with the one of the new version that it becomes. */
export type StepMapping = Readonly<Record<string, string>>

/** Two versions of one process and what becomes of the steps. */
export interface VersionChange {
  from: CompiledProcess
  to: CompiledProcess
  mapping: StepMapping
}

/** A record's own entry: ids come from files, so that names like `constructor` must find nothing. */
export const own = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined

/** Where a dossier stands in the new version, or why it cannot stand there. */
export function movedMarking(
  marking: Marking,
  change: VersionChange,
): Marking | { stays: 'step-not-mapped' | 'not-reachable'; step: string | null } {
  const tokens: Token[] = []
  const game = { ...marking, scopes: [] as Marking['scopes'] }
  for (const token of marking.tokens) {
    const at = token.by === null ? own(change.mapping, token.at) : joinOf(token, change)
    if (at === null) continue
    if (at === undefined) return { stays: 'step-not-mapped', step: token.at }
    tokens.push({ ...token, at, scope: scopeFor(game, withinOf(change.to, at), { marking, change }) })
  }
  const moved = { ...game, tokens, timers: [] }
  if (!canReach(change.to, moved)) return { stays: 'not-reachable', step: null }
  return { ...moved, timers: timersOf(moved, marking, change) }
}

// What was done stays done as long as somebody waits for it: a join that is gone waits for nothing.
function joinOf({ at, by }: Token, { to }: VersionChange): string | null {
  return own(to.gateways, at)?.incoming.includes(by!) ? at : null
}

const withinOf = (process: CompiledProcess, node: string): string | null =>
  (own(process.steps, node) ?? own(process.waits, node) ?? own(process.gateways, node))?.within ?? null

// A part that runs in both versions goes on; one that is new begins.
function scopeFor(
  game: Marking,
  sub: string | null,
  before: { marking: Marking; change: VersionChange },
): number {
  if (sub === null) return 0
  const running = game.scopes.find((scope) => scope.node === sub)
  if (running) return running.no
  const parent = scopeFor(game, before.change.to.subs[sub]?.within ?? null, before)
  const no = before.marking.scopes.find((scope) => scope.node === sub)?.no ?? ++game.last
  game.scopes.push({ no, node: sub, parent })
  return no
}

/** Something on which timers stand: a token at a node, or a running part; `was` is its node in the old version. */
interface Host {
  node: string
  was: string | undefined
  token: number | null
  scope: number | null
}

function timersOf(moved: Marking, before: Marking, change: VersionChange): Marking['timers'] {
  const tokens = moved.tokens
    .filter(({ by }) => by === null)
    .map(({ no, at }): Host => {
      const was = before.tokens.find((token) => token.no === no)?.at
      return { node: at, was, token: no, scope: null }
    })
  const scopes = moved.scopes.map(({ no, node }): Host => {
    const was = before.scopes.find((scope) => scope.no === no)?.node
    return { node, was, token: null, scope: no }
  })
  return [...tokens, ...scopes].flatMap((host) => timersOn(host, before, change))
}

// A timer that the new version states alike goes on; any other has no moment yet. One that has fired does not again.
function timersOn({ node, was, token, scope }: Host, before: Marking, { from, to }: VersionChange) {
  const running = before.timers.filter((timer) => timer.token === token && timer.scope === scope)
  const at = (now: string, then: string | undefined) => {
    const same = isDeepStrictEqual(timerOf(to, now), then === undefined ? undefined : timerOf(from, then))
    return same ? (running.find((timer) => timer.node === then)?.at ?? null) : null
  }
  const hasFired = (id: string) => {
    const event = own(from.boundaries, id)
    return event?.on.is === 'timer' && event.host === was && !running.some((timer) => timer.node === id)
  }
  const wait = own(to.waits, node)?.awaits.is === 'timer' ? [{ node, token, scope, at: at(node, was) }] : []
  const events = Object.values(to.boundaries).filter(
    ({ id, host, on }) => host === node && on.is === 'timer' && !hasFired(id),
  )
  return [...wait, ...events.map(({ id }) => ({ node: id, token, scope, at: at(id, id) }))]
}
