import type { CompiledProcess, Diagram, Point } from './compiled-process.ts'

export interface DrawOptions {
  /** Steps where the dossier is now; drawn with a heavy frame and a mark. */
  current?: readonly string[]
  /** Steps already done. */
  done?: readonly string[]
  /** Name of the picture for people who hear it. */
  title?: string
}

/**
 * The model as an SVG picture, drawn where its author placed things; empty when the model has no diagram.
 * Colours come from classes (`bp-…`), so that the page decides; without styles it is black on white.
 */
export function drawProcess(process: CompiledProcess, options: DrawOptions = {}): string {
  const { diagram } = process
  if (diagram === null) return ''
  const { x, y, width, height } = frameOf(diagram)
  const title = escaped(options.title ?? process.name)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="bp" role="img" viewBox="${x} ${y} ${width} ${height}">`,
    `<title>${title}</title>`,
    '<defs><marker id="bp-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">',
    '<path d="M0 0 10 5 0 10z" class="bp-arrow"/></marker></defs>',
    `<g font-family="inherit" font-size="13" fill="none" stroke="currentColor">`,
    ...diagram.lanes.map(lane),
    ...diagram.edges.map((edge) => flow(edge)),
    ...diagram.shapes.map((shape) => node(process, shape, options)),
    '</g></svg>',
  ].join('')
}

type Box = Diagram['shapes'][number]

function frameOf({ shapes, lanes, edges }: Diagram) {
  const corners = [
    ...[...shapes, ...lanes].flatMap((box) => [box, { x: box.x + box.width, y: box.y + box.height }]),
    ...edges.flatMap((edge) => edge.points),
  ]
  const left = Math.min(...corners.map((point) => point.x)) - 20
  const top = Math.min(...corners.map((point) => point.y)) - 20
  const right = Math.max(...corners.map((point) => point.x)) + 20
  const bottom = Math.max(...corners.map((point) => point.y)) + 20
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function lane({ x, y, width, height, name }: Diagram['lanes'][number]): string {
  return (
    `<rect class="bp-lane" x="${x}" y="${y}" width="${width}" height="${height}" stroke-opacity=".3"/>` +
    `<text class="bp-lane-name" stroke="none" fill="currentColor" text-anchor="middle" ` +
    `transform="translate(${x + 18} ${y + height / 2}) rotate(-90)">${escaped(shortened(name, Math.floor(height / 8)))}</text>`
  )
}

function flow({ points, name }: Diagram['edges'][number]): string {
  const line = `<polyline class="bp-flow" points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" marker-end="url(#bp-arrow)"/>`
  const at = points[0]
  if (!name || !at) return line
  const [x, y] = labelPlace(points)
  return `${line}<text class="bp-flow-name" stroke="none" fill="currentColor" font-size="11" x="${x}" y="${y}">${escaped(name)}</text>`
}

// Lines that leave downwards may share their first part; their names stand at the bend.
function labelPlace([from, to]: Point[]): [number, number] {
  if (!from || !to) return [0, 0]
  const downwards = from.x === to.x && to.y > from.y
  return downwards ? [to.x + 5, to.y - 5] : [from.x + 5, from.y - 6]
}

function node(process: CompiledProcess, box: Box, { current = [], done = [] }: DrawOptions): string {
  const step = process.steps[box.id]
  const state = current.includes(box.id) ? ' bp-current' : done.includes(box.id) ? ' bp-done' : ''
  if (step) return task(box, step.name, `${step.hours}h`, state)
  const { x, y, width, height } = box
  const [cx, cy] = [x + width / 2, y + height / 2]
  const gateway = process.gateways[box.id]
  if (gateway) {
    const corners = `${cx},${y} ${x + width},${cy} ${cx},${y + height} ${x},${cy}`
    return (
      `<polygon class="bp-gateway" points="${corners}" fill="var(--bp-paper, #fff)"/>` +
      `<path d="M${cx - 8} ${cy - 8}l16 16m0-16l-16 16" stroke-width="2"/>${gatewayName(gateway.name, box, process.diagram?.edges ?? [])}`
    )
  }
  const end = process.ends[box.id]
  const name = end?.name ?? (box.id === process.start.id ? process.start.name : '')
  const circle = `<circle class="bp-event" cx="${cx}" cy="${cy}" r="${width / 2}" stroke-width="${end ? 3 : 1.5}" fill="var(--bp-paper, #fff)"/>`
  return circle + caption(name, cx, y + height + 16)
}

function task({ x, y, width, height }: Box, name: string, hours: string, state: string): string {
  const mark = state === ' bp-current'
  const lines = wrapped(name, Math.floor(width / 8)).slice(0, 4)
  const first = y + height / 2 - (lines.length - 1) * 8
  const text = lines
    .map((line, i) => `<tspan x="${x + width / 2}" y="${first + i * 16}">${escaped(line)}</tspan>`)
    .join('')
  return (
    `<g class="bp-step${state}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" ` +
    `fill="var(--bp-paper, #fff)" stroke-width="${mark ? 4 : 1.5}"/>` +
    `<text stroke="none" fill="currentColor" text-anchor="middle" dominant-baseline="middle">${text}</text>` +
    `<text class="bp-hours" stroke="none" fill="currentColor" font-size="11" text-anchor="end" x="${x + width - 6}" y="${y + height - 6}">${hours}</text>` +
    `${mark ? `<circle class="bp-mark" cx="${x}" cy="${y}" r="8" fill="currentColor"/>` : ''}</g>`
  )
}

// The name goes where no line leaves: below, above, or to the upper left.
function gatewayName(name: string, { id, x, y, width, height }: Box, edges: Diagram['edges']): string {
  const starts = edges.filter((edge) => edge.from === id).map((edge) => edge.points[0]?.y ?? 0)
  const [top, bottom] = [starts.some((at) => at <= y), starts.some((at) => at >= y + height)]
  if (!bottom) return caption(name, x + width / 2, y + height + 14)
  return top ? caption(name, x - 14, y - 4) : caption(name, x + width / 2, y - 6)
}

function caption(name: string, x: number, y: number): string {
  if (!name) return ''
  const lines = wrapped(name, 18).map(
    (line, i) => `<tspan x="${x}" y="${y + i * 13}">${escaped(line)}</tspan>`,
  )
  return `<text class="bp-caption" stroke="none" fill="currentColor" font-size="11" text-anchor="middle">${lines.join('')}</text>`
}

function wrapped(text: string, longest: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < longest) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const shortened = (text: string, longest: number) =>
  text.length <= longest ? text : `${text.slice(0, Math.max(1, longest - 1))}…`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => entities[char] ?? char)
