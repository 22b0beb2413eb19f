import type { PlainBlock } from '../template-draft.ts'
import type { DocxNumbering } from './docx-numbering.ts'
import { type DocxParagraph, readParagraph, silent } from './docx-paragraph.ts'
import { type DocxStyles, hasBorders, type Look } from './docx-styles.ts'
import type { DocxNotes } from './notes.ts'
import { child, valOf, type XmlNode } from './parse-xml.ts'

type Unnamed = PlainBlock extends infer B ? (B extends PlainBlock ? Omit<B, 'id'> : never) : never
type Reading = { styles: DocxStyles; numbering: DocxNumbering; notes: DocxNotes }

/** The size of the body: a paragraph that has it says nothing about its size. */
const bodySizes = [13, 14]
const longestText = 20_000

/** Reads what stands in the body, in a cell, a header or a footer. */
export class DocxBody {
  readonly #reading: Reading
  readonly #blocks: Unnamed[] = []
  /** The list that the last paragraph belonged to. */
  #list: string | undefined

  constructor(reading: Reading) {
    this.#reading = reading
  }

  read(nodes: readonly XmlNode[]): Unnamed[] {
    for (const node of nodes) this.#take(node)
    return this.#blocks
  }

  /** The text alone, a line for each paragraph: what headers and footers are kept as. */
  lines(nodes: readonly XmlNode[]): string {
    const texts = new DocxBody(this.#reading).read(nodes).flatMap((block) => {
      if (block.kind === 'paragraph' || block.kind === 'heading') return [block.text]
      if (block.kind === 'list') return block.items
      if (block.kind === 'grid')
        return block.rows.map((row) =>
          row.flatMap((cell) => cell.paragraphs.map(({ text }) => text)).join(' '),
        )
      return []
    })
    return texts.filter(Boolean).join('\n')
  }

  #take(node: XmlNode) {
    if (node.name === 'w:p') return this.#paragraph(readParagraph(node, this.#reading))
    if (node.name === 'w:tbl') return this.#table(node)
    if (['w:sdt', 'w:sdtContent', 'w:customXml', 'w:ins', 'w:moveTo'].includes(node.name)) {
      for (const each of node.children) this.#take(each)
      return
    }
    if (node.name === 'w:altChunk') return this.#reading.notes.add('embedded')
    if (!silent.has(node.name)) this.#reading.notes.add('unknown', node.name)
  }

  #paragraph(paragraph: DocxParagraph): void {
    const { look, breakBefore, breakAfter, boxes } = paragraph
    if (breakBefore) this.#breakPage()
    for (const box of boxes) this.#paragraph(box)
    const text = this.#bounded(paragraph.text)
    if (text !== '') this.#text(text, look)
    if (breakAfter) this.#breakPage()
  }

  #bounded(text: string): string {
    if (text.length > longestText) this.#reading.notes.add('long', text.slice(0, 60))
    return text.slice(0, longestText)
  }

  #breakPage(): void {
    this.#list = undefined
    this.#blocks.push({ kind: 'page-break' })
  }

  #text(text: string, look: Look) {
    const { list, align = 'left', heading, indent = false, size } = look
    if (list && list.id !== '0') return this.#item(text, list)
    this.#list = undefined
    if (heading) {
      this.#blocks.push({ kind: 'heading', text, align })
      return
    }
    const own = size !== undefined && !bodySizes.includes(size) ? { size } : {}
    this.#blocks.push({ kind: 'paragraph', text, align, indent, ...own })
  }

  #item(text: string, list: { id: string; level: number }): void {
    const { numbering, notes } = this.#reading
    const key = `${list.id}/${list.level}`
    const last = this.#blocks.at(-1)
    if (this.#list === key && last?.kind === 'list' && last.items.length < 100) {
      last.items.push(text)
      return
    }
    const marker = numbering.markerOf(list)
    if (marker === undefined || list.level > 0) notes.add('list', text.slice(0, 60))
    this.#list = key
    this.#blocks.push({ kind: 'list', marker: marker ?? 'dash', items: [text] })
  }

  #table(table: XmlNode): void {
    this.#list = undefined
    const properties = child(table, 'w:tblPr')
    const style = this.#reading.styles.of(valOf(properties, 'w:tblStyle'))
    const rows = unwrapped(table, 'w:tr').map((row) => unwrapped(row, 'w:tc').map((cell) => this.#cell(cell)))
    const count = Math.min(
      20,
      Math.max(1, ...rows.map((row) => row.reduce((sum, { span }) => sum + span, 0))),
    )
    const grid =
      child(table, 'w:tblGrid')?.children.map(({ attributes }) => Math.round(Number(attributes.w)) || 1) ?? []
    const widths = Array.from({ length: count }, (_, i) => Math.min(100_000, Math.max(1, grid[i] ?? 1)))
    const bordered = child(properties, 'w:tblBorders')
      ? hasBorders(properties)
      : style.bordered === true || cellBorders(table)
    const full = rows.map((row) => filled(row, count))
    if (full.length > 0) this.#blocks.push({ kind: 'grid', bordered, widths, rows: full.slice(0, 300) })
    if (full.length > 300) this.#reading.notes.add('long', 'table')
  }

  #cell(cell: XmlNode) {
    const { notes } = this.#reading
    const properties = child(cell, 'w:tcPr')
    const merged = child(properties, 'w:vMerge')
    if (merged && merged.attributes.val !== 'restart') notes.add('merged-rows')
    if (cell.children.some(({ name }) => name === 'w:tbl')) notes.add('nested-table')
    const inside = new DocxBody(this.#reading).read(cell.children)
    const paragraphs = inside.flatMap((block) => flat(block)).slice(0, 60)
    const span = Math.min(20, Math.max(1, Number(valOf(properties, 'w:gridSpan') ?? 1) || 1))
    return { paragraphs, span }
  }
}

