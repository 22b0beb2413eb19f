/*
 * The part of the modeller that the pages use, and what its elements say. Pure but for the calls that write.
 */

export interface BusinessObject {
  $type: string
  id: string
  name?: string
  $attrs?: Record<string, unknown>
  get(name: string): unknown
}

export interface ModelElement {
  id: string
  type: string
  businessObject: BusinessObject
  source?: ModelElement
  labelTarget?: ModelElement
}

interface Services {
  canvas: { zoom(to: 'fit-viewport'): void }
  selection: { select(element: ModelElement): void }
  elementRegistry: { getAll(): ModelElement[]; get(id: string): ModelElement | undefined }
  modeling: {
    updateProperties(element: ModelElement, properties: Record<string, unknown>): void
    updateModdleProperties(element: ModelElement, of: object, properties: Record<string, unknown>): void
  }
  moddle: { create(type: string, properties: object): BusinessObject }
}

export interface Modeller {
  importXML(xml: string): Promise<{ warnings: unknown[] }>
  saveXML(options: { format: boolean }): Promise<{ xml: string }>
  get<Name extends keyof Services>(name: Name): Services[Name]
  on(event: string, listener: (event: { newSelection?: ModelElement[] }) => void): void
  destroy(): void
}

/** What may be said of an element. */
export type Property =
  | 'name'
  | 'performer'
  | 'role'
  | 'unitKind'
  | 'authority'
  | 'hours'
  | 'kind'
  | 'outcomes'
  | 'product'
  | 'condition'
  | 'isDefault'
  | 'result'
  | 'duration'
  | 'date'
  | 'clock'
  | 'relativeTo'

const work = ['performer', 'role', 'unitKind', 'authority', 'hours'] as const
const timing = ['duration', 'date', 'clock', 'relativeTo'] as const

/** The properties of an element that run here, in the order of the panel. Pure. */
export function propertiesOf({
  businessObject,
  source,
}: Pick<ModelElement, 'businessObject' | 'source'>): Property[] {
  const timed = timerOf(businessObject) ? timing : []
  switch (businessObject.$type) {
    case 'bpmn:UserTask':
      return ['name', ...work, 'kind', 'outcomes', 'product']
    case 'bpmn:ReceiveTask':
      return ['name', ...work]
    case 'bpmn:IntermediateCatchEvent':
      return ['name', ...work, ...timed]
    case 'bpmn:BoundaryEvent':
      return ['name', ...timed]
    case 'bpmn:EndEvent':
      return ['name', 'result']
    case 'bpmn:SequenceFlow':
      return chooses(source) ? ['name', 'condition', 'isDefault'] : ['name']
    default:
      return ['name']
  }
}

const chooses = (source: ModelElement | undefined) =>
  source?.businessObject.$type === 'bpmn:ExclusiveGateway' ||
  source?.businessObject.$type === 'bpmn:InclusiveGateway'

function timerOf(object: BusinessObject): BusinessObject | undefined {
  const definitions = (object.get('eventDefinitions') as BusinessObject[] | undefined) ?? []
  return definitions.find(({ $type }) => $type === 'bpmn:TimerEventDefinition')
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const bodyOf = (expression: unknown): string => text((expression as BusinessObject | undefined)?.get('body'))

/** What an element says of itself now; empty when it says nothing. Pure. */
export function saidOf(
  { businessObject, source }: Pick<ModelElement, 'businessObject' | 'source'>,
  property: Property,
): string {
  const timer = timerOf(businessObject)
  switch (property) {
    case 'name':
      return text(businessObject.name)
    case 'condition':
      return bodyOf(businessObject.get('conditionExpression'))
    case 'isDefault':
      return source?.businessObject.get('default') === businessObject ? 'true' : ''
    case 'duration':
      return bodyOf(timer?.get('timeDuration'))
    case 'date':
      return bodyOf(timer?.get('timeDate'))
    case 'clock':
    case 'relativeTo':
      return text(timer?.get(`motcua:${property}`)) || text(businessObject.get(`motcua:${property}`))
    default:
      return text(businessObject.get(`motcua:${property}`))
  }
}

/** Writes one property as a step that can be undone; empty takes it off. */
export function setValue(modeller: Modeller, element: ModelElement, property: Property, value: string): void {
  const modeling = modeller.get('modeling')
  const { businessObject, source } = element
  const text = value.trim() || undefined
  const expression = () => text && modeller.get('moddle').create('bpmn:FormalExpression', { body: text })
  const timer = timerOf(businessObject)
  if (property === 'isDefault') {
    if (source) modeling.updateProperties(source, { default: text ? businessObject : undefined })
  } else if (property === 'condition')
    modeling.updateProperties(element, { conditionExpression: expression() })
  else if (property === 'name') modeling.updateProperties(element, { name: value })
  else if (!isTiming(property)) modeling.updateProperties(element, { [`motcua:${property}`]: text })
  else if (timer) modeling.updateModdleProperties(element, timer, timingOf(property, text, expression))
}

const isTiming = (property: Property): property is (typeof timing)[number] =>
  (timing as readonly string[]).includes(property)

// A timer says a duration or a moment, never both.
function timingOf(
  property: (typeof timing)[number],
  text: string | undefined,
  expression: () => unknown,
): Record<string, unknown> {
  if (property === 'duration') return { timeDuration: expression(), timeDate: undefined }
  if (property === 'date') return { timeDate: expression(), timeDuration: undefined }
  return { [`motcua:${property}`]: text }
}
