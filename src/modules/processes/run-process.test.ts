import { describe, expect, test } from 'vitest'
import {
  aModel,
  aProcess,
  call,
  catching,
  deciding,
  end,
  ended,
  error,
  escalation,
  exclusive,
  flow,
  flows,
  inclusive,
  message,
  onBorder,
  Playing,
  parallel,
  receiving,
  start,
  started,
  sub,
  task,
  tasks,
  throwing,
  timer,
} from './a-model.builder.ts'
import { begin, complete, NoWayOn, occur, timerOf } from './run-process.ts'

const playing = async (elements: string, called?: Record<string, string>) =>
  new Playing(await aProcess(elements, called))

describe('steps and gateways', () => {
  test('a step follows another, and the end says the result', async () => {
    const game = await playing(tasks('a b') + flows('s a b e'))
    expect(game.last.opens).toMatchObject([{ node: 'a', kind: 'step', step: { stepId: 'a', hours: 2 } }])
    expect(game.last.opens[0]!.step).not.toHaveProperty('next')
    expect(game.did('a').open).toBe('b')
    expect(game.did('b').last).toMatchObject({ ended: true, result: 'granted', opens: [], ends: [] })
  })

  test('an exclusive gateway takes the first true branch, or the default', async () => {
    const elements =
      deciding('a', 'ok,no,back') +
      exclusive('g', 'e') +
      tasks('n') +
      flows('s a g, g e, n e') +
      flow('g', 'a', 'outcome = "back"') +
      flow('g', 'n', 'outcome in ("no", "back")')
    expect((await playing(elements)).did('a=no').open).toBe('n')
    expect((await playing(elements)).did('a=back a=back').open).toBe('a')
    expect((await playing(elements)).did('a').last.ended).toBe(true)
  })

  test('branches may read answers and facts of the procedure', async () => {
    const process = await aProcess(
      exclusive('g', 'b') +
        tasks('a b') +
        flow('g', 'a', 'answers.house.storeys > 3 or procedure.caseCode = "works"') +
        flows('s g b e, a e'),
    )
    expect(new Playing(process, { answers: { 'house.storeys': 5 } }).open).toBe('a')
    expect(new Playing(process, { procedure: { caseCode: 'works' } }).open).toBe('a')
    expect(new Playing(process).open).toBe('b')
  })

  test('a parallel gateway opens every branch, and goes on when all have come', async () => {
    const game = await playing(
      parallel('split') +
        tasks('a b c') +
        parallel('join') +
        tasks('d') +
        flows('s split a join d e, split b join, split c join'),
    )
    expect(game.last.opens.map(({ node }) => node)).toEqual(['a', 'b', 'c'])
    expect(game.did('b a').open).toBe('c')
    expect(game.marking.tokens.map(({ at, by }) => [at, by])).toContainEqual(['join', 'b-join'])
    expect(game.did('c').open).toBe('d')
    expect(game.did('d').last.ended).toBe(true)
  })

  test('two tokens on one flow do not make up for the other flow', async () => {
    const process = await aProcess(
      deciding('a', 'ok,again') + tasks('b') + parallel('p') + parallel('j') + flows('s p a j e, p b j'),
    )
    const marking = begin(process).marking
    const [a] = marking.tokens
    const twice = { ...marking, tokens: [...marking.tokens, { ...a!, no: 9 }], last: 9 }
    const after = complete(process, complete(process, twice, 'a', {}).marking, 'a', {})
    expect(after.ended).toBe(false)
    expect(after.marking.tokens.filter(({ at }) => at === 'j')).toHaveLength(2)
  })

  test('an end reached while a branch still works ends only its own token', async () => {
    const game = await playing(
      parallel('p') + tasks('a b') + end('e2', '', 'motcua:result="refused"') + flows('s p a e, p b e2'),
    )
    expect(game.did('a').last).toMatchObject({ ended: false, result: null })
    expect(game.did('b').last).toMatchObject({ ended: true, result: 'refused' })
  })

  describe('an inclusive gateway', () => {
    const three =
      inclusive('split', 'c') +
      tasks('a b c') +
      inclusive('join') +
      tasks('d') +
      flow('split', 'a', 'answers.a') +
      flow('split', 'b', 'answers.b') +
      flows('s split c join d e, a join, b join')

    test.each([
      [{ a: true, b: true }, 'a b'],
      [{ a: false, b: true }, 'b'],
      [{ a: true }, 'a'],
      [{}, 'c'],
    ])('opens what is true of %j, and waits for just that', async (answers, open) => {
      const process = await aProcess(three)
      const game = new Playing(process, { answers })
      expect(game.open).toBe(open)
      const steps = open.split(' ')
      steps.forEach((step, i) => {
        expect(game.did(step).open).toBe(steps.slice(i + 1).join(' ') || 'd')
      })
      expect(game.did('d').last.ended).toBe(true)
    })

    test('does not wait for a branch that left on another way', async () => {
      const game = await playing(
        parallel('split') +
          tasks('a') +
          deciding('b', 'ok,out') +
          exclusive('g', 'join') +
          inclusive('join') +
          tasks('d') +
          end('e2') +
          flow('g', 'e2', 'outcome = "out"') +
          flows('s split a join d e, split b g join'),
      )
      expect(game.did('a').open).toBe('b')
      expect(game.did('b=out').open).toBe('d')
    })

    test('waits for a branch that goes round once more, even behind a wait or a sub-process', async () => {
      const game = await playing(
        parallel('split') +
          tasks('a') +
          catching('w', message) +
          sub('part', start('ps') + deciding('b', 'ok,again') + end('pe') + flows('ps b pe')) +
          exclusive('g', 'join') +
          inclusive('join') +
          tasks('d') +
          flow('g', 'w', 'outcome = "again"') +
          flows('s split a join d e, split w part g join'),
      )
      expect(game.did('a').open).toBe('w')
      expect(game.came('w').open).toBe('b')
      expect(game.did('b=again').open).toBe('w')
      expect(game.came('w').did('b').open).toBe('d')
    })

    test('does not wait for a sister that can only come by going round through the same split', async () => {
      const game = await playing(
        exclusive('m') +
          parallel('split') +
          inclusive('some', 'a') +
          tasks('a b c') +
          inclusive('join') +
          parallel('all') +
          deciding('d', 'ok,again') +
          exclusive('x', 'e') +
          flow('some', 'b', 'answers.b') +
          flow('x', 'm', 'outcome = "again"') +
          flows('s m split some a join all d x e, b join, split c all'),
      )
      expect(game.open).toBe('a c')
      expect(game.did('a').did('c').open).toBe('d')
      expect(game.did('d=again', { answers: { b: true } }).open).toBe('b c')
    })

    test('goes on when the branch that it waited for is interrupted', async () => {
      const game = await playing(
        parallel('split') +
          tasks('a b') +
          onBorder('late', 'b', timer('PT4H')) +
          inclusive('join') +
          tasks('d') +
          end('e2') +
          flows('s split a join d e, split b join, late e2'),
      )
      expect(game.did('a').open).toBe('b')
      expect(game.came('late').open).toBe('d')
      expect(game.last.ends).toEqual(['b'])
    })
  })
})

