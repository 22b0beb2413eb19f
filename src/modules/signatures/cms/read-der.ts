/*
 * Reads ASN.1 (X.690): DER, and the indefinite lengths of BER that some signing programs still write. Nothing is
 * copied, and what is cut off, nested too deep or longer than it says is refused, because a check reads what strangers
 * send. A general library took ten times as long for a certificate.
 */
export class DerError extends Error {
  override name = 'DerError'
}

export interface Node {
  /** The whole first byte: class, constructed, number. */
  tag: number
  /** With its header. */
  whole: Uint8Array
  content: Uint8Array
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octets: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const

const deepest = 40

/** The element at the beginning of bytes, and where it ends. */
function readAt(bytes: Uint8Array, at: number, depth: number): { node: Node; end: number } {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw new DerError('cut off')
  if ((tag & 0x1f) === 0x1f || depth > deepest) throw new DerError('not of a kind we read')
  if (first === 0x80) return readIndefinite(bytes, at, tag, depth)
  let from = at + 2
  let length = first
  if (first > 0x80) {
    const size = first & 0x7f
    if (size > 4) throw new DerError('too long')
    length = 0
    for (let i = 0; i < size; i++) length = length * 256 + (bytes[from++] ?? 0)
  }
  const end = from + length
  if (end > bytes.length) throw new DerError('cut off')
  return { node: { tag, whole: bytes.subarray(at, end), content: bytes.subarray(from, end) }, end }
}

function readIndefinite(
  bytes: Uint8Array,
  at: number,
  tag: number,
  depth: number,
): { node: Node; end: number } {
  if ((tag & 0x20) === 0) throw new DerError('a primitive without length')
  let here = at + 2
  while (bytes[here] !== 0 || bytes[here + 1] !== 0) here = readAt(bytes, here, depth + 1).end
  const end = here + 2
  return { node: { tag, whole: bytes.subarray(at, end), content: bytes.subarray(at + 2, here) }, end }
}

/** The element that bytes begin with; `rest` says what follows it. */
export function readFirst(bytes: Uint8Array): { node: Node; rest: Uint8Array } {
  const { node, end } = readAt(bytes, 0, 0)
  return { node, rest: bytes.subarray(end) }
}

/** The element that bytes are, whole. */
export function readWhole(bytes: Uint8Array): Node {
  const { node, rest } = readFirst(bytes)
  if (rest.length > 0) throw new DerError('something follows')
  return node
}

/** The elements inside one. */
export function inside({ content }: Node): Node[] {
  const nodes: Node[] = []
  for (let at = 0; at < content.length; ) {
    const { node, end } = readAt(content, at, 0)
    nodes.push(node)
    at = end
  }
  return nodes
}

/** Takes elements in order; optional ones only if they are there. */
export class Parts {
  private readonly nodes: Node[]
  private next = 0
  constructor(node: Node | undefined, tag: number = tags.sequence) {
    if (node?.tag !== tag) throw new DerError('another element expected')
    this.nodes = inside(node)
  }

  take(tag?: number): Node {
    const node = this.nodes[this.next++]
    if (!node || (tag !== undefined && node.tag !== tag)) throw new DerError('another element expected')
    return node
  }

  maybe(...allowed: number[]): Node | undefined {
    const node = this.nodes[this.next]
    if (!node || !allowed.includes(node.tag)) return undefined
    this.next++
    return node
  }

  rest(): Node[] {
    return this.nodes.slice(this.next)
  }
}

/** The one element inside an explicit tag. */
export function only(node: Node): Node {
  const found = inside(node)
  if (found.length !== 1) throw new DerError('one element expected')
  return found[0]!
}

const names = new Map<string, string>()

export function oidOf(node: Node): string {
  if (node.tag !== tags.oid || node.content.length === 0 || node.content.length > 40)
    throw new DerError('no name')
  const key = Buffer.from(node.content).toString('latin1')
  const known = names.get(key)
  if (known) return known
  const numbers: number[] = []
  let value = 0
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(value)
      value = 0
    }
  }
  const first = Math.min(2, Math.floor(numbers[0]! / 40))
  const text = [first, numbers[0]! - first * 40, ...numbers.slice(1)].join('.')
  if (names.size < 1000) names.set(key, text)
  return text
}

/** A positive integer in hexadecimal without leading zeros, as serial numbers are compared. */
export function hexOf(node: Node): string {
  if (node.tag !== tags.integer) throw new DerError('no number')
  return Buffer.from(node.content)
    .toString('hex')
    .replace(/^(00)+(?=.)/, '')
}

export function bitsOf(node: Node): Uint8Array {
  if (node.tag !== tags.bitString || node.content.length === 0) throw new DerError('no bits')
  return node.content.subarray(1)
}

/** Octets, also when BER writes them in pieces. */
export function octetsOf(node: Node): Uint8Array {
  if (node.tag === tags.octets) return node.content
  if (node.tag === (tags.octets | 0x20)) return Buffer.concat(inside(node).map(octetsOf))
  throw new DerError('no octets')
}

/** UTCTime or GeneralizedTime in UTC. */
export function timeOf({ tag, content }: Node): Date {
  const text = Buffer.from(content).toString('latin1')
  const long = tag === tags.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(long)
  if (!parts || (tag !== tags.utcTime && tag !== tags.generalizedTime)) throw new DerError('no time')
  const [, year, month, day, hour, minute, second, fraction = ''] = parts
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`)
  if (Number.isNaN(date.getTime())) throw new DerError('no time')
  return date
}

const utf16 = 0x1e
const latin = new Set([0x13, 0x14, 0x16, 0x1a])

/** The text of a string of any of the usual kinds; undefined for others. */
export function textOf({ tag, content }: Node): string | undefined {
  if (tag === 0x0c) return Buffer.from(content).toString('utf8')
  if (latin.has(tag)) return Buffer.from(content).toString('latin1')
  if (tag === utf16 && content.length % 2 === 0) return Buffer.from(content).swap16().toString('utf16le')
  return undefined
}

export interface Algorithm {
  name: string
  parameters: Node | undefined
}

export function algorithmIn(node: Node): Algorithm {
  const parts = new Parts(node)
  return { name: oidOf(parts.take()), parameters: parts.rest()[0] }
}

/** Extensions of certificates, lists and answers, by name. A name that stands twice is refused. */
export function extensionsIn(
  node: Node | undefined,
): Map<string, { isCritical: boolean; value: Uint8Array }> {
  const found = new Map<string, { isCritical: boolean; value: Uint8Array }>()
  for (const one of node ? inside(node) : []) {
    const parts = new Parts(one)
    const name = oidOf(parts.take())
    const critical = parts.maybe(tags.boolean)
    if (found.has(name)) throw new DerError('an extension twice')
    found.set(name, { isCritical: critical?.content[0] === 0xff, value: parts.take(tags.octets).content })
  }
  return found
}
