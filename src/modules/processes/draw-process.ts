import type { CompiledProcess } from './compiled-process.ts'
import type { Box, Diagram, Edge, Point, Shape, ShapeKind } from './diagram.ts'
import { eventMark, flag, gatewayMark, taskMark } from './draw-marks.ts'
import { boundsOf } from './lay-out.ts'

/** What is written on a step of the drawing; `level` says how much, 0 nothing to 3 very much. */
export interface StepFigure {
  text: string
  level: 0 | 1 | 2 | 3
  /** The whole sentence, for the pointer that rests on it. */
  title: string
}

export interface DrawOptions {
  /** Where the dossier is now: steps, waits and the parts around them; drawn with a heavy frame and a mark. */
  current?: readonly string[]
  /** Steps already done. */
  done?: readonly string[]
  /** Elements with something to correct. */
  problems?: readonly string[]
  /** Figures by step. */
  figures?: Readonly<Record<string, StepFigure>>
  /** Name of the picture for people who hear it. */
  title?: string
}

/**
 * The model as an SVG picture, drawn where its author placed things; empty when there is nothing to draw.
 * Colours come from classes (`bp-…`), so that the page decides; without styles it is black on white.
 */
export function drawProcess(process: CompiledProcess, options: DrawOptions = {}): string {
  const hours = new Map(
    [process.steps, process.waits ?? {}].flatMap((nodes) =>
      Object.values(nodes).map(({ stepId, hours }) => [stepId, hours] as const),
    ),
  )
  return drawDiagram(process.diagram, { title: process.name, ...options }, hours)
}

/** The same of a drawing alone, such as one whose model cannot run. */
export function drawDiagram(
  diagram: Diagram | null,
  options: DrawOptions = {},
  hours: ReadonlyMap<string, number> = new Map(),
): string {
  if (diagram === null) return ''
  const { x, y, width, height } = frameOf(diagram)
  const ids = new Set(diagram.shapes.map(({ id }) => id))
  const on = {
    ...options,
    hours,
    edges: diagram.edges,
    current: onDrawing(options.current, ids),
    done: onDrawing(options.done, ids),
    problems: onDrawing(options.problems, ids),
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="bp" role="img" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">`,
    `<title>${escaped(options.title ?? '')}</title>`,
    '<defs><marker id="bp-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">',
    '<path d="M0 0 10 5 0 10z" class="bp-arrow"/></marker></defs>',
    `<g font-family="inherit" font-size="13" fill="none" stroke="currentColor">`,
    ...diagram.lanes.map(lane),
    ...inOrder(diagram.shapes, isBack).map((shape) => node(shape, on)),
    ...diagram.edges.map(flow),
    ...inOrder(diagram.shapes, (shape) => !isBack(shape) && shape.kind !== 'boundary').map((shape) =>
      node(shape, on),
    ),
    ...inOrder(diagram.shapes, ({ kind }) => kind === 'boundary').map((shape) => node(shape, on)),
    '</g></svg>',
  ].join('')
}

interface Drawing extends DrawOptions {
  current: readonly string[]
  done: readonly string[]
  problems: readonly string[]
  hours: ReadonlyMap<string, number>
  edges: readonly Edge[]
}

/** Nodes of a called process are not on the drawing: the call stands for them. */
function onDrawing(nodes: readonly string[] = [], ids: ReadonlySet<string>): string[] {
  return nodes.flatMap((node) => {
    let id = node
    while (!ids.has(id) && id.includes('/')) id = id.slice(0, id.lastIndexOf('/'))
    return ids.has(id) ? [id] : []
  })
}

const isBack = ({ kind }: Shape) => kind === 'sub-process'
// The widest first: what stands inside another is drawn over it.
const inOrder = (shapes: readonly Shape[], which: (shape: Shape) => boolean) =>
  shapes.filter(which).toSorted((a, b) => b.width - a.width)

const margin = 24

function frameOf(diagram: Diagram): Box {
  const labels = [
    ...[...diagram.shapes, ...diagram.edges].flatMap(({ label }) => label ?? []),
    ...diagram.shapes.flatMap(captionBox),
  ]
  const { x, y, width, height } = boundsOf({
    ...diagram,
    lanes: [...diagram.lanes, ...labels.map((box) => ({ ...box, id: '', name: '' }))],
  })
  const frame = { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin }
  return {
    x: Math.floor(frame.x),
    y: Math.floor(frame.y),
    width: Math.ceil(frame.width),
    height: Math.ceil(frame.height),
  }
}

/** Room for a name that stands under its shape. */
function captionBox({ kind, name, label, x, y, width, height }: Shape): Box[] {
  if (name === '' || label || !/start|end|catch|throw|exclusive|parallel|inclusive/.test(kind)) return []
  const wide = Math.min(name.length, captionLetters) * 6
  const lines = wrapped(name, captionLetters).length
  return [{ x: x + width / 2 - wide / 2, y, width: wide, height: height + 8 + lines * 13 }]
}

