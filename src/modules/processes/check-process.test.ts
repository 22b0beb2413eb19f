import { describe, expect, test } from 'vitest'
import { accepted } from '../../kernel/errors.ts'
import {
  aModel,
  aProcess,
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
  named,
  onBorder,
  parallel,
  receiving,
  roots,
  start,
  started,
  sub,
  task,
  tasks,
  throwing,
  timer,
} from './a-model.builder.ts'
import { type CheckOptions, checkProcess, longestHours } from './check-process.ts'
import { compileProcess } from './compile-process.ts'

const check = async (elements: string, options?: CheckOptions) =>
  checkProcess(await aProcess(elements), options)
const errorsOf = async (elements: string) => named((await check(elements)).errors)
const warningsOf = async (elements: string) => named((await check(elements)).warnings)

describe('a drawing that cannot work', () => {
  test.each([
    ['a step that nothing leads to', tasks('a b') + flows('s a e, b e'), [['unreachable', 'b']]],
    [
      'a loop without an exit',
      tasks('a b') + flows('s a b a'),
      [
        ['unreachable', 'e'],
        ['loop-without-exit', 'a'],
        ['loop-without-exit', 'b'],
      ],
    ],
    [
      'a loop in which nobody does anything',
      exclusive('g', 'h') + exclusive('h', 'g') + flow('h', 'e', 'outcome = "x"') + flows('s g h g'),
      [
        ['loop-without-work', 'g'],
        ['loop-without-work', 'h'],
      ],
    ],
    [
      'a loop through a part in which nobody does anything',
      exclusive('g', 'part') +
        sub('part', start('ps') + throwing('t') + end('pe') + flows('ps t pe')) +
        flow('g', 'e', 'answers.x = 1') +
        flows('s g part g'),
      [
        ['loop-without-work', 'g'],
        ['loop-without-work', 'part'],
      ],
    ],
    [
      'a loop through gateways that split and join without work',
      exclusive('g', 'p') +
        parallel('p') +
        parallel('j') +
        flow('g', 'e', 'answers.x = 1') +
        '<bpmn:sequenceFlow id="again" sourceRef="p" targetRef="j" />' +
        flows('s g p j g'),
      [['loop-without-work', 'g']],
    ],
    [
      'an error that nothing catches',
      sub('part', start('ps') + tasks('a') + end('pe', error) + flows('ps a pe')) + flows('s part e'),
      [['error-uncaught', 'pe']],
    ],
    [
      'an escalation that nothing catches',
      throwing('t', escalation) + tasks('a') + flows('s t a e'),
      [['escalation-uncaught', 't']],
    ],
  ])('%s', async (_, elements, errors) => {
    expect(await errorsOf(elements)).toEqual(errors)
  })

  test('a loop has its exit on the border of the part around it', async () => {
    const elements =
      sub('part', start('ps') + tasks('a b') + end('pe') + deciding('c', 'ok') + flows('ps a b a, c pe')) +
      onBorder('late', 'part', timer('P5D')) +
      flows('s part e, late e')
    expect(await errorsOf(elements)).toEqual([
      ['unreachable', 'c'],
      ['unreachable', 'pe'],
    ])
  })

  test('a loop through a join that waits for work turns only with work', async () => {
    const elements =
      exclusive('g', 'p') +
      parallel('p') +
      tasks('a') +
      parallel('j') +
      deciding('d', 'ok,again') +
      exclusive('h', 'e') +
      flow('h', 'g', 'outcome = "again"') +
      '<bpmn:sequenceFlow id="empty" sourceRef="p" targetRef="j" />' +
      flow('g', 'e', 'answers.x = 1') +
      flows('s g p a j d h e')
    expect(await errorsOf(elements)).toEqual([])
  })
})

