import fc from 'fast-check'
import {
  aModel,
  catching,
  deciding,
  end,
  ended,
  error,
  escalation,
  exclusive,
  flow,
  inclusive,
  message,
  onBorder,
  parallel,
  receiving,
  roots,
  start,
  started,
  sub,
  task,
  throwing,
  timer,
} from './a-model.builder.ts'

/** A piece of a model with one way in and one way out, from which models are built that are sound by construction. */
export type Block =
  | { is: 'task' | 'message' | 'receive' | 'timer' | 'milestone' }
  | { is: 'sequence'; blocks: Block[] }
  | { is: 'choice'; by: 'outcome' | 'answer'; blocks: Block[] }
  | { is: 'all'; blocks: Block[] }
  | { is: 'some'; blocks: Block[]; otherwise: Block }
  | { is: 'loop'; block: Block }
  /** A task with an event on its border and what follows it: back into the flow, or to an end beside it. */
  | { is: 'guarded'; by: 'late' | 'stop' | 'failed' | 'ask'; block: Block }
  | { is: 'beside'; by: 'late' | 'more' | 'ask'; block: Block }
  | {
      is: 'part'
      block: Block
      failing: Block | null
      late: Block | null
      told: Block | null
      stops: boolean
    }

/** Random blocks, nested a few levels deep. */
export const anyBlock: fc.Arbitrary<Block> = fc.letrec<{ block: Block; small: Block }>((tie) => {
  const several = fc.array(tie('block'), { minLength: 2, maxLength: 3 })
  const maybe = fc.option(tie('small'), { nil: null, freq: 2 })
  return {
    small: fc.record({
      is: fc.constantFrom('task', 'task', 'message', 'receive', 'timer', 'milestone'),
    }) as fc.Arbitrary<Block>,
    block: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: tie('small') },
      { weight: 4, arbitrary: fc.record({ is: fc.constant('sequence' as const), blocks: several }) },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constant('choice' as const),
          by: fc.constantFrom('outcome' as const, 'answer' as const),
          blocks: several,
        }),
      },
      { weight: 2, arbitrary: fc.record({ is: fc.constant('all' as const), blocks: several }) },
      {
        weight: 2,
        arbitrary: fc.record({ is: fc.constant('some' as const), blocks: several, otherwise: tie('small') }),
      },
      { weight: 1, arbitrary: fc.record({ is: fc.constant('loop' as const), block: tie('block') }) },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constant('guarded' as const),
          by: fc.constantFrom('late' as const, 'stop' as const, 'failed' as const, 'ask' as const),
          block: tie('small'),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constant('beside' as const),
          by: fc.constantFrom('late' as const, 'more' as const, 'ask' as const),
          block: tie('block'),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          is: fc.constant('part' as const),
          block: tie('block'),
          failing: maybe,
          late: maybe,
          told: maybe,
          stops: fc.boolean(),
        }),
      },
    ),
  }
}).block

/** The file of a model that runs one block from its start to its end. */
export function modelOf(block: Block): string {
  const writing = new Writing()
  const { first, last } = writing.block(block)
  return aModel(started + writing.xml + ended + flow('s', first) + flow(last, 'e'), { roots })
}

interface Ends {
  first: string
  last: string
}

class Writing {
  xml = ''
  #last = 0

  block(block: Block): Ends {
    switch (block.is) {
      case 'sequence':
        return this.#sequence(block.blocks.map((each) => this.block(each)))
      case 'choice':
        return this.#choice(block.by, block.blocks)
      case 'all':
        return this.#split(parallel, block.blocks)
      case 'some':
        return this.#some(block.blocks, block.otherwise)
      case 'loop':
        return this.#loop(block.block)
      case 'guarded':
        return this.#guarded(block.by, block.block)
      case 'beside':
        return this.#beside(block.by, block.block)
      case 'part':
        return this.#part(block)
      default:
        return this.#leaf(block.is)
    }
  }

