import type { ModdleElement } from 'bpmn-moddle'
import type { Box, Diagram, Edge, Point } from './diagram.ts'
import { endOf, kindOf, listOf, shapeOf } from './drawn-element.ts'

/*
 * Places a model that nobody drew: columns from left to right, as far as the longest way to a node; within a column
 * each node as near as it can be to what leads to it. Lines that pass a column keep a place in it; lines back go below.
 */

/** Between two columns: at least so much, and room for the names of the lines that end there. */
const gapX = 64
const letter = 6.4
/** Lines turn so soon after the column that they leave. */
const turnAfter = 22
const gapY = 40
const padding = { side: 46, top: 44, bottom: 30 }
/** Room under a step for its boundary events and the lines that leave them. */
const underBoundary = 64
const boundaryStep = 132

interface Place {
  /** Undefined for the place that a passing line keeps. */
  element: ModdleElement | undefined
  rank: number
  width: number
  height: number
  /** Room kept below it. */
  below: number
  x: number
  y: number
  /** Left and right end of its column. */
  column: { left: number; right: number }
  inside: Diagram | undefined
  boundaries: ModdleElement[]
}

interface Link {
  flow: ModdleElement
  from: Place
  to: Place
  /** The boundary event that it leaves. */
  boundary: ModdleElement | undefined
  back: boolean
  passes: Place[]
}

const empty: Diagram = { shapes: [], edges: [], lanes: [] }

/** A drawing of a process or sub-process whose file has none. */
export function layOut(container: ModdleElement): Diagram {
  const places = placesOf(container)
  if (places.size === 0) return empty
  const links = linksOf(container, places)
  markBackLinks([...places.values()], links)
  rank([...places.values()], links)
  const all = [...places.values(), ...passing(links)]
  const columns = columnsOf(all)
  setColumns(columns, links)
  setRows(columns, links)
  return drawn([...places.values()], links)
}

function placesOf(container: ModdleElement): Map<string, Place> {
  const nodes = listOf(container, 'flowElements').filter((each) => {
    const kind = kindOf(each)
    return kind !== undefined && kind !== 'data' && kind !== 'note'
  })
  const boundaries = Map.groupBy(
    nodes.filter((each) => kindOf(each) === 'boundary'),
    (each) => (each.get('attachedToRef') as ModdleElement | undefined)?.id ?? '',
  )
  const places = nodes
    .filter((each) => kindOf(each) !== 'boundary')
    .map((each) => [each.id ?? '', placeOf(each, boundaries.get(each.id ?? '') ?? [])] as const)
  return new Map(places)
}

const unplaced = { x: 0, y: 0, column: { left: 0, right: 0 } }

function placeOf(element: ModdleElement, boundaries: ModdleElement[]): Place {
  const kind = kindOf(element)
  const inside = kind === 'sub-process' ? layOut(element) : undefined
  const bounds = inside && inside.shapes.length > 0 ? boundsOf(inside) : undefined
  const size = bounds
    ? {
        width: bounds.width + 2 * padding.side,
        height: bounds.height + padding.top + padding.bottom,
      }
    : sizeOf(kind)
  const width = Math.max(size.width, boundaries.length * boundaryStep + 20)
  const below = boundaries.length > 0 ? underBoundary : /start|end|catch|throw/.test(kind ?? '') ? 26 : 0
  return { ...{ element, rank: 0, ...size, width, below, inside, boundaries }, ...unplaced }
}

function sizeOf(kind: string | undefined): { width: number; height: number } {
  if (kind === 'exclusive' || kind === 'parallel' || kind === 'inclusive' || kind === 'gateway')
    return { width: 50, height: 50 }
  if (kind === 'start' || kind === 'end' || kind === 'catch' || kind === 'throw')
    return { width: 36, height: 36 }
  return { width: 144, height: 80 }
}

function linksOf(container: ModdleElement, places: Map<string, Place>): Link[] {
  const hostOf = new Map(
    [...places.values()].flatMap((place) =>
      place.boundaries.map((event) => [event.id ?? '', { place, event }] as const),
    ),
  )
  return listOf(container, 'flowElements').flatMap((flow): Link[] => {
    if (flow.$type !== 'bpmn:SequenceFlow') return []
    const source = endOf(flow, 'sourceRef') ?? ''
    const host = hostOf.get(source)
    const from = host?.place ?? places.get(source)
    const to = places.get(endOf(flow, 'targetRef') ?? '')
    return from && to ? [{ flow, from, to, boundary: host?.event, back: from === to, passes: [] }] : []
  })
}

