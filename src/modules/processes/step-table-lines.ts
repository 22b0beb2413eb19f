import { searchable } from '../../kernel/text.ts'
import type { Cell, Grid } from './step-table-clipboard.ts'
import { readHours } from './step-table-hours.ts'
import { excerpt, type NoteOf } from './step-table-notes.ts'
import { type Column, columnOf, roleOf } from './step-table-words.ts'

/** One step of a printed table, still in its own words. */
export interface TableLine {
  /** Its line in the pasted table, from 1. */
  line: number
  /** The number that the table gives it. */
  number: number | null
  who: string
  content: string
  time: string
  product: string
  /** Cells of columns that no step has; kept with the content. */
  extra: string[]
  whoHeading: string
  timeHeading: string
  /** Over how many steps a merged cell spreads the time. */
  timeShared: number
}

/** What stands over each column of a table. */
interface Heads {
  row: number
  columns: (Column | undefined)[]
  titles: string[]
}

type Row = readonly (Cell | undefined)[]

const headingRows = 12
const longestHeading = 80

/** How many kinds of column a row names. */
export function knownHeadings(cells: Row): number {
  return new Set(headed(cells).filter((column) => column !== undefined)).size
}

const headed = (cells: Row): (Column | undefined)[] =>
  [...cells].map((cell) => {
    const text = cell?.text ?? ''
    return text.length > 0 && text.length <= longestHeading ? columnOf(text) : undefined
  })

/** The steps of a table, line by line; what is no step is told of. */
export function linesIn(grid: Grid, note: NoteOf): TableLine[] {
  const heads = headsOf(grid, note)
  if (!heads) return []
  const lines: TableLine[] = []
  for (const [i, cells] of grid.cells.entries()) {
    if (i <= heads.row) continue
    if (cells.every((cell) => !cell || cell.text === '') || isNoStep(cells, i, heads, note)) continue
    addLine(lines, { cells, row: i, heads, grid }, note)
  }
  return lines
}

function headsOf(grid: Grid, note: NoteOf): Heads | undefined {
  const rows = grid.cells.slice(0, headingRows)
  const most = Math.max(0, ...rows.map(knownHeadings))
  const found = rows.findIndex((cells) => knownHeadings(cells) === most)
  if (most < 2) return guessedHeads(grid, note)
  for (const [i, cells] of rows.slice(0, found).entries()) {
    const text = textsOf(cells).join(' | ')
    if (text !== '') note('info', 'above-heading', i + 1, { text: excerpt(text) })
  }
  const below = underneath(grid, found)
  const titles = [...rows[found]!].map((cell, i) => withSubtitle(cell, below?.[i]))
  return {
    row: below ? found + 1 : found,
    columns: onceEach(
      titles.map((title) => columnOf(title)),
      grid,
      found,
    ),
    titles,
  }
}

/** A second row of headings, under merged cells of the first. */
function underneath(grid: Grid, found: number): Row | undefined {
  const [above, below] = [grid.cells[found]!, grid.cells[found + 1]]
  const divides = above.some((cell) => cell && cell.columns > 1)
  return divides && below?.some((cell, i) => cell !== undefined && cell === above[i]) ? below : undefined
}

const withSubtitle = (cell: Cell | undefined, below: Cell | undefined) =>
  below && below !== cell ? `${cell?.text ?? ''} ${below.text}`.trim() : (cell?.text ?? '')

// "Trình tự" is the number when another column holds the content; a column of numbers is never content.
function onceEach(columns: (Column | undefined)[], grid: Grid, found: number): (Column | undefined)[] {
  if (columns.filter((column) => column === 'content').length < 2) return columns
  const body = grid.cells.slice(found + 1)
  return columns.map((column, i) => {
    const texts = body.map((cells) => cells[i]?.text ?? '').filter(Boolean)
    return column === 'content' && texts.length > 0 && texts.every((text) => numberIn(text) !== null)
      ? 'number'
      : column
  })
}

