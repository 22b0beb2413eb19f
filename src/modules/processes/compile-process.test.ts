import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/errors.ts'
import {
  aModel,
  call,
  catching,
  end,
  ended,
  error,
  exclusive,
  flow,
  flows,
  named,
  onBorder,
  parallel,
  problemsOf,
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
import { compileProcess } from './compile-process.ts'

const model = (elements: string) => aModel(elements, { roots })
const inFlow = (element: string, id: string) => model(started + element + ended + flows(`s ${id} e`))

describe('a model that cannot run is refused with every problem, each with its element', () => {
  test.each([
    ['not XML at all', 'Xin chào', [['not-xml', null]]],
    [
      'no process',
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" />',
      [['no-process', null]],
    ],
    [
      'no start and no end',
      model(task('a') + flow('a', 'a')),
      [
        ['no-end', 'process'],
        ['no-start', 'process'],
      ],
    ],
    [
      'no start and no end inside a part',
      inFlow(sub('part', tasks('a') + flows('a a')), 'part'),
      [
        ['no-end', 'part'],
        ['no-start', 'part'],
      ],
    ],
    ['several starts', model(started + start('s2') + ended + flows('s e, s2 e')), [['several-starts', 's2']]],
    [
      'a task without role and hours',
      inFlow(task('a', ''), 'a'),
      [
        ['role-missing', 'a'],
        ['hours-missing', 'a'],
      ],
    ],
    [
      'a wait for a message without role and hours',
      inFlow(catching('w', '<bpmn:messageEventDefinition />', ''), 'w'),
      [
        ['role-missing', 'w'],
        ['hours-missing', 'w'],
        ['message-missing', 'w'],
      ],
    ],
    [
      'an unknown role, negative hours',
      inFlow(task('a', 'motcua:role="king" motcua:hours="-1" motcua:kind="rest"'), 'a'),
      [
        ['role-unknown', 'a'],
        ['hours-invalid', 'a'],
        ['attribute-unknown', 'a'],
      ],
    ],
    ['a dead end', model(started + task('a') + ended + flow('s', 'a')), [['dead-end', 'a']]],
    [
      'a condition that is not FEEL',
      model(
        started +
          exclusive('g', 'e') +
          ended +
          flows('s g e') +
          flow('g', 'a', 'outcome = = 1') +
          task('a') +
          flows('a e'),
      ),
      [['condition-invalid', 'g']],
    ],
    [
      'a condition that is far too long',
      model(
        started +
          exclusive('g', 'e') +
          ended +
          flows('s g e, a e') +
          flow('g', 'a', `outcome = "${'x'.repeat(5_000)}"`) +
          task('a'),
      ),
      [['condition-invalid', 'g']],
    ],
    [
      'a branch without a condition',
      model(started + exclusive('g') + task('a') + ended + flows('s g e, g a e')),
      [
        ['condition-missing', 'g'],
        ['condition-missing', 'g'],
      ],
    ],
    [
      'conditions where nothing chooses',
      model(
        started +
          parallel('g') +
          task('a') +
          ended +
          flows('s g') +
          flow('g', 'a', 'true') +
          flow('a', 'e', 'true'),
      ),
      [
        ['condition-misplaced', 'g'],
        ['condition-misplaced', 'a'],
      ],
    ],
    [
      'a split without a gateway',
      model(started + task('a') + ended + flows('s a e, a a')),
      [['several-flows-out', 'a']],
    ],
    [
      'a flow to nowhere',
      model(started + task('a') + ended + flows('s a e') + flow('a', 'gone')),
      [
        ['several-flows-out', 'a'],
        ['flow-broken', 'a-gone'],
      ],
    ],
    [
      'a flow to something that is only drawn',
      inFlow('<bpmn:dataObject id="a" />', 'a'),
      [
        ['flow-broken', 's-a'],
        ['flow-broken', 'a-e'],
      ],
    ],
    [
      'flows into a start, out of an end, into a boundary event',
      model(
        started +
          task('a') +
          ended +
          onBorder('late', 'a', timer('PT1H')) +
          flows('s a e, late e, a s, e late'),
      ),
      [
        ['several-flows-out', 'a'],
        ['flow-misplaced', 'e'],
        ['flow-misplaced', 'late'],
        ['flow-misplaced', 's'],
      ],
    ],
    [
      'a flow across the border of a part',
      inFlow(sub('part', start('ps') + tasks('a') + end('pe') + flows('ps a pe') + flow('a', 'e')), 'part'),
      [
        ['several-flows-out', 'a'],
        ['flow-crosses', 'a-e'],
      ],
    ],
    [
      'a boundary event on nothing, on an event, on a step of another level',
      model(
        started +
          catching('w', timer('PT1H')) +
          ended +
          onBorder('x1', 'gone', error) +
          onBorder('x2', 'w', error) +
          onBorder('x3', 'a', error) +
          sub('part', start('ps') + tasks('a') + end('pe') + flows('ps a pe')) +
          flows('s w part e, x1 e, x2 e, x3 e'),
      ),
      [
        ['boundary-without-host', 'x1'],
        ['boundary-without-host', 'x2'],
        ['boundary-without-host', 'x3'],
      ],
    ],
    [
      'errors without a code where one is needed',
      model(
        started +
          tasks('a') +
          receiving('w') +
          ended +
          end('bad', '<bpmn:errorEventDefinition />') +
          throwing('t', '<bpmn:escalationEventDefinition />') +
          onBorder('x1', 'a', '<bpmn:errorEventDefinition />') +
          onBorder('x2', 'w', error) +
          flows('s a w t e, x1 bad, x2 bad'),
      ),
      [
        ['error-code-missing', 'bad'],
        ['escalation-code-missing', 't'],
        ['error-code-missing', 'x1'],
        ['boundary-never', 'x2'],
      ],
    ],
    ['two elements with one id', inFlow(tasks('a a'), 'a'), [['id-twice', 'a']]],
    ['an id that is none', model(started + task('a b') + ended + flows('s e')), [['id-invalid', null]]],
    [
      'an element without an id',
      model(`${started}<bpmn:userTask name="x" />${ended}${flows('s e')}`),
      [['id-missing', null]],
    ],
    [
      'an element that BPMN does not have',
      inFlow('<bpmn:robotTask id="a" />', 'a'),
      [
        ['unreadable', null],
        ['flow-broken', 's-a'],
      ].slice(0, 1),
    ],
  ])('%s', async (_, xml, problems) => {
    expect(named(await problemsOf(xml))).toEqual(problems)
  })

  test.each([
    ['P1M', ''],
    ['P1Y', ''],
    ['PT', ''],
    ['P', ''],
    ['four hours', ''],
    ['-PT1H', ''],
    ['P9999999D', ''],
    ['2026-02-30', 'timeDate'],
    ['2026-13-01T00:00:00Z', 'timeDate'],
    ['tomorrow', 'timeDate'],
  ])('the timer %s', async (text, kind) => {
    const xml = inFlow(catching('w', timer(text, '', kind || 'timeDuration')), 'w')
    expect(await problemsOf(xml)).toMatchObject([
      { code: 'timer-invalid', element: 'w', params: { value: text } },
    ])
  })

  test.each([
    ['without a time', '<bpmn:timerEventDefinition />', 'timer-missing'],
    ['that repeats', timer('R3/PT1H', '', 'timeCycle'), 'timer-cycle'],
    [
      'of a step that it does not stand on',
      timer('PT1H', 'motcua:relativeTo="step-due"'),
      'timer-without-step',
    ],
    ['by an unknown clock', timer('PT1H', 'motcua:clock="lunar"'), 'attribute-unknown'],
  ])('a timer %s', async (_, definition, code) => {
    expect(named(await problemsOf(inFlow(catching('w', definition), 'w')))).toEqual([[code, 'w']])
  })

  test.each([
    ['twice the same', 'ok,ok'],
    ['none', ' , '],
    ['far too many', Array.from({ length: 100_000 }, (_, i) => `o${i}`).join(',')],
    ['a whole story', 'x'.repeat(61)],
  ])('outcomes: %s', async (_, outcomes) => {
    const step = task('a', `motcua:role="head" motcua:hours="1" motcua:outcomes="${outcomes}"`)
    expect(named(await problemsOf(inFlow(step, 'a')))).toEqual([['outcomes-invalid', 'a']])
  })

  test('two processes that run; one that runs beside one that is only drawn is fine', async () => {
    const other = (attributes: string) =>
      `<bpmn:process id="other" ${attributes}><bpmn:task id="x" /></bpmn:process>`
    const file = (attributes: string) => aModel(started + ended + flows('s e'), { roots: other(attributes) })
    expect(named(await problemsOf(file('isExecutable="true"')))).toEqual([['several-processes', 'process']])
    expect(await problemsOf(file(''))).toEqual([])
  })

  test('a version or a day that is none', async () => {
    const xml = aModel(started + ended + flows('s e'), {
      attributes: 'motcua:version="0" motcua:validFrom="2026-02-30"',
    })
    expect(await problemsOf(xml)).toMatchObject([
      { code: 'edition-invalid', params: { value: 0 } },
      { code: 'edition-invalid', params: { value: '2026-02-30' } },
    ])
  })
})

describe('what we do not run is refused with its id and kind', () => {
  const event = (kind: string, definition: string) =>
    `<bpmn:${kind} id="x"><bpmn:${definition}EventDefinition /></bpmn:${kind}>`
  const border = (definition: string) =>
    `<bpmn:boundaryEvent id="x" attachedToRef="a"><bpmn:${definition}EventDefinition /></bpmn:boundaryEvent>`

  test.each([
    ['<bpmn:eventBasedGateway id="x" />', 'EventBasedGateway'],
    ['<bpmn:complexGateway id="x" />', 'ComplexGateway'],
    ['<bpmn:task id="x" />', 'Task'],
    ['<bpmn:scriptTask id="x" />', 'ScriptTask'],
    ['<bpmn:serviceTask id="x" />', 'ServiceTask'],
    ['<bpmn:sendTask id="x" />', 'SendTask'],
    ['<bpmn:manualTask id="x" />', 'ManualTask'],
    ['<bpmn:businessRuleTask id="x" />', 'BusinessRuleTask'],
    [
      task('x', '', '<bpmn:multiInstanceLoopCharacteristics />'),
      'UserTask + MultiInstanceLoopCharacteristics',
    ],
    [task('x', '', '<bpmn:standardLoopCharacteristics />'), 'UserTask + StandardLoopCharacteristics'],
    ['<bpmn:userTask id="x" isForCompensation="true" />', 'UserTask + Compensation'],
    ['<bpmn:receiveTask id="x" instantiate="true" />', 'ReceiveTask + Instantiate'],
    [sub('x', '', 'triggeredByEvent="true"'), 'SubProcess + EventSubProcess'],
    [sub('x', '<bpmn:multiInstanceLoopCharacteristics />'), 'SubProcess + MultiInstanceLoopCharacteristics'],
    ['<bpmn:transaction id="x" />', 'Transaction'],
    ['<bpmn:adHocSubProcess id="x" />', 'AdHocSubProcess'],
    ['<bpmn:subChoreography id="x" />', 'SubChoreography'],
    [event('intermediateThrowEvent', 'link'), 'IntermediateThrowEvent + LinkEventDefinition'],
    [event('intermediateThrowEvent', 'message'), 'IntermediateThrowEvent + MessageEventDefinition'],
    [event('intermediateThrowEvent', 'signal'), 'IntermediateThrowEvent + SignalEventDefinition'],
    [event('intermediateThrowEvent', 'compensate'), 'IntermediateThrowEvent + CompensateEventDefinition'],
    [event('intermediateCatchEvent', 'link'), 'IntermediateCatchEvent + LinkEventDefinition'],
    [event('intermediateCatchEvent', 'signal'), 'IntermediateCatchEvent + SignalEventDefinition'],
    [event('intermediateCatchEvent', 'conditional'), 'IntermediateCatchEvent + ConditionalEventDefinition'],
    ['<bpmn:intermediateCatchEvent id="x" />', 'IntermediateCatchEvent'],
    [
      '<bpmn:intermediateCatchEvent id="x"><bpmn:timerEventDefinition /><bpmn:messageEventDefinition /></bpmn:intermediateCatchEvent>',
      'IntermediateCatchEvent + TimerEventDefinition + MessageEventDefinition',
    ],
    [border('signal'), 'BoundaryEvent + SignalEventDefinition'],
    [border('conditional'), 'BoundaryEvent + ConditionalEventDefinition'],
    [border('compensate'), 'BoundaryEvent + CompensateEventDefinition'],
    [border('cancel'), 'BoundaryEvent + CancelEventDefinition'],
    ['<bpmn:boundaryEvent id="x" attachedToRef="a" />', 'BoundaryEvent'],
    [event('endEvent', 'message'), 'EndEvent + MessageEventDefinition'],
    [event('endEvent', 'signal'), 'EndEvent + SignalEventDefinition'],
    [event('endEvent', 'cancel'), 'EndEvent + CancelEventDefinition'],
    [event('endEvent', 'compensate'), 'EndEvent + CompensateEventDefinition'],
    [event('startEvent', 'message'), 'StartEvent + MessageEventDefinition'],
    [event('startEvent', 'timer'), 'StartEvent + TimerEventDefinition'],
  ])('%s', async (element, type) => {
    const problems = await problemsOf(model(started + task('a') + element + ended + flows('s a e')))
    expect(problems.filter(({ code }) => code === 'unsupported')).toMatchObject([
      { element: 'x', params: { type } },
    ])
  })

  test('choreographies and conversations beside the process', async () => {
    const xml = aModel(started + ended + flows('s e'), { roots: '<bpmn:choreography id="c" />' })
    expect(await problemsOf(xml)).toMatchObject([
      { code: 'unsupported', element: 'c', params: { type: 'Choreography' } },
    ])
  })
})

describe('a call', () => {
  const calling = (key: string) => inFlow(call('call', key), 'call')
  const named2 = async (key: string, called: Record<string, string>) =>
    named(await problemsOf(calling(key), called))
  const file = (id: string, elements: string, id1: string) =>
    aModel(started + elements + ended + flows(`s ${id1} e`), { id })

  test('of a process that nobody publishes is refused', async () => {
    expect(await problemsOf(calling('nothing'))).toMatchObject([
      { code: 'called-missing', element: 'call', params: { key: 'nothing' } },
    ])
    expect(named(await problemsOf(inFlow('<bpmn:callActivity id="call" />', 'call')))).toEqual([
      ['called-missing', 'call'],
    ])
  })

  test('of itself, at once or by another, is refused', async () => {
    expect(await problemsOf(calling('process'), { process: calling('process') })).toMatchObject([
      { code: 'call-recursion', element: 'call', params: { path: 'process → process' } },
    ])
    const one = file('one', call('c1', 'two'), 'c1')
    const two = file('two', call('c2', 'one'), 'c2')
    expect(await problemsOf(calling('one'), { one, two })).toMatchObject([
      { code: 'call-recursion', element: 'call/c1/c2', params: { path: 'process → one → two → one' } },
    ])
  })

  test('names the problems inside with their call', async () => {
    expect(await named2('one', { one: file('one', task('a', ''), 'a') })).toEqual([
      ['role-missing', 'call/a'],
      ['hours-missing', 'call/a'],
    ])
    expect(await named2('one', { one: 'Xin chào' })).toEqual([
      ['called-invalid', null],
      ['called-missing', 'call'],
    ])
  })

  test('of a process that calls and calls is bounded', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `c${i}`)
    const level = (id: string, key: string) =>
      aModel(
        started + many.map((each) => call(each, key)).join('') + ended + flows(`s ${many.join(' ')} e`),
        { id },
      )
    const called = {
      l1: level('l1', 'l2'),
      l2: level('l2', 'l3'),
      l3: level('l3', 'l4'),
      l4: level('l4', 'l5'),
      l5: file('l5', task('a'), 'a'),
    }
    expect(named(await problemsOf(calling('l1'), called))).toEqual([['too-many-elements', null]])
  })
})

