/** Something of a Word file that the template does not have as it stood there. */
export interface DocxNote {
  code: DocxNoteCode
  /** How often. */
  count: number
  /** What it was, where that helps to find it. */
  about: string
}

export const docxNoteCodes = [
  'image',
  'text-box',
  'shape',
  'embedded',
  'comment',
  'footnote',
  'deleted',
  'inserted',
  'hidden',
  'field',
  'page-number',
  'symbol',
  'formula',
  'list',
  'nested-table',
  'merged-rows',
  'columns',
  'page-size',
  'first-page',
  'sections',
  'link',
  'look',
  'unknown',
  'long',
] as const
export type DocxNoteCode = (typeof docxNoteCodes)[number]

/** Collects notes; the same thing is told once, with how often it was there. */
export class DocxNotes {
  readonly #notes = new Map<string, DocxNote>()

  add(code: DocxNoteCode, about = ''): void {
    const key = `${code} ${about}`
    const note = this.#notes.get(key) ?? { code, count: 0, about: about.slice(0, 120) }
    note.count++
    if (this.#notes.size < 200) this.#notes.set(key, note)
  }

  list(): DocxNote[] {
    return [...this.#notes.values()]
  }
}
