import { child, valOf, type XmlNode } from './parse-xml.ts'

/** How text looks, as far as templates keep it; what a style leaves open is undefined. */
export interface Look {
  bold?: boolean
  italic?: boolean
  underline?: boolean
  caps?: boolean
  hidden?: boolean
  /** Points. */
  size?: number
  align?: 'left' | 'center' | 'right' | 'justify'
  /** The first line is set in. */
  indent?: boolean
  heading?: boolean
  bordered?: boolean
  list?: { id: string; level: number }
}

/** The look of each style by its id, with what it takes from the style below it. */
export class DocxStyles {
  readonly #styles = new Map<string, { look: Look; basedOn: string | undefined }>()
  readonly defaults: Look
  /** The style of paragraphs that name none. */
  readonly plain: string | undefined

  constructor(root: XmlNode | undefined) {
    const defaults = child(root, 'w:docDefaults')
    this.defaults = {
      ...paragraphLook(child(child(defaults, 'w:pPrDefault'), 'w:pPr')),
      ...runLook(child(child(defaults, 'w:rPrDefault'), 'w:rPr')),
    }
    for (const style of root?.children.filter(({ name }) => name === 'w:style') ?? []) this.#add(style)
    this.plain = root?.children.find(
      ({ name, attributes }) =>
        name === 'w:style' && attributes.default === '1' && attributes.type === 'paragraph',
    )?.attributes.styleId
  }

  #add(style: XmlNode): void {
    const called = valOf(style, 'w:name') ?? ''
    const paragraph = child(style, 'w:pPr')
    const look: Look = {
      ...paragraphLook(paragraph),
      ...runLook(child(style, 'w:rPr')),
      ...(/^(heading|title|tiêu đề)/i.test(called) && { heading: true }),
      ...(hasBorders(child(style, 'w:tblPr')) && { bordered: true }),
    }
    this.#styles.set(style.attributes.styleId ?? '', { look, basedOn: valOf(style, 'w:basedOn') })
  }

  /** What a style and those below it say; a circle of styles ends where it began. */
  of(id: string | undefined, seen: ReadonlySet<string> = new Set()): Look {
    const style = id === undefined || seen.has(id) ? undefined : this.#styles.get(id)
    if (style === undefined) return {}
    return { ...this.of(style.basedOn, new Set([...seen, id!])), ...style.look }
  }
}

/** What the properties of a run say. */
export function runLook(properties: XmlNode | undefined): Look {
  const look: Look = {}
  for (const { name, attributes } of properties?.children ?? []) {
    const on = !/^(0|false|off|none)$/.test(attributes.val ?? '1')
    if (name === 'w:b') look.bold = on
    else if (name === 'w:i') look.italic = on
    else if (name === 'w:u') look.underline = on
    else if (name === 'w:caps') look.caps = on
    else if (name === 'w:vanish') look.hidden = on
    else if (name === 'w:sz') look.size = halfPoints(attributes.val)
  }
  return look
}

function halfPoints(value: string | undefined): number {
  const points = Math.round(Number(value)) / 2
  return Number.isFinite(points) ? Math.min(36, Math.max(6, points)) : 13
}

const alignments: Record<string, Look['align']> = {
  left: 'left',
  start: 'left',
  center: 'center',
  right: 'right',
  end: 'right',
  both: 'justify',
  distribute: 'justify',
}

/** What the properties of a paragraph say. */
export function paragraphLook(properties: XmlNode | undefined): Look {
  const look: Look = {}
  const align = alignments[valOf(properties, 'w:jc') ?? '']
  if (align) look.align = align
  const indent = child(properties, 'w:ind')?.attributes
  if (indent) look.indent = Number(indent.firstLine ?? 0) > 0
  const numbered = child(properties, 'w:numPr')
  if (numbered) {
    const id = valOf(numbered, 'w:numId') ?? '0'
    look.list = { id, level: Number(valOf(numbered, 'w:ilvl') ?? 0) }
  }
  return look
}

/** Whether a table draws lines: one side that is drawn is enough. */
export function hasBorders(properties: XmlNode | undefined): boolean {
  const sides = child(properties, 'w:tblBorders')?.children ?? []
  return sides.some(({ attributes }) => !/^(none|nil)$/.test(attributes.val ?? 'none'))
}
