/** Code points a TrueType font can draw, read from its `cmap` table (formats 4 and 12). */
export function fontCoverage(font: Buffer): (codePoint: number) => boolean {
  const covered = new Set<number>()
  const cmap = tableOffset(font, 'cmap')
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4)
    const format = font.readUInt16BE(subtable)
    if (format === 4) readSegments(font, subtable, covered)
    if (format === 12) readGroups(font, subtable, covered)
  }
  return (codePoint) => covered.has(codePoint)
}

function tableOffset(font: Buffer, tag: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + i * 16
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`font has no ${tag} table`)
}

function readSegments(font: Buffer, at: number, covered: Set<number>): void {
  const count = font.readUInt16BE(at + 6) / 2
  const ends = at + 14
  const starts = ends + count * 2 + 2
  const deltas = starts + count * 2
  const offsets = deltas + count * 2
  for (let i = 0; i < count; i++) {
    const end = font.readUInt16BE(ends + i * 2)
    const delta = font.readUInt16BE(deltas + i * 2)
    const offset = font.readUInt16BE(offsets + i * 2)
    const start = font.readUInt16BE(starts + i * 2)
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const glyph = offset === 0 ? code : font.readUInt16BE(offsets + i * 2 + offset + (code - start) * 2)
      if (glyph !== 0 && (glyph + delta) % 0x10000 !== 0) covered.add(code)
    }
  }
}

function readGroups(font: Buffer, at: number, covered: Set<number>): void {
  for (let i = 0; i < font.readUInt32BE(at + 12); i++) {
    const group = at + 16 + i * 12
    const end = font.readUInt32BE(group + 4)
    for (let code = font.readUInt32BE(group); code <= end; code++) covered.add(code)
  }
}
