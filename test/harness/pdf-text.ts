import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFRawStream, PDFRef } from 'pdf-lib'

/**
 * The text of each page of a PDF that Typst made, in drawing order: what a search, a screen reader or an
 * archive gets out of it. Reads the fonts' ToUnicode maps, so it also proves that they are there.
 */
export async function pdfText(pdf: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  return document.getPages().map((page) => {
    const fonts = page.node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
    const maps = new Map<string, Map<number, string>>()
    for (const [name, value] of fonts?.entries() ?? []) {
      const font = document.context.lookup(value, PDFDict)
      const map = document.context.lookup(font.get(PDFName.of('ToUnicode'))) as PDFRawStream
      maps.set(name.asString(), toUnicode(text(map)))
    }
    return drawn(contentOf(page.node.Contents(), document), maps)
  })
}

const text = (stream: PDFRawStream): string => {
  const filtered = stream.dict.get(PDFName.of('Filter')) !== undefined
  return (filtered ? inflateSync(stream.contents) : Buffer.from(stream.contents)).toString('latin1')
}

function contentOf(contents: unknown, document: PDFDocument): string {
  const parts = contents instanceof PDFArray ? contents.asArray() : [contents]
  return parts
    .map((part) => text((part instanceof PDFRef ? document.context.lookup(part) : part) as PDFRawStream))
    .join('\n')
}

function toUnicode(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, section] of cmap.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, glyph, unicode] of section!.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      map.set(Number.parseInt(glyph!, 16), utf16(unicode!))
  for (const [, section] of cmap.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from, to, unicode] of section!.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      for (let glyph = Number.parseInt(from!, 16), i = 0; glyph <= Number.parseInt(to!, 16); glyph++, i++)
        map.set(glyph, String.fromCodePoint(utf16(unicode!).codePointAt(0)! + i))
  return map
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** Text-showing operators: `(..) Tj`, `<..> Tj` and `[..] TJ`, in the font that `Tf` chose. */
function drawn(content: string, fonts: Map<string, Map<number, string>>): string {
  let font: Map<number, string> | undefined
  let shown = ''
  let name = ''
  let strings: string[] = []
  for (const token of tokens(content)) {
    if (token.startsWith('/')) name = token
    if (/^[(<]./.test(token)) strings.push(token)
    if (!/^[A-Za-z]+[*]?$/.test(token)) continue
    // Strings before any other operator are not drawn: they are the ActualText of what follows.
    if (token === 'TJ' || token === 'Tj')
      shown += strings
        .flatMap(glyphs)
        .map((glyph) => font?.get(glyph) ?? '')
        .join('')
    if (token === 'Tf') font = fonts.get(name)
    if (token === 'ET') shown += '\n'
    strings = []
  }
  return shown
}

// Parentheses inside a string need no escape when they are balanced, so strings are counted, not matched.
function* tokens(content: string): Generator<string> {
  const plain = /[^\s()<>[\]/]+|\/[^\s()<>[\]/]*|<[0-9a-fA-F\s]*>|[<>[\]]|\s+/y
  for (let at = 0; at < content.length; ) {
    plain.lastIndex = at
    const end = content[at] === '(' ? stringEnd(content, at) : plain.test(content) ? plain.lastIndex : at + 1
    yield content.slice(at, end)
    at = end
  }
}

function stringEnd(content: string, start: number): number {
  let depth = 0
  for (let at = start; at < content.length; at++) {
    if (content[at] === '\\') at++
    else if (content[at] === '(') depth++
    else if (content[at] === ')' && --depth === 0) return at + 1
  }
  return content.length
}

function glyphs(string: string): number[] {
  const bytes = string.startsWith('<')
    ? Buffer.from(string.slice(1, -1).replace(/\s/g, ''), 'hex')
    : unescaped(string)
  return Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => bytes.readUInt16BE(i * 2))
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

const unescaped = (string: string): Buffer =>
  Buffer.from(
    string
      .slice(1, -1)
      .replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
        /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
      ),
    'latin1',
  )
