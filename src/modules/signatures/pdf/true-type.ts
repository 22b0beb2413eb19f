/*
 * Cuts a TrueType font down to the glyphs that a text needs, so that a signature brings kilobytes and not the whole
 * face. Instructions are left out: they need tables of their own, and paper is not drawn at nine pixels.
 */
export interface Face {
  bytes: Buffer
  tables: Map<string, { offset: number; length: number }>
  unitsPerEm: number
  glyphCount: number
  longOffsets: boolean
  metricCount: number
  ascent: number
  descent: number
  box: [number, number, number, number]
  glyphOf(codePoint: number): number
}

export interface Subset {
  file: Uint8Array
  /** In a thousandth of the size, by new glyph number. */
  widths: number[]
  /** New glyph numbers by character. */
  glyphs: Map<string, number>
}

export function readFace(bytes: Buffer): Face {
  const tables = new Map<string, { offset: number; length: number }>()
  for (let i = 0; i < bytes.readUInt16BE(4); i++) {
    const at = 12 + i * 16
    tables.set(bytes.toString('latin1', at, at + 4), {
      offset: bytes.readUInt32BE(at + 8),
      length: bytes.readUInt32BE(at + 12),
    })
  }
  const at = (table: string, offset: number) => tables.get(table)!.offset + offset
  const box = [36, 38, 40, 42].map((offset) => bytes.readInt16BE(at('head', offset)))
  return {
    bytes,
    tables,
    unitsPerEm: bytes.readUInt16BE(at('head', 18)),
    longOffsets: bytes.readInt16BE(at('head', 50)) === 1,
    glyphCount: bytes.readUInt16BE(at('maxp', 4)),
    metricCount: bytes.readUInt16BE(at('hhea', 34)),
    ascent: bytes.readInt16BE(at('hhea', 4)),
    descent: bytes.readInt16BE(at('hhea', 6)),
    box: box as Face['box'],
    glyphOf: characterMap(bytes, tables.get('cmap')!.offset),
  }
}

// Format 4 has every character of the Basic Multilingual Plane, which is all that Vietnamese needs.
function characterMap(bytes: Buffer, cmap: number): (codePoint: number) => number {
  for (let i = 0; i < bytes.readUInt16BE(cmap + 2); i++) {
    const table = cmap + bytes.readUInt32BE(cmap + 4 + i * 8 + 4)
    if (bytes.readUInt16BE(table) === 4) return segmentedMap(bytes, table)
  }
  throw new Error('the font has no character map of format 4')
}

