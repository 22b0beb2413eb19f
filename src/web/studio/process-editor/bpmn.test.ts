import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import { motcuaModdle } from 'motcua/modules/processes'
import { describe, expect, test } from 'vitest'
import { type ModelElement, type Modeller, propertiesOf, saidOf, setValue } from './bpmn'

const moddle = new BpmnModdle({ motcua: motcuaModdle })
const create = (type: string, properties: object = {}) =>
  (moddle as unknown as { create(type: string, properties: object): ModdleElement }).create(type, properties)

const shape = (type: string, properties: object = {}, source?: ModelElement): ModelElement =>
  ({ id: 'a', type, businessObject: create(type, properties), source }) as unknown as ModelElement

/** A modeller that writes at once, as far as the panel can tell. */
function modeller(): Modeller {
  const write = (object: unknown, properties: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(properties)) (object as ModdleElement).set(name, value)
  }
  const services = {
    moddle: { create },
    modeling: {
      updateProperties: ({ businessObject }: ModelElement, given: Record<string, unknown>) =>
        write(businessObject, given),
      updateModdleProperties: (_: ModelElement, of: object, given: Record<string, unknown>) =>
        write(of, given),
    },
  }
  return { get: (name: keyof typeof services) => services[name] } as unknown as Modeller
}

const timer = () => create('bpmn:TimerEventDefinition')
const gateway = shape('bpmn:ExclusiveGateway')

describe('what may be said of an element', () => {
  test.each([
    ['a step', shape('bpmn:UserTask'), 'name performer role unitKind authority hours kind outcomes product'],
    ['an end', shape('bpmn:EndEvent'), 'name result'],
    ['a branch of a gateway', shape('bpmn:SequenceFlow', {}, gateway), 'name condition isDefault'],
    ['a flow from a step', shape('bpmn:SequenceFlow', {}, shape('bpmn:UserTask')), 'name'],
    [
      'a timer on a border',
      shape('bpmn:BoundaryEvent', { eventDefinitions: [timer()] }),
      'name duration date clock relativeTo',
    ],
    ['a gateway', gateway, 'name'],
    ['something that does not run here', shape('bpmn:ScriptTask'), 'name'],
  ])('%s', (_, element, properties) => {
    expect(propertiesOf(element).join(' ')).toBe(properties)
  })
})

describe('what is written is read again', () => {
  test.each([
    ['name', 'Thẩm định'],
    ['hours', '1.5'],
    ['role', 'head'],
    ['outcomes', 'ok,send-back'],
    ['product', 'Phiếu'],
  ] as const)('%s of a step', (property, value) => {
    const step = shape('bpmn:UserTask')
    setValue(modeller(), step, property, value)
    expect(saidOf(step, property)).toBe(value)
    setValue(modeller(), step, property, '')
    expect(saidOf(step, property)).toBe('')
  })

  test('a condition is FEEL on the flow, and one branch is the default', () => {
    const flow = shape('bpmn:SequenceFlow', {}, gateway)
    setValue(modeller(), flow, 'condition', ' outcome = "ok" ')
    expect(saidOf(flow, 'condition')).toBe('outcome = "ok"')
    setValue(modeller(), flow, 'isDefault', 'true')
    expect(saidOf(flow, 'isDefault')).toBe('true')
    setValue(modeller(), flow, 'isDefault', '')
    expect(saidOf(flow, 'isDefault')).toBe('')
  })

  test('a timer says a duration or a moment, never both', () => {
    const event = shape('bpmn:BoundaryEvent', { eventDefinitions: [timer()] })
    setValue(modeller(), event, 'duration', 'PT16H')
    setValue(modeller(), event, 'clock', 'working')
    expect([saidOf(event, 'duration'), saidOf(event, 'clock')]).toEqual(['PT16H', 'working'])
    setValue(modeller(), event, 'date', '2026-12-01T08:00')
    expect([saidOf(event, 'duration'), saidOf(event, 'date')]).toEqual(['', '2026-12-01T08:00'])
  })
})
