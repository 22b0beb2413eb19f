import { inflateSync } from 'node:zlib'
import { type PdfDict, PdfName, PdfRef, PdfStream, type PdfValue } from './pdf-values.ts'
import { PdfError, ValueReader } from './read-values.ts'

/** Where an object lies: in the file, or inside an object stream. */
export type Place =
  | { kind: 'offset'; offset: number; gen: number }
  | { kind: 'inside'; stream: number; index: number }
  | { kind: 'free' }

/** One cross-reference section: what one writing of the file added. */
export interface XrefSection {
  /** Where it begins: what `startxref` or `Prev` said. */
  offset: number
  /** Where it ends: `startxref` follows, if it ends a writing. */
  end: number
  kind: 'table' | 'stream'
  entries: Map<number, Place>
  trailer: PdfDict
}

// What an honest paper never reaches; a bomb does.
const mostInflated = 64 * 1024 * 1024
const mostSections = 200
const mostObjects = 1_000_000

/**
 * A PDF file as its last revision shows it. Strict on purpose: nothing is repaired, because two readers that repair
 * differently show two papers, and what is signed must be one.
 */
export class PdfFile {
  readonly bytes: Uint8Array
  /** Newest first. */
  readonly sections: readonly XrefSection[]
  readonly trailer: PdfDict
  private readonly places = new Map<number, Place>()
  private readonly objects = new Map<number, PdfValue>()
  private readonly streams = new Map<number, { numbers: number[]; values: PdfValue[] }>()

  private constructor(bytes: Uint8Array, sections: readonly XrefSection[]) {
    this.bytes = bytes
    this.sections = sections
    this.trailer = sections[0]!.trailer
    for (const section of sections)
      for (const [num, place] of section.entries) if (!this.places.has(num)) this.places.set(num, place)
    if (sections.some(({ trailer }) => trailer.has('Encrypt')))
      throw new PdfError('encrypted', 'the file is encrypted')
  }

  /** Throws PdfError for what cannot be read whole. */
  static open(bytes: Uint8Array): PdfFile {
    if (
      Buffer.from(bytes.subarray(0, 8))
        .toString('latin1')
        .match(/^%PDF-[12]\.\d/) === null
    )
      throw new PdfError('not-a-pdf', 'no header at the first byte')
    return new PdfFile(bytes, readSections(bytes, lastStartXref(bytes)))
  }

  /** Number of objects, free ones included: the first number that may be given. */
  get size(): number {
    const stated = this.trailer.get('Size')
    const highest = Math.max(0, ...this.places.keys())
    return Math.max(typeof stated === 'number' ? stated : 0, highest + 1)
  }

  get numbers(): number[] {
    return [...this.places].filter(([, place]) => place.kind !== 'free').map(([num]) => num)
  }

  has(num: number): boolean {
    const place = this.places.get(num)
    return place !== undefined && place.kind !== 'free'
  }

  get(num: number): PdfValue {
    const known = this.objects.get(num)
    if (known !== undefined) return known
    const place = this.places.get(num)
    if (!place || place.kind === 'free') return null
    const value = place.kind === 'offset' ? this.readAt(num, place) : this.readInside(num, place.stream)
    this.objects.set(num, value)
    return value
  }

  /** Follows a reference; two steps suffice for honest files. */
  resolve(value: PdfValue | undefined): PdfValue {
    let here = value ?? null
    for (let steps = 0; here instanceof PdfRef; steps++) {
      if (steps > 8) throw new PdfError('damaged', 'reference to itself')
      here = this.get(here.num)
    }
    return here
  }

  dict(value: PdfValue | undefined): PdfDict | undefined {
    const here = this.resolve(value)
    if (here instanceof Map) return here
    return here instanceof PdfStream ? here.dict : undefined
  }

  array(value: PdfValue | undefined): PdfValue[] | undefined {
    const here = this.resolve(value)
    return Array.isArray(here) ? here : undefined
  }

  number(value: PdfValue | undefined): number | undefined {
    const here = this.resolve(value)
    return typeof here === 'number' ? here : undefined
  }

  nameOf(value: PdfValue | undefined): string | undefined {
    const here = this.resolve(value)
    return here instanceof PdfName ? here.name : undefined
  }

  get catalog(): PdfDict {
    const catalog = this.dict(this.trailer.get('Root'))
    if (!catalog) throw new PdfError('damaged', 'no catalog')
    return catalog
  }

  get catalogRef(): PdfRef {
    const ref = this.trailer.get('Root')
    if (!(ref instanceof PdfRef)) throw new PdfError('damaged', 'no catalog')
    return ref
  }

