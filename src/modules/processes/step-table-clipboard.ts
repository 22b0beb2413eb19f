import { Parser } from 'htmlparser2'

/*
 * Tables as Word, Excel and LibreOffice put them on the clipboard. What comes is a stranger's text: it is read as
 * text by a tokenizer, bounded in every direction, and nothing of it is ever run, fetched or shown as markup.
 */

export interface Cell {
  text: string
  /** Where it begins; a merged cell stands at every place that it covers. */
  row: number
  column: number
  rows: number
  columns: number
}

export interface Grid {
  /** By row and column; undefined where the table has no cell. */
  cells: (Cell | undefined)[][]
  /** Tables inside its cells, whose text stands in the cell. */
  nested: number
}

export interface Clipboard {
  grids: Grid[]
  /** Text beside the tables. */
  outside: string
  /** Cells whose text was longer than what is kept. */
  cut: { row: number; column: number }[]
}

/** Characters of one paste. */
export const mostPasted = 1_000_000
const mostDepth = 100
const mostGridRows = 400
const mostColumns = 40
const mostCellText = 6000
const mostGrids = 20

export type TooMuch = 'too-large' | 'too-deep' | 'too-many-cells'
class Beyond extends Error {
  readonly what: TooMuch
  constructor(what: TooMuch) {
    super(what)
    this.what = what
  }
}

/** The tables in a piece of HTML; the name of the bound that it breaks otherwise. */
export function tablesInHtml(html: string): Clipboard | TooMuch {
  if (html.length > mostPasted) return 'too-large'
  const reader = new TableReader()
  // A parser keeps its own stack of open elements: it is left as soon as that grows beyond any real table.
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
    },
    { decodeEntities: true },
  )
  try {
    parser.write(html)
    parser.end()
    return reader.result()
  } catch (error) {
    if (error instanceof Beyond) return error.what
    throw error
  }
}

interface OpenTable {
  grid: Grid
  row: number
  /** The cell that is being read. */
  cell: Cell | undefined
}

