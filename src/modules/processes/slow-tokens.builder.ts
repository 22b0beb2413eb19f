/**
 * BPMN played slowly: tokens lie on flows and in activities as a plain list, every question is answered by walking
 * the drawing again. Reads the XML of our test models with a scanner of its own and shares no code with the engine.
 */

interface Node {
  id: string
  kind: string
  parent: string | null
  attributes: Record<string, string>
  /** Of an event: what it is about; empty of a plain one. */
  event: string
  ref: string
}

interface Flow {
  id: string
  from: string
  to: string
  condition: string | null
}

export interface Drawing {
  nodes: Node[]
  flows: Flow[]
}

const eventTag = /^(timer|message|error|escalation|terminate)EventDefinition$/

/** Reads a drawing tag by tag. */
export function drawingOf(xml: string): Drawing {
  const nodes: Node[] = []
  const flows: Flow[] = []
  const open: { tag: string; node: Node | null }[] = []
  for (const [, closing, tag = '', rest = '', alone, text = ''] of xml.matchAll(
    /<(\/?)bpmn:(\w+)([^>]*?)(\/?)>([^<]*)/g,
  )) {
    if (closing) {
      open.pop()
      continue
    }
    const attributes = Object.fromEntries(
      [...rest.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    )
    const around = open.findLast((each) => each.node !== null)?.node ?? null
    const id = attributes.id ?? ''
    if (tag === 'sequenceFlow')
      flows.push({ id, from: attributes.sourceRef ?? '', to: attributes.targetRef ?? '', condition: null })
    if (tag === 'conditionExpression') flows.at(-1)!.condition = text.trim()
    const definition = eventTag.exec(tag)
    if (definition && around)
      Object.assign(around, {
        event: definition[1],
        ref: attributes.errorRef ?? attributes.escalationRef ?? '',
      })
    const isNode = /Event$|Task$|Gateway$|^subProcess$/.test(tag)
    const parent = around?.kind === 'subProcess' ? around.id : null
    const node = isNode ? { id, kind: tag, parent, attributes, event: '', ref: '' } : null
    if (node) nodes.push(node)
    if (!alone) open.push({ tag, node })
  }
  return { nodes, flows }
}

/** A token: on a flow, or in an activity. `from` are the border events whose branch it belongs to. */
interface Piece {
  flow: string | null
  node: string | null
  /** The sub-process that it is in. */
  inside: string | null
  from: string[]
  /** Border events of its activity that have fired already. */
  fired: string[]
}

/** How things stand: everything that lies somewhere, and what ends have said. */
export interface Slow {
  pieces: Piece[]
  result: 'granted' | 'refused' | null
}

/** Says whether a condition is true now. */
export type Truth = (condition: string) => boolean

const activity = /Task$|^intermediateCatchEvent$/

export class SlowTokens {
  readonly drawing: Drawing
  constructor(xml: string) {
    this.drawing = drawingOf(xml)
  }

  begin(truth: Truth): Slow {
    const slow: Slow = { pieces: [], result: null }
    this.#leave(slow, this.#startIn(null), null, [])
    return this.#settle(slow, truth)
  }

  finish(before: Slow, step: string, outcome: string, truth: Truth): Slow {
    const slow = structuredClone(before)
    const piece = slow.pieces.find((each) => each.node === step)
    if (!piece) throw new Error(`nothing in ${step}`)
    const event = this.#borders(step).find((each) => this.#codeOf(each) === outcome)
    if (!event || isInterrupting(event)) remove(slow, piece)
    if (!event) this.#leave(slow, step, piece.inside, piece.from)
    else this.#fire(slow, event, piece.inside, piece.from)
    return this.#settle(slow, truth)
  }

  happen(before: Slow, id: string, truth: Truth): Slow {
    const slow = structuredClone(before)
    const node = this.#node(id)
    const host = node.kind === 'boundaryEvent' ? node.attributes.attachedToRef! : id
    const piece = slow.pieces.find((each) => each.node === host)
    if (!piece) throw new Error(`nothing waits for ${id}`)
    if (node.kind !== 'boundaryEvent') {
      remove(slow, piece)
      this.#leave(slow, id, piece.inside, piece.from)
    } else {
      if (isInterrupting(node)) this.#removeWithInside(slow, piece)
      else if (node.event === 'timer') piece.fired.push(id)
      this.#fire(slow, node, piece.inside, piece.from)
    }
    return this.#settle(slow, truth)
  }

  /** Steps, and the outcomes with which each can end. */
  steps(slow: Slow): { step: string; outcomes: string[] }[] {
    return slow.pieces.flatMap(({ node: id }) => {
      const node = id === null ? undefined : this.#node(id)
      if (node?.kind !== 'userTask') return []
      const stated = (node.attributes['motcua:outcomes'] ?? 'ok').split(',')
      const codes = this.#borders(node.id).flatMap((each) => this.#codeOf(each) ?? [])
      return [{ step: node.id, outcomes: [...stated, ...codes] }]
    })
  }

  /** Waits that stand open, and border events that may occur. */
  events(slow: Slow): { messages: string[]; timers: string[] } {
    const waiting = slow.pieces.flatMap((piece) => {
      if (piece.node === null) return []
      const own = this.#node(piece.node)
      const borders = this.#borders(own.id).filter((each) => !piece.fired.includes(each.id))
      const free = (each: Node) =>
        each.event !== 'message' ||
        isInterrupting(each) ||
        !slow.pieces.some(({ from }) => from.includes(each.id))
      return [own, ...borders.filter(free)]
    })
    const message = (each: Node) => each.kind === 'receiveTask' || each.event === 'message'
    return {
      messages: waiting.filter(message).map(({ id }) => id),
      timers: waiting.filter((each) => each.event === 'timer').map(({ id }) => id),
    }
  }

  /** The activities in which tokens are. */
  open(slow: Slow): string[] {
    return slow.pieces.flatMap(({ node }) =>
      node !== null && activity.test(this.#node(node).kind) ? [node] : [],
    )
  }

  /** One text for everything that lies anywhere. */
  picture({ pieces }: Slow): string {
    return pieces
      .map(({ flow, node, fired }) => `${flow ?? node}${fired.length > 0 ? `(${fired.toSorted()})` : ''}`)
      .toSorted()
      .join(' ')
  }

  #settle(slow: Slow, truth: Truth): Slow {
    for (let moves = 0; this.#moveOne(slow, truth); moves++)
      if (moves > 2_000) throw new Error('turns for ever')
    return slow
  }

  #moveOne(slow: Slow, truth: Truth): boolean {
    for (const piece of slow.pieces) {
      if (piece.flow === null) continue
      const node = this.#node(this.#flow(piece.flow).to)
      const joins = this.#into(node.id).length > 1
      if (node.kind === 'parallelGateway') {
        if (this.#joinAll(slow, node, piece)) return true
      } else if (node.kind !== 'inclusiveGateway' || !joins) {
        remove(slow, piece)
        this.#enter(slow, node, piece, truth)
        return true
      }
    }
    return this.#endPart(slow) || this.#joinSome(slow, truth)
  }

  #enter(slow: Slow, node: Node, { inside, from }: Piece, truth: Truth): void {
    if (node.kind === 'exclusiveGateway') this.#put(slow, this.#firstTrue(node, truth), inside, from)
    else if (node.kind === 'inclusiveGateway') this.#putSome(slow, node, inside, from, truth)
    else if (node.kind === 'endEvent') this.#end(slow, node, inside, from)
    else if (node.kind === 'intermediateThrowEvent') this.#throw(slow, node, inside, from)
    else {
      slow.pieces.push({ flow: null, node: node.id, inside, from, fired: [] })
      if (node.kind === 'subProcess') this.#leave(slow, this.#startIn(node.id), node.id, from)
    }
  }

  #throw(slow: Slow, node: Node, inside: string | null, from: string[]): void {
    if (node.event === 'escalation') this.#raise(slow, node, inside)
    if (this.#isRunning(slow, inside)) this.#leave(slow, node.id, inside, from)
  }

  #end(slow: Slow, node: Node, inside: string | null, _from: string[]): void {
    const result = node.attributes['motcua:result']
    if (inside === null && result === 'refused') slow.result = 'refused'
    if (inside === null && result === 'granted') slow.result ??= 'granted'
    if (node.event === 'error' || node.event === 'escalation') this.#raise(slow, node, inside)
    if (node.event === 'terminate')
      for (const piece of slow.pieces.filter((each) => each.inside === inside))
        this.#removeWithInside(slow, piece)
  }

  #raise(slow: Slow, thrown: Node, inside: string | null): void {
    for (let part = inside; part !== null; part = this.#node(part).parent) {
      const borders = this.#borders(part).filter(({ event }) => event === thrown.event)
      const event = borders.find(({ ref }) => ref === thrown.ref) ?? borders.find(({ ref }) => ref === '')
      const piece = slow.pieces.find(({ node }) => node === part)
      if (!event || !piece) continue
      if (isInterrupting(event)) this.#removeWithInside(slow, piece)
      this.#fire(slow, event, piece.inside, piece.from)
      return
    }
    throw new Error(`nothing catches ${thrown.id}`)
  }

  // A branch beside the flow begins once at a time.
  #fire(slow: Slow, event: Node, inside: string | null, from: string[]): void {
    if (isInterrupting(event)) this.#leave(slow, event.id, inside, from)
    else if (!slow.pieces.some((each) => each.from.includes(event.id)))
      this.#leave(slow, event.id, inside, [...from, event.id])
  }

  #joinAll(slow: Slow, node: Node, { inside }: Piece): boolean {
    const pieces = this.#into(node.id).map((flow) =>
      slow.pieces.find((each) => each.flow === flow.id && each.inside === inside),
    )
    if (pieces.some((each) => each === undefined)) return false
    for (const each of pieces) remove(slow, each!)
    for (const flow of this.#outOf(node.id))
      this.#put(
        slow,
        flow,
        inside,
        pieces.flatMap((each) => each!.from),
      )
    return true
  }

  #joinSome(slow: Slow, truth: Truth): boolean {
    for (const piece of slow.pieces) {
      if (piece.flow === null) continue
      const node = this.#node(this.#flow(piece.flow).to)
      if (node.kind !== 'inclusiveGateway' || this.#someoneMayCome(slow, node, piece.inside)) continue
      const ids = this.#into(node.id).map(({ id }) => id)
      const come = ids.flatMap(
        (id) => slow.pieces.find((each) => each.flow === id && each.inside === piece.inside) ?? [],
      )
      for (const each of come) remove(slow, each)
      this.#putSome(
        slow,
        node,
        piece.inside,
        come.flatMap(({ from }) => from),
        truth,
      )
      return true
    }
    return false
  }

  // Somebody who can come on a flow that is empty, and on none that is not: those are on their way round.
  #someoneMayCome(slow: Slow, join: Node, inside: string | null): boolean {
    const here = slow.pieces.filter((each) => each.inside === inside)
    const lies = ({ id }: Flow) => here.some((each) => each.flow === id)
    const full = this.#into(join.id).filter(lies)
    const empty = this.#into(join.id).filter((flow) => !lies(flow))
    return here.some((each) => {
      const at = each.node ?? this.#flow(each.flow!).to
      const comesOn = (flows: Flow[]) => flows.some((flow) => this.#leads(at, flow, join.id, []))
      return at !== join.id && comesOn(empty) && !comesOn(full)
    })
  }

  #leads(at: string, wanted: Flow, without: string, seen: string[]): boolean {
    if (seen.includes(at) || at === without) return false
    seen.push(at)
    const borders = this.#borders(at).map(({ id }) => id)
    return (
      this.#outOf(at).some((flow) => flow.id === wanted.id || this.#leads(flow.to, wanted, without, seen)) ||
      borders.some((id) => this.#leads(id, wanted, without, seen))
    )
  }

  #endPart(slow: Slow): boolean {
    for (const piece of slow.pieces) {
      const isPart = piece.node !== null && this.#node(piece.node).kind === 'subProcess'
      if (!isPart || slow.pieces.some((each) => each.inside === piece.node)) continue
      remove(slow, piece)
      this.#leave(slow, piece.node!, piece.inside, piece.from)
      return true
    }
    return false
  }

  #firstTrue(node: Node, truth: Truth): Flow {
    const flows = this.#outOf(node.id)
    const found =
      flows.find(({ condition }) => condition !== null && truth(condition)) ??
      flows.find(({ id }) => id === node.attributes.default) ??
      (flows.length === 1 && flows[0]!.condition === null ? flows[0] : undefined)
    if (!found) throw new Error(`no way from ${node.id}`)
    return found
  }

  #putSome(slow: Slow, node: Node, inside: string | null, from: string[], truth: Truth): void {
    const flows = this.#outOf(node.id)
    const chosen = flows.filter(({ condition }) => condition !== null && truth(condition))
    const taken = chosen.length > 0 ? chosen : [this.#firstTrue(node, () => false)]
    for (const flow of taken) this.#put(slow, flow, inside, from)
  }

  #put(slow: Slow, flow: Flow, inside: string | null, from: string[]): void {
    slow.pieces.push({ flow: flow.id, node: null, inside, from: [...new Set(from)], fired: [] })
  }

  #leave(slow: Slow, id: string, inside: string | null, from: string[]): void {
    for (const flow of this.#outOf(id)) this.#put(slow, flow, inside, from)
  }

  #removeWithInside(slow: Slow, piece: Piece): void {
    remove(slow, piece)
    for (const inner of slow.pieces.filter((each) => piece.node !== null && each.inside === piece.node))
      this.#removeWithInside(slow, inner)
  }

  #isRunning(slow: Slow, inside: string | null): boolean {
    return inside === null || slow.pieces.some(({ node }) => node === inside)
  }

  #codeOf({ event, ref }: Node): string | undefined {
    return event === 'error' || event === 'escalation' ? ref.replace(/^(error|escalation)-/, '') : undefined
  }

  #node(id: string): Node {
    return this.drawing.nodes.find((each) => each.id === id)!
  }
  #flow(id: string): Flow {
    return this.drawing.flows.find((each) => each.id === id)!
  }
  #startIn(parent: string | null): string {
    return this.drawing.nodes.find((each) => each.kind === 'startEvent' && each.parent === parent)!.id
  }
  #borders(host: string): Node[] {
    return this.drawing.nodes.filter((each) => each.attributes.attachedToRef === host)
  }
  #into(id: string): Flow[] {
    return this.drawing.flows.filter((each) => each.to === id)
  }
  #outOf(id: string): Flow[] {
    return this.drawing.flows.filter((each) => each.from === id)
  }
}

const isInterrupting = (event: Node) => event.event === 'error' || event.attributes.cancelActivity !== 'false'

function remove(slow: Slow, piece: Piece): void {
  slow.pieces = slow.pieces.filter((each) => each !== piece)
}