  /** Pages in order, with their references. */
  pages(): { ref: PdfRef; dict: PdfDict }[] {
    const pages: { ref: PdfRef; dict: PdfDict }[] = []
    const seen = new Set<number>()
    const walk = (value: PdfValue | undefined): void => {
      if (!(value instanceof PdfRef) || seen.has(value.num))
        throw new PdfError('damaged', 'the tree of pages')
      seen.add(value.num)
      const node = this.dict(value)
      if (!node) throw new PdfError('damaged', 'a page is missing')
      const kids = this.array(node.get('Kids'))
      if (kids) for (const kid of kids) walk(kid)
      else pages.push({ ref: value, dict: node })
    }
    walk(this.catalog.get('Pages'))
    return pages
  }

  /** An entry that pages inherit from the nodes above them. */
  inherited(page: PdfDict, key: string): PdfValue {
    let node: PdfDict | undefined = page
    for (let steps = 0; node && steps < 50; steps++) {
      if (node.has(key)) return this.resolve(node.get(key))
      node = this.dict(node.get('Parent'))
    }
    return null
  }

  private readAt(num: number, place: { offset: number; gen: number }): PdfValue {
    const reader = new ValueReader(this.bytes, place.offset)
    if (reader.integer() !== num || reader.integer() !== place.gen)
      throw reader.wrong(`object ${num} expected`)
    reader.expect('obj')
    const value = reader.value()
    const read = value instanceof Map && reader.take('stream') ? this.streamAt(reader, value) : value
    reader.expect('endobj')
    return read
  }

  private streamAt(reader: ValueReader, dict: PdfDict): PdfStream {
    const length = this.number(dict.get('Length'))
    if (length === undefined || !Number.isInteger(length) || length < 0)
      throw reader.wrong('length of a stream')
    return takeStream(reader, dict, length)
  }

  private readInside(num: number, streamNumber: number): PdfValue {
    const { numbers, values } = this.objectStream(streamNumber)
    const index = numbers.indexOf(num)
    if (index < 0) throw new PdfError('damaged', `object ${num} is not where it should be`)
    return values[index]!
  }

  private objectStream(num: number) {
    const known = this.streams.get(num)
    if (known) return known
    const place = this.places.get(num)
    const stream = place?.kind === 'offset' ? this.readAt(num, place) : null
    if (!(stream instanceof PdfStream)) throw new PdfError('damaged', `object stream ${num}`)
    const [count, first] = [this.number(stream.dict.get('N')), this.number(stream.dict.get('First'))]
    if (count === undefined || first === undefined || count > mostObjects)
      throw new PdfError('damaged', 'object stream')
    const reader = new ValueReader(decoded(stream, (value) => this.resolve(value)))
    const heads = Array.from({ length: count }, () => [reader.integer(), reader.integer()] as const)
    const values = heads.map(([, offset]) => new ValueReader(reader.bytes, first + offset).value())
    const read = { numbers: heads.map(([number]) => number), values }
    this.streams.set(num, read)
    return read
  }

  /** The content of a stream without its filters; only Flate is read, which is what structures use. */
  content(stream: PdfStream): Uint8Array {
    return decoded(stream, (value) => this.resolve(value))
  }
}

/** Where the last `startxref` points to. */
export function lastStartXref(bytes: Uint8Array): number {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = tail.lastIndexOf('startxref')
  if (at < 0 || bytes.length - at > 2048) throw new PdfError('damaged', 'no startxref at the end')
  const reader = new ValueReader(bytes, at)
  reader.expect('startxref')
  return reader.integer()
}

function readSections(bytes: Uint8Array, start: number): XrefSection[] {
  const sections: XrefSection[] = []
  const seen = new Set<number>()
  let next: number | undefined = start
  while (next !== undefined) {
    if (seen.has(next) || next >= bytes.length)
      throw new PdfError('damaged', 'cross-references run in a circle')
    if (sections.length >= mostSections) throw new PdfError('too-complex', 'too many revisions')
    seen.add(next)
    const section = readSection(bytes, next)
    sections.push(section)
    const hybrid = section.kind === 'table' ? section.trailer.get('XRefStm') : undefined
    if (typeof hybrid === 'number') {
      const more = readSection(bytes, hybrid)
      for (const [num, place] of more.entries)
        if (!section.entries.has(num) || section.entries.get(num)?.kind === 'free')
          section.entries.set(num, place)
    }
    const previous = section.trailer.get('Prev')
    next = typeof previous === 'number' ? previous : undefined
  }
  return sections
}

function readSection(bytes: Uint8Array, offset: number): XrefSection {
  const reader = new ValueReader(bytes, offset)
  return reader.take('xref') ? readTable(reader, offset) : readXrefStream(reader, offset)
}

function readTable(reader: ValueReader, offset: number): XrefSection {
  const entries = new Map<number, Place>()
  while (!reader.take('trailer')) {
    const [first, count] = [reader.integer(), reader.integer()]
    if (count > mostObjects) throw new PdfError('too-complex', 'too many objects')
    for (let num = first; num < first + count; num++) {
      const [at, gen] = [reader.integer(), reader.integer()]
      if (reader.take('n')) entries.set(num, { kind: 'offset', offset: at, gen })
      else {
        reader.expect('f')
        entries.set(num, { kind: 'free' })
      }
    }
  }
  const trailer = reader.value()
  if (!(trailer instanceof Map)) throw reader.wrong('trailer')
  return { offset, end: reader.at, kind: 'table', entries, trailer }
}

