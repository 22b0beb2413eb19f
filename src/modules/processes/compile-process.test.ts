import { describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../../kernel/errors.ts'
import { checkProcess, longestHours } from './check-process.ts'
import { compileProcess } from './compile-process.ts'
import type { ProcessProblem } from './compiled-process.ts'
import { advance, start } from './run-process.ts'

const model = (elements: string, more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="https://motcua.vn/schema/bpmn"
  id="d" targetNamespace="t">${more}<bpmn:process id="p" isExecutable="true">${elements}</bpmn:process></bpmn:definitions>`

const started = '<bpmn:startEvent id="s" />'
const ended = '<bpmn:endEvent id="e" motcua:result="granted" />'
const task = (id: string, attributes = 'motcua:role="specialist" motcua:hours="2"') =>
  `<bpmn:userTask id="${id}" name="${id}" ${attributes} />`
const flow = (from: string, to: string, condition?: string) =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${
    condition
      ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`
      : ''
  }</bpmn:sequenceFlow>`
const gateway = (id: string, otherwise?: string) =>
  `<bpmn:exclusiveGateway id="${id}"${otherwise ? ` default="${id}-${otherwise}"` : ''} />`

async function problemsOf(xml: string): Promise<ProcessProblem[]> {
  const outcome = await compileProcess(xml)
  return isRefusal(outcome) ? ((outcome.details as { problems?: ProcessProblem[] }).problems ?? []) : []
}
const named = (problems: ProcessProblem[]) => problems.map(({ code, element }) => [code, element])

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
        ['no-end', 'p'],
        ['no-start', 'p'],
      ],
    ],
    [
      'a task without role and hours',
      model(started + task('a', '') + ended + flow('s', 'a') + flow('a', 'e')),
      [
        ['role-missing', 'a'],
        ['hours-missing', 'a'],
      ],
    ],
    [
      'an unknown role, negative hours',
      model(
        started + task('a', 'motcua:role="king" motcua:hours="-1"') + ended + flow('s', 'a') + flow('a', 'e'),
      ),
      [
        ['role-unknown', 'a'],
        ['hours-invalid', 'a'],
      ],
    ],
    ['a dead end', model(started + task('a') + ended + flow('s', 'a')), [['dead-end', 'a']]],
    [
      'a condition that is not FEEL',
      model(
        started +
          gateway('g', 'e') +
          ended +
          flow('s', 'g') +
          flow('g', 'e') +
          flow('g', 's', 'outcome = = 1'),
      ),
      [
        ['condition-invalid', 'g'],
        ['flow-misplaced', 's'],
      ],
    ],
    [
      'a split without a gateway',
      model(started + task('a') + ended + flow('s', 'a') + flow('a', 'e') + flow('a', 'a')),
      [['several-flows-out', 'a']],
    ],
    [
      'a flow to nowhere',
      model(started + task('a') + ended + flow('s', 'a') + flow('a', 'e') + flow('a', 'gone')),
      [
        ['several-flows-out', 'a'],
        ['flow-broken', 'a-gone'],
      ],
    ],
  ])('%s', async (_, xml, problems) => {
    expect(named(await problemsOf(xml))).toEqual(problems)
  })

  test('unsupported elements are named', async () => {
    const signal =
      '<bpmn:intermediateCatchEvent id="wait"><bpmn:signalEventDefinition /></bpmn:intermediateCatchEvent>'
    const problems = await problemsOf(
      model(
        started +
          signal +
          '<bpmn:complexGateway id="both" /><bpmn:serviceTask id="call" name="Gọi" />' +
          ended +
          flow('s', 'e'),
      ),
    )
    expect(problems.map(({ element, params }) => [element, params.type])).toEqual([
      ['wait', 'IntermediateCatchEvent + SignalEventDefinition'],
      ['both', 'ComplexGateway'],
      ['call', 'ServiceTask'],
    ])
  })

  test('entity declarations and huge files never reach the parser', async () => {
    const bomb = `<!DOCTYPE d [<!ENTITY a "aaaa">]>${model('')}`
    expect(named(await problemsOf(bomb))).toEqual([['doctype-forbidden', null]])
    expect(await compileProcess(' '.repeat(5 * 1024 * 1024 + 1))).toMatchObject({
      code: 'processes.too-large',
    })
  })

  test('a model of thousands of elements is refused', async () => {
    const many = Array.from({ length: 2_001 }, (_, i) => task(`t${i}`)).join('')
    expect(named(await problemsOf(model(many)))).toEqual([['too-many-elements', null]])
  })
})

describe('a model that would make dossiers hang is found before publication', () => {
  const check = async (elements: string, limitHours?: number) =>
    checkProcess(accepted(await compileProcess(model(started + elements + ended))), { limitHours })

  test('a step that nothing leads to', async () => {
    const { errors } = await check(task('a') + task('b') + flow('s', 'a') + flow('a', 'e') + flow('b', 'e'))
    expect(named(errors)).toEqual([['unreachable', 'b']])
  })

  test('a loop without an exit', async () => {
    const { errors } = await check(task('a') + task('b') + flow('s', 'a') + flow('a', 'b') + flow('b', 'a'))
    expect(named(errors)).toEqual([
      ['unreachable', 'e'],
      ['loop-without-exit', 'a'],
      ['loop-without-exit', 'b'],
    ])
  })

  test('a loop in which nobody does anything', async () => {
    const { errors } = await check(
      gateway('g', 'h') +
        gateway('h', 'g') +
        flow('s', 'g') +
        flow('g', 'h') +
        flow('h', 'g') +
        flow('h', 'e', 'outcome = "x"'),
    )
    expect(named(errors)).toEqual([
      ['loop-without-work', 'g'],
      ['loop-without-work', 'h'],
    ])
  })

  test('a gateway without default, unless its conditions answer every outcome', async () => {
    const step = (outcomes: string) =>
      task('a', `motcua:role="head" motcua:hours="1" motcua:outcomes="${outcomes}"`)
    const rest =
      gateway('g') +
      flow('s', 'a') +
      flow('a', 'g') +
      flow('g', 'e', 'outcome = "ok"') +
      flow('g', 'a', 'outcome = "send-back"')
    expect(named((await check(step('ok, send-back') + rest)).errors)).toEqual([])
    expect(named((await check(step('ok, send-back, consult') + rest)).errors)).toEqual([
      ['gateway-without-default', 'g'],
    ])
  })

  test('step hours above the legal limit are a warning', async () => {
    const { errors, warnings } = await check(
      task('a') + task('b') + flow('s', 'a') + flow('a', 'b') + flow('b', 'e'),
      3,
    )
    expect(errors).toEqual([])
    expect(warnings).toMatchObject([{ code: 'hours-above-limit', params: { hours: 4, limitHours: 3 } }])
  })

  test('hours are those of the longest branch, a loop counted once', async () => {
    const long = task('c', 'motcua:role="head" motcua:hours="30"')
    const elements =
      task('a') +
      gateway('g', 'e') +
      long +
      flow('s', 'a') +
      flow('a', 'g') +
      flow('g', 'e') +
      flow('g', 'c', 'outcome = "x"') +
      flow('c', 'a')
    expect(longestHours(accepted(await compileProcess(model(started + elements + ended))))).toBe(32)
  })
})

test('branches may read answers and facts of the procedure', async () => {
  const xml = model(
    started +
      gateway('g', 'b') +
      task('a') +
      task('b') +
      ended +
      flow('s', 'g') +
      flow('g', 'a', 'answers.house.storeys > 3 or procedure.caseCode = "works"') +
      flow('g', 'b') +
      flow('a', 'e') +
      flow('b', 'e'),
  )
  const process = accepted(await compileProcess(xml))
  const first = (facts: Parameters<typeof start>[1]) => start(process, facts)[0]?.stepId
  expect(first({ answers: { 'house.storeys': 5 } })).toBe('a')
  expect(first({ procedure: { caseCode: 'works' } })).toBe('a')
  expect(first({})).toBe('b')
})

test('a step that the model does not have is a breakdown, not an end', async () => {
  const process = accepted(
    await compileProcess(model(started + task('a') + ended + flow('s', 'a') + flow('a', 'e'))),
  )
  expect(() => advance(process, 'no-such-step', { outcome: 'ok' })).toThrow('no step')
})
