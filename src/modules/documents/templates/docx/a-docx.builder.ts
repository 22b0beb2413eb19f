import { deflateRawSync } from 'node:zlib'

const namespaces = [
  ['w', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'],
  ['r', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'],
  ['mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'],
  ['wps', 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'],
  ['pic', 'http://schemas.openxmlformats.org/drawingml/2006/picture'],
]
const xmlns = namespaces.map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`).join(' ')
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships'
const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The XML of a part of Word with this inside. */
export const part = (root: string, inside: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:${root} ${xmlns}>${inside}</w:${root}>`

export const relation = (id: string, kind: string, target: string, mode = '') =>
  `<Relationship Id="${id}" Type="${types}/${kind}" Target="${target}"${mode && ` TargetMode="${mode}"`}/>`
export const relations = (...each: string[]) =>
  `<Relationships xmlns="${relationships}">${each.join('')}</Relationships>`

/** Parts of a Word file with this body; more parts replace those of the same name. */
export function docxParts(body: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': part('document', `<w:body>${body}</w:body>`),
    ...more,
  }
}

/** A Word file, deflated as Word does it. */
export const aDocxFile = (body: string, more: Record<string, string> = {}): Buffer =>
  deflated(Object.entries(docxParts(body, more)))

/** A zip of deflated entries; names may stand in it twice. */
export function deflated(entries: readonly (readonly [string, string | Buffer])[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of entries) {
    const { local, central } = entry(name, Buffer.from(content), offset)
    locals.push(local)
    directory.push(central)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, list, end])
}

function entry(name: string, content: Buffer, offset: number) {
  const title = Buffer.from(name)
  const body = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(body.length, 18)
  local.writeUInt32LE(content.length, 22)
  local.writeUInt16LE(title.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(body.length, 20)
  central.writeUInt32LE(content.length, 24)
  central.writeUInt16LE(title.length, 28)
  central.writeUInt32LE(offset, 42)
  return { local: Buffer.concat([local, title, body]), central: Buffer.concat([central, title]) }
}

export const run = (text: string, look = '') =>
  `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
export const paragraph = (inside: string, look = '') => `<w:p><w:pPr>${look}</w:pPr>${inside}</w:p>`
/** A merge field as Word writes it today, over several runs. */
export const complexField = (code: string, shown: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code.slice(0, 6)}</w:instrText></w:r><w:r><w:instrText>${code.slice(6)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>${shown}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>`
