import { child, valOf, type XmlNode } from './parse-xml.ts'

export type Marker = 'dash' | 'number' | 'letter'

const markers: Record<string, Marker> = { bullet: 'dash', decimal: 'number', lowerLetter: 'letter' }

/** How the lists of a Word file are marked. */
export class DocxNumbering {
  readonly #formats = new Map<string, Map<string, string>>()
  readonly #lists = new Map<string, string>()

  constructor(root: XmlNode | undefined) {
    for (const each of root?.children ?? []) {
      if (each.name === 'w:abstractNum')
        this.#formats.set(each.attributes.abstractNumId ?? '', formatsOf(each))
      if (each.name === 'w:num')
        this.#lists.set(each.attributes.numId ?? '', valOf(each, 'w:abstractNumId') ?? '')
    }
  }

  /** Undefined when templates have no such mark; the list stays one with dashes. */
  markerOf({ id, level }: { id: string; level: number }): Marker | undefined {
    return markers[this.#formats.get(this.#lists.get(id) ?? '')?.get(String(level)) ?? '']
  }
}

function formatsOf(abstract: XmlNode): Map<string, string> {
  const levels = abstract.children.filter(({ name }) => name === 'w:lvl')
  return new Map(
    levels.map((level) => [level.attributes.ilvl ?? '', child(level, 'w:numFmt')?.attributes.val ?? '']),
  )
}