/** Marks the lines that lead back to where one came from, walking from the beginnings. */
function markBackLinks(places: readonly Place[], links: readonly Link[]): void {
  const from = Map.groupBy(links, (link) => link.from)
  const entered = new Set(links.map(({ to }) => to))
  const open = new Set<Place>()
  const closed = new Set<Place>()
  // Without recursion: a file may be a line of two thousand steps.
  const walk = (first: Place) => {
    const trail = [{ place: first, left: [...(from.get(first) ?? [])] }]
    open.add(first)
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const link = top.left.shift()
      if (!link) {
        open.delete(top.place)
        closed.add(top.place)
        trail.pop()
      } else if (open.has(link.to)) link.back = true
      else if (!closed.has(link.to)) {
        open.add(link.to)
        trail.push({ place: link.to, left: [...(from.get(link.to) ?? [])] })
      }
    }
  }
  const starts = places.filter((place) => !entered.has(place))
  for (const place of [...starts, ...places]) if (!closed.has(place)) walk(place)
}

/** Gives each node its column: one after the farthest of those that lead to it. */
function rank(places: readonly Place[], links: readonly Link[]): void {
  const onward = links.filter(({ back }) => !back)
  const from = Map.groupBy(onward, (link) => link.from)
  const waiting = new Map(places.map((place) => [place, 0]))
  for (const { to } of onward) waiting.set(to, waiting.get(to)! + 1)
  const ready = places.filter((place) => waiting.get(place) === 0)
  for (let place = ready.shift(); place; place = ready.shift()) {
    for (const { to } of from.get(place) ?? []) {
      to.rank = Math.max(to.rank, place.rank + 1)
      waiting.set(to, waiting.get(to)! - 1)
      if (waiting.get(to) === 0) ready.push(to)
    }
  }
}

function passing(links: readonly Link[]): Place[] {
  const nothing = { element: undefined, width: 0, height: 12, below: 0, inside: undefined, ...unplaced }
  for (const link of links) {
    if (link.back) continue
    for (let at = link.from.rank + 1; at < link.to.rank; at++)
      link.passes.push({ ...nothing, rank: at, boundaries: [] })
  }
  return links.flatMap((link) => link.passes)
}

function columnsOf(places: readonly Place[]): Place[][] {
  const columns: Place[][] = []
  for (const place of places) {
    const column = columns[place.rank] ?? []
    columns[place.rank] = [...column, place]
  }
  return columns
}

function setColumns(columns: readonly Place[][], links: readonly Link[]): void {
  const names = Map.groupBy(links, (link) => link.from.rank + 1)
  let left = 0
  for (const [rank, column] of columns.entries()) {
    const longest = Math.max(0, ...(names.get(rank) ?? []).map(({ flow }) => nameOf(flow).length))
    if (rank > 0) left += Math.max(gapX, turnAfter + 16 + longest * letter)
    const width = Math.max(0, ...column.map((place) => place.width))
    const ends = { left, right: left + width }
    for (const place of column) {
      place.x = left + (width - place.width) / 2
      place.column = ends
    }
    left += width
  }
}

/** The name of a line, as long as it is drawn. */
const nameOf = ({ name = '' }: ModdleElement) => (name.length > 24 ? `${name.slice(0, 23)}…` : name)

const middle = ({ y, height }: Pick<Place, 'y' | 'height'>) => y + height / 2

function setRows(columns: readonly Place[][], links: readonly Link[]): void {
  const before = new Map<Place, (() => number)[]>()
  for (const { back, boundary, from, passes, to } of links) {
    if (back) continue
    const way = [from, ...passes, to]
    for (const [i, place] of way.entries()) {
      const previous = way[i - 1]
      if (!previous) continue
      // What leaves a border goes on below, out of the way of the ordinary course.
      const level = () =>
        boundary && previous === from ? from.y + from.height + underBoundary : middle(previous)
      before.set(place, [...(before.get(place) ?? []), level])
    }
  }
  for (const column of columns) stack(column, (place) => before.get(place) ?? [])
}

/** Puts the nodes of a column under one another, each as near as it can be to those before it. */
function stack(column: Place[], before: (place: Place) => (() => number)[]): void {
  const wished = column.map((place) => {
    const leading = before(place).map((level) => level())
    return { place, at: leading.length > 0 ? leading.reduce((sum, y) => sum + y, 0) / leading.length : 0 }
  })
  wished.sort((a, b) => a.at - b.at)
  let y = Number.NEGATIVE_INFINITY
  let drift = 0
  for (const { place, at } of wished) {
    const top = at - place.height / 2
    place.y = Math.max(top, y)
    drift += place.y - top
    y = place.y + place.height + place.below + gapY
  }
  // What had to go down pushes the whole column up by as much, so that it stays level with what leads to it.
  // A little is left as it is: a straight line says more than a balanced column.
  const shift = drift / wished.length
  if (shift > 16) for (const { place } of wished) place.y -= shift
}

