import { describe, expect, test } from 'vitest'
import type { Box, Diagram } from './diagram.ts'
import { drawDiagram } from './draw-process.ts'
import { readDrawing } from './read-drawing.ts'

const file = (elements: string, diagram = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  id="defs" targetNamespace="t"><bpmn:process id="p">${elements}</bpmn:process>${diagram}</bpmn:definitions>`
const flow = (from: string, to: string, name = '') =>
  `<bpmn:sequenceFlow id="${from}-${to}" name="${name}" sourceRef="${from}" targetRef="${to}" />`
const task = (id: string, kind = 'userTask') => `<bpmn:${kind} id="${id}" name="${id}" />`

const withParts = file(
  `<bpmn:startEvent id="s" />${task('a')}<bpmn:parallelGateway id="split" />${task('b')}${task('c', 'receiveTask')}
   <bpmn:parallelGateway id="join" /><bpmn:subProcess id="part" name="part">${task('d')}${task('f')}${flow('d', 'f')}</bpmn:subProcess>
   <bpmn:boundaryEvent id="late" attachedToRef="a" cancelActivity="false"><bpmn:timerEventDefinition /></bpmn:boundaryEvent>
   <bpmn:boundaryEvent id="failed" attachedToRef="part"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>
   ${task('remind')}<bpmn:callActivity id="call" calledElement="other" /><bpmn:inclusiveGateway id="or" />
   <bpmn:endEvent id="e"><bpmn:terminateEventDefinition /></bpmn:endEvent>
   ${flow('s', 'a')}${flow('a', 'split')}${flow('split', 'b')}${flow('split', 'c')}${flow('b', 'join')}${flow('c', 'join')}
   ${flow('join', 'part')}${flow('late', 'remind')}${flow('part', 'or')}${flow('or', 'call')}${flow('or', 'a', 'again')}
   ${flow('call', 'e')}${flow('failed', 'e')}`,
)

const shapesOf = (diagram: Diagram | null) => new Map(diagram!.shapes.map((shape) => [shape.id, shape]))
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('a model that nobody drew', () => {
  test('has a place for everything, from left to right, and nothing lies on anything else', async () => {
    const diagram = await readDrawing(withParts)
    const shapes = shapesOf(diagram)
    expect([...shapes.keys()].toSorted()).toEqual(
      ['s a split b c join part d f late failed remind call or e'.split(' ')].flat().toSorted(),
    )
    for (const { from, to } of diagram!.edges.filter((edge) => edge.id !== 'or-a'))
      expect(shapes.get(to)!.x).toBeGreaterThan(shapes.get(from)!.x)
    const apart = [...shapes.values()].filter(({ id, kind }) => kind !== 'boundary' && !'df'.includes(id))
    for (const one of apart)
      for (const other of apart) if (one !== other) expect(overlap(one, other)).toBe(false)
  })

  test('keeps what is inside a part inside it, and boundary events on its border', async () => {
    const shapes = shapesOf(await readDrawing(withParts))
    const [part, inner, failed] = [shapes.get('part')!, shapes.get('d')!, shapes.get('failed')!]
    expect(inner.x > part.x && inner.y > part.y).toBe(true)
    expect(inner.x + inner.width < part.x + part.width && inner.y + inner.height < part.y + part.height).toBe(
      true,
    )
    expect(failed.y + failed.height / 2).toBe(part.y + part.height)
  })

  test('may be a line of two thousand steps', async () => {
    const ids = Array.from({ length: 2_000 }, (_, i) => `t${i}`)
    const flows = ids.slice(1).map((id, i) => flow(ids[i]!, id))
    const diagram = await readDrawing(file(ids.map((id) => task(id)).join('') + flows.join('')))
    expect(diagram!.shapes).toHaveLength(2_000)
  })
})

describe('a drawing of its author', () => {
  const plane = (shapes: string) =>
    `<bpmndi:BPMNDiagram id="g"><bpmndi:BPMNPlane id="pl" bpmnElement="p">${shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`
  const at = (id: string, x: string | number) =>
    `<bpmndi:BPMNShape id="sh-${id}" bpmnElement="${id}"><dc:Bounds x="${x}" y="10" width="100" height="80" /></bpmndi:BPMNShape>`

  test('is kept', async () => {
    const shapes = shapesOf(await readDrawing(file(task('a') + task('b'), plane(at('a', 500) + at('b', 20)))))
    expect([shapes.get('a')!.x, shapes.get('b')!.x]).toEqual([500, 20])
  })

  test.each([
    ['leaves something out', at('a', 500)],
    ['puts something where nobody can see it', at('a', 500) + at('b', '1e300')],
  ])('is laid out anew when it %s', async (_, shapes) => {
    const drawn = shapesOf(await readDrawing(file(task('a') + task('b') + flow('a', 'b'), plane(shapes))))
    expect(drawn.get('a')!.x).toBe(0)
    expect(drawn.get('b')!.x).toBeGreaterThan(100)
  })
})

describe('the picture', () => {
  const drawn = async (options = {}, hours?: Map<string, number>) =>
    drawDiagram(await readDrawing(withParts), options, hours)

  test('marks where a dossier is, what is done and what is wrong by sign, not by colour alone', async () => {
    const svg = await drawn({ current: ['b', 'part'], done: ['a', 'b'], problems: ['or'] })
    expect(svg).toMatch(/class="bp-step bp-current">.*?●/)
    expect(svg).toMatch(/class="bp-sub bp-current">.*?●/)
    expect(svg).toMatch(/class="bp-step bp-done">.*?✓/)
    expect(svg).toMatch(/class="bp-gateway bp-problem">.*?!/)
    expect(svg.match(/●/g)).toHaveLength(2)
    expect(svg.match(/✓/g)).toHaveLength(1)
  })

  test('shows what happens in a called process at the call', async () => {
    expect((await drawn({ current: ['call/sign'] })).match(/●/g)).toHaveLength(1)
    expect(await drawn({ current: ['nowhere/sign'] })).not.toContain('●')
  })

  test('carries hours and figures of steps', async () => {
    const figures = { b: { text: '4,2 giờ · 12', level: 2, title: 'Một nửa xong trong 4,2 giờ' } }
    const svg = await drawn({ figures }, new Map([['b', 16]]))
    expect(svg).toContain('>16h<')
    expect(svg).toMatch(/bp-heat-2"><title>Một nửa xong trong 4,2 giờ<.*4,2 giờ · 12/)
  })

  test('takes nothing of a file for markup', async () => {
    const hostile = '&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x'
    const svg = drawDiagram(await readDrawing(file(`<bpmn:userTask id="a" name="${hostile}" />`)), {
      title: '<b>',
    })
    expect(svg).not.toMatch(/<script|<b>|onload="/)
    expect(svg).toContain('&lt;script&gt;')
  })

  test('of what cannot be read is empty', async () => {
    for (const xml of ['', 'Xin chào', '<!DOCTYPE x><a/>', file(''), ' '.repeat(6 * 1024 * 1024)])
      expect(drawDiagram(await readDrawing(xml))).toBe('')
  })
})