describe('waits', () => {
  test.each([
    ['an event', catching('w', message)],
    ['a receive task', receiving('w')],
  ])('%s waits for its message, and somebody watches', async (_, wait) => {
    const game = await playing(wait + tasks('a') + flows('s w a e'))
    expect(game.last.opens).toMatchObject([
      { node: 'w', kind: 'message', step: { role: 'clerk', hours: 8, kind: 'work', name: 'w' } },
    ])
    expect(game.awaited).toBe('w')
    expect(game.came('w').open).toBe('a')
    expect(game.awaited).toBe('')
    expect(() => game.came('w')).toThrow('does not wait for w')
  })

  test('a timer is armed when its event is reached, and brings the process on', async () => {
    const game = await playing(catching('w', timer('PT4H'), '') + tasks('a') + flows('s w a e'))
    expect(game.last.opens).toMatchObject([{ node: 'w', kind: 'timer' }])
    expect(game.last.arms).toEqual([
      { node: 'w', spec: { kind: 'duration', minutes: 240, clock: 'working', relativeTo: 'start' } },
    ])
    const [token] = game.marking.tokens
    expect(game.marking.timers).toEqual([{ node: 'w', token: token!.no, scope: null, at: null }])
    expect(game.came('w').open).toBe('a')
    expect(game.marking.timers).toEqual([])
  })

  test.each([
    ['PT90M', '', 90, 'working', 'start'],
    ['P2D', '', 960, 'working', 'start'],
    ['P1W', '', 2_400, 'working', 'start'],
    ['P1DT12H', 'motcua:clock="calendar"', 2_160, 'calendar', 'start'],
    ['PT0.5H', '', 30, 'working', 'start'],
    ['-PT4H', 'motcua:relativeTo="dossier-due"', -240, 'working', 'dossier-due'],
    ['PT30S', 'motcua:clock="calendar"', 1, 'calendar', 'start'],
  ])('%s %s is %i minutes', async (text, attributes, minutes, clock, relativeTo) => {
    const process = await aProcess(catching('w', timer(text, attributes), '') + flows('s w e'))
    expect(timerOf(process, 'w')).toEqual({ kind: 'duration', minutes, clock, relativeTo })
  })

  test.each([
    ['2026-12-31T17:00:00+07:00', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31T17:00', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31', '2026-12-30T17:00:00.000Z'],
  ])('the moment %s is that of Vietnam', async (text, at) => {
    const process = await aProcess(catching('w', timer(text, '', 'timeDate'), '') + flows('s w e'))
    expect(timerOf(process, 'w')).toEqual({ kind: 'date', at })
  })
})