  #id(kind: string): string {
    this.#last += 1
    return `${kind}${this.#last}`
  }

  #add(xml: string): void {
    this.xml += xml
  }

  #leaf(kind: 'task' | 'message' | 'receive' | 'timer' | 'milestone'): Ends {
    const id = this.#id(kind)
    const leaves = {
      task: () => task(id),
      message: () => catching(id, message),
      receive: () => receiving(id),
      timer: () => catching(id, timer('PT4H')),
      milestone: () => throwing(id),
    }
    this.#add(leaves[kind]())
    return { first: id, last: id }
  }

  #sequence(parts: Ends[]): Ends {
    for (const [i, part] of parts.slice(1).entries()) this.#add(flow(parts[i]!.last, part.first))
    return { first: parts[0]!.first, last: parts.at(-1)!.last }
  }

  #choice(by: 'outcome' | 'answer', blocks: Block[]): Ends {
    const outcomes = blocks.map((_, i) => `o${i}`)
    const [before, split, join] = [this.#id('task'), this.#id('x'), this.#id('m')]
    const parts = blocks.map((each) => this.block(each))
    const last = parts.at(-1)!.first
    this.#add(
      deciding(before, outcomes.join(',')) +
        exclusive(split, last) +
        exclusive(join) +
        flow(before, split) +
        flow(split, last),
    )
    for (const [i, part] of parts.entries()) {
      const condition = by === 'outcome' ? `outcome = "${outcomes[i]}"` : `answers.a${i}`
      if (part.first !== last) this.#add(flow(split, part.first, condition))
      this.#add(flow(part.last, join))
    }
    return { first: before, last: join }
  }

  #split(gateway: (id: string) => string, blocks: Block[]): Ends {
    const [split, join] = [this.#id('p'), this.#id('j')]
    this.#add(gateway(split) + gateway(join))
    for (const part of blocks.map((each) => this.block(each)))
      this.#add(flow(split, part.first) + flow(part.last, join))
    return { first: split, last: join }
  }

  #some(blocks: Block[], otherwise: Block): Ends {
    const [split, join] = [this.#id('i'), this.#id('j')]
    const other = this.block(otherwise)
    this.#add(
      inclusive(split, other.first) + inclusive(join) + flow(split, other.first) + flow(other.last, join),
    )
    for (const [i, part] of blocks.map((each) => this.block(each)).entries())
      this.#add(flow(split, part.first, `answers.a${i}`) + flow(part.last, join))
    return { first: split, last: join }
  }

  #loop(block: Block): Ends {
    const [merge, check, back, out] = [this.#id('m'), this.#id('task'), this.#id('x'), this.#id('t')]
    const part = this.block(block)
    this.#add(
      exclusive(merge) +
        deciding(check, 'ok,again') +
        exclusive(back, out) +
        throwing(out) +
        flow(merge, part.first) +
        flow(part.last, check) +
        flow(check, back) +
        flow(back, merge, 'outcome = "again"') +
        flow(back, out),
    )
    return { first: merge, last: out }
  }

  #guarded(by: 'late' | 'stop' | 'failed' | 'ask', block: Block): Ends {
    const [host, event, merge] = [this.#id('task'), this.#id(by), this.#id('m')]
    const definitions = { late: timer('PT4H'), stop: message, failed: error, ask: escalation }
    const part = this.block(block)
    this.#add(
      task(host) +
        onBorder(event, host, definitions[by]) +
        exclusive(merge) +
        flow(host, merge) +
        flow(event, part.first) +
        flow(part.last, merge),
    )
    return { first: host, last: merge }
  }

  #beside(by: 'late' | 'more' | 'ask', block: Block): Ends {
    const [host, event, over] = [this.#id('task'), this.#id(by), this.#id('end')]
    const definitions = { late: timer('PT4H'), more: message, ask: escalation }
    const part = this.block(block)
    this.#add(
      task(host) +
        onBorder(event, host, definitions[by], 'passing') +
        end(over) +
        flow(event, part.first) +
        flow(part.last, over),
    )
    return { first: host, last: host }
  }

  #part({ block, failing, late, told, stops }: Extract<Block, { is: 'part' }>): Ends {
    const [id, merge] = [this.#id('part'), this.#id('m')]
    const outside = this.xml
    this.xml = ''
    this.#inside(block, { fails: failing !== null, tells: told !== null, stops })
    this.xml = outside + sub(id, this.xml) + exclusive(merge) + flow(id, merge)
    if (failing) this.#border(id, error, failing, merge)
    if (late) this.#border(id, timer('P5D'), late, merge)
    if (told) this.#border(id, escalation, told, null)
    return { first: id, last: merge }
  }

  #inside(block: Block, { fails, tells, stops }: { fails: boolean; tells: boolean; stops: boolean }): void {
    const [first, check, x] = [this.#id('start'), this.#id('task'), this.#id('x')]
    const [good, bad, stop, tell] = [this.#id('end'), this.#id('bad'), this.#id('stop'), this.#id('tell')]
    const part = this.block(block)
    this.#add(start(first) + deciding(check, 'ok,bad,stop') + exclusive(x, good) + end(good) + flow(x, good))
    if (fails) this.#add(end(bad, error) + flow(x, bad, 'outcome = "bad"'))
    if (stops) this.#add(end(stop, '<bpmn:terminateEventDefinition />') + flow(x, stop, 'outcome = "stop"'))
    if (tells) this.#add(throwing(tell, escalation) + flow(first, tell) + flow(tell, part.first))
    else this.#add(flow(first, part.first))
    this.#add(flow(part.last, check) + flow(check, x))
  }

  #border(host: string, definition: string, block: Block, merge: string | null): void {
    const event = this.#id('border')
    const part = this.block(block)
    this.#add(
      onBorder(event, host, definition, merge === null ? 'passing' : undefined) + flow(event, part.first),
    )
    const after = merge ?? this.#id('end')
    if (merge === null) this.#add(end(after))
    this.#add(flow(part.last, after))
  }
}