describe('a gateway without default', () => {
  const rest =
    exclusive('g') +
    flow('g', 'e', 'outcome = "ok"') +
    flow('g', 'a', 'outcome = "send-back"') +
    flows('s a g')
  const missing = [['gateway-without-default', 'g']]

  test('is fine when its conditions answer every outcome', async () => {
    expect(await errorsOf(deciding('a', 'ok,send-back') + rest)).toEqual([])
    expect(await errorsOf(deciding('a', 'ok,send-back,consult') + rest)).toEqual(missing)
  })

  test('is fine behind another gateway that leaves it only some outcomes', async () => {
    const elements =
      deciding('a', 'ok,no,out') +
      exclusive('f', 'g') +
      exclusive('g') +
      flow('f', 'e', 'outcome = "out"') +
      flow('g', 'e', 'outcome = "ok"') +
      flow('g', 'a', 'outcome = "no"') +
      flows('s a f g')
    expect(await errorsOf(elements)).toEqual([])
  })

  test('is not fine when answers decide, when the process begins there, or after a message', async () => {
    expect(
      await errorsOf(
        tasks('a') +
          exclusive('g') +
          flow('g', 'e', 'answers.x = 1') +
          flow('g', 'a', 'answers.x != 1') +
          flows('s a g'),
      ),
    ).toEqual(missing)
    expect(
      await errorsOf(
        deciding('a', 'ok,send-back') +
          rest.replace('sourceRef="s" targetRef="a"', 'sourceRef="s" targetRef="g"'),
      ),
    ).toEqual([...missing])
    expect(
      await errorsOf(deciding('a', 'ok,send-back') + onBorder('more', 'a', message) + flows('more g') + rest),
    ).toEqual(missing)
  })

  test('of the inclusive kind needs one as well', async () => {
    const elements =
      inclusive('g') +
      tasks('a b') +
      inclusive('j') +
      flow('g', 'a', 'answers.a') +
      flow('g', 'b', 'answers.b') +
      flows('s g, a j e, b j')
    expect(await errorsOf(elements)).toEqual(missing)
  })

  test('a branch whose outcome nobody states is a warning, with what is behind it', async () => {
    const elements =
      deciding('a', 'ok,no') +
      exclusive('g', 'e') +
      tasks('b') +
      flow('g', 'b', 'outcome = "nein"') +
      flows('s a g e, b e')
    expect(await check(elements)).toMatchObject({
      errors: [],
      warnings: [
        { code: 'branch-never-taken', element: 'g', params: { condition: 'outcome = "nein"' } },
        { code: 'never-reached', element: 'b' },
      ],
    })
  })
})

describe('playing a model in every way finds', () => {
  test.each([
    [
      'a join that waits for a branch that is never begun',
      exclusive('x', 'a') +
        tasks('a b') +
        parallel('j') +
        flow('x', 'b', 'answers.x') +
        flows('s x a j e, b j'),
      [['deadlock', 'j']],
    ],
    [
      'a token left at a join when another has reached an end',
      parallel('p') +
        tasks('a b c') +
        exclusive('x', 'j') +
        parallel('j') +
        end('e2') +
        flow('x', 'e2', 'answers.x') +
        flows('s p a j e, p b x j, p c e'),
      [['tokens-left', 'j']],
    ],
    [
      'two tokens at one step',
      parallel('p') + tasks('a b c') + exclusive('x') + flows('s p a x c e, p b x'),
      [['two-tokens', 'c']],
    ],
    [
      'a sub-process begun twice at once',
      parallel('p') +
        tasks('a b') +
        exclusive('x') +
        sub('part', start('ps') + tasks('c') + end('pe') + flows('ps c pe')) +
        flows('s p a x part e, p b x'),
      [
        ['two-tokens', 'c'],
        ['two-tokens', 'part'],
      ],
    ],
    [
      'two joins that wait for each other',
      parallel('p') + tasks('a b') + parallel('j') + parallel('k') + flows('s p a j k e, p b k j'),
      [
        ['deadlock', 'j'],
        ['deadlock', 'k'],
      ],
    ],
    [
      'an inclusive join in place of a parallel one is sound',
      exclusive('x', 'a') +
        tasks('a b') +
        inclusive('j') +
        flow('x', 'b', 'answers.x') +
        flows('s x a j e, b j'),
      [],
    ],
    [
      'a branch of a boundary event that does not interrupt, joined as if it always came',
      tasks('a b') +
        onBorder('late', 'a', timer('PT1H'), 'passing') +
        parallel('j') +
        flows('s a j e, late b j'),
      [['deadlock', 'j']],
    ],
  ])('%s', async (_, elements, errors) => {
    expect(await errorsOf(elements)).toEqual(errors)
  })

  test('nothing in a model with everything', async () => {
    const elements =
      receiving('w') +
      parallel('p') +
      deciding('a', 'ok,no') +
      exclusive('x', 'j') +
      flow('x', 'a', 'outcome = "no"') +
      sub(
        'part',
        start('ps') +
          tasks('b') +
          end('pe') +
          end('pf', error) +
          exclusive('y', 'pe') +
          flow('y', 'pf', 'answers.x') +
          flows('ps b y pe'),
      ) +
      onBorder('wrong', 'part', error) +
      tasks('r') +
      onBorder('late', 'a', timer('PT4H'), 'passing') +
      tasks('m') +
      end('me') +
      parallel('j') +
      catching('t', timer('P1D'), '') +
      flows('s w p a x j t e, p part j, wrong r part, late m me')
    expect(await check(elements)).toEqual({ errors: [], warnings: [] })
  })

  test('tokens that double at every gateway', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => i)
    const twice = ids.map((i) => `<bpmn:sequenceFlow id="again${i}" sourceRef="p${i}" targetRef="x${i}" />`)
    const elements = ids.map((i) => parallel(`p${i}`) + exclusive(`x${i}`)).join('') + twice.join('')
    const chain = ids.map((i) => `p${i} x${i}`).join(' ')
    expect((await errorsOf(`${elements}${tasks('a')}${flows(`s ${chain} a e`)}`))[0]?.[0]).toBe('two-tokens')
  })

  test('a model with more markings than we look at is said to be so', async () => {
    const ids = Array.from({ length: 16 }, (_, i) => `t${i}`)
    const elements =
      parallel('p') +
      tasks(ids.join(' ')) +
      parallel('j') +
      flows(`s p, j e, ${ids.map((id) => `p ${id} j`).join(', ')}`)
    expect(await check(elements)).toMatchObject({ errors: [], warnings: [{ code: 'too-large-to-check' }] })
  })
})