function readXrefStream(reader: ValueReader, offset: number): XrefSection {
  reader.integer()
  reader.integer()
  reader.expect('obj')
  const trailer = reader.value()
  if (!(trailer instanceof Map) || !reader.take('stream')) throw reader.wrong('cross-references')
  const length = trailer.get('Length')
  if (typeof length !== 'number') throw reader.wrong('length of cross-references')
  const stream = takeStream(reader, trailer, length)
  reader.expect('endobj')
  return {
    offset,
    end: reader.at,
    kind: 'stream',
    entries: streamEntries(
      decoded(stream, (value) => value ?? null),
      trailer,
    ),
    trailer,
  }
}

function streamEntries(data: Uint8Array, trailer: PdfDict): Map<number, Place> {
  const widths = trailer.get('W')
  const size = trailer.get('Size')
  if (!Array.isArray(widths) || typeof size !== 'number') throw new PdfError('damaged', 'cross-references')
  const [a = 0, b = 0, c = 0] = widths.map((width) =>
    typeof width === 'number' && width >= 0 && width <= 8 ? width : 0,
  )
  const index = trailer.get('Index') ?? [0, size]
  if (!Array.isArray(index) || a + b + c === 0) throw new PdfError('damaged', 'cross-references')
  const entries = new Map<number, Place>()
  let at = 0
  const field = (width: number, otherwise: number) => {
    if (width === 0) return otherwise
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? 0)
    return value
  }
  for (let i = 0; i + 1 < index.length; i += 2) {
    const [first, count] = [index[i], index[i + 1]]
    if (typeof first !== 'number' || typeof count !== 'number' || count > mostObjects)
      throw new PdfError('damaged', 'cross-references')
    for (let num = first; num < first + count && at < data.length; num++) {
      const [type, second, third] = [field(a, 1), field(b, 0), field(c, 0)]
      if (type === 1) entries.set(num, { kind: 'offset', offset: second, gen: third })
      else if (type === 2) entries.set(num, { kind: 'inside', stream: second, index: third })
      else entries.set(num, { kind: 'free' })
    }
  }
  return entries
}

function takeStream(reader: ValueReader, dict: PdfDict, length: number): PdfStream {
  if (reader.bytes[reader.at] === 13) reader.at++
  if (reader.bytes[reader.at] !== 10) throw reader.wrong('stream')
  const from = reader.at + 1
  reader.at = from + length
  if (reader.at > reader.bytes.length) throw reader.wrong('the stream is longer than the file')
  reader.expect('endstream')
  return new PdfStream(dict, reader.bytes.subarray(from, from + length))
}

function decoded(stream: PdfStream, resolve: (value: PdfValue | undefined) => PdfValue): Uint8Array {
  const filters = [resolve(stream.dict.get('Filter'))].flat().filter((filter) => filter !== null)
  const parameters = [resolve(stream.dict.get('DecodeParms'))].flat()
  return filters.reduce<Uint8Array>((bytes, filter, i) => {
    if (!(filter instanceof PdfName) || filter.name !== 'FlateDecode')
      throw new PdfError('damaged', 'a structure in a filter that structures do not use')
    return unpredicted(inflated(bytes), resolve(parameters[i]))
  }, stream.bytes)
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: mostInflated })
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    throw new PdfError(tooLarge ? 'too-complex' : 'damaged', 'a compressed structure')
  }
}

// PNG predictors (7.4.4.4), which cross-reference streams of most writers use.
function unpredicted(bytes: Uint8Array, parameters: PdfValue): Uint8Array {
  if (!(parameters instanceof Map)) return bytes
  const number = (key: string, otherwise: number) => {
    const value = parameters.get(key)
    return typeof value === 'number' ? value : otherwise
  }
  if (number('Predictor', 1) < 10) return bytes
  const pixel = Math.max(1, (number('Colors', 1) * number('BitsPerComponent', 8)) >> 3)
  const row = Math.ceil((number('Columns', 1) * number('Colors', 1) * number('BitsPerComponent', 8)) / 8)
  const rows = Math.floor(bytes.length / (row + 1))
  const out = new Uint8Array(rows * row)
  for (let y = 0; y < rows; y++) {
    const filter = bytes[y * (row + 1)]!
    for (let x = 0; x < row; x++) {
      const raw = bytes[y * (row + 1) + 1 + x]!
      const left = x >= pixel ? out[y * row + x - pixel]! : 0
      const up = y > 0 ? out[(y - 1) * row + x]! : 0
      const corner = x >= pixel && y > 0 ? out[(y - 1) * row + x - pixel]! : 0
      out[y * row + x] = raw + predicted(filter, left, up, corner)
    }
  }
  return out
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
