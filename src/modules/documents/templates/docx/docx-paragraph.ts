import { type Run, writeMarked } from '../marked-text.ts'
import { type DocxStyles, type Look, paragraphLook, runLook } from './docx-styles.ts'
import type { DocxNotes } from './notes.ts'
import { child, valOf, type XmlNode } from './parse-xml.ts'

/** A paragraph as a template keeps it. */
export interface DocxParagraph {
  text: string
  look: Look
  /** A page begins before it, or after its text. */
  breakBefore: boolean
  breakAfter: boolean
  /** Paragraphs of boxes that float beside it. */
  boxes: DocxParagraph[]
}

interface Piece {
  text: string
  look: Look
  field?: string
}

/** A complex field that is being read: its code, and whether its shown result has begun. */
interface OpenField {
  code: string
  shown: boolean
}

/** Reads one `w:p`. What the template cannot have is told in `notes`. */
export function readParagraph(
  node: XmlNode,
  { styles, notes }: { styles: DocxStyles; notes: DocxNotes },
): DocxParagraph {
  return new ParagraphReader(styles, notes).read(node)
}

class ParagraphReader {
  readonly #styles: DocxStyles
  readonly #notes: DocxNotes
  readonly #pieces: Piece[] = []
  readonly #fields: OpenField[] = []
  readonly #boxes: DocxParagraph[] = []
  #base: Look = {}
  #breakAfter = false

  constructor(styles: DocxStyles, notes: DocxNotes) {
    this.#styles = styles
    this.#notes = notes
  }

  read(node: XmlNode): DocxParagraph {
    const properties = child(node, 'w:pPr')
    const style = valOf(properties, 'w:pStyle') ?? this.#styles.plain
    this.#base = { ...this.#styles.defaults, ...this.#styles.of(style), ...paragraphLook(properties) }
    this.#walk(node.children)
    // Word lets a field begin here and end in a later paragraph; what its code says is known by now.
    for (const field of this.#fields.filter(({ shown }) => !shown)) this.#close(field)
    const runs = withWrittenFields(this.#pieces)
    return {
      text: writeMarked(runs)
        .replace(/[ \t]+\n/g, '\n')
        .trim(),
      look: { ...this.#base, size: commonSize(this.#pieces) },
      breakBefore: child(properties, 'w:pageBreakBefore') !== undefined,
      breakAfter: this.#breakAfter,
      boxes: this.#boxes,
    }
  }

  #walk(nodes: readonly XmlNode[]): void {
    for (const node of nodes) this.#take(node)
  }

  #take(node: XmlNode) {
    if (node.name === 'w:r') return this.#run(node)
    if (node.name === 'w:fldSimple') return this.#simpleField(node)
    if (node.name === 'w:hyperlink' && node.attributes.id !== undefined) this.#notes.add('link')
    if (transparent.has(node.name)) return this.#walk(node.children)
    if (node.name === 'mc:AlternateContent') return this.#alternative(node)
    if (node.name === 'w:ins' || node.name === 'w:moveTo') {
      this.#notes.add('inserted')
      return this.#walk(node.children)
    }
    if (node.name === 'w:del' || node.name === 'w:moveFrom')
      return this.#notes.add('deleted', shownText(node))
    if (node.name.startsWith('m:')) return this.#notes.add('formula', shownText(node))
    if (!silent.has(node.name)) this.#notes.add('unknown', node.name)
  }

  // Word writes one thing in two ways, for itself and for older readers.
  #alternative(node: XmlNode): void {
    const choice = child(node, 'mc:Choice') ?? child(node, 'mc:Fallback')
    this.#walk(choice?.children ?? [])
  }

