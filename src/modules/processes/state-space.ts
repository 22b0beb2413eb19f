import { type CompiledProcess, type Gateway, own, type Way } from './compiled-process.ts'
import { judge } from './judge-branch.ts'
import type { Marking } from './marking.ts'
import { graphOf } from './process-graph.ts'
import { awaits, beginWith, completeWith, NoWayOn, occurWith } from './run-process.ts'
import { type Choose, Restless, type TokenGame, Uncaught } from './token-game.ts'

/** Where a process can stand, and what goes wrong on the way there. */
export interface StateSpace {
  /** False when the process has more markings than we look at: what was found is true, but not all was looked at. */
  complete: boolean
  states: readonly State[]
  /** Whether a marking was met, timers left aside. */
  has(marking: Marking): boolean
  /** The marking with just these steps and waits open: the one in which least waits at joins. */
  withOpen(nodes: readonly string[]): Marking | undefined
  /** Nodes that a token came to. */
  visited: ReadonlySet<string>
  /** Nodes at which two tokens would stand. */
  crowded: ReadonlySet<string>
  /** Nodes through which tokens turn without anybody working. */
  circles: ReadonlySet<string>
}

export interface State {
  marking: Marking
  ended: boolean
  /** Whether an end of the process itself was passed on the way. */
  passedEnd: boolean
  /** Numbers of the states that follow. */
  next: number[]
}

const mostStates = 20_000
const mostWork = 500_000
const mostSubsets = 8

const spaces = new WeakMap<CompiledProcess, StateSpace>()

/**
 * Every marking that a process can come to, explored once per process. Conditions on the outcome of a step are
 * evaluated; those on answers may be true or not. Bounded by work done, so that no model keeps us busy.
 */
export function stateSpaceOf(process: CompiledProcess): StateSpace {
  const space = spaces.get(process) ?? new Exploration(process).explore()
  spaces.set(process, space)
  return space
}

/** What makes two markings the same for the run of a process: who stands where, whatever their numbers. */
class Places {
  readonly #letters = new Map<string, number>()

  /** One letter for each place that is taken, in the order of the letters. */
  keyOf({ tokens, scopes }: Marking): string {
    const letters: number[] = []
    for (const { at, by } of tokens) insert(letters, this.#letter(by ?? at))
    for (const { node } of scopes) insert(letters, this.#letter(node))
    return String.fromCharCode(...letters)
  }

  // Nodes and flows share one space of ids: a flow stands for the gateway at its end.
  #letter(place: string): number {
    const known = this.#letters.get(place)
    if (known !== undefined) return known
    const letter = this.#letters.size + 1
    this.#letters.set(place, letter)
    return letter
  }
}

// Few at a time, so that this is quicker than sorting.
function insert(sorted: number[], letter: number): void {
  let i = sorted.push(letter) - 1
  for (; i > 0 && sorted[i - 1]! > letter; i--) sorted[i] = sorted[i - 1]!
  sorted[i] = letter
}

class Exploration {
  readonly process: CompiledProcess
  readonly states: State[] = []
  readonly numbers = new Map<string, number>()
  readonly visited = new Set<string>()
  readonly crowded = new Set<string>()
  readonly circles = new Set<string>()
  readonly places = new Places()
  readonly choices = new Choices()
  complete = true
  work = 0

  constructor(process: CompiledProcess) {
    this.process = process
  }

  explore(): StateSpace {
    this.#follow(undefined, null, (choose) => beginWith(this.process, choose))
    for (let i = 0; i < this.states.length && this.#mayGoOn(); i++) this.#expand(this.states[i]!)
    if (this.choices.tooMany) this.complete = false
    const { states, visited, crowded, circles, complete } = this
    const keys = new Set(states.map(({ marking }) => this.places.keyOf(marking)))
    const has = (marking: Marking) => keys.has(this.places.keyOf(marking))
    const withOpen = (nodes: readonly string[]) => this.#withOpen(nodes)
    return { complete, states, has, withOpen, visited, crowded, circles }
  }

  #withOpen(nodes: readonly string[]): Marking | undefined {
    const wanted = openKey(nodes)
    const [found] = this.states
      .map(({ marking }) => marking)
      .filter(({ tokens }) => openKey(tokens.flatMap(({ at, by }) => (by === null ? [at] : []))) === wanted)
      .toSorted((a, b) => a.tokens.length - b.tokens.length || b.timers.length - a.timers.length)
    return found && { ...structuredClone(found), result: null }
  }

  #mayGoOn(): boolean {
    if (this.states.length >= mostStates || this.work >= mostWork) this.complete = false
    return this.complete
  }

