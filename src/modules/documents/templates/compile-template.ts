import type { Block, PlainBlock, TemplateDraft } from './template-draft.ts'
import { literal, marked } from './typst-text.ts'

/** What every template written by hand begins with. */
export const typstHead = '#import "lib.typ": *\n#import "blocks.typ": *\n'

/**
 * The Typst source of a template: its own when it was written by hand, else one call for each block. Every word
 * of an official becomes a string, every merge field a call of `put`. Pure.
 */
export function typstOf(
  draft: Pick<TemplateDraft, 'source' | 'typst' | 'blocks' | 'header' | 'footer'>,
): string {
  return draft.source === 'typst' ? draft.typst : sourceOf(draft)
}

/** The Typst source of the blocks, whatever the template was last written in. Pure. */
export function sourceOf({
  blocks,
  header,
  footer,
}: Pick<TemplateDraft, 'blocks' | 'header' | 'footer'>): string {
  const edges = [header && `top: ${marked(header, true)}`, footer && `foot: ${marked(footer, true)}`]
  const sheet = edges.some(Boolean) ? `sheet.with(${edges.filter(Boolean).join(', ')})` : 'sheet'
  return `${typstHead}#show: ${sheet}\n\n${callsOf(blocks).join('\n')}\n`
}

function callsOf(blocks: readonly Block[]): string[] {
  const calls: string[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const next = blocks[i + 1]
    // NĐ 30/2020: who gets the paper stands at the left of who signs it.
    if (block.kind === 'recipients' && next?.kind === 'signature') {
      calls.push(ending({ recipients: block, signature: next }))
      i++
    } else calls.push(callOf(block))
  }
  return calls
}

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>

function callOf(block: Block): string {
  if (block.kind !== 'when') return plainCall(block)
  return `#if holds("${block.id}") {${callsOf(block.blocks)
    .map((call) => `\n  ${call.slice(1)}`)
    .join('')}\n}`
}

function plainCall(block: PlainBlock): string {
  switch (block.kind) {
    case 'head':
      return `#document-head(number: ${block.number})`
    case 'title':
      return `#document-title(upper(${marked(block.text, true)}), about: ${marked(block.about, true)}, code: ${block.qr})`
    case 'heading':
      return `#document-heading(at: ${side(block.align)}, ${marked(block.text)})`
    case 'paragraph':
      return paragraph(block)
    case 'list':
      return listCall(block)
    case 'fields':
      return `#field-lines(bordered: ${block.bordered}, ${block.rows
        .map(({ label, text }) => `(${literal(label)}, ${marked(text)})`)
        .join(', ')})`
    case 'table':
      return `#rows-of("${named(block.input)}")`
    case 'grid':
      return grid(block)
    case 'recipients':
      return ending({ recipients: block })
    case 'signature':
      return ending({ signature: block })
    case 'qr':
      return `#code-image(at: ${block.align})`
    case 'page-break':
      return '#pagebreak(weak: true)'
    default:
      return block satisfies never
  }
}

const side = (align: string) => (align === 'justify' ? 'left' : align)
const named = (field: string) => field.replace(/[^A-Za-z0-9]/g, '')

function paragraph({ text, align, indent, size }: Of<'paragraph'>): string {
  const options = [`at: "${align}"`, `indent: ${indent}`, size === undefined ? '' : `size: ${size}pt`]
  return `#paragraph(${options.filter(Boolean).join(', ')}, ${marked(text, true)})`
}

/** A list of one merge field and nothing else is the list that the field holds. */
function listCall({ items, marker }: Of<'list'>): string {
  const only = items.length === 1 ? /^\s*«([^«»]+)»\s*$/.exec(items[0]!)?.[1] : undefined
  if (only !== undefined) return `#points-of("${named(only)}", marker: "${marker}")`
  return `#points(marker: "${marker}", ${items.map((item) => marked(item)).join(', ')})`
}

function grid({ bordered, widths, rows }: Of<'grid'>): string {
  const cells = rows.flat().map(({ paragraphs, span }) => {
    const inside = paragraphs.map(({ text, align }) => `("${align}", ${marked(text, true)})`).join(', ')
    return `cell(span: ${span}, ${inside})`
  })
  const shares = widths.map((width) => `${width}fr`).join(', ')
  return `#plain-grid(bordered: ${bordered}, (${shares},), ${cells.join(', ')})`
}

function ending({
  recipients,
  signature,
}: {
  recipients?: Of<'recipients'>
  signature?: Of<'signature'>
}): string {
  const parts = [
    recipients && `recipients: (${recipients.items.map((item) => `${marked(item)}, `).join('')})`,
    signature ? `title: ${marked(signature.title, true)}, note: ${signature.note}` : 'signed: false',
  ]
  return `#ending(${parts.filter(Boolean).join(', ')})`
}