describe('hostile files end quickly', () => {
  const few = model(started + ended + flows('s e'))

  test.each([
    [
      'an entity that grows',
      `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${few}`,
      'doctype-forbidden',
    ],
    [
      'an entity from outside',
      `<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>${few}`,
      'doctype-forbidden',
    ],
    ['a document type in small letters', `<!doctype d>${few}`, 'doctype-forbidden'],
    [
      'an entity that nobody declared',
      model(`${started}<bpmn:userTask id="a" name="&secret;">&secret;</bpmn:userTask>${ended}`),
      'unreadable',
    ],
    ['a named prototype', inFlow(task('__proto__'), '__proto__'), 'id-forbidden'],
    [
      'a prototype written in numbers',
      inFlow(task('__proto__').replaceAll('__proto__', '__pro&#116;o__'), '__pro&#116;o__'),
      'id-forbidden',
    ],
    ['a constructor', inFlow(task('constructor'), 'constructor'), 'id-forbidden'],
    ['a prototype for a process', aModel('', { id: '__proto__' }), 'id-forbidden'],
    [
      'elements nested deep',
      model(`${'<bpmn:subProcess>'.repeat(100_000)}${'</bpmn:subProcess>'.repeat(100_000)}`),
      'too-deep',
    ],
    ['elements that never close', model('<bpmn:subProcess id="a">'.repeat(150)), 'not-xml'],
    [
      'thousands of steps',
      model(tasks(Array.from({ length: 2_001 }, (_, i) => `t${i}`).join(' '))),
      'too-many-elements',
    ],
    [
      'thousands of steps inside parts',
      inFlow(sub('part', tasks(Array.from({ length: 2_001 }, (_, i) => `t${i}`).join(' '))), 'part'),
      'too-many-elements',
    ],
    ['a tag without an end', `${few.slice(0, 300)}${'<a '.repeat(200_000)}`, 'not-xml'],
    ['attributes without values', model(`<a "'<a'"`.repeat(50_000)), 'not-xml'],
    [
      'thousands of elements that nobody knows, on one long line',
      `<!--${'x'.repeat(2_000_000)}-->${model('<bpmn:foo/>'.repeat(20_000)).replace(/^<\?xml[^>]*>\s*/, '')}`,
      'not-xml',
    ],
    ['UTF-16 in bytes', '\uFFFE<\u0000?\u0000', 'not-xml'],
    ['nothing', '', 'not-xml'],
  ])('%s', async (_, xml, code) => {
    expect((await problemsOf(xml))[0]?.code).toBe(code)
  })

  test('signs within attributes are no elements within elements', async () => {
    const condition = (i: number) => `<z:note xmlns:z="urn:z" text="${i} > 0" more='a > b' />`
    const notes = Array.from({ length: 500 }, (_, i) => condition(i)).join('')
    const inside = `<bpmn:extensionElements>${notes}</bpmn:extensionElements>`
    expect(await problemsOf(inFlow(task('a', undefined, inside), 'a'))).toEqual([])
  })

  test('more than five megabytes', async () => {
    expect(await compileProcess(' '.repeat(5 * 1024 * 1024 + 1))).toMatchObject({
      code: 'processes.too-large',
    })
  })

  test('parts that contain each other, and references in a circle', async () => {
    const circle =
      '<bpmn:boundaryEvent id="x" attachedToRef="x"><bpmn:errorEventDefinition errorRef="x" /></bpmn:boundaryEvent>'
    const outcome = await compileProcess(model(`${started}${circle}${ended}${flows('s e, x x')}`))
    expect(isRefusal(outcome)).toBe(true)
  })

  test('the name of an object’s own method is no prefix or attribute that harms', async () => {
    const xml = inFlow(task('a', 'motcua:role="toString" motcua:hours="1" motcua:__proto__="x"'), 'a')
    expect(named(await problemsOf(xml))).toEqual([['role-unknown', 'a']])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
