import {
  type Boundary,
  type CompiledProcess,
  type Ending,
  type Gateway,
  own,
  type Step,
  stepRef,
  type Throwing,
  type Wait,
  type Way,
} from './compiled-process.ts'
import type { Marking, Opening, Run, Scope, Token } from './marking.ts'
import { graphOf, type ProcessGraph } from './process-graph.ts'

/** Decides where tokens go at a gateway that chooses: one way of an exclusive one, at least one of an inclusive one. */
export type Choose = (gateway: Gateway) => Way[]

/** An error or escalation that nothing catches; the check refuses such models. */
export class Uncaught extends Error {
  readonly node: string
  constructor(node: string, message: string) {
    super(message)
    this.node = node
  }
}

/** Tokens turn without anybody working, or become ever more; the check refuses such models. */
export class Restless extends Error {
  readonly node: string
  readonly multiplies: boolean
  constructor(node: string, multiplies: boolean) {
    super(`a process does not come to rest at ${node}`)
    this.node = node
    this.multiplies = multiplies
  }
}

// Tokens on their way in one run: a model that parts more often than this meets itself at some step.
const mostAtOnce = 200

interface Arrival {
  way: Way
  scope: number
}

/**
 * Plays the token game of BPMN on a copy of a marking: tokens are put on ways, `settle` lets them run until every
 * one of them stands at a step, a wait or a gateway that waits for others, and `run` says what came of it.
 */
export class TokenGame {
  readonly process: CompiledProcess
  readonly marking: Marking
  /** The nodes to which tokens came, in their order. */
  readonly passed: string[] = []
  readonly #graph: ProcessGraph
  readonly #choose: Choose
  readonly #arrivals: Arrival[] = []
  readonly #opens: Token[] = []
  readonly #ends: string[] = []
  readonly #arms: Run['arms'] = []
  readonly #before: number

  constructor(process: CompiledProcess, marking: Marking, choose: Choose) {
    this.process = process
    this.marking = copyOf(marking)
    this.#graph = graphOf(process)
    this.#before = marking.last
    this.#choose = choose
  }

