import { Parser } from 'saxen'
import type { Outcome } from '../../../../kernel/errors.ts'
import { docxRefusals as refusals } from './refusals.ts'

/** An element as it was written; names carry our prefixes, whatever the file calls them. */
export interface XmlNode {
  /** "w:p". */
  name: string
  /** By local name: Word qualifies attributes with the prefix of the element. */
  attributes: Readonly<Record<string, string>>
  children: XmlNode[]
  text: string
}

const transitional = 'http://schemas.openxmlformats.org/'
const strict = 'http://purl.oclc.org/ooxml/'
const ours: Record<string, string> = {
  [`${transitional}wordprocessingml/2006/main`]: 'w',
  [`${strict}wordprocessingml/main`]: 'w',
  [`${transitional}officeDocument/2006/relationships`]: 'r',
  [`${strict}officeDocument/relationships`]: 'r',
  [`${transitional}package/2006/relationships`]: 'rel',
  [`${transitional}package/2006/content-types`]: 'ct',
  [`${transitional}markup-compatibility/2006`]: 'mc',
  [`${transitional}officeDocument/2006/math`]: 'm',
}

const mostNodes = 400_000
const mostDepth = 120

/** Parses one part. Refuses a document type (with it every entity), too much, too deep, and what is no XML. */
export function parseXml(bytes: Uint8Array, part: string): Outcome<XmlNode> {
  const text = decode(bytes)
  if (text === undefined) return refusals.damaged()
  if (/<!\s*(?:DOCTYPE|ENTITY)/i.test(text)) return refusals.entities({ part: part.slice(0, 120) })
  return tree(text) ?? refusals.damaged()
}

/** Word writes UTF-8; in another encoding a document type could hide. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const encoding = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/.exec(text)?.[1]
    return encoding === undefined || /^(utf-8|us-ascii)$/i.test(encoding) ? text : undefined
  } catch {
    return undefined
  }
}

function tree(xml: string): XmlNode | undefined {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let nodes = 0
  let wrong = false
  const add = (text: string) => {
    open.at(-1)!.text += text
  }
  const parser = new Parser({ proxy: true }).ns(ours)
  parser.on('openTag', ({ name, attrs }, decodeEntities) => {
    nodes++
    // The parser goes on to the end; nothing more is kept of what is too much.
    if (nodes > mostNodes || open.length > mostDepth) wrong = true
    const node: XmlNode = {
      name,
      attributes: wrong ? {} : plain(attrs, decodeEntities),
      children: [],
      text: '',
    }
    if (!wrong) open.at(-1)!.children.push(node)
    open.push(node)
  })
  parser.on('closeTag', () => {
    if (open.length > 1) open.pop()
  })
  parser.on('text', (text, decodeEntities) => add(decodeEntities(text)))
  parser.on('cdata', add)
  parser.on('attention', () => {
    wrong = true
  })
  parser.on('error', () => {
    wrong = true
  })
  parser.on('warn', () => undefined)
  parser.parse(xml)
  return wrong || root.children.length !== 1 ? undefined : root.children[0]
}

function plain(attrs: Readonly<Record<string, string>>, decodeEntities: (text: string) => string) {
  const named: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(attrs)) named[name.replace(/^.*:/, '')] = decodeEntities(value)
  return named
}

/** The first child of a name; undefined when there is none. */
export const child = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((each) => each.name === name)

/** The `val` of a child: most of what Word says about looks. */
export const valOf = (node: XmlNode | undefined, name: string): string | undefined =>
  child(node, name)?.attributes.val
