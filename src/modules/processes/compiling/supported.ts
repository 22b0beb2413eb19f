import type { ModdleElement } from 'bpmn-moddle'
import { list } from './element.ts'
import { typeOf } from './problems.ts'

// Drawn or noted for people, and without effect on the run.
const passive = new Set([
  'bpmn:TextAnnotation',
  'bpmn:Association',
  'bpmn:Group',
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
])

// Beside processes at the root of a file: named things that events refer to, pools and data.
const passiveRoots = new Set([
  'bpmn:Collaboration',
  'bpmn:Category',
  'bpmn:Message',
  'bpmn:Error',
  'bpmn:Escalation',
  'bpmn:Signal',
  'bpmn:ItemDefinition',
  'bpmn:DataStore',
  'bpmn:CorrelationProperty',
  'bpmn:EndPoint',
  'bpmn:Interface',
  'bpmn:Resource',
  'bpmn:PartnerEntity',
  'bpmn:PartnerRole',
])

const plain = new Set([
  'bpmn:SequenceFlow',
  'bpmn:ExclusiveGateway',
  'bpmn:ParallelGateway',
  'bpmn:InclusiveGateway',
])
const activities = new Set(['bpmn:UserTask', 'bpmn:ReceiveTask', 'bpmn:SubProcess', 'bpmn:CallActivity'])

// What each event may be; "none" is an event without a definition.
const events: Record<string, readonly string[]> = {
  'bpmn:StartEvent': ['none'],
  'bpmn:IntermediateCatchEvent': ['Timer', 'Message'],
  'bpmn:IntermediateThrowEvent': ['none', 'Escalation'],
  'bpmn:BoundaryEvent': ['Timer', 'Message', 'Error', 'Escalation'],
  'bpmn:EndEvent': ['none', 'Terminate', 'Error', 'Escalation'],
}

export const isPassive = (element: ModdleElement) => passive.has(element.$type)
export const isPassiveRoot = (element: ModdleElement) => passiveRoots.has(element.$type)

/** What kind of element this is when we cannot run it, such as `UserTask + StandardLoopCharacteristics`. */
export function unsupportedKind(element: ModdleElement): string | undefined {
  const { $type } = element
  if (plain.has($type) || isPassive(element)) return undefined
  if (activities.has($type)) return unsupportedActivity(element)
  const kinds = eventKinds(element)
  const allowed = Object.hasOwn(events, $type) ? events[$type]! : []
  const [kind = 'none'] = kinds
  if (kinds.length < 2 && allowed.includes(kind)) return undefined
  return [typeOf(element), ...kinds.map((each) => `${each}EventDefinition`)].join(' + ')
}

function unsupportedActivity(element: ModdleElement): string | undefined {
  const loop = element.get('loopCharacteristics') as ModdleElement | undefined
  const marks = [
    ...(loop ? [typeOf(loop)] : []),
    ...(element.get('isForCompensation') === true ? ['Compensation'] : []),
    ...(element.get('triggeredByEvent') === true ? ['EventSubProcess'] : []),
    ...(element.get('instantiate') === true ? ['Instantiate'] : []),
  ]
  return marks.length > 0 ? [typeOf(element), ...marks].join(' + ') : undefined
}

function eventKinds(element: ModdleElement): string[] {
  return [...list(element.get('eventDefinitions')), ...list(element.get('eventDefinitionRef'))].map((each) =>
    typeOf(each).replace(/EventDefinition$/, ''),
  )
}

/** The kind of an event that we run: `none`, `Timer`, `Message` and so on. */
export const eventKind = (element: ModdleElement): string => eventKinds(element)[0] ?? 'none'
