/** The parts that a result is printed from; `result.typ` draws each kind. */
export type Cell = { label: string; value: string; strong: boolean; width: number }
export type Block =
  | { kind: 'rows'; rows: Cell[][] }
  | { kind: 'heading' | 'words'; text: string }
  | { kind: 'text'; paragraphs: string[]; italic: boolean }
  | { kind: 'article'; name: string; paragraphs: string[] }
  | { kind: 'table'; columns: string[]; rows: string[][] }

// A line left empty on a paper form is dotted, so nothing can be written in later.
const blank = '…………'

/** One cell of a line: label, colon, value; `width` is its share of the line. */
export const cell = (
  label: string,
  value: string | null,
  options: { strong?: boolean; width?: number } = {},
): Cell => ({
  label,
  value: value || blank,
  strong: options.strong ?? false,
  width: options.width ?? 1,
})

export const rows = (...lines: (Cell | Cell[])[]): Block => ({
  kind: 'rows',
  rows: lines.map((line) => (Array.isArray(line) ? line : [line])),
})
export const heading = (text: string): Block => ({ kind: 'heading', text })
export const words = (text: string): Block => ({ kind: 'words', text })
export const text = (paragraphs: string | string[], italic = false): Block => ({
  kind: 'text',
  paragraphs: typeof paragraphs === 'string' ? [paragraphs] : paragraphs,
  italic,
})
export const article = (name: string, paragraphs: string | string[]): Block => ({
  kind: 'article',
  name,
  paragraphs: typeof paragraphs === 'string' ? [paragraphs] : paragraphs,
})
export const table = (columns: string[], rows: string[][]): Block => ({ kind: 'table', columns, rows })
