import type { ModdleElement } from 'bpmn-moddle'

export interface Point {
  x: number
  y: number
}

/** Where the model's author drew things; used to draw it again. */
export interface Diagram {
  shapes: { id: string; x: number; y: number; width: number; height: number }[]
  edges: { id: string; from: string; to: string; name: string; points: Point[] }[]
  lanes: { id: string; name: string; x: number; y: number; width: number; height: number }[]
}

const list = (value: unknown): ModdleElement[] => (Array.isArray(value) ? value : [])

/** The positions of the first diagram of a file; null when the file has none. */
export function readDiagram(root: ModdleElement): Diagram | null {
  const plane = list(root.get('diagrams'))[0]?.get('plane') as ModdleElement | undefined
  const drawn = list(plane?.get('planeElement')).flatMap((drawing) => {
    const element = drawing.get('bpmnElement') as ModdleElement | undefined
    return element?.id ? [{ drawing, element, id: element.id }] : []
  })
  const boxes = drawn.flatMap(({ drawing, element, id }) => {
    const bounds = drawing.get('bounds') as ModdleElement | undefined
    return bounds ? [{ id, type: element.$type, name: element.name ?? '', ...boxOf(bounds) }] : []
  })
  if (boxes.length === 0) return null
  return {
    shapes: boxes.filter((box) => !isFrame(box.type)).map(({ name: _, type: __, ...shape }) => shape),
    lanes: boxes.filter((box) => box.type === 'bpmn:Lane').map(({ type: _, ...lane }) => lane),
    edges: drawn.flatMap(({ drawing, element, id }) => edgeOf(drawing, element, id)),
  }
}

const isFrame = (type: string) => type === 'bpmn:Lane' || type === 'bpmn:Participant'

function boxOf(bounds: ModdleElement) {
  const number = (name: string) => Number(bounds.get(name) ?? 0)
  return { x: number('x'), y: number('y'), width: number('width'), height: number('height') }
}

function edgeOf(drawing: ModdleElement, flow: ModdleElement, id: string): Diagram['edges'] {
  const points = list(drawing.$type === 'bpmndi:BPMNEdge' ? drawing.get('waypoint') : undefined).map(pointOf)
  const end = (name: string) => (flow.get(name) as ModdleElement | undefined)?.id
  const [from, to] = [end('sourceRef'), end('targetRef')]
  if (flow.$type !== 'bpmn:SequenceFlow' || points.length < 2 || !from || !to) return []
  return [{ id, from, to, name: flow.name ?? '', points }]
}

const pointOf = (point: ModdleElement): Point => ({ x: Number(point.get('x')), y: Number(point.get('y')) })
