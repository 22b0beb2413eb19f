import { inflateRawSync } from 'node:zlib'
import { isRefusal, type Outcome } from '../../../../kernel/errors.ts'
import { readZipDirectory, type ZipEntry } from '../../zip-directory.ts'
import { parseXml, type XmlNode } from './parse-xml.ts'
import { docxRefusals as refusals } from './refusals.ts'

/** The parts of a Word file, opened one by one as they are asked for. */
export interface Docx {
  /** The root of a part of XML; undefined when there is no such part. */
  xml(name: string): Outcome<XmlNode | undefined>
  /** What a part refers to by its relationships, by their ids. */
  relations(part: string): Outcome<Map<string, Relation>>
  names: readonly string[]
}

export interface Relation {
  /** Last word of the type: "image", "header", "hyperlink". */
  kind: string
  /** Name of the part in the file; as written when it lies elsewhere. */
  target: string
  external: boolean
}

const megabyte = 1024 * 1024
const mostBytes = 5 * megabyte
const mostOfPart = 16 * megabyte
const mostParts = 2_000
const mostRelated = 200

/**
 * Opens a DOCX file without trusting it: refuses what is too large, locked, damaged or a bomb, names that lead out
 * of it, macros, and whatever it takes from elsewhere but links. Nothing is unpacked but the XML that is asked for.
 */
export async function openDocx(bytes: Uint8Array): Promise<Outcome<Docx>> {
  if (bytes.length > mostBytes) return refusals.tooLarge({ limitMb: mostBytes / megabyte })
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A document with a password is no zip but an OLE file.
  if (file.subarray(0, 4).toString('hex') === 'd0cf11e0') return refusals.locked()
  const directory = await readZipDirectory({
    size: file.length,
    read: async (at, length) => Buffer.from(file.subarray(at, at + length)),
  })
  if (directory === 'bomb') return refusals.bomb()
  if (directory === 'damaged') return refusals.damaged()
  const wrong = judge(directory.entries)
  if (wrong) return wrong
  return checked(docxOf(file, directory.entries))
}

function judge(entries: readonly ZipEntry[]) {
  if (entries.length > mostParts) return refusals.bomb()
  if (entries.some(({ encrypted }) => encrypted)) return refusals.locked()
  const names = entries.map(({ name }) => name)
  const odd = names.find((name, i) => leadsOut(name) || names.indexOf(name) !== i)
  if (odd !== undefined) return refusals.paths({ name: odd.slice(0, 120) })
  if (names.some((name) => /vbaProject|vbaData|activeX|macrosheets/i.test(name))) return refusals.macros()
  if (!names.includes('[Content_Types].xml')) return refusals.damaged()
  return undefined
}

const leadsOut = (name: string) => /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:|\\|[\u0000-\u001f]/i.test(name)

function docxOf(file: Buffer, entries: readonly ZipEntry[]): Docx {
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const xml = (name: string): Outcome<XmlNode | undefined> => {
    const entry = byName.get(name)
    if (entry === undefined) return undefined
    const content = inflate(file, entry)
    return isRefusal(content) ? content : parseXml(content, name)
  }
  const relations = (part: string) => relationsOf(xml(relationsName(part)), part)
  return { xml, relations, names: [...byName.keys()] }
}

const relationsName = (part: string) => part.replace(/([^/]*)$/, '_rels/$1.rels')

/** What is refused wherever it stands: macros by type, and things taken from elsewhere. */
function checked(docx: Docx): Outcome<Docx> {
  const types = docx.xml('[Content_Types].xml')
  if (isRefusal(types)) return types
  if (types?.children.some(({ attributes }) => /macroEnabled|vbaProject/i.test(attributes.ContentType ?? '')))
    return refusals.macros()
  const related = docx.names.filter((each) => each.endsWith('.rels'))
  if (related.length > mostRelated) return refusals.bomb()
  for (const name of related) {
    const relations = docx.relations(name.replace(/_rels\/([^/]*)\.rels$/, '$1'))
    if (isRefusal(relations)) return relations
    const outside = [...relations.values()].find(({ kind, external }) => external && kind !== 'hyperlink')
    if (outside) return refusals.external({ kind: outside.kind })
  }
  return docx
}

function relationsOf(root: Outcome<XmlNode | undefined>, part: string): Outcome<Map<string, Relation>> {
  if (isRefusal(root)) return root
  const folder = part.replace(/[^/]*$/, '')
  return new Map(
    root?.children.map(({ attributes: { Id = '', Type = '', Target = '', TargetMode = '' } }) => {
      const external = TargetMode.toLowerCase() === 'external' || /^(\w{2,}:|\\\\|\/\/)/.test(Target)
      const target = external ? Target : Target.startsWith('/') ? Target.slice(1) : `${folder}${Target}`
      return [Id, { kind: Type.replace(/^.*\//, ''), target, external }]
    }),
  )
}

/** One entry as it unpacks, up to 16 MB whatever the directory claims. */
function inflate(file: Buffer, entry: ZipEntry): Outcome<Buffer> {
  if (entry.uncompressed > mostOfPart) return refusals.bomb()
  const { offset } = entry
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== 0x04034b50) return refusals.damaged()
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
  const packed = file.subarray(start, start + entry.compressed)
  if (packed.length !== entry.compressed) return refusals.damaged()
  if (entry.method === 0) return packed
  if (entry.method !== 8) return refusals.damaged()
  try {
    return inflateRawSync(packed, { maxOutputLength: mostOfPart })
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? refusals.bomb() : refusals.damaged()
  }
}
