import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/errors.ts'
import {
  aProcess,
  deciding,
  end,
  exclusive,
  flow,
  flows,
  message,
  onBorder,
  Playing,
  parallel,
  start,
  sub,
  tasks,
  timer,
} from './a-model.builder.ts'
import type { Run } from './marking.ts'
import { complete } from './run-process.ts'
import { canReach, markingOf, moveToken } from './standing.ts'

// a, then b1-b2 beside c1-c2, then d; inside the upper branch a part with x and y.
const process = await aProcess(
  tasks('a') +
    parallel('p') +
    tasks('b1 b2 c1 c2') +
    parallel('j') +
    sub('part', start('ps') + tasks('x y') + end('pe') + flows('ps x y pe')) +
    onBorder('late', 'b1', timer('PT4H')) +
    tasks('d') +
    flows('s a p b1 b2 part j d e, p c1 c2 j, late b2'),
)
const openIn = ({ marking }: Pick<Run, 'marking'>) =>
  marking.tokens
    .filter(({ by }) => by === null)
    .map(({ at }) => at)
    .toSorted()
    .join(' ')
const moved = (playing: Playing, from: string, to: string) => {
  const run = moveToken(playing.process, playing.marking, from, to)
  return isRefusal(run) ? run.code : openIn(run)
}

describe('sending back', () => {
  test('moves the token within its branch, and arms the timers of the step anew', () => {
    const game = new Playing(process).did('a b1')
    expect(moved(game, 'b2', 'b1')).toBe('b1 c1')
    const run = moveToken(process, game.marking, 'b2', 'b1') as Run
    expect(run.opens.map(({ node }) => node)).toEqual(['b1'])
    expect(run.arms).toMatchObject([{ node: 'late' }])
    expect(run.ended).toBe(false)
  })

  test('leaves and enters sub-processes', () => {
    const inside = new Playing(process).did('a b1 b2')
    expect(inside.open).toBe('c1 x')
    expect(moved(inside, 'x', 'b1')).toBe('b1 c1')
    expect((moveToken(process, inside.marking, 'x', 'b1') as Run).marking.scopes).toEqual([])
    const further = new Playing(process).did('a b1')
    expect(moved(further, 'b2', 'y')).toBe('c1 y')
    expect(moved(inside.did('x'), 'y', 'x')).toBe('c1 x')
  })

  test('is refused where the other branch would wait for ever or be open twice', () => {
    const game = new Playing(process).did('a b1')
    expect(moved(game, 'b2', 'a')).toBe('processes.cannot-move')
    expect(moved(game, 'b2', 'c2')).toBe('processes.cannot-move')
    expect(moved(game, 'b2', 'c1')).toBe('processes.cannot-move')
    expect(moved(game.did('b2 x y c1 c2'), 'd', 'c2')).toBe('processes.cannot-move')
  })

  test('is refused from and to where nothing can stand', () => {
    const game = new Playing(process)
    expect(moved(game, 'b1', 'a')).toBe('processes.cannot-move')
    expect(moved(game, 'a', 'p')).toBe('processes.cannot-move')
    expect(moved(game, 'a', '__proto__')).toBe('processes.cannot-move')
  })

  test('goes along a straight branch even where the model is too large to try every way', async () => {
    const ids = Array.from({ length: 16 }, (_, i) => `t${i}`)
    const large = await aProcess(
      tasks('a b') +
        parallel('p') +
        tasks(ids.join(' ')) +
        parallel('j') +
        tasks('c d') +
        flows(`s a b p, j c d e, ${ids.map((id) => `p ${id} j`).join(', ')}`),
    )
    const game = new Playing(large).did('a b')
    expect(moved(game, 't3', 'b')).toBe('processes.cannot-move')
    expect(moved(game.did(ids.join(' ')).did('c'), 'd', 'c')).toBe('c')
  })
})

describe('standing somewhere', () => {
  test('is possible where the process can come to itself', () => {
    expect(canReach(process, markingOf(process, ['b2', 'c1']))).toBe(true)
    expect(canReach(process, markingOf(process, ['d']))).toBe(true)
    expect(canReach(process, markingOf(process, ['b1', 'b2']))).toBe(false)
    expect(canReach(process, markingOf(process, ['d', 'c1']))).toBe(false)
    expect(canReach(process, { tokens: [], scopes: [], timers: [], last: 0, result: null })).toBe(true)
  })

  test('of one open branch finds the other one waiting at the join', () => {
    const marking = markingOf(process, ['c1'])
    expect(marking.tokens.map(({ at, by }) => [at, by])).toContainEqual(['j', 'part-j'])
    const after = complete(process, complete(process, marking, 'c1', {}).marking, 'c2', {})
    expect(openIn(after)).toBe('d')
  })

  test('inside a part has the part running, and timers without a moment', () => {
    const marking = markingOf(process, ['x', 'c2'])
    expect(marking.scopes).toMatchObject([{ node: 'part', parent: 0 }])
    expect(markingOf(process, ['b1', 'c1']).timers).toMatchObject([{ node: 'late', at: null }])
  })

  test('of every run of a process is found again from its open steps', async () => {
    const simple = await aProcess(
      deciding('a', 'ok,no') +
        exclusive('g', 'b') +
        tasks('b') +
        onBorder('more', 'b', message, 'passing') +
        tasks('m') +
        end('me') +
        flow('g', 'a', 'outcome = "no"') +
        flows('s a g b e, more m me'),
    )
    const game = new Playing(simple).did('a=no a').came('more')
    const again = markingOf(simple, ['b', 'm'])
    expect(again.tokens.map(({ at }) => at).toSorted()).toEqual(
      game.marking.tokens.map(({ at }) => at).toSorted(),
    )
    expect(canReach(simple, game.marking)).toBe(true)
  })

  test('of a step that the model does not have is a breakdown', () => {
    expect(() => markingOf(process, ['gone'])).toThrow('has no step gone')
    expect(() => markingOf(process, ['constructor'])).toThrow('has no step constructor')
  })
})