describe('events on the border', () => {
  const late = (passing?: 'passing') =>
    tasks('a b') +
    onBorder('late', 'a', timer('PT4H', 'motcua:relativeTo="step-due"'), passing) +
    end('e2') +
    flows('s a e, late b e2')

  test('a timer that interrupts ends the step', async () => {
    const game = await playing(late())
    expect(game.armed).toBe('late')
    expect(game.last.arms).toMatchObject([{ node: 'late', spec: { relativeTo: 'step-due' } }])
    expect(game.came('late').last).toMatchObject({ ends: ['a'], opens: [{ node: 'b' }] })
    expect(game.armed).toBe('')
  })

  test('a timer that does not interrupt begins its branch beside the step, once', async () => {
    const game = await playing(late('passing'))
    expect(game.came('late').last).toMatchObject({ ends: [], opens: [{ node: 'b' }] })
    expect(game.open).toBe('a b')
    expect(game.armed).toBe('')
    expect(() => game.came('late')).toThrow('does not wait for late')
    expect(game.did('a').last.ended).toBe(false)
    expect(game.did('b').last.ended).toBe(true)
  })

  test('a step done in time takes its timer along', async () => {
    const game = await playing(late())
    expect(game.did('a').last).toMatchObject({ ended: true, marking: { timers: [] } })
  })

  test('a message that does not interrupt may come again once its branch is done', async () => {
    const game = await playing(
      tasks('a b') + onBorder('more', 'a', message, 'passing') + end('e2') + flows('s a e, more b e2'),
    )
    expect(game.awaited).toBe('more')
    expect(game.came('more').open).toBe('a b')
    expect(game.awaited).toBe('')
    expect(game.did('b').awaited).toBe('more')
    expect(game.came('more').open).toBe('a b')
  })

  test('a message that interrupts a receive task', async () => {
    const game = await playing(
      receiving('w') + tasks('b') + onBorder('stop', 'w', message) + flows('s w e, stop b e'),
    )
    expect(game.awaited).toBe('stop w')
    expect(game.came('stop').last).toMatchObject({ ends: ['w'], opens: [{ node: 'b' }] })
  })

  test('the code of an error on a step is an outcome that leaves there', async () => {
    const game = await playing(tasks('a b') + onBorder('wrong', 'a', error) + flows('s a e, wrong b e'))
    expect(game.process.steps.a!.outcomes).toEqual(['ok', 'failed'])
    expect(game.did('a=failed').last).toMatchObject({ ends: [], opens: [{ node: 'b' }] })
  })

  test('an escalation that does not interrupt leaves the step open, with a task anew', async () => {
    const game = await playing(
      tasks('a b') + onBorder('help', 'a', escalation, 'passing') + end('e2') + flows('s a e, help b e2'),
    )
    expect(game.did('a=ask').last.opens.map(({ node }) => node)).toEqual(['a', 'b'])
    expect(game.open).toBe('a b')
    expect(game.did('a b').last.ended).toBe(true)
  })

  test('an escalation that interrupts ends the step', async () => {
    const game = await playing(tasks('a b') + onBorder('help', 'a', escalation) + flows('s a e, help b e'))
    expect(game.did('a=ask').open).toBe('b')
  })
})

