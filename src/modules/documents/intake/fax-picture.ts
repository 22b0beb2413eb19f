/** What a scanner says of a black and white picture in fax compression (ITU-T T.6). */
export interface Fax {
  width: number
  height: number
  /** Runs of black show white. */
  inverted: boolean
}

/** Puts a head in front of fax data, so that whatever reads TIFF reads it. Pure. */
export function faxAsTiff(data: Uint8Array, { width, height, inverted }: Fax): Buffer {
  const long = 4
  const entries: [tag: number, value: number][] = [
    [256, width],
    [257, height],
    [258, 1],
    [259, 4],
    [262, inverted ? 1 : 0],
    [273, 0],
    [277, 1],
    [278, height],
    [279, data.length],
  ]
  const size = 8 + 2 + entries.length * 12 + 4
  const head = Buffer.alloc(size)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  for (const [i, [tag, value]] of entries.entries()) {
    const at = 10 + i * 12
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(long, at + 2)
    head.writeUInt32LE(1, at + 4)
    head.writeUInt32LE(tag === 273 ? size : value, at + 8)
  }
  return Buffer.concat([head, data])
}
