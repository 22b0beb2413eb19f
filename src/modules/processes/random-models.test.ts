import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { checkProcess } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import type { CompiledProcess } from './compiled-process.ts'
import type { Run } from './marking.ts'
import { anyBlock, type Block, modelOf } from './random-model.builder.ts'
import { awaits, begin, complete, occur, outcomesOf } from './run-process.ts'
import { type Slow, SlowTokens, type Truth } from './slow-tokens.builder.ts'

const sorted = (texts: readonly string[]) => texts.toSorted()

/** What somebody sees of a process, by the engine and played slowly. */
const seen = (process: CompiledProcess, { marking, ended, result }: Run) => {
  const { messages, timers } = awaits(process, marking)
  return {
    open: sorted(marking.tokens.flatMap(({ at, by }) => (by === null ? [at] : []))),
    messages: sorted(messages.map(({ node }) => node)),
    timers: sorted(timers.map(({ node }) => node)),
    ended,
    result,
  }
}
const seenSlowly = (tokens: SlowTokens, slow: Slow) => {
  const { messages, timers } = tokens.events(slow)
  const ended = slow.pieces.length === 0
  return {
    open: sorted(tokens.open(slow)),
    messages: sorted(messages),
    timers: sorted(timers),
    ended,
    result: ended ? slow.result : null,
  }
}

/** Runs a model with random outcomes, messages and moments, in both ways at once. */
async function walk(xml: string, picks: readonly number[], answers: Record<string, boolean>) {
  const process = accepted(await compileProcess(xml))
  const tokens = new SlowTokens(xml)
  const truthAfter =
    (outcome: string): Truth =>
    (condition) =>
      condition === `outcome = "${outcome}"` || answers[condition.replace('answers.', '')] === true
  let run = begin(process, { answers })
  let slow = tokens.begin(truthAfter(''))
  for (const pick of picks) {
    const now = seen(process, run)
    expect(now).toEqual(seenSlowly(tokens, slow))
    const steps = tokens.steps(slow)
    for (const { step, outcomes } of steps) expect(outcomesOf(process, step)).toEqual(outcomes)
    const happenings = [
      ...steps.flatMap(({ step, outcomes }) => outcomes.map((outcome) => ({ step, outcome }))),
      ...[...now.messages, ...now.timers].map((event) => ({ event })),
    ]
    if (now.ended) return
    expect(happenings).not.toEqual([])
    const next = happenings[pick % happenings.length]!
    if ('event' in next) {
      run = occur(process, run.marking, next.event, { answers })
      slow = tokens.happen(slow, next.event, truthAfter(''))
    } else {
      run = complete(process, run.marking, next.step, { outcome: next.outcome, answers })
      slow = tokens.finish(slow, next.step, next.outcome, truthAfter(next.outcome))
    }
  }
}

const anyAnswers = fc.record({ a0: fc.boolean(), a1: fc.boolean(), a2: fc.boolean() })
const anyPicks = fc.array(fc.nat({ max: 10_000 }), { minLength: 20, maxLength: 60 })

test('random models run as they do when every token is moved by hand', async () => {
  await fc.assert(
    fc.asyncProperty(anyBlock, anyPicks, anyAnswers, async (block, picks, answers) => {
      await walk(modelOf(block), picks, answers)
    }),
    { numRuns: 80 },
  )
})

test('models built from sound blocks are found sound', async () => {
  await fc.assert(
    fc.asyncProperty(anyBlock, async (block) => {
      const process = accepted(await compileProcess(modelOf(block)))
      expect(checkProcess(process).errors).toEqual([])
    }),
    { numRuns: 30 },
  )
})

/** Every marking that a small model comes to when each condition may be true or not, played slowly. */
function exploreSlowly(xml: string): { stuck: boolean; crowded: boolean } | undefined {
  const tokens = new SlowTokens(xml)
  const known = new Set<string>()
  const waiting: Slow[] = []
  const found = { stuck: false, crowded: false }
  const follow = (outcome: string | null, play: (truth: Truth) => Slow) => {
    for (const slow of everyWay(outcome, play)) {
      const picture = tokens.picture(slow)
      if (known.has(picture)) continue
      known.add(picture)
      const lying = picture.split(' ')
      if (new Set(lying).size < lying.length) found.crowded = true
      else waiting.push(slow)
    }
  }
  follow(null, (truth) => tokens.begin(truth))
  for (let slow = waiting.pop(); slow; slow = waiting.pop()) {
    if (known.size > 400) return undefined
    const { messages, timers } = tokens.events(slow)
    const steps = tokens.steps(slow)
    if (slow.pieces.length > 0 && steps.length + messages.length + timers.length === 0) found.stuck = true
    const at = slow
    for (const { step, outcomes } of steps)
      for (const outcome of outcomes) follow(outcome, (truth) => tokens.finish(at, step, outcome, truth))
    for (const event of [...messages, ...timers]) follow(null, (truth) => tokens.happen(at, event, truth))
  }
  return found
}