describe('sub-processes', () => {
  const part = (inside: string, borders = '', more = '') =>
    sub('part', start('ps') + inside) + borders + tasks('d') + flows('s part d e') + more

  test('a sub-process goes on when everything in it has ended', async () => {
    const game = await playing(
      part(parallel('p') + tasks('a b') + end('pe') + end('pf') + flows('ps p a pe, p b pf')),
    )
    expect(game.open).toBe('a b')
    expect(game.marking.scopes).toMatchObject([{ node: 'part', parent: 0 }])
    expect(game.did('a').open).toBe('b')
    expect(game.did('b').open).toBe('d')
    expect(game.marking.scopes).toEqual([])
  })

  test('an end that terminates ends the sub-process at once, and only that', async () => {
    const game = await playing(
      part(
        parallel('p') +
          tasks('a b') +
          end('pe', '<bpmn:terminateEventDefinition />') +
          end('pf') +
          flows('ps p a pe, p b pf'),
      ),
    )
    expect(game.did('a').last).toMatchObject({ ends: ['b'], opens: [{ node: 'd' }] })
  })

  test('an end that terminates the process ends everything with its result', async () => {
    const stop = end('stop', '<bpmn:terminateEventDefinition />', 'motcua:result="refused"')
    const game = await playing(
      parallel('q') +
        tasks('x') +
        stop +
        sub('part', start('ps') + tasks('a') + end('pe') + flows('ps a pe')) +
        flows('s q part e, q x stop'),
    )
    expect(game.open).toBe('a x')
    expect(game.did('x').last).toMatchObject({ ends: ['a'], ended: true, result: 'refused' })
    expect(game.marking).toMatchObject({ tokens: [], scopes: [] })
  })

  test('an error end is caught on the border, and everything inside ends', async () => {
    const game = await playing(
      part(
        parallel('p') + tasks('a b') + end('pe', error) + end('pf') + flows('ps p a pe, p b pf'),
        onBorder('caught', 'part', error),
        tasks('r') + flows('caught r e'),
      ),
    )
    expect(game.did('a').last).toMatchObject({ ends: ['b'], opens: [{ node: 'r' }] })
  })

  test('an error passes levels that do not catch it, and one that is named goes before one for all', async () => {
    const inner = sub('inner', start('is') + tasks('a') + end('ie', error) + flows('is a ie'))
    const game = await playing(
      part(
        inner + end('pe') + flows('ps inner pe'),
        onBorder('any', 'part', '<bpmn:errorEventDefinition />') + onBorder('caught', 'part', error),
        tasks('r q') + flows('caught r e, any q e'),
      ),
    )
    expect(game.marking.scopes).toHaveLength(2)
    expect(game.did('a').open).toBe('r')
  })

  test('an escalation thrown inside is told outside, and both go on', async () => {
    const game = await playing(
      part(
        throwing('tell', escalation) + tasks('a') + end('pe') + flows('ps tell a pe'),
        onBorder('told', 'part', escalation, 'passing'),
        tasks('r') + end('e2') + flows('told r e2'),
      ),
    )
    expect(game.open).toBe('a r')
    expect(game.did('a').open).toBe('d r')
  })

  test('an escalation end that interrupts', async () => {
    const game = await playing(
      part(
        tasks('a') + end('pe', escalation) + flows('ps a pe'),
        onBorder('told', 'part', escalation),
        tasks('r') + flows('told r e'),
      ),
    )
    expect(game.did('a').open).toBe('r')
  })

  test('a timer and a message on a sub-process', async () => {
    const elements = part(
      tasks('a b') + end('pe') + flows('ps a b pe'),
      onBorder('late', 'part', timer('P5D')) + onBorder('more', 'part', message, 'passing'),
      tasks('r m') + end('e2') + flows('late r e, more m e2'),
    )
    const game = await playing(elements)
    expect(game.marking.timers).toMatchObject([
      { node: 'late', token: null, scope: game.marking.scopes[0]!.no },
    ])
    expect(game.did('a').armed).toBe('late')
    expect(game.came('more').open).toBe('b m')
    expect(game.came('late').last).toMatchObject({ ends: ['b'], opens: [{ node: 'r' }] })
    expect(game.open).toBe('m r')
  })

  test('a throw event without a meaning is passed', async () => {
    const game = await playing(throwing('t') + tasks('a') + flows('s t a e'))
    expect(game.open).toBe('a')
  })
})