/** Columns of a table without headings, by what stands in them. */
function guessedHeads({ cells }: Grid, note: NoteOf): Heads | undefined {
  const width = Math.max(0, ...cells.map((row) => row.length))
  if (width < 3) {
    note('lost', 'no-headings', null)
    return undefined
  }
  const texts = Array.from({ length: width }, (_, i) =>
    cells.map((row) => row[i]?.text ?? '').filter(Boolean),
  )
  const share = (i: number, is: (text: string) => boolean) =>
    texts[i]!.filter(is).length / Math.max(1, texts[i]!.length)
  const free = new Set(texts.keys())
  const columns: (Column | undefined)[] = Array.from({ length: width }, () => undefined)
  const take = (column: Column, score: (i: number) => number, least: number) => {
    const best = [...free].toSorted((a, b) => score(b) - score(a))[0]
    if (best === undefined || score(best) < least) return
    columns[best] = column
    free.delete(best)
  }
  const length = (i: number) => texts[i]!.join('').length / Math.max(1, texts[i]!.length)
  take('number', (i) => share(i, (text) => text.length < 9 && numberIn(text) !== null), 0.6)
  take('time', (i) => share(i, (text) => text.length < 60 && readHours(text) !== undefined), 0.5)
  take('content', length, 1)
  take('who', (i) => share(i, (text) => roleOf(text) !== undefined), 0.5)
  take('product', length, 1)
  note('guess', 'headings-guessed', null, { columns: columns.map((column) => column ?? '?').join(' | ') })
  return { row: -1, columns, titles: columns.map((_, i) => `${i + 1}`) }
}

const textsOf = (cells: Row) => [...new Set(cells)].map((cell) => cell?.text ?? '').filter(Boolean)

/** Whether a row is something else than a step: the heading again, numbers of columns, a title, the total. */
function isNoStep(cells: Row, row: number, heads: Heads, note: NoteOf): boolean {
  const texts = textsOf(cells.filter((cell) => cell?.row === row))
  const text = texts.join(' ')
  const line = row + 1
  if (row > 0 && heads.row >= 0 && knownHeadings(cells) >= 3 && sameColumns(cells, heads)) {
    note('info', 'heading-again', line)
    return true
  }
  if (
    row === heads.row + 1 &&
    texts.length > 2 &&
    texts.every((each) => /^\(?(\d{1,2}|[a-h])\)?$/i.test(each))
  ) {
    note('info', 'column-numbers', line)
    return true
  }
  if (texts.slice(0, 2).some((each) => /^tong( cong| so| thoi gian| hop)?\b/.test(searchable(each)))) {
    const hours = texts.map((each) => readHours(each)?.hours).find((each) => each !== undefined)
    note('info', 'total-row', line, { text: excerpt(text), hours: hours ?? 0 })
    return true
  }
  if (isTitle(cells, row, heads)) {
    note('lost', 'title-row', line, { text: excerpt(text) })
    return true
  }
  return false
}

const sameColumns = (cells: Row, { columns }: Heads) =>
  headed(cells).every((column, i) => column === undefined || column === columns[i])

/** One cell across the table, or a lone text where neither who nor when is said. */
function isTitle(cells: Row, row: number, { columns }: Heads): boolean {
  const own = cells.filter((cell) => cell && cell.row === row && cell.text !== '')
  const distinct = [...new Set(own)]
  const [only] = distinct
  if (!only) return false
  if (distinct.length === 1 && only.columns >= Math.max(2, columns.length - 2)) return true
  const isNumbering = (cell: Cell | undefined) => /^([IVX]{1,5}|[A-Z])\.?$/.test(cell?.text ?? '')
  return distinct.length === 2 && isNumbering(only) && (distinct[1]?.columns ?? 1) >= columns.length - 2
}

interface Place {
  cells: Row
  row: number
  heads: Heads
  grid: Grid
}