describe('what a person should look at', () => {
  test('step hours above the legal limit', async () => {
    expect(await check(tasks('a b') + flows('s a b e'), { limitHours: 3 })).toMatchObject({
      errors: [],
      warnings: [{ code: 'hours-above-limit', params: { hours: 4, limitHours: 3 } }],
    })
  })

  test('a fixed moment before the process is valid', async () => {
    const xml = aModel(
      started + catching('w', timer('2026-01-31', '', 'timeDate'), '') + ended + flows('s w e'),
      {
        attributes: 'motcua:validFrom="2026-02-01"',
      },
    )
    const process = accepted(await compileProcess(xml))
    expect(named(checkProcess(process).warnings)).toEqual([['timer-in-the-past', 'w']])
    expect(checkProcess(process, { validFrom: '2026-01-31' }).warnings).toEqual([])
  })

  test('a result stated inside a part', async () => {
    const part = sub(
      'part',
      start('ps') + tasks('a') + end('pe', '', 'motcua:result="refused"') + flows('ps a pe'),
    )
    expect(await warningsOf(part + flows('s part e'))).toEqual([['result-inside', 'pe']])
  })

  test('an event on a border that nothing ever raises', async () => {
    const part = sub('part', start('ps') + tasks('a') + end('pe') + flows('ps a pe'))
    expect(await warningsOf(part + onBorder('wrong', 'part', error) + flows('s part e, wrong e'))).toEqual([
      ['never-reached', 'wrong'],
    ])
  })
})

describe('hours', () => {
  const long = task('c', 'motcua:role="head" motcua:hours="30"')

  test.each([
    [
      'those of the longest branch, a loop counted once',
      tasks('a') + exclusive('g', 'e') + long + flow('g', 'c', 'outcome = "x"') + flows('s a g e, c a'),
      32,
    ],
    [
      'those of the longest of branches side by side',
      parallel('p') + tasks('a b') + long + parallel('j') + flows('s p a b j e, p c j'),
      30,
    ],
    [
      'with what is inside a part and after it',
      sub('part', start('ps') + long + end('pe') + flows('ps c pe')) + tasks('a') + flows('s part a e'),
      32,
    ],
    ['with the waits on the way', receiving('w') + tasks('a') + flows('s w a e'), 10],
  ])('are %s', async (_, elements, hours) => {
    expect(longestHours(accepted(await compileProcess(aModel(started + elements + ended, { roots }))))).toBe(
      hours,
    )
  })
})