describe('calls', () => {
  const consult = aModel(
    start('s') + deciding('ask', 'ok,no') + end('e', '', 'motcua:result="refused"') + flows('s ask e'),
    { id: 'consult' },
  )

  test('the called process runs inside, under the id of the call', async () => {
    const game = await playing(call('call', 'consult') + tasks('d') + flows('s call d e'), { consult })
    expect(game.open).toBe('call/ask')
    expect(game.last.opens[0]!.step).toMatchObject({ stepId: 'call/ask', name: 'ask' })
    expect(game.did('call/ask').open).toBe('d')
    // What the called process says of its own end is for itself.
    expect(game.did('d').last.result).toBe('granted')
  })

  test('one process called twice at once keeps the two apart', async () => {
    const game = await playing(
      parallel('p') +
        call('call', 'consult') +
        call('call2', 'c:consult') +
        parallel('j') +
        flows('s p call j e, p call2 j'),
      { consult },
    )
    expect(game.open).toBe('call/ask call2/ask')
    expect(game.did('call/ask').open).toBe('call2/ask')
  })

  test('what a called process calls is there too', async () => {
    const outer = aModel(started + call('inner', 'consult') + ended + flows('s inner e'), { id: 'outer' })
    const game = await playing(call('call', 'outer') + flows('s call e'), { consult, outer })
    expect(game.marking.tokens[0]!.at).toBe('call/inner/ask')
    expect(game.marking.scopes.map(({ node }) => node)).toEqual(['call', 'call/inner'])
  })
})

describe('what cannot go on', () => {
  test('a gateway without a true branch is a named refusal, and nothing moved', async () => {
    const process = await aProcess(
      tasks('a') +
        exclusive('g') +
        flow('g', 'e', 'answers.x = 1') +
        flow('g', 'a', 'answers.x = 2') +
        flows('s a g'),
    )
    const { marking } = begin(process)
    const before = structuredClone(marking)
    expect(() => complete(process, marking, 'a', { outcome: 'ok' })).toThrow(NoWayOn)
    expect(marking).toEqual(before)
    try {
      complete(process, marking, 'a', { outcome: 'ok' })
    } catch (thrown) {
      expect((thrown as NoWayOn).refusal).toMatchObject({
        code: 'processes.no-way-on',
        details: { gateway: 'g' },
      })
    }
  })

  test('a condition that runs beyond its budget counts as not true', async () => {
    const nested =
      'every a in answers.l satisfies every b in answers.l satisfies every c in answers.l satisfies a + b + c >= 0'
    const process = await aProcess(
      tasks('a b') +
        exclusive('g', 'b') +
        flow('g', 'e', nested.replaceAll('>', '&gt;')) +
        flows('s a g b e'),
    )
    const { marking } = begin(process)
    const answers = { l: Array.from({ length: 200 }, (_, i) => i) }
    expect(complete(process, marking, 'a', { outcome: 'ok', answers }).opens[0]!.node).toBe('b')
  })

  test('a step or event where nothing stands is a breakdown', async () => {
    const process = await aProcess(
      tasks('a b') + onBorder('late', 'b', timer('PT1H')) + flows('s a b e, late e'),
    )
    const { marking } = begin(process)
    expect(() => complete(process, marking, 'b', {})).toThrow('no step b open')
    expect(() => complete(process, marking, 'constructor', {})).toThrow('no step constructor open')
    expect(() => occur(process, marking, 'late')).toThrow('does not wait for late')
  })
})

test('a marking is never changed in place, and survives being stored', async () => {
  const process = await aProcess(
    parallel('p') + tasks('a b') + parallel('j') + task('c') + flows('s p a j c e, p b j'),
  )
  const first = begin(process).marking
  const kept = structuredClone(first)
  const second = complete(process, first, 'a', {}).marking
  expect(first).toEqual(kept)
  const again = JSON.parse(JSON.stringify(second))
  const stored = JSON.parse(JSON.stringify(process))
  expect(complete(stored, again, 'b', {}).opens[0]!.node).toBe('c')
})