const captionLetters = 18

function lane({ x, y, width, height, name }: Diagram['lanes'][number]): string {
  return (
    `<rect class="bp-lane" x="${x}" y="${y}" width="${width}" height="${height}" stroke-opacity=".3"/>` +
    `<text class="bp-lane-name" stroke="none" fill="currentColor" text-anchor="middle" ` +
    `transform="translate(${x + 18} ${y + height / 2}) rotate(-90)">${escaped(shortened(name, Math.floor(height / 8)))}</text>`
  )
}

function flow({ kind, points, name, label }: Edge): string {
  const path = points.map(({ x, y }) => `${x},${y}`).join(' ')
  const dashes = { flow: '', message: ' stroke-dasharray="8 5"', association: ' stroke-dasharray="2 4"' }[
    kind
  ]
  const end = kind === 'association' ? '' : ' marker-end="url(#bp-arrow)"'
  const line = `<polyline class="bp-flow" points="${path}"${dashes}${end}/>`
  if (!name) return line
  const [x, y] = label ? [label.x, label.y + 10] : labelPlace(points)
  return `${line}<text class="bp-flow-name" stroke="none" fill="currentColor" font-size="11" x="${x}" y="${y}">${escaped(shortened(name, 60))}</text>`
}

// Lines that leave downwards may share their first part; their names stand at the bend.
function labelPlace([from, to]: Point[]): [number, number] {
  if (!from || !to) return [0, 0]
  const downwards = from.x === to.x && to.y > from.y
  return downwards ? [to.x + 5, to.y - 5] : [from.x + 5, from.y - 6]
}

function node(shape: Shape, drawing: Drawing): string {
  const { id } = shape
  const [family, draw] = families[shape.kind]
  const wrong = drawing.problems.includes(id)
  const current = drawing.current.includes(id)
  const done = !current && drawing.done.includes(id)
  const states = [current && ' bp-current', done && ' bp-done', wrong && ' bp-problem'].map(
    (each) => each || '',
  )
  const sign = wrong ? '!' : current ? '●' : done ? '✓' : ''
  const mark = sign === '' ? '' : flag(shape, sign)
  return `<g class="bp-${family}${states.join('')}">${draw({ ...shape, heavy: current || wrong }, drawing)}${mark}</g>`
}

const families: Record<ShapeKind, [string, (body: Body, drawing: Drawing) => string]> = {
  task: ['step', task],
  user: ['step', task],
  receive: ['step', task],
  call: ['step', task],
  'sub-process': ['sub', subProcess],
  exclusive: ['gateway', gateway],
  parallel: ['gateway', gateway],
  inclusive: ['gateway', gateway],
  gateway: ['gateway', gateway],
  start: ['event', event],
  end: ['event', event],
  catch: ['event', event],
  throw: ['event', event],
  boundary: ['event', event],
  note: ['note', note],
  data: ['data', note],
}

type Body = Shape & { heavy: boolean }
const paper = 'fill="var(--bp-paper, #fff)"'

function task(body: Body, { hours, figures }: Drawing): string {
  const { id, kind, x, y, width, height, name, heavy } = body
  const lines = wrapped(name, Math.floor(width / 8)).slice(0, 4)
  const first = y + height / 2 - (lines.length - 1) * 8
  const text = lines
    .map((line, i) => `<tspan x="${x + width / 2}" y="${first + i * 16}">${escaped(line)}</tspan>`)
    .join('')
  const planned = hours.get(id)
  const figure = figures && Object.hasOwn(figures, id) ? figures[id] : undefined
  return (
    `<rect class="bp-body" x="${x}" y="${y}" width="${width}" height="${height}" rx="8" ${paper} stroke-width="${heavy || kind === 'call' ? 4 : 1.5}"/>` +
    `<text stroke="none" fill="currentColor" text-anchor="middle" dominant-baseline="middle">${text}</text>` +
    (planned === undefined
      ? ''
      : `<text class="bp-hours" stroke="none" fill="currentColor" font-size="11" text-anchor="end" x="${x + width - 6}" y="${y + height - 6}">${planned}h</text>`) +
    taskMark(kind, body) +
    (figure ? badge(figure, body) : '')
  )
}

function badge({ text, level, title }: StepFigure, { x, y, width }: Box): string {
  const wide = Math.max(24, text.length * 6.6 + 12)
  const left = x + width - wide + 6
  return (
    `<g class="bp-heat bp-heat-${level}"><title>${escaped(title)}</title>` +
    `<rect x="${left}" y="${y - 12}" width="${wide}" height="20" rx="4" ${paper} stroke-width="${level > 1 ? 2 : 1}"/>` +
    `<text stroke="none" fill="currentColor" font-size="11" text-anchor="middle" x="${left + wide / 2}" y="${y + 2}">${escaped(text)}</text></g>`
  )
}