  #expand(state: State): void {
    const { process } = this
    const { marking } = state
    for (const { at } of marking.tokens) {
      for (const outcome of own(process.steps, at)?.outcomes ?? [])
        this.#follow(state, outcome, (choose) =>
          completeWith(process, marking, { stepId: at, outcome }, choose),
        )
    }
    const { messages, timers } = awaits(process, marking)
    for (const { node } of [...messages, ...timers])
      this.#follow(state, null, (choose) => occurWith(process, marking, node, choose))
  }

  // One thing that happens may lead to several markings: once for every way that the gateways may choose.
  #follow(from: State | undefined, outcome: string | null, run: (choose: Choose) => TokenGame): void {
    const decisions: number[] = []
    do {
      const turn = this.choices.turn(decisions, outcome)
      this.work += 1
      try {
        this.#arrive(from, run(turn.choose))
      } catch (error) {
        if (error instanceof Restless) this.#turned(error)
        // What is drawn wrong is found by looking at the drawing; there is nowhere to go on from here.
        else if (!(error instanceof NoWayOn || error instanceof Uncaught)) throw error
      }
      turn.advance()
    } while (decisions.length > 0 && this.#mayGoOn())
  }

  // Every further one would cost as much as this one.
  #turned({ node, multiplies }: Restless): void {
    const found = multiplies ? this.crowded : this.circles
    found.add(node)
    this.work = mostWork
  }

  #arrive(from: State | undefined, { marking, ended, passed }: TokenGame): void {
    this.work += passed.length + marking.tokens.length
    let passedEnd = from?.passedEnd === true
    for (const node of passed) {
      this.visited.add(node)
      passedEnd ||= own(this.process.ends, node)?.within === null
    }
    const places = this.places.keyOf(marking)
    // What follows from two tokens at one place is not looked at: the model is refused for it.
    if (hasTwins(places)) {
      for (const node of crowdedIn(marking)) this.crowded.add(node)
      return
    }
    const key = marking.timers.length === 0 ? places : `${places}#${armedIn(this.process, marking)}`
    const known = this.numbers.get(key) ?? this.states.length
    from?.next.push(known)
    if (known < this.states.length) return
    this.numbers.set(key, known)
    this.states.push({ marking, ended, passedEnd, next: [] })
  }
}

const openKey = (nodes: readonly string[]) => nodes.toSorted().join(' ')

// Beside the tokens, only the timers that fire without moving theirs tell two markings apart.
function armedIn(process: CompiledProcess, { timers }: Marking): string {
  return timers
    .map(({ node }) => node)
    .filter((node) => own(process.boundaries, node)?.interrupting === false)
    .sort()
    .join(' ')
}

const hasTwins = (places: string): boolean => {
  for (let i = 1; i < places.length; i++) if (places[i] === places[i - 1]) return true
  return false
}

function crowdedIn({ tokens, scopes }: Marking): string[] {
  const places = [
    ...tokens.map(({ at, by }) => ({ node: at, place: by ?? at })),
    ...scopes.map(({ node }) => ({ node, place: node })),
  ]
  const seen = new Set<string>()
  return places.flatMap(({ node, place }) => {
    if (seen.has(place)) return [node]
    seen.add(place)
    return []
  })
}

/** The ways that gateways may choose, tried one after the other. */
class Choices {
  tooMany = false
  readonly #known = new Map<string, Way[][]>()

  /** One attempt: decisions made so far are repeated, further ones begin at the first possibility. */
  turn(decisions: number[], outcome: string | null) {
    const widths: number[] = []
    const choose: Choose = (gateway) => {
      const options = this.#options(gateway, outcome)
      const at = widths.push(options.length) - 1
      decisions[at] ??= 0
      return options[decisions[at]]!
    }
    const advance = () => {
      decisions.length = widths.length
      while (decisions.length > 0 && decisions.at(-1)! + 1 >= widths[decisions.length - 1]!) decisions.pop()
      if (decisions.length > 0) decisions[decisions.length - 1]! += 1
    }
    return { choose, advance }
  }

  #options(gateway: Gateway, outcome: string | null): Way[][] {
    const key = `${gateway.id} ${outcome ?? ''}`
    const options = this.#known.get(key) ?? this.#search(gateway, outcome)
    this.#known.set(key, options)
    if (options.length === 0) throw new NoWayOn(gateway)
    return options
  }

  #search(gateway: Gateway, outcome: string | null): Way[][] {
    const judged = gateway.branches.map((branch) => ({ branch, holds: judge(branch, outcome) }))
    const otherwise: Way[][] = gateway.otherwise ? [[gateway.otherwise]] : []
    if (gateway.kind === 'exclusive') {
      const certain = judged.findIndex((each) => each.holds === true)
      const upTo = certain < 0 ? judged : judged.slice(0, certain + 1)
      const possible = upTo.filter((each) => each.holds !== false).map(({ branch }) => [branch])
      return certain < 0 ? [...possible, ...otherwise] : possible
    }
    const sure = judged.filter((each) => each.holds === true).map(({ branch }) => branch)
    const open = judged.filter((each) => each.holds === undefined).map(({ branch }) => branch)
    if (open.length > mostSubsets) this.tooMany = true
    const sets = subsets(open.slice(0, mostSubsets)).map((set) => [...sure, ...set])
    return [...sets.filter((set) => set.length > 0), ...(sure.length === 0 ? otherwise : [])]
  }
}

function subsets<T>(items: readonly T[]): T[][] {
  const sets: T[][] = [[]]
  for (const item of items) sets.push(...sets.map((set) => [...set, item]))
  return sets
}

/** Whether the open branch of a step leads there without anything that splits or joins: where no space is complete. */
export function isStraightBack(process: CompiledProcess, from: string, to: string): boolean {
  const { after } = graphOf(process)
  const between = [...after(to)].filter((node) => after(node).has(from))
  return (
    after(to).has(from) &&
    between.every((node) => (own(process.gateways, node)?.kind ?? 'exclusive') === 'exclusive')
  )
}
