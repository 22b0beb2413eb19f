import type { ModdleElement } from 'bpmn-moddle'
import type { Box, EventMark, Shape, ShapeKind } from './diagram.ts'

const kinds: Record<string, ShapeKind> = {
  'bpmn:UserTask': 'user',
  'bpmn:ReceiveTask': 'receive',
  'bpmn:CallActivity': 'call',
  'bpmn:SubProcess': 'sub-process',
  'bpmn:Transaction': 'sub-process',
  'bpmn:AdHocSubProcess': 'sub-process',
  'bpmn:ExclusiveGateway': 'exclusive',
  'bpmn:ParallelGateway': 'parallel',
  'bpmn:InclusiveGateway': 'inclusive',
  'bpmn:StartEvent': 'start',
  'bpmn:EndEvent': 'end',
  'bpmn:IntermediateCatchEvent': 'catch',
  'bpmn:IntermediateThrowEvent': 'throw',
  'bpmn:BoundaryEvent': 'boundary',
  'bpmn:TextAnnotation': 'note',
}

/** What an element is drawn as; undefined for what has no shape of its own. */
export function kindOf({ $type }: ModdleElement): ShapeKind | undefined {
  if (kinds[$type]) return kinds[$type]
  if (/Task$/.test($type)) return 'task'
  if (/Gateway$/.test($type)) return 'gateway'
  return /^bpmn:Data(Object|Store)/.test($type) ? 'data' : undefined
}

/** The shape of an element in a box; none for frames and what is never drawn. */
export function shapeOf(element: ModdleElement, box: Box, label: Box | null = null): Shape[] {
  const kind = kindOf(element)
  if (!kind) return []
  const text = kind === 'note' ? element.get('text') : element.name
  return [
    {
      ...box,
      id: element.id ?? '',
      kind,
      name: typeof text === 'string' ? text : '',
      mark: markOf(element),
      interrupting: kind !== 'boundary' || element.get('cancelActivity') !== false,
      label,
    },
  ]
}

const marks: Record<string, EventMark> = {
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation',
  'bpmn:TerminateEventDefinition': 'terminate',
}

function markOf(element: ModdleElement): EventMark | null {
  const definition = listOf(element, 'eventDefinitions')[0]?.$type
  return definition === undefined ? null : (marks[definition] ?? 'other')
}

/** Flow nodes of a process and of everything inside it, boundary events among them. */
export function nodesWithin(container: ModdleElement): ModdleElement[] {
  return listOf(container, 'flowElements').flatMap((element) => {
    const kind = kindOf(element)
    if (kind === undefined || kind === 'data') return []
    return kind === 'sub-process' ? [element, ...nodesWithin(element)] : [element]
  })
}

/** The id at one end of a flow. */
export const endOf = (flow: ModdleElement, name: 'sourceRef' | 'targetRef'): string | undefined =>
  (flow.get(name) as ModdleElement | undefined)?.id

/** A property that holds several elements; none when it is not there. */
export function listOf(element: ModdleElement | undefined, name: string): ModdleElement[] {
  const value = element?.get?.(name)
  return Array.isArray(value) ? value : []
}