function addLine(lines: TableLine[], at: Place, note: NoteOf): void {
  const { row, heads } = at
  const before = lines.at(-1)
  const [content = '', ...details] = cellsOf(at, 'content')
  const contentCell = at.cells[heads.columns.indexOf('content')]
  const goesOn = contentCell?.text === '' || contentCell === undefined || contentCell.row < row
  if (goesOn && heads.columns.includes('content')) {
    if (before) continued(before, at, note)
    else note('lost', 'row-without-content', row + 1, { text: excerpt(textsOf(at.cells).join(' | ')) })
    return
  }
  const who = cellsOf(at, 'who').join(' - ')
  if (who === '' && before && before.who !== '')
    note('guess', 'who-above', row + 1, { text: excerpt(before.who) })
  lines.push({
    line: row + 1,
    number: numberIn(cellsOf(at, 'number')[0] ?? ''),
    who: who || (before?.who ?? ''),
    content: [content, ...details].join('\n'),
    ...timeOf(at, note),
    product: cellsOf(at, 'product').join('\n'),
    extra: extrasOf(at, note),
    whoHeading: heads.titles[heads.columns.indexOf('who')] ?? '',
  })
}

/** Further lines of a step whose content is merged over them, or stands only on its first line. */
function continued(step: TableLine, at: Place, note: NoteOf): void {
  const { row } = at
  const own = (column: Column) =>
    [...new Set(at.cells.filter((cell, i) => at.heads.columns[i] === column && cell?.row === row))]
      .map((cell) => cell?.text ?? '')
      .filter(Boolean)
      .join('\n')
  const [who, time, product] = [own('who'), own('time'), own('product')]
  if (who !== '') step.who = step.who === '' ? who : `${step.who}; ${who}`
  if (product !== '') step.product = step.product === '' ? product : `${step.product}\n${product}`
  if (time !== '') step.time = step.time === '' ? time : `${step.time} + ${time}`
  step.extra.push(...extrasOf(at, note))
  note('guess', 'row-joined', row + 1, {
    to: step.line,
    text: excerpt([who, time, product].filter(Boolean).join(' | ')),
  })
}

function cellsOf({ cells, heads }: Place, column: Column): string[] {
  const found = cells.filter((_, i) => heads.columns[i] === column)
  return [...new Set(found)].map((cell) => cell?.text ?? '').filter(Boolean)
}

function timeOf(at: Place, note: NoteOf): Pick<TableLine, 'time' | 'timeHeading' | 'timeShared'> {
  const { cells, heads, row } = at
  const [column = -1, ...others] = heads.columns.flatMap((each, i) => (each === 'time' ? [i] : []))
  const cell = cells[column]
  for (const other of others) {
    const text = cells[other]?.text ?? ''
    if (text !== '' && cells[other] !== cell)
      note('guess', 'second-time', row + 1, { column: heads.titles[other] ?? '', text: excerpt(text) })
  }
  return {
    time: cell?.text ?? '',
    timeHeading: heads.titles[column] ?? '',
    timeShared: cell ? sharing(at, cell, column) : 1,
  }
}

/** Steps over which a merged cell of time stands; lines that only go on with a step are none. */
function sharing({ grid, heads }: Place, cell: Cell, column: number): number {
  const content = heads.columns.indexOf('content')
  const rows = grid.cells.slice(cell.row, cell.row + cell.rows)
  const own = rows.filter((cells) => cells[column] === cell).map((cells) => cells[content])
  return Math.max(1, new Set(own.filter((each) => each && each.text !== '')).size)
}

function extrasOf({ cells, heads, row }: Place, note: NoteOf): string[] {
  const extra = [
    ...new Set(
      cells.filter((cell, i) => heads.columns[i] === undefined && cell?.row === row && cell.text !== ''),
    ),
  ]
  return extra.map((cell) => {
    const title = heads.titles[cell!.column] ?? ''
    note('info', 'cell-kept', row + 1, { column: title || `${cell!.column + 1}`, text: excerpt(cell!.text) })
    return title === '' ? cell!.text : `${title}: ${cell!.text}`
  })
}

/** The number in "1", "1.", "Bước 1", "B1", "(1)". */
function numberIn(text: string): number | null {
  const found = /^\(?(?:bước|buoc|b)?\s*(\d{1,3})[.):]?$/iu.exec(text.trim())?.[1]
  return found === undefined ? null : Number(found)
}