  /** Lets everything run until it stands. */
  settle(): this {
    for (;;) {
      const arrival = this.#arrivals.shift()
      if (arrival) this.#arrive(arrival)
      else if (!this.#completeEmptyScope() && !this.#fireInclusiveJoin()) return this
    }
  }

  get ended(): boolean {
    return this.marking.tokens.length === 0 && this.marking.scopes.length === 0
  }

  /** What came of it, for those who keep it: nothing is shared with the marking before. */
  run(): Run {
    const { ended } = this
    const marking = structuredClone(this.marking)
    return {
      marking,
      opens: this.#opens
        .filter((token) => this.marking.tokens.includes(token))
        .map((token) => this.#openingOf(token)),
      ends: this.#ends,
      arms: this.#arms.filter(({ node }) => marking.timers.some((timer) => timer.node === node)),
      ended,
      result: ended ? marking.result : null,
    }
  }

  /** Puts a token on a way. */
  send(way: Way, scope: number): void {
    this.#arrivals.push({ way, scope })
  }

  /**
   * Puts a token on the way of a boundary event. One that does not interrupt begins its branch once at a time:
   * occurring again while the branch goes on changes nothing, so that no step is open twice.
   */
  leaveBy(boundary: Boundary, scope: number): void {
    this.passed.push(boundary.id)
    if (boundary.interrupting || !isUnderWay(this.process, this.marking, boundary, scope))
      this.send(boundary.next, scope)
  }

  /** Takes a token away with the timers that guard it. */
  take(token: Token): void {
    const { marking } = this
    marking.tokens = marking.tokens.filter((each) => each !== token)
    marking.timers = marking.timers.filter((timer) => timer.token !== token.no)
  }

  /** Takes the timer of a boundary event away, once it fired. */
  disarm(node: string): void {
    this.marking.timers = this.marking.timers.filter((timer) => timer.node !== node)
  }

  /** Takes a token away whose step or wait ends undone. */
  interrupt(token: Token): void {
    this.take(token)
    // A task that this very run would open and end was never anybody's.
    if (token.no <= this.#before && taskOf(this.process, token.at)) this.#ends.push(token.at)
  }

  /** Ends a running sub-process with everything inside it, undone. */
  end(scope: number): void {
    const { marking } = this
    for (const inner of marking.scopes.filter((each) => each.parent === scope)) this.end(inner.no)
    for (const token of marking.tokens.filter((each) => each.scope === scope)) this.interrupt(token)
    this.#drop(scope)
  }

  /** Ends the sub-processes in which nothing stands any more, as if they had not begun. */
  dropEmptyScopes(): void {
    for (let empty = this.#emptyScope(); empty; empty = this.#emptyScope()) this.#drop(empty.no)
  }

  /** Puts a token at a node where tokens stand, with its task and timers. */
  stand(node: string, scope: number, by: string | null = null): void {
    const token: Token = { no: ++this.marking.last, at: node, by, scope }
    this.marking.tokens.push(token)
    if (by !== null) return
    const wait = own(this.process.waits, node)
    if (wait?.awaits.is === 'timer') this.#arm(node, wait.awaits.timer, { token: token.no })
    this.#armBoundaries(node, { token: token.no })
    this.open(token)
  }

  /** Opens the task of the step or wait at which a token stands. */
  open(token: Token): void {
    this.#opens.push(token)
  }

  #openingOf({ at }: Token): Opening {
    const task = taskOf(this.process, at)
    if (!task) throw new Error(`process ${this.process.id} has no element ${at}`)
    return { node: at, kind: 'awaits' in task ? task.awaits.is : 'step', step: stepRef(task) }
  }

  /** Begins a sub-process without a token in it. */
  beginScope(node: string, parent: number): Scope {
    const scope: Scope = { no: ++this.marking.last, node, parent }
    this.marking.scopes.push(scope)
    this.#armBoundaries(node, { scope: scope.no })
    return scope
  }

  #arrive({ way, scope }: Arrival): void {
    if (scope !== 0 && !this.#scope(scope)) return
    this.passed.push(way.to)
    if (this.passed.length > this.#graph.mostMoves)
      throw new Restless(way.to, this.#arrivals.length > mostAtOnce)
    const node = this.#graph.find(way.to)
    if (node?.is === 'task') this.stand(way.to, scope)
    else if (node?.is === 'gateway') this.#reach(node.gateway, way, scope)
    else if (node?.is === 'sub') this.send(node.sub.first, this.beginScope(node.sub.id, scope).no)
    else if (node?.is === 'throw') this.#pass(node.throwing, scope)
    else if (node?.is === 'end') this.#finish(node.ending, scope)
    else throw new Error(`process ${this.process.id} has no element ${way.to}`)
  }

  #pass({ id, escalates, next }: Throwing, scope: number): void {
    if (escalates) this.#raise(id, 'escalation', escalates.code, scope)
    this.send(next, scope)
  }

  #reach(gateway: Gateway, way: Way, scope: number): void {
    if (gateway.kind === 'exclusive' || gateway.incoming.length < 2) this.#leave(gateway, scope)
    else this.stand(gateway.id, scope, way.flowId)
    if (gateway.kind === 'parallel') this.#fireWhenComplete(gateway, scope)
  }

  #leave(gateway: Gateway, scope: number): void {
    const ways = gateway.kind === 'parallel' ? gateway.branches : this.#choose(gateway)
    for (const { flowId, to } of ways) this.send({ flowId, to }, scope)
  }

  #fireWhenComplete(gateway: Gateway, scope: number): void {
    if (gateway.incoming.length < 2) return
    const waiting = gateway.incoming.map((flowId) => this.#waitingAt(gateway, scope, flowId))
    if (waiting.every((token) => token !== undefined)) this.#fire(gateway, scope, waiting)
  }

  #waitingAt(gateway: Gateway, scope: number, flowId: string): Token | undefined {
    return this.marking.tokens.find(
      (token) => token.at === gateway.id && token.scope === scope && token.by === flowId,
    )
  }

  #fire(gateway: Gateway, scope: number, waiting: Token[]): void {
    for (const token of waiting) this.take(token)
    this.#leave(gateway, scope)
  }

  #fireInclusiveJoin(): boolean {
    for (const { at, by, scope } of this.marking.tokens) {
      const gateway = by === null ? undefined : own(this.process.gateways, at)
      if (gateway?.kind !== 'inclusive') continue
      const slots = gateway.incoming.map((flowId) => this.#waitingAt(gateway, scope, flowId))
      if (this.#isAwaited(gateway, slots, scope)) continue
      this.#fire(
        gateway,
        scope,
        slots.filter((token) => token !== undefined),
      )
      return true
    }
    return false
  }