const unread = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'xml',
])
const blocks = new Set(['br', 'p', 'div', 'li', 'tr', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

class TableReader {
  private table: OpenTable | undefined
  /** Tables inside a cell of the open one. */
  private inner = 0
  private depth = 0
  private skipping = 0
  private readonly grids: Grid[] = []
  private readonly cut: Clipboard['cut'] = []
  private outside = ''

  open(name: string, attributes: Record<string, string>): void {
    this.depth += 1
    if (this.depth > mostDepth) throw new Beyond('too-deep')
    if (unread.has(name)) this.skipping += 1
    if (name === 'table') this.openTable()
    else if (name === 'tr' && this.inner === 0) this.openRow()
    else if ((name === 'td' || name === 'th') && this.inner === 0) this.openCell(attributes)
    if (blocks.has(name)) this.add(name === 'li' ? '\n- ' : '\n')
    else if (name === 'td' || name === 'th') this.add(' ')
  }

  close(name: string): void {
    this.depth -= 1
    if (unread.has(name)) this.skipping -= 1
    if (blocks.has(name) && name !== 'br') this.add('\n')
    if (name === 'table') this.closeTable()
    else if ((name === 'td' || name === 'th') && this.inner === 0 && this.table) this.endCell(this.table)
  }

  text(text: string): void {
    if (this.skipping > 0) return
    // A line end in the source is a space; its own line ends come from elements.
    this.add(text.replace(/[\s\u00a0]+/g, ' '))
  }

  result(): Clipboard {
    return {
      grids: this.grids.filter(({ cells }) => cells.length > 0),
      outside: tidy(this.outside).slice(0, mostCellText),
      cut: this.cut,
    }
  }

  private openTable(): void {
    if (this.table) {
      this.inner += 1
      this.table.grid.nested += 1
      return
    }
    if (this.grids.length >= mostGrids) throw new Beyond('too-many-cells')
    this.table = { grid: { cells: [], nested: 0 }, row: -1, cell: undefined }
    this.grids.push(this.table.grid)
  }

  private closeTable(): void {
    if (this.inner > 0) this.inner -= 1
    else if (this.table) {
      this.endCell(this.table)
      this.table = undefined
    }
  }

  private openRow(): void {
    if (!this.table) return
    this.endCell(this.table)
    this.table.row += 1
    rowOf(this.table.grid, this.table.row)
  }

  private openCell(attributes: Record<string, string>): void {
    const { table } = this
    if (!table) return
    this.endCell(table)
    if (table.row < 0) table.row = 0
    table.cell = place(table.grid, table.row, span(attributes.rowspan), span(attributes.colspan))
  }

  private endCell(table: OpenTable): void {
    const { cell } = table
    if (!cell) return
    table.cell = undefined
    const text = tidy(cell.text)
    if (text.length > mostCellText) this.cut.push({ row: cell.row, column: cell.column })
    cell.text = text.slice(0, mostCellText)
  }

  private add(text: string): void {
    const cell = this.table?.cell
    // Text between the cells of a table stands nowhere on paper: only spaces do.
    if (cell) {
      if (cell.text.length <= 2 * mostCellText) cell.text += text
    } else if (this.outside.length <= 2 * mostCellText) this.outside += text
  }
}

function rowOf(grid: Grid, row: number): (Cell | undefined)[] {
  if (row >= mostGridRows) throw new Beyond('too-many-cells')
  while (grid.cells.length <= row) grid.cells.push([])
  return grid.cells[row]!
}

/** Puts a cell at the first free place of its row, and at every other place that it covers. */
function place(grid: Grid, row: number, rows: number, columns: number): Cell {
  const line = rowOf(grid, row)
  let column = 0
  while (line[column] !== undefined) column += 1
  if (column + columns > mostColumns) throw new Beyond('too-many-cells')
  const cell: Cell = { text: '', row, column, rows: Math.min(rows, mostGridRows - row), columns }
  for (let y = row; y < row + cell.rows; y += 1)
    for (let x = column; x < column + columns; x += 1) rowOf(grid, y)[x] ??= cell
  return cell
}

const span = (text: string | undefined) =>
  /^\s*\d{1,4}\s*$/.test(text ?? '') ? Math.max(1, Math.min(Number(text), mostGridRows)) : 1

/** The table in tab-separated text, as Excel writes it: a cell with line ends or quotes stands in quotes. */
export function tableInText(text: string): Clipboard | TooMuch {
  if (text.length > mostPasted) return 'too-large'
  const grid: Grid = { cells: [], nested: 0 }
  const cut: Clipboard['cut'] = []
  try {
    for (const [row, texts] of linesOf(text).entries()) {
      for (const [column, each] of texts.entries()) {
        const tidied = tidy(each)
        if (tidied.length > mostCellText) cut.push({ row, column })
        place(grid, row, 1, 1).text = tidied.slice(0, mostCellText)
      }
      rowOf(grid, row)
    }
  } catch (error) {
    if (error instanceof Beyond) return error.what
    throw error
  }
  while (grid.cells.at(-1)?.every((cell) => cell === undefined || cell.text === '')) grid.cells.pop()
  const isTable = grid.cells.some((cells) => cells.length > 1)
  return isTable
    ? { grids: [grid], outside: '', cut }
    : { grids: [], outside: tidy(text).slice(0, mostCellText), cut: [] }
}

function linesOf(text: string): string[][] {
  const lines: string[][] = []
  let cells: string[] = []
  // A quoted cell, a plain cell, each with what ends it.
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] !== '\t') {
      lines.push(cells)
      cells = []
      if (lines.length > mostGridRows) throw new Beyond('too-many-cells')
    }
    if (cell.lastIndex >= text.length) break
  }
  if (cells.length > 0) lines.push(cells)
  return lines
}

/** Text as it is kept: one space for many, no line without text, nothing that no database keeps. */
const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u00a0\u00ad\u200b\ufeff]|\p{Surrogate}/gu, (each) =>
      each === '\u00a0' || each === '\t' || each === '\r' ? (each === '\r' ? '\n' : ' ') : '',
    )
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '' && line !== '-')
    .join('\n')