function segmentedMap(bytes: Buffer, table: number): (codePoint: number) => number {
  const doubled = bytes.readUInt16BE(table + 6)
  const ends = table + 14
  const [starts, deltas, ranges] = [1, 2, 3].map((n) => ends + n * doubled + 2) as [number, number, number]
  return (codePoint) => {
    for (let i = 0; i < doubled && codePoint <= 0xffff; i += 2) {
      if (bytes.readUInt16BE(ends + i) < codePoint) continue
      const start = bytes.readUInt16BE(starts + i)
      if (start > codePoint) return 0
      const range = bytes.readUInt16BE(ranges + i)
      const delta = bytes.readUInt16BE(deltas + i)
      if (range === 0) return (codePoint + delta) & 0xffff
      const glyph = bytes.readUInt16BE(ranges + i + range + (codePoint - start) * 2)
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}

/** Characters that the face cannot draw. */
export const missingIn = (face: Face, text: string): string[] => [
  ...new Set([...text].filter((character) => face.glyphOf(character.codePointAt(0)!) === 0)),
]

export function subsetOf(face: Face, characters: Iterable<string>): Subset {
  const wanted = [...new Set(characters)].sort()
  const old = [0]
  const renumbered = new Map([[0, 0]])
  const keep = (glyph: number): number => {
    const known = renumbered.get(glyph)
    if (known !== undefined) return known
    renumbered.set(glyph, old.length)
    old.push(glyph)
    return old.length - 1
  }
  const glyphs = new Map(
    wanted.map((character) => [character, keep(face.glyphOf(character.codePointAt(0)!))]),
  )
  const outlines: Buffer[] = []
  // Parts of composed letters are found while the list is walked, and are walked after it.
  for (let i = 0; i < old.length; i++) outlines.push(outlineOf(face, old[i]!, keep))
  const widths = old.map((glyph) => Math.round((advanceOf(face, glyph) * 1000) / face.unitsPerEm))
  return { file: assemble(face, old, outlines), widths, glyphs }
}

const advanceOf = ({ bytes, tables, metricCount }: Face, glyph: number): number =>
  bytes.readUInt16BE(tables.get('hmtx')!.offset + Math.min(glyph, metricCount - 1) * 4)

function bearingOf({ bytes, tables, metricCount }: Face, glyph: number): number {
  const { offset } = tables.get('hmtx')!
  return glyph < metricCount
    ? bytes.readInt16BE(offset + glyph * 4 + 2)
    : bytes.readInt16BE(offset + metricCount * 4 + (glyph - metricCount) * 2)
}

function outlineOf(face: Face, glyph: number, keep: (glyph: number) => number): Buffer {
  const { bytes, tables, longOffsets } = face
  const loca = tables.get('loca')!.offset
  const offset = (n: number) =>
    longOffsets ? bytes.readUInt32BE(loca + n * 4) : bytes.readUInt16BE(loca + n * 2) * 2
  const glyf = tables.get('glyf')!.offset
  const outline = Buffer.from(bytes.subarray(glyf + offset(glyph), glyf + offset(glyph + 1)))
  if (outline.length === 0) return outline
  return outline.readInt16BE(0) < 0 ? composed(outline, keep) : withoutInstructions(outline)
}

function withoutInstructions(outline: Buffer): Buffer {
  const at = 10 + outline.readInt16BE(0) * 2
  const length = outline.readUInt16BE(at)
  const head = Buffer.from(outline.subarray(0, at + 2))
  head.writeUInt16BE(0, at)
  return Buffer.concat([head, outline.subarray(at + 2 + length)])
}

const flag = { words: 0x1, scale: 0x8, more: 0x20, xyScale: 0x40, twoByTwo: 0x80, instructions: 0x100 }

function composed(outline: Buffer, keep: (glyph: number) => number): Buffer {
  for (let at = 10; ; ) {
    const flags = outline.readUInt16BE(at)
    outline.writeUInt16BE(flags & ~flag.instructions, at)
    outline.writeUInt16BE(keep(outline.readUInt16BE(at + 2)), at + 2)
    at += 4 + (flags & flag.words ? 4 : 2)
    if (flags & flag.scale) at += 2
    else if (flags & flag.xyScale) at += 4
    else if (flags & flag.twoByTwo) at += 8
    if (!(flags & flag.more)) return outline.subarray(0, at)
  }
}

function assemble(face: Face, old: number[], outlines: Buffer[]): Uint8Array {
  const copy = (table: string) => {
    const { offset, length } = face.tables.get(table)!
    return Buffer.from(face.bytes.subarray(offset, offset + length))
  }
  const [head, hhea, maxp] = [copy('head'), copy('hhea'), copy('maxp')]
  head.writeInt16BE(1, 50)
  head.writeUInt32BE(0, 8)
  hhea.writeUInt16BE(old.length, 34)
  maxp.writeUInt16BE(old.length, 4)
  const hmtx = Buffer.alloc(old.length * 4)
  const loca = Buffer.alloc((old.length + 1) * 4)
  const padded: Buffer[] = []
  let at = 0
  old.forEach((glyph, i) => {
    hmtx.writeUInt16BE(advanceOf(face, glyph), i * 4)
    hmtx.writeInt16BE(bearingOf(face, glyph), i * 4 + 2)
    const outline = Buffer.concat([outlines[i]!, Buffer.alloc(-outlines[i]!.length & 3)])
    padded.push(outline)
    at += outline.length
    loca.writeUInt32BE(at, (i + 1) * 4)
  })
  return fontFile({ glyf: Buffer.concat(padded), head, hhea, hmtx, loca, maxp })
}

function fontFile(tables: Record<string, Buffer>): Uint8Array {
  const names = Object.keys(tables).sort()
  const header = Buffer.alloc(12 + names.length * 16)
  const power = 2 ** Math.floor(Math.log2(names.length))
  header.writeUInt32BE(0x00010000, 0)
  header.writeUInt16BE(names.length, 4)
  header.writeUInt16BE(power * 16, 6)
  header.writeUInt16BE(Math.log2(power), 8)
  header.writeUInt16BE((names.length - power) * 16, 10)
  const parts: Buffer[] = [header]
  let at = header.length
  names.forEach((table, i) => {
    const padded = Buffer.concat([tables[table]!, Buffer.alloc(-tables[table]!.length & 3)])
    header.write(table, 12 + i * 16, 'latin1')
    header.writeUInt32BE(checksum(padded), 12 + i * 16 + 4)
    header.writeUInt32BE(at, 12 + i * 16 + 8)
    header.writeUInt32BE(tables[table]!.length, 12 + i * 16 + 12)
    parts.push(padded)
    at += padded.length
  })
  const file = Buffer.concat(parts)
  const head = file.readUInt32BE(12 + names.indexOf('head') * 16 + 8)
  file.writeUInt32BE((0xb1b0afba - checksum(file)) >>> 0, head + 8)
  return file
}

function checksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}