  // BPMN 2.0, 13.4.3: a token is waited for when it can still come on a flow that is empty, unless it can as well come
  // on one that is not: such a token is behind the join already, on its way round. A running sub-process counts as a
  // token at its node.
  #isAwaited(gateway: Gateway, slots: readonly (Token | undefined)[], scope: number): boolean {
    if (!slots.includes(undefined)) return false
    const { tokens, scopes } = this.marking
    const towards = this.#graph.towards(gateway)
    const comes = (node: string, empty: boolean) =>
      towards.some((sources, i) => (slots[i] === undefined) === empty && sources.has(node))
    const awaited = (node: string) => comes(node, true) && !comes(node, false)
    return (
      tokens.some((token) => token.scope === scope && token.at !== gateway.id && awaited(token.at)) ||
      scopes.some(({ parent, node }) => parent === scope && awaited(node))
    )
  }

  #completeEmptyScope(): boolean {
    const empty = this.#emptyScope()
    if (!empty) return false
    this.#drop(empty.no)
    this.send(own(this.process.subs, empty.node)!.next, empty.parent)
    return true
  }

  #emptyScope(): Scope | undefined {
    const { tokens, scopes } = this.marking
    return scopes.find(
      ({ no }) => !tokens.some((each) => each.scope === no) && !scopes.some((each) => each.parent === no),
    )
  }

  #finish({ id, effect, result }: Ending, scope: number): void {
    if (scope === 0 && result !== null && this.marking.result !== 'refused') this.marking.result = result
    if (effect.is === 'error' || effect.is === 'escalation') this.#raise(id, effect.is, effect.code, scope)
    if (effect.is !== 'terminate') return
    for (const inner of this.marking.scopes.filter((each) => each.parent === scope)) this.end(inner.no)
    for (const token of this.marking.tokens.filter((each) => each.scope === scope)) this.interrupt(token)
    for (let i = this.#arrivals.length; i-- > 0; )
      if (this.#arrivals[i]?.scope === scope) this.#arrivals.splice(i, 1)
  }

  /** Looks for who catches an error or escalation, from the inside out; the check refuses models that catch none. */
  #raise(node: string, is: 'error' | 'escalation', code: string, from: number): void {
    let scope = this.#scope(from)
    let catching = scope && catcherOf(this.process, scope.node, is, code)
    while (scope && !catching) {
      scope = this.#scope(scope.parent)
      catching = scope && catcherOf(this.process, scope.node, is, code)
    }
    if (!scope || !catching) throw new Uncaught(node, `nothing catches the ${is} ${code} of ${node}`)
    if (catching.interrupting) this.end(scope.no)
    this.leaveBy(catching, scope.parent)
  }

  #scope(no: number): Scope | undefined {
    return this.marking.scopes.find((each) => each.no === no)
  }

  #drop(scope: number): void {
    const { marking } = this
    marking.scopes = marking.scopes.filter((each) => each.no !== scope)
    marking.timers = marking.timers.filter((timer) => timer.scope !== scope)
  }

  #armBoundaries(host: string, guards: { token?: number; scope?: number }): void {
    for (const { id, on } of this.#graph.boundariesOn(host)) {
      if (on.is === 'timer') this.#arm(id, on.timer, guards)
    }
  }

  #arm(node: string, spec: Run['arms'][number]['spec'], guards: { token?: number; scope?: number }): void {
    this.marking.timers.push({ node, token: guards.token ?? null, scope: guards.scope ?? null, at: null })
    this.#arms.push({ node, spec })
  }
}

/** The step or wait of a node; undefined when tokens do not stop there for somebody. */
export function taskOf(process: CompiledProcess, node: string): Step | Wait | undefined {
  const found = graphOf(process).find(node)
  return found?.is === 'task' ? found.task : undefined
}

/** The boundary event of a node that catches an error or escalation: the one that names it before one for all. */
export function catcherOf(
  process: CompiledProcess,
  host: string,
  is: 'error' | 'escalation',
  code: string,
): Boundary | undefined {
  const catching = graphOf(process)
    .boundariesOn(host)
    .flatMap((boundary) => (boundary.on.is === is ? [{ boundary, wanted: boundary.on.code }] : []))
  const found =
    catching.find(({ wanted }) => wanted === code) ?? catching.find(({ wanted }) => wanted === null)
  return found?.boundary
}

/** Whether the branch that a boundary event began still goes on. */
export function isUnderWay(
  process: CompiledProcess,
  { tokens, scopes }: Marking,
  boundary: Boundary,
  scope: number,
): boolean {
  const branch = graphOf(process).branchOf(boundary)
  return (
    tokens.some((token) => token.scope === scope && branch.has(token.at)) ||
    scopes.some(({ parent, node }) => parent === scope && branch.has(node))
  )
}

/** Nothing stands anywhere. */
export const nowhere = (): Marking => ({ tokens: [], scopes: [], timers: [], last: 0, result: null })

// Tokens, scopes and timers are replaced, never changed.
const copyOf = (marking: Marking): Marking => ({
  ...marking,
  tokens: [...marking.tokens],
  scopes: [...marking.scopes],
  timers: [...marking.timers],
})