/** Plays once for every answer that the conditions on answers may have. */
function* everyWay(outcome: string | null, play: (truth: Truth) => Slow): Generator<Slow> {
  const decided: boolean[] = []
  do {
    let asked = 0
    const truth: Truth = (condition) => {
      if (condition.startsWith('outcome')) return condition === `outcome = "${outcome}"`
      decided[asked] ??= false
      asked += 1
      return decided[asked - 1]!
    }
    yield play(truth)
    decided.length = asked
    while (decided.at(-1) === true) decided.pop()
    if (decided.length > 0) decided[decided.length - 1] = true
  } while (decided.length > 0)
}

/** A model in which one gateway became another kind, so that it may no longer be sound. */
function withWrongGateway(block: Block, pick: number): string | undefined {
  const xml = modelOf(block)
  const joins = [...xml.matchAll(/<bpmn:(exclusive|parallel|inclusive)Gateway id="([mjp]\d+)" \/>/g)]
  const chosen = joins[pick % joins.length]
  if (!chosen) return undefined
  const [whole, kind, id] = chosen
  const other = kind === 'parallel' ? 'exclusive' : 'parallel'
  const isSplit = id!.startsWith('p')
  return isSplit ? undefined : xml.replace(whole, `<bpmn:${other}Gateway id="${id}" />`)
}

test('what the check says of spoilt models is what happens when they are played slowly', async () => {
  const verdicts = { sound: 0, stuck: 0, crowded: 0 }
  await fc.assert(
    fc.asyncProperty(anyBlock, fc.nat(), async (block, pick) => {
      const xml = withWrongGateway(block, pick)
      const slow = xml === undefined ? undefined : exploreSlowly(xml)
      fc.pre(xml !== undefined && slow !== undefined)
      const { errors } = checkProcess(accepted(await compileProcess(xml!)))
      const codes = new Set(errors.map(({ code }) => code))
      fc.pre(!codes.has('loop-without-work'))
      expect({
        stuck: codes.has('deadlock') || codes.has('tokens-left'),
        crowded: codes.has('two-tokens'),
      }).toEqual(slow)
      verdicts[slow!.crowded ? 'crowded' : slow!.stuck ? 'stuck' : 'sound'] += 1
    }),
    { numRuns: 80 },
  )
  for (const count of Object.values(verdicts)) expect(count).toBeGreaterThan(0)
})

/** One spot of a file changed: a tag lost, an attribute lost, a reference led elsewhere, an element of another kind. */
function spoilt(xml: string, kind: number, pick: number): string {
  const ids = [...xml.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
  const spots = [
    /<bpmn:[^>]*>/g,
    / \w+="[^"]*"/g,
    /(?:sourceRef|targetRef|attachedToRef|default)="[^"]*"/g,
    /bpmn:[a-z]\w+/g,
  ]
  const found = [...xml.matchAll(spots[kind % spots.length]!)]
  const { 0: text, index } = found[pick % found.length]!
  const other = ids[(pick * 7) % ids.length]!
  const elsewhere = text.replace(/="[^"]*"/, `="${other}"`)
  const otherTag = [...xml.matchAll(/bpmn:[a-z]\w+/g)].map(([tag]) => tag)[(pick * 13) % 40] ?? ''
  const replacement = ['', '', elsewhere, otherTag][kind % spots.length]!
  return xml.slice(0, index) + replacement + xml.slice(index + text.length)
}

/** Runs a process at random; what it lets happen must always lead on, and never to two tokens at one place. */
function runAtRandom(
  process: CompiledProcess,
  picks: readonly number[],
  answers: Record<string, boolean>,
): void {
  let run = begin(process, { answers })
  for (const pick of picks) {
    if (run.ended) return
    const { open, messages, timers } = seen(process, run)
    expect(new Set(open).size).toBe(open.length)
    const happenings = [
      ...open.flatMap((step) => outcomesOf(process, step).map((outcome) => ({ step, outcome }))),
      ...[...messages, ...timers].map((event) => ({ event })),
    ]
    expect(happenings).not.toEqual([])
    const next = happenings[pick % happenings.length]!
    run =
      'event' in next
        ? occur(process, run.marking, next.event, { answers })
        : complete(process, run.marking, next.step, { outcome: next.outcome, answers })
  }
}

test('a file with spots is refused by name, or found faulty, or runs without hanging', async () => {
  const anySpots = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(anyBlock, anySpots, anyPicks, anyAnswers, async (block, spots, picks, answers) => {
      const xml = spots.reduce((text, [kind, pick]) => spoilt(text, kind, pick), modelOf(block))
      const process = await compileProcess(xml)
      if (isRefusal(process)) {
        expect(process.code).toBe('processes.not-runnable')
        return
      }
      const { errors, warnings } = checkProcess(process)
      const allTried = warnings.every(({ code }) => code !== 'too-large-to-check')
      if (errors.length === 0 && allTried) runAtRandom(process, picks, answers)
    }),
    { numRuns: 100 },
  )
})
