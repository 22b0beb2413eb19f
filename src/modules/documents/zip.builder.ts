export interface ZipPart {
  name: string
  content?: string
  /** What the directory claims instead of the true size. */
  claims?: number
  encrypted?: boolean
}

/** A zip of stored entries, for tests; it may claim sizes that are not true. */
export function aZip(parts: ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const { local, central } = entry(part, offset)
    bodies.push(local)
    directory.push(central)
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, entries, end])
}

function entry({ name, content = '', claims, encrypted = false }: ZipPart, offset: number) {
  const title = Buffer.from(name)
  const body = Buffer.from(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt32LE(body.length, 18)
  local.writeUInt32LE(body.length, 22)
  local.writeUInt16LE(title.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(encrypted ? 1 : 0, 8)
  central.writeUInt32LE(body.length, 20)
  central.writeUInt32LE(claims ?? body.length, 24)
  central.writeUInt16LE(title.length, 28)
  central.writeUInt32LE(offset, 42)
  return { local: Buffer.concat([local, title, body]), central: Buffer.concat([central, title]) }
}

/** The smallest thing that is a Word document, with more parts when given. */
export const aDocx = (more: ZipPart[] = []): Buffer =>
  aZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: '<x/>' },
    ...more,
  ])