  #run(node: XmlNode): void {
    const properties = child(node, 'w:rPr')
    const look = {
      ...this.#base,
      ...this.#styles.of(valOf(properties, 'w:rStyle')),
      ...runLook(properties),
    }
    this.#noteLook(properties)
    for (const each of node.children) this.#content(each, look)
  }

  #noteLook(properties: XmlNode | undefined): void {
    for (const { name, attributes } of properties?.children ?? [])
      if (unkeptLooks.has(name) && !/^(0|false|none|auto|baseline|nil)$/.test(attributes.val ?? '1'))
        this.#notes.add('look', name.slice(2))
  }

  #content(node: XmlNode, look: Look) {
    switch (node.name) {
      case 'w:t':
        return this.#text(node.text, look)
      case 'w:tab':
      case 'w:ptab':
        return this.#text(' ', look)
      case 'w:br':
      case 'w:cr':
        return this.#break(node, look)
      case 'w:noBreakHyphen':
        return this.#text('-', look)
      case 'w:fldChar':
        return this.#fieldMark(node, look)
      case 'w:instrText':
        return this.#instruction(node.text)
      case 'w:sym':
        this.#notes.add('symbol', `${node.attributes.font ?? ''} ${node.attributes.char ?? ''}`.trim())
        return this.#text('□', look)
      case 'w:drawing':
      case 'w:pict':
        return this.#drawing(node)
      case 'w:object':
        return this.#notes.add('embedded')
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        return this.#notes.add('footnote')
      case 'w:commentReference':
        return this.#notes.add('comment')
      case 'w:delText':
        return this.#notes.add('deleted', node.text)
      case 'w:pgNum':
        return this.#notes.add('page-number')
      case 'mc:AlternateContent':
        return this.#drawn(node)
      default:
        if (!silent.has(node.name)) this.#notes.add('unknown', node.name)
    }
  }

  /** A drawing that is written in two ways: it is told once. */
  #drawn(node: XmlNode): void {
    const [drawing] = child(node, 'mc:Choice')?.children ?? []
    if (drawing) this.#drawing(drawing)
  }

  #break({ attributes: { type } }: XmlNode, look: Look): void {
    if (type === 'page') this.#breakAfter = true
    else this.#text('\n', look)
  }

  #text(text: string, look: Look) {
    const field = this.#fields.at(-1)
    // The shown result of a merge field is a stand-in for it.
    if (field && (!field.shown || mergeName(field.code) !== undefined || isPageNumber(field.code))) return
    if (look.hidden) return this.#notes.add('hidden', text.trim())
    this.#pieces.push({ text: look.caps ? text.toUpperCase() : text, look })
  }

  #instruction(text: string) {
    const field = this.#fields.at(-1)
    if (field && field.code.length < 2_000) field.code += text
  }

  #fieldMark({ attributes: { fldCharType } }: XmlNode, look: Look): void {
    if (fldCharType === 'begin') this.#fields.push({ code: '', shown: false })
    const field = this.#fields.at(-1)
    if (fldCharType === 'separate' && field) field.shown = true
    if (fldCharType !== 'end' || !field) return
    this.#fields.pop()
    this.#close(field, look)
  }

  #simpleField(node: XmlNode): void {
    const field = { code: node.attributes.instr ?? '', shown: true }
    this.#fields.push(field)
    this.#walk(node.children)
    this.#fields.pop()
    const run = node.children.find(({ name }) => name === 'w:r')
    this.#close(field, { ...this.#base, ...runLook(child(run, 'w:rPr')) })
  }

  #close({ code }: OpenField, look: Look = this.#base) {
    const name = mergeName(code)
    if (name !== undefined) {
      this.#pieces.push({ text: '', look, field: name })
      return
    }
    if (isPageNumber(code)) return this.#notes.add('page-number')
    const kind = code.trim().split(/\s+/)[0]
    if (kind && kind.toUpperCase() !== 'HYPERLINK') this.#notes.add('field', kind)
  }

  // A picture cannot be taken over; the words of a box can.
  #drawing(node: XmlNode) {
    const boxes = [...descendants(node)].filter(({ name }) => name === 'w:txbxContent')
    if (boxes.length === 0) return this.#notes.add(holdsPicture(node) ? 'image' : 'shape')
    for (const paragraph of boxes[0]!.children.filter(({ name }) => name === 'w:p')) {
      const read = readParagraph(paragraph, { styles: this.#styles, notes: this.#notes })
      if (read.text !== '') this.#boxes.push(read)
    }
    this.#notes.add('text-box', shownText(boxes[0]!))
  }
}

/** Names without a meaning of their own: what stands in them counts. */
const transparent = new Set([
  'w:hyperlink',
  'w:smartTag',
  'w:customXml',
  'w:sdt',
  'w:sdtContent',
  'w:dir',
  'w:bdo',
  'mc:Choice',
  'mc:Fallback',
])