type Cell = { paragraphs: { text: string; align: 'left' | 'center' | 'right' | 'justify' }[]; span: number }

/** A cell holds text alone: lists keep their marks as letters, tables in it become lines. */
function flat(block: Unnamed): Cell['paragraphs'] {
  if (block.kind === 'paragraph' || block.kind === 'heading')
    return [{ text: block.text, align: block.align }]
  if (block.kind === 'list')
    return block.items.map((text, i) => ({ text: `${mark(block.marker, i)} ${text}`, align: 'left' }))
  if (block.kind === 'grid')
    return block.rows.map((row) => ({
      text: row.flatMap((cell) => cell.paragraphs.map(({ text }) => text)).join(' '),
      align: 'left',
    }))
  return []
}

const mark = (marker: string, i: number) =>
  marker === 'number' ? `${i + 1}.` : marker === 'letter' ? `${'abcdefghijklmnopqrstuvwxyz'[i] ?? '-'})` : '-'

/** A row as wide as its table: what is missing is empty, what is too much is cut. */
function filled(row: Cell[], count: number): Cell[] {
  const cells: Cell[] = []
  let width = 0
  for (const cell of row) {
    if (width >= count) break
    const span = Math.min(cell.span, count - width)
    cells.push({ ...cell, span })
    width += span
  }
  if (width < count) cells.push({ paragraphs: [], span: count - width })
  return cells
}

const cellBorders = (table: XmlNode) =>
  unwrapped(table, 'w:tr')
    .flatMap((row) => unwrapped(row, 'w:tc'))
    .some((cell) =>
      child(child(cell, 'w:tcPr'), 'w:tcBorders')?.children.some(
        ({ attributes }) => !/^(none|nil)$/.test(attributes.val ?? 'none'),
      ),
    )

/** Children of a name, also those that content controls and revisions wrap. */
function unwrapped(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((each) => {
    if (each.name === name) return [each]
    return ['w:sdt', 'w:sdtContent', 'w:customXml', 'w:ins'].includes(each.name) ? unwrapped(each, name) : []
  })
}
