import { BpmnModdle } from 'bpmn-moddle'
import type { Diagram } from './diagram.ts'
import { motcuaModdle, namespace } from './moddle-extension.ts'
import { readDrawing } from './read-drawing.ts'
import type { StepRow, StepTable, Target } from './step-table.ts'

/** By this the file of a table is known again, and its order of rows with it. */
export const tableExporter = 'motcua-steps'

/**
 * A step table as a BPMN 2.0 file with its drawing: a user task for each row, and a gateway where a step may end in
 * ways that lead elsewhere. The file is made whatever the table lacks; compiling and checking it says what that is.
 */
export async function stepsToModel(
  table: StepTable,
  process: { key: string; name: string },
): Promise<string> {
  const ids = idsFor(table.rows, process.key)
  const model = modelOf(table, ids)
  const bare = inDefinitions(ids, processElement(model, table, process))
  const diagram = await readDrawing(bare)
  return inDefinitions(ids, processElement(model, table, process) + drawingOf(diagram, process.key, ids))
}

/** The same table in a file that has these very steps already: drawing, pools and what others wrote stay. */
export async function stepsIntoModel(table: StepTable, xml: string): Promise<string> {
  const moddle = new BpmnModdle({ motcua: motcuaModdle })
  const { rootElement, elementsById } = await moddle.fromXML(xml)
  for (const row of table.rows) {
    const task = elementsById[row.id]
    if (!task) continue
    task.set('name', row.name)
    for (const [name, value] of Object.entries(attributesOf(row)))
      task.set(`motcua:${name}`, value === '' ? undefined : value)
    task.set('documentation', row.note === '' ? [] : [documentation(moddle, row.note)])
  }
  const process = (rootElement.get('rootElements') as (typeof rootElement)[]).find(
    ({ $type }) => $type === 'bpmn:Process',
  )
  for (const [name, value] of Object.entries(outsideOf(table)))
    process?.set(`motcua:${name}`, value === '' ? undefined : value)
  return (await moddle.toXML(rootElement, { format: true })).xml
}

const documentation = (moddle: BpmnModdle, text: string) =>
  (moddle as unknown as { create(type: string, properties: object): unknown }).create('bpmn:Documentation', {
    text,
  })

interface Flow {
  id: string
  from: string
  to: string
  name: string
  outcome: string | null
}

interface Model {
  nodes: string[]
  flows: Flow[]
}

function modelOf({ rows }: StepTable, ids: Ids): Model {
  const flows: Flow[] = []
  const flow = (from: string, to: string, words = '', outcome: string | null = null) => {
    const id = ids.free(`${from}-to-${to}`)
    flows.push({ id, from, to, name: words, outcome })
    return id
  }
  flow(ids.start, rows[0]?.id ?? ids.granted)
  const choices = rows.flatMap((row, i) => {
    const [ordinary, ...others] = row.outcomes.map(({ outcome, to }) => ({
      outcome,
      to: nodeOf(to, i, rows, ids),
    }))
    const elsewhere = others.filter(({ to }) => to !== ordinary!.to)
    if (elsewhere.length === 0) {
      flow(row.id, ordinary!.to)
      return []
    }
    const choice = ids.free(`${row.id}-choice`)
    flow(row.id, choice)
    const usual = flow(choice, ordinary!.to)
    for (const { outcome, to } of elsewhere) flow(choice, to, outcomeNames[outcome] ?? outcome, outcome)
    return [`<bpmn:exclusiveGateway id="${choice}" default="${usual}" />`]
  })
  const ended = (end: string) => flows.some(({ to }) => to === end)
  const nodes = [
    `<bpmn:startEvent id="${ids.start}" name="Đã tiếp nhận hồ sơ" />`,
    ...rows.map(taskOf),
    ...choices,
    // A process without any end could not even be read again.
    ...(ended(ids.granted) || !ended(ids.refused)
      ? [`<bpmn:endEvent id="${ids.granted}" name="Có kết quả" motcua:result="granted" />`]
      : []),
    ...(ended(ids.refused)
      ? [`<bpmn:endEvent id="${ids.refused}" name="Đã trả lời từ chối" motcua:result="refused" />`]
      : []),
  ]
  return { nodes, flows }
}

// Written on the lines of the drawing; the words of the desk for the same outcomes.
const outcomeNames: Record<string, string> = {
  'send-back': 'Trả lại',
  'not-eligible': 'Không đủ điều kiện',
  decline: 'Không đồng ý',
  consult: 'Lấy ý kiến',
}

interface Ids {
  start: string
  granted: string
  refused: string
  definitions: string
  free(wished: string): string
}