function subProcess({ id, x, y, width, height, name, heavy }: Body, { figures }: Drawing): string {
  // A part whose inside is on another page of the file is as small as a step.
  const small = width < 200 && height < 130
  const at = small ? y + height / 2 : y + 20
  const figure = figures && Object.hasOwn(figures, id) ? figures[id] : undefined
  return (
    `<rect class="bp-body" x="${x}" y="${y}" width="${width}" height="${height}" rx="10" ${paper} stroke-width="${heavy ? 2.5 : 1.5}"/>` +
    `<text class="bp-sub-name" stroke="none" fill="currentColor" text-anchor="${small ? 'middle' : 'start'}" x="${small ? x + width / 2 : x + 14}" y="${at}">${escaped(shortened(name, Math.floor(width / 7.5)))}</text>` +
    (small ? `<path d="M${x + width / 2 - 7} ${y + height - 16}h14v14h-14zm3 7h8m-4-4v8"/>` : '') +
    (figure ? badge(figure, { x, y, width, height }) : '')
  )
}

function gateway(body: Body, { edges }: Drawing): string {
  const { kind, x, y, width, height, heavy } = body
  const [cx, cy] = [x + width / 2, y + height / 2]
  const corners = `${cx},${y} ${x + width},${cy} ${cx},${y + height} ${x},${cy}`
  return (
    `<polygon class="bp-body" points="${corners}" ${paper} stroke-width="${heavy ? 3.5 : 1.5}"/>` +
    gatewayMark(kind, cx, cy) +
    gatewayName(body, edges)
  )
}

// The name goes where no line leaves: below, above, or to the upper left.
function gatewayName({ name, label, id, x, y, width, height }: Shape, edges: readonly Edge[]): string {
  if (label) return caption(name, label.x + label.width / 2, label.y + 10)
  const starts = edges.filter((edge) => edge.from === id).map((edge) => edge.points[0]?.y ?? 0)
  const [top, bottom] = [starts.some((at) => at <= y), starts.some((at) => at >= y + height)]
  if (!bottom) return caption(name, x + width / 2, y + height + 14)
  return top ? caption(name, x - 14, y - 4) : caption(name, x + width / 2, y - 6)
}

function event(body: Body): string {
  const { kind, x, y, width, height, name, label, interrupting, heavy } = body
  const [cx, cy] = [x + width / 2, y + height / 2]
  const [radius, dashes] = [width / 2, interrupting ? '' : ' stroke-dasharray="4 3"']
  const line = heavy ? 3.5 : kind === 'end' ? 3 : 1.5
  const ring = kind === 'catch' || kind === 'throw' || kind === 'boundary'
  const at = label
    ? [label.x + label.width / 2, label.y + 10]
    : kind === 'boundary'
      ? [x + width + 8, y + height + 8]
      : [cx, y + height + 16]
  return (
    `<circle class="bp-body" cx="${cx}" cy="${cy}" r="${radius}" ${paper} stroke-width="${line}"${dashes}/>` +
    (ring ? `<circle cx="${cx}" cy="${cy}" r="${radius - 3}" stroke-width="1"${dashes}/>` : '') +
    eventMark(body.mark, kind, cx, cy) +
    caption(name, at[0]!, at[1]!, kind === 'boundary' && !label ? 'start' : 'middle')
  )
}

function note({ kind, x, y, width, height, name }: Shape): string {
  const frame =
    kind === 'note'
      ? `<path d="M${x + 12} ${y}h-12v${height}h12" stroke-opacity=".6"/>`
      : `<rect x="${x}" y="${y}" width="${width}" height="${height}" stroke-opacity=".4"/>`
  const lines = wrapped(name, Math.max(8, Math.floor(width / 6.5))).slice(
    0,
    Math.max(1, Math.floor(height / 13)),
  )
  const text = lines
    .map((line, i) => `<tspan x="${x + 6}" y="${y + 13 + i * 13}">${escaped(line)}</tspan>`)
    .join('')
  return `${frame}<text stroke="none" fill="currentColor" font-size="11">${text}</text>`
}

function caption(name: string, x: number, y: number, anchor: 'middle' | 'start' = 'middle'): string {
  if (!name) return ''
  const lines = wrapped(name, captionLetters)
    .slice(0, 5)
    .map((line, i) => `<tspan x="${x}" y="${y + i * 13}">${escaped(line)}</tspan>`)
  return `<text class="bp-caption" stroke="none" fill="currentColor" font-size="11" text-anchor="${anchor}">${lines.join('')}</text>`
}

function wrapped(text: string, longest: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < longest) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(shortened(word, 40))
  }
  return lines
}

const shortened = (text: string, longest: number) =>
  text.length <= longest ? text : `${text.slice(0, Math.max(1, longest - 1))}…`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// What XML cannot carry at all is left out.
const escaped = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>"]/g, (char) => entities[char] ?? char)