function drawn(places: readonly Place[], links: readonly Link[]): Diagram {
  const inner: Diagram[] = []
  const shapes = places.flatMap((place) => {
    const { element, x, y, width, height, inside, boundaries } = place
    if (inside && inside.shapes.length > 0) inner.push(movedInto(inside, place))
    return [
      ...shapeOf(element!, { x, y, width, height }),
      ...boundaries.flatMap((event, i) => shapeOf(event, boundaryBox(place, i))),
    ]
  })
  const floor = shapes.reduce((low, { y, height }) => Math.max(y + height, low), 0)
  const backs = links.filter(({ back }) => back)
  const edges = links.map((link) => {
    const order = backs.indexOf(link)
    return edgeOf(link, { below: floor + underBoundary + 14 * order, ...entryOf(link, order, places) })
  })
  return {
    shapes: [...shapes, ...inner.flatMap((each) => each.shapes)],
    edges: [...edges, ...inner.flatMap((each) => each.edges)],
    lanes: [],
  }
}

const boundaryBox = ({ x, y, height }: Place, index: number): Box => ({
  x: x + 16 + index * boundaryStep,
  y: y + height - 18,
  width: 36,
  height: 36,
})

function movedInto(inside: Diagram, { x, y }: Place): Diagram {
  const bounds = boundsOf(inside)
  const [dx, dy] = [x + padding.side - bounds.x, y + padding.top - bounds.y]
  const moved = <P extends Point>(point: P): P => ({ ...point, x: point.x + dx, y: point.y + dy })
  return {
    shapes: inside.shapes.map(moved),
    edges: inside.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(moved),
      label: edge.label && moved(edge.label),
    })),
    lanes: [],
  }
}

/** Where a line that leads back goes up: under its node, or beside the column when others stand below the node. */
function entryOf({ to }: Link, order: number, places: readonly Place[]): { x: number; beside: boolean } {
  const beside = places.some((place) => place.column === to.column && place.y > to.y)
  return { x: beside ? to.column.left - 10 - 6 * (order % 4) : to.x + to.width / 2, beside }
}

interface Back {
  /** The level on which it runs back. */
  below: number
  x: number
  beside: boolean
}

function edgeOf(link: Link, back: Back): Edge {
  const { flow, to } = link
  const points = withoutRepeats(link.back ? wayBack(link, back) : wayOn(link))
  const name = nameOf(flow)
  const first = [link.from, ...link.passes, to][1]!
  const at = link.back
    ? { x: back.x + 6, y: back.below - 16 }
    : { x: link.from.column.right + turnAfter + 5, y: middle(first) - 16 }
  return {
    id: flow.id ?? '',
    kind: 'flow',
    from: endOf(flow, 'sourceRef') ?? '',
    to: endOf(flow, 'targetRef') ?? '',
    name,
    points,
    label: name === '' ? null : { ...at, width: name.length * letter, height: 14 },
  }
}

function wayOn({ from, to, passes, boundary }: Link): Point[] {
  const points = leaving(from, boundary)
  let before = from
  for (const place of [...passes, to]) {
    const turn = before.column.right + turnAfter
    points.push({ x: turn, y: points.at(-1)!.y }, { x: turn, y: middle(place) })
    if (place !== to) points.push({ x: place.column.right, y: middle(place) })
    before = place
  }
  return [...points, { x: to.x, y: middle(to) }]
}

function wayBack({ from, to, boundary }: Link, { below, x, beside }: Back): Point[] {
  const start = leaving(from, boundary)
  const turn = { x: from.column.right + turnAfter / 2, y: start.at(-1)!.y }
  const level = beside ? middle(to) + to.height / 4 : to.y + to.height
  const end = beside ? [{ x: to.x, y: level }] : []
  return [...start, turn, { x: turn.x, y: below }, { x, y: below }, { x, y: level }, ...end]
}

function leaving(from: Place, boundary: ModdleElement | undefined): Point[] {
  if (!boundary) return [{ x: from.x + from.width, y: middle(from) }]
  const order = from.boundaries.indexOf(boundary)
  const box = boundaryBox(from, order)
  const x = box.x + box.width / 2
  const y = box.y + box.height
  return [
    { x, y },
    { x, y: y + 26 + 6 * order },
  ]
}

const withoutRepeats = (points: readonly Point[]): Point[] =>
  points.filter(({ x, y }, i) => i === 0 || points[i - 1]!.x !== x || points[i - 1]!.y !== y)

/** The box around everything that is drawn; of nothing, a point. */
export function boundsOf({ shapes, edges, lanes }: Diagram): Box {
  const boxes = [...shapes, ...lanes]
  const points = edges.flatMap((edge) => edge.points)
  const xs = [...boxes.flatMap(({ x, width }) => [x, x + width]), ...points.map(({ x }) => x)].toSorted(
    (a, b) => a - b,
  )
  const ys = [...boxes.flatMap(({ y, height }) => [y, y + height]), ...points.map(({ y }) => y)].toSorted(
    (a, b) => a - b,
  )
  const [left = 0, top = 0, right = 0, bottom = 0] = [xs[0], ys[0], xs.at(-1), ys.at(-1)]
  return { x: left, y: top, width: right - left, height: bottom - top }
}
