import type { Box, EventMark, Shape, ShapeKind } from './diagram.ts'

/** The sign inside a gateway. */
export function gatewayMark(kind: ShapeKind, x: number, y: number): string {
  if (kind === 'exclusive') return `<path d="M${x - 8} ${y - 8}l16 16m0-16l-16 16" stroke-width="2"/>`
  if (kind === 'parallel') return `<path d="M${x - 11} ${y}h22m-11-11v22" stroke-width="3"/>`
  if (kind === 'inclusive') return `<circle cx="${x}" cy="${y}" r="11" stroke-width="2.5"/>`
  return `<text stroke="none" fill="currentColor" text-anchor="middle" x="${x}" y="${y + 5}">?</text>`
}

/** The sign inside an event: filled when it is thrown, open when it is waited for. */
export function eventMark(mark: EventMark | null, kind: ShapeKind, x: number, y: number): string {
  const fill = kind === 'throw' || kind === 'end' ? ' fill="currentColor"' : ''
  switch (mark) {
    case null:
      return ''
    case 'timer':
      return `<circle cx="${x}" cy="${y}" r="9"/><path d="M${x} ${y - 6}v6h5"/>`
    case 'message':
      return envelope(x - 8, y - 6, fill)
    case 'error':
      return `<path d="M${x - 7} ${y + 7}l4-13 6 9 4-10-4 14-6-9z"${fill} stroke-linejoin="round"/>`
    case 'escalation':
      return `<path d="M${x} ${y - 9}l7 16-7-6-7 6z"${fill} stroke-linejoin="round"/>`
    case 'terminate':
      return `<circle cx="${x}" cy="${y}" r="10" fill="currentColor"/>`
    case 'other':
      return `<text stroke="none" fill="currentColor" text-anchor="middle" x="${x}" y="${y + 5}">?</text>`
  }
}

/** The sign in the corner of a task. */
export function taskMark(kind: ShapeKind, { x, y, width, height }: Box): string {
  if (kind === 'receive') return envelope(x + 12, y + 7)
  if (kind === 'call') return `<path d="M${x + width / 2 - 7} ${y + height - 17}h14v14h-14zm3 7h8m-4-4v8"/>`
  return ''
}

const envelope = (x: number, y: number, fill = '') =>
  `<path d="M${x} ${y}h16v12h-16z"${fill}/><path d="M${x} ${y}l8 6.5 8-6.5"/>`

/** A small round sign at the upper left: where the dossier is, what is done, what is wrong. */
export function flag({ x, y, kind, width }: Shape, sign: string): string {
  const inset = /start|end|catch|throw|boundary/.test(kind) ? width / 7 : 0
  const [cx, cy] = [x + inset, y + inset]
  return (
    `<g class="bp-flag"><circle cx="${cx}" cy="${cy}" r="9" fill="currentColor"/>` +
    `<text stroke="none" fill="var(--bp-paper, #fff)" font-size="11" text-anchor="middle" x="${cx}" y="${cy + 4}">${sign}</text></g>`
  )
}