/** Marks of Word's own that say nothing on paper. */
export const silent = new Set([
  'w:pPr',
  'w:rPr',
  'w:sdtPr',
  'w:sdtEndPr',
  'w:customXmlPr',
  'w:smartTagPr',
  'w:proofErr',
  'w:bookmarkStart',
  'w:bookmarkEnd',
  'w:commentRangeStart',
  'w:commentRangeEnd',
  'w:permStart',
  'w:permEnd',
  'w:moveFromRangeStart',
  'w:moveFromRangeEnd',
  'w:moveToRangeStart',
  'w:moveToRangeEnd',
  'w:lastRenderedPageBreak',
  'w:softHyphen',
  'w:annotationRef',
  'w:footnoteRef',
  'w:endnoteRef',
  'w:separator',
  'w:continuationSeparator',
  'w:sectPr',
  'w:tcPr',
  'w:tblPr',
  'w:tblGrid',
  'w:trPr',
  'w:tblPrEx',
])

const unkeptLooks = new Set([
  'w:strike',
  'w:dstrike',
  'w:highlight',
  'w:vertAlign',
  'w:shd',
  'w:effect',
  'w:emboss',
])

/** The name in `MERGEFIELD "Họ tên" \* MERGEFORMAT`; undefined for any other field. */
function mergeName(code: string): string | undefined {
  const match = /^\s*MERGEFIELD\s+(?:"([^"]*)"|«([^»]*)»|([^\s\\]+))/i.exec(code)
  const name = (match?.[1] ?? match?.[2] ?? match?.[3])?.replace(/[«»\n\r]/g, '').trim()
  return name ? name.slice(0, 120) : undefined
}

const isPageNumber = (code: string) => /^\s*(PAGE|NUMPAGES|SECTIONPAGES)\b/i.test(code)

export function* descendants(node: XmlNode): Generator<XmlNode> {
  for (const each of node.children) {
    yield each
    yield* descendants(each)
  }
}

const holdsPicture = (node: XmlNode) =>
  [...descendants(node)].some(({ name }) => /(^|:)(pic|blip|imagedata)$/.test(name))

/** The words in an element, to recognise it by. */
const shownText = (node: XmlNode): string =>
  [...descendants(node)]
    .filter(({ name }) => /:(t|delText)$/.test(name))
    .map(({ text }) => text)
    .join('')
    .slice(0, 100)

/** Merge fields that were typed as «…» or {{…}}, also where Word cut them into several runs. */
function withWrittenFields(pieces: readonly Piece[]): Run[] {
  const text = pieces.map((piece) => (piece.field === undefined ? piece.text : '\u0000')).join('')
  const places = pieces.flatMap((piece) =>
    Array.from({ length: piece.field === undefined ? piece.text.length : 1 }, () => piece),
  )
  const runs: Run[] = []
  const add = (from: number, to: number) => {
    for (let at = from; at < to; at++) push(runs, places[at]!, text[at]!)
  }
  let at = 0
  for (const match of text.matchAll(
    /\{\{\s*([^{}\u0000\n]{1,120}?)\s*\}\}|«\s*([^«»\u0000\n]{1,120}?)\s*»/g,
  )) {
    add(at, match.index)
    runs.push({ field: match[1] ?? match[2]!, ...faceOf(places[match.index]!.look) })
    at = match.index + match[0].length
  }
  add(at, text.length)
  return runs
}

function push(runs: Run[], piece: Piece, char: string): void {
  const face = faceOf(piece.look)
  const last = runs.at(-1)
  if (piece.field !== undefined) runs.push({ field: piece.field, ...face })
  else if (last?.text !== undefined && sameFace(last, face)) last.text += char
  else runs.push({ text: char, ...face })
}

const faceOf = ({ bold = false, italic = false, underline = false }: Look) => ({ bold, italic, underline })
const sameFace = (a: Run, b: ReturnType<typeof faceOf>) =>
  a.bold === b.bold && a.italic === b.italic && a.underline === b.underline

/** The size that most of the text has. */
function commonSize(pieces: readonly Piece[]): number | undefined {
  const lengths = new Map<number, number>()
  for (const { text, look } of pieces)
    if (look.size !== undefined) lengths.set(look.size, (lengths.get(look.size) ?? 0) + text.length + 1)
  return [...lengths].sort((a, b) => b[1] - a[1])[0]?.[0]
}
