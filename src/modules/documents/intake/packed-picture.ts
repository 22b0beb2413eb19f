/** What a scanner says of a black and white picture in fax compression (ITU-T T.6). */
export interface Fax {
  width: number
  height: number
  /** Runs of black show white. */
  inverted: boolean
}

/** What a scanner says of a picture of plain bytes, packed as by zlib. */
export interface Flate {
  width: number
  height: number
  /** Grey, or red, green and blue. */
  channels: 1 | 3
}

type Tag = [tag: number, value: number]

/** Puts a head in front of fax data, so that whatever reads TIFF reads it. Pure. */
export const faxAsTiff = (data: Uint8Array, { width, height, inverted }: Fax): Buffer =>
  asTiff(data, { width, height }, [
    [258, 1],
    [259, 4],
    [262, inverted ? 1 : 0],
    [277, 1],
  ])

/** The same for packed bytes: what reads TIFF unpacks no more of them than the picture has. Pure. */
export const flateAsTiff = (data: Uint8Array, { width, height, channels }: Flate): Buffer =>
  asTiff(data, { width, height }, [
    [258, 8],
    [259, 8],
    [262, channels === 3 ? 2 : 1],
    [277, channels],
  ])

const [wide, high, bitsPerSample, place, rows, bytes] = [256, 257, 258, 273, 278, 279]
const [short, long] = [3, 4]

// Everything is one strip. The depth of each colour stands behind the directory: three do not fit into an entry.
function asTiff(data: Uint8Array, { width, height }: { width: number; height: number }, told: Tag[]): Buffer {
  const entries: Tag[] = [
    ...told,
    [wide, width],
    [high, height],
    [place, 0],
    [rows, height],
    [bytes, data.length],
  ]
  entries.sort(([a], [b]) => a - b)
  const depths = 8 + 2 + entries.length * 12 + 4
  const head = Buffer.alloc(depths + 6)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  const channels = told.find(([tag]) => tag === 277)![1]
  for (const [i, [tag, value]] of entries.entries()) {
    const at = 10 + i * 12
    const several = tag === bitsPerSample && channels === 3
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(tag === bitsPerSample ? short : long, at + 2)
    head.writeUInt32LE(several ? 3 : 1, at + 4)
    head.writeUInt32LE(several ? depths : tag === place ? head.length : value, at + 8)
  }
  for (let i = 0; i < 3; i++) head.writeUInt16LE(8, depths + i * 2)
  return Buffer.concat([head, data])
}
