/** Rows of a CSV text with a header line (RFC 4180: quotes, doubled quotes, line breaks inside quotes). */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...rows] = records(text.replace(/^\uFEFF/, ''))
  if (!header) return []
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])))
}

function records(text: string): string[][] {
  const all: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at) : plain(text, at)
    record.push(cell.value)
    at = cell.end + 1
    if (text[cell.end] === ',') continue
    if (text[cell.end] === '\r') at += 1
    all.push(record)
    record = []
  }
  if (record.length > 0) all.push([...record, ''])
  return all
}

function plain(text: string, start: number) {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { value: text.slice(start, end), end }
}

function quoted(text: string, start: number) {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end === -1) throw new Error(`CSV: a quote opened at character ${start} is not closed`)
  return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 }
}

export type Cell = string | number | null

/**
 * One line of a CSV file (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front;
 * numbers stay numbers, with a point.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