/** Ids beside those of the rows; an XML id may be used once in a file. */
function idsFor(rows: readonly StepRow[], key: string): Ids {
  const used = new Set([key, ...rows.map(({ id }) => id)])
  const free = (wished: string): string => {
    let id = wished
    for (let number = 2; used.has(id); number += 1) id = `${wished}-${number}`
    used.add(id)
    return id
  }
  return {
    start: free('accepted'),
    granted: free('granted'),
    refused: free('refused'),
    definitions: free('definitions'),
    free,
  }
}

function nodeOf(to: Target, row: number, rows: readonly StepRow[], ids: Ids): string {
  if (to === 'next') return rows[row + 1]?.id ?? ids.granted
  if (to === 'granted' || to === 'refused') return ids[to]
  return to.slice(1)
}

const taskOf = (row: StepRow): string => {
  const stated = { id: row.id, name: row.name, ...prefixed(attributesOf(row)) }
  const note = row.note === '' ? '' : `<bpmn:documentation>${escaped(row.note)}</bpmn:documentation>`
  return `<bpmn:userTask${attributes(stated)}>${note}</bpmn:userTask>`
}

const attributesOf = (row: StepRow) => ({
  role: row.role ?? '',
  hours: row.hours === null ? '' : `${row.hours}`,
  kind: row.kind,
  unitKind: row.unitKind,
  authority: row.authority,
  outcomes: row.outcomes.map(({ outcome }) => outcome).join(','),
  signs: row.signs ?? '',
  performer: row.performer,
  product: row.product,
})

const outsideOf = ({ receptionHours, returnHours }: StepTable) => ({
  receptionHours: receptionHours > 0 ? `${receptionHours}` : '',
  returnHours: returnHours > 0 ? `${returnHours}` : '',
})

function processElement(
  { nodes, flows }: Model,
  table: StepTable,
  { key, name }: { key: string; name: string },
) {
  const stated = { id: key, name, isExecutable: 'true', ...prefixed(outsideOf(table)) }
  return `<bpmn:process${attributes(stated)}>\n${[...nodes, ...flows.map(flowElement)].join('\n')}\n</bpmn:process>`
}

function flowElement({ id, from, to, name, outcome }: Flow): string {
  const opening = `<bpmn:sequenceFlow${attributes({ id, name, sourceRef: from, targetRef: to })}`
  if (outcome === null) return `${opening} />`
  const condition = escaped(`outcome = "${outcome}"`)
  return `${opening}><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>`
}

const inDefinitions = (ids: Ids, inside: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="${namespace}" id="${ids.definitions}" targetNamespace="https://motcua.vn/processes" exporter="${tableExporter}" exporterVersion="1">
${inside}
</bpmn:definitions>
`

/** The drawing as it stands in a file, so that other editors show it too. */
function drawingOf(diagram: Diagram | null, key: string, { free }: Ids): string {
  if (!diagram) return ''
  const shapes = diagram.shapes.map(
    ({ id, x, y, width, height, kind }) =>
      `<bpmndi:BPMNShape id="${free(`shape-${id}`)}" bpmnElement="${id}"${kind === 'exclusive' ? ' isMarkerVisible="true"' : ''}>${bounds({ x, y, width, height })}</bpmndi:BPMNShape>`,
  )
  const edges = diagram.edges.map(({ id, points, label }) => {
    const way = points.map(({ x, y }) => `<di:waypoint x="${round(x)}" y="${round(y)}" />`).join('')
    const named = label ? `<bpmndi:BPMNLabel>${bounds(label)}</bpmndi:BPMNLabel>` : ''
    return `<bpmndi:BPMNEdge id="${free(`edge-${id}`)}" bpmnElement="${id}">${way}${named}</bpmndi:BPMNEdge>`
  })
  const plane = `<bpmndi:BPMNPlane id="${free('plane')}" bpmnElement="${escaped(key)}">\n${[...shapes, ...edges].join('\n')}\n</bpmndi:BPMNPlane>`
  return `\n<bpmndi:BPMNDiagram id="${free('diagram')}">${plane}</bpmndi:BPMNDiagram>`
}

const round = (value: number) => Math.round(value)
const bounds = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
  `<dc:Bounds x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" />`

const prefixed = (stated: Record<string, string>) =>
  Object.fromEntries(Object.entries(stated).map(([name, value]) => [`motcua:${name}`, value]))

const attributes = (stated: Record<string, string>) =>
  Object.entries(stated)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}
const escaped = (text: string) => text.replace(/[&<>"\n]/g, (each) => escapes[each]!)
