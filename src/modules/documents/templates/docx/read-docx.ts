import { isRefusal, type Outcome } from '../../../../kernel/errors.ts'
import type { PageSize } from '../../layouts.ts'
import { fieldsIn } from '../marked-text.ts'
import { Block, everyBlock, mostBlocks, textsIn } from '../template-draft.ts'
import { DocxBody } from './docx-body.ts'
import { DocxNumbering } from './docx-numbering.ts'
import { DocxStyles } from './docx-styles.ts'
import { type DocxNote, DocxNotes } from './notes.ts'
import { type Docx, openDocx } from './open-docx.ts'
import { child, valOf, type XmlNode } from './parse-xml.ts'
import { docxRefusals as refusals } from './refusals.ts'

/** A Word file as blocks of a template. */
export interface DocxTemplate {
  page: PageSize
  blocks: Block[]
  header: string
  footer: string
  /** The merge fields as the file calls them, each once. */
  fields: string[]
  /** What the template does not have as it stood in the file. */
  notes: DocxNote[]
}

/**
 * Reads a Word file as a template: paragraphs with faces, alignment and rough sizes, lists, tables, page breaks,
 * header and footer, and merge fields (MERGEFIELD, «…», {{…}}). What cannot be taken over is told, never dropped in
 * silence. Refuses hostile and damaged files by name.
 */
export async function readDocx(bytes: Uint8Array): Promise<Outcome<DocxTemplate>> {
  const docx = await openDocx(bytes)
  if (isRefusal(docx)) return docx
  const main = mainPart(docx)
  if (isRefusal(main)) return main
  const parts = partsOf(docx, main)
  if (isRefusal(parts)) return parts
  return templateOf(parts, docx)
}

interface Parts {
  body: XmlNode
  styles: DocxStyles
  numbering: DocxNumbering
  header: XmlNode | undefined
  footer: XmlNode | undefined
  section: XmlNode | undefined
}

/** Where the text lies: the package says so; some writers call it otherwise than Word does. */
function mainPart(docx: Docx): Outcome<string> {
  const relations = docx.relations('')
  if (isRefusal(relations)) return relations
  const target = [...relations.values()].find(({ kind }) => kind === 'officeDocument')?.target
  return target ?? 'word/document.xml'
}

function partsOf(docx: Docx, main: string): Outcome<Parts> {
  const document = docx.xml(main)
  if (isRefusal(document)) return document
  const body = child(document, 'w:body')
  if (body === undefined) return refusals.damaged()
  const relations = docx.relations(main)
  if (isRefusal(relations)) return relations
  const section = body.children.findLast(({ name }) => name === 'w:sectPr')
  const ofKind = (kind: string) => [...relations.values()].find((each) => each.kind === kind)?.target
  const atEdge = (kind: 'header' | 'footer') => {
    const reference = section?.children.find(
      ({ name, attributes }) => name === `w:${kind}Reference` && attributes.type === 'default',
    )
    return relations.get(reference?.attributes.id ?? '')?.target
  }
  const opened: Record<string, XmlNode | undefined> = {}
  for (const [name, part] of Object.entries({
    styles: ofKind('styles'),
    numbering: ofKind('numbering'),
    header: atEdge('header'),
    footer: atEdge('footer'),
  })) {
    const root = part === undefined ? undefined : docx.xml(part)
    if (isRefusal(root)) return root
    opened[name] = root
  }
  return {
    ...{ body, section, header: opened.header, footer: opened.footer },
    styles: new DocxStyles(opened.styles),
    numbering: new DocxNumbering(opened.numbering),
  }
}

function templateOf(
  { body, styles, numbering, header, footer, section }: Parts,
  docx: Docx,
): Outcome<DocxTemplate> {
  const notes = new DocxNotes()
  const read = new DocxBody({ styles, numbering, notes }).read(body.children)
  const page = pageOf(section, notes)
  noteSections(body, section, notes)
  if (docx.names.some((name) => name.includes('/embeddings/'))) notes.add('embedded')
  const edge = (root: XmlNode | undefined) =>
    new DocxBody({ styles, numbering, notes }).lines(root?.children ?? [])
  const blocks = read.map((block, i) => ({ id: `w-${i + 1}`, ...block }))
  const parsed = blocks.length > mostBlocks ? undefined : Block.array().safeParse(blocks)
  if (!parsed?.success) return refusals.tooLong({ most: mostBlocks })
  const edges = { header: edge(header).slice(0, 2_000), footer: edge(footer).slice(0, 2_000) }
  const texts = [...everyBlock(parsed.data).flatMap(textsIn), edges.header, edges.footer]
  const fields = [...new Set(texts.flatMap(fieldsIn))]
  return { page, blocks: parsed.data, ...edges, fields, notes: notes.list() }
}

const millimetres = (twips: string | undefined) => (Number(twips ?? 0) / 1440) * 25.4

function pageOf(section: XmlNode | undefined, notes: DocxNotes): PageSize {
  const size = child(section, 'w:pgSz')?.attributes
  if (size === undefined) return 'a4'
  const [width, height] = [millimetres(size.w), millimetres(size.h)]
  const short = Math.min(width, height)
  const paper = Math.abs(short - 148) < 8 ? 'a5' : 'a4'
  if (paper === 'a4' && Math.abs(short - 210) > 8)
    notes.add('page-size', `${Math.round(width)} × ${Math.round(height)} mm`)
  return width > height ? `${paper}-landscape` : paper
}

function noteSections(body: XmlNode, section: XmlNode | undefined, notes: DocxNotes): void {
  const inner = body.children.filter((each) => child(child(each, 'w:pPr'), 'w:sectPr') !== undefined)
  if (inner.length > 0) notes.add('sections')
  if (Number(child(section, 'w:cols')?.attributes.num ?? 1) > 1) notes.add('columns')
  const special = section?.children.filter(
    ({ name, attributes }) => /^w:(header|footer)Reference$/.test(name) && attributes.type !== 'default',
  )
  if (special?.length && valOf(section, 'w:titlePg') !== '0') notes.add('first-page')
}
