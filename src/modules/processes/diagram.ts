import type { ModdleElement } from 'bpmn-moddle'
import { endOf, listOf, nodesWithin, shapeOf } from './drawn-element.ts'
import { layOut } from './lay-out.ts'

export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  width: number
  height: number
}

/** What a shape is drawn as; `task` and `gateway` are those that do not run here. */
export type ShapeKind =
  | 'task'
  | 'user'
  | 'receive'
  | 'call'
  | 'sub-process'
  | 'exclusive'
  | 'parallel'
  | 'inclusive'
  | 'gateway'
  | 'start'
  | 'end'
  | 'catch'
  | 'throw'
  | 'boundary'
  | 'note'
  | 'data'

export type EventMark = 'timer' | 'message' | 'error' | 'escalation' | 'terminate' | 'other'

export interface Shape extends Box {
  id: string
  kind: ShapeKind
  name: string
  /** What stands inside an event; null of a plain one. */
  mark: EventMark | null
  /** False for a boundary event that lets its step go on. */
  interrupting: boolean
  /** Where the author put the name; null: at its usual place. */
  label: Box | null
}

export interface Edge {
  id: string
  kind: 'flow' | 'message' | 'association'
  from: string
  to: string
  name: string
  points: Point[]
  label: Box | null
}

/** Where the model's author drew things, or where we put them when nobody did. */
export interface Diagram {
  shapes: Shape[]
  edges: Edge[]
  lanes: (Box & { id: string; name: string })[]
}

/** A drawing's coordinates beyond this are a mistake, and nothing could be seen of it. */
const farthest = 100_000

/** The drawing of a file; laid out by us when it has none or lacks something that runs. Null: there is nothing to draw. */
export function readDiagram(root: ModdleElement): Diagram | null {
  const drawn = drawnBy(root)
  const process = listOf(root, 'rootElements').find(({ $type }) => $type === 'bpmn:Process')
  if (!process) return drawn.shapes.length > 0 ? drawn : null
  const placed = new Set(drawn.shapes.map(({ id }) => id))
  const missing = nodesWithin(process).some((node) => !placed.has(node.id ?? ''))
  const diagram = missing ? layOut(process) : drawn
  return diagram.shapes.length > 0 ? diagram : null
}

// Sub-processes may be drawn on planes of their own; what is not on the first one counts as not drawn.
function drawnBy(root: ModdleElement): Diagram {
  const plane = listOf(root, 'diagrams')[0]?.get('plane') as ModdleElement | undefined
  const drawn = listOf(plane, 'planeElement').flatMap((drawing) => {
    const element = drawing.get('bpmnElement') as ModdleElement | undefined
    return element?.id && typeof element.get === 'function' ? [{ drawing, element, id: element.id }] : []
  })
  const boxes = drawn.flatMap(({ drawing, element, id }) => {
    const box = boxOf(drawing.get('bounds') as ModdleElement | undefined)
    return box && drawing.$type === 'bpmndi:BPMNShape' ? [{ ...box, id, element, drawing }] : []
  })
  const frames = (type: string) => boxes.filter(({ element }) => element.$type === type)
  const lanes = frames('bpmn:Lane').length > 0 ? frames('bpmn:Lane') : frames('bpmn:Participant')
  return {
    shapes: boxes.flatMap(({ element, drawing, id: _, ...box }) => shapeOf(element, box, labelOf(drawing))),
    lanes: lanes.map(({ element, drawing: _, ...lane }) => ({ ...lane, name: element.name ?? '' })),
    edges: drawn.flatMap(({ drawing, element }) => edgeOf(drawing, element)),
  }
}

const edgeKinds: Record<string, Edge['kind']> = {
  'bpmn:SequenceFlow': 'flow',
  'bpmn:MessageFlow': 'message',
  'bpmn:Association': 'association',
}

function edgeOf(drawing: ModdleElement, flow: ModdleElement): Edge[] {
  const kind = edgeKinds[flow.$type]
  if (drawing.$type !== 'bpmndi:BPMNEdge' || !kind) return []
  const points = listOf(drawing, 'waypoint').flatMap(pointOf)
  const [from, to] = [endOf(flow, 'sourceRef'), endOf(flow, 'targetRef')]
  if (points.length < 2 || !from || !to) return []
  return [{ id: flow.id ?? '', kind, from, to, name: flow.name ?? '', points, label: labelOf(drawing) }]
}

const labelOf = (drawing: ModdleElement): Box | null =>
  boxOf((drawing.get('label') as ModdleElement | undefined)?.get('bounds') as ModdleElement | undefined) ??
  null

function boxOf(bounds: ModdleElement | undefined): Box | undefined {
  if (!bounds) return undefined
  const number = (name: string) => Number(bounds.get(name) ?? 0)
  const box = { x: number('x'), y: number('y'), width: number('width'), height: number('height') }
  return Object.values(box).every(isNear) && box.width >= 0 && box.height >= 0 ? box : undefined
}

function pointOf(point: ModdleElement): Point[] {
  const at = { x: Number(point.get('x')), y: Number(point.get('y')) }
  return isNear(at.x) && isNear(at.y) ? [at] : []
}

const isNear = (value: number) => Number.isFinite(value) && Math.abs(value) <= farthest
