import { searchable } from '../../kernel/text.ts'
import type { Role } from '../directory/index.ts'
import { mostRows, ordinaryOutcome, placeOfRole, type StepRow } from './step-table.ts'
import { branchingsIn } from './step-table-branches.ts'
import { type Clipboard, type Grid, type TooMuch, tableInText, tablesInHtml } from './step-table-clipboard.ts'
import { readHours, unitOfHeading } from './step-table-hours.ts'
import { knownHeadings, linesIn, type TableLine } from './step-table-lines.ts'
import { linkRows, type ReadRow } from './step-table-links.ts'
import { excerpt, type NoteOf, noteTaker, type TableNote } from './step-table-notes.ts'
import { roleOf, stepKindOf } from './step-table-words.ts'

/** A step of the table that happens before acceptance or after the result is ready. */
export interface OutsideStep {
  name: string
  performer: string
  hours: number | null
  line: number
}

export interface ReadTable {
  rows: StepRow[]
  /** Steps before acceptance and for returning the result: they are acts on the dossier, not steps of the model. */
  reception: OutsideStep[]
  returning: OutsideStep[]
  /** Everything that was guessed, left out or not understood, each with its place. */
  report: TableNote[]
}

/**
 * Reads a step table as it was copied from Word, Excel or LibreOffice: HTML with merged cells, or tab-separated
 * text. Nothing is dropped silently: `report` names every line and cell that was not understood. Pure.
 */
export function readStepTable(pasted: { html?: string; text?: string }): ReadTable {
  const { note, report } = noteTaker()
  const clipboard = clipboardOf(pasted, note, () => report.length)
  const chosen = clipboard && bestOf(clipboard, note)
  if (!clipboard || !chosen) return { rows: [], reception: [], returning: [], report }
  const lines = linesIn(chosen, note)
  for (const { row, column } of clipboard.cut) note('lost', 'cell-cut', row, { column: column + 1 })
  const read = lines.slice(0, mostRows + 20).map((line) => rowOf(line, note))
  const { inside, reception, returning } = apart(read, note)
  for (const { line } of [...inside.slice(mostRows).map((row) => row.source), ...lines.slice(mostRows + 20)])
    note('lost', 'too-many-rows', line, { most: mostRows })
  for (const { source, row } of inside) noteKind(source, row.role, note)
  noteTotal(read, report, note)
  const rows = linkRows(inside.slice(0, mostRows), [...reception, ...returning], note)
  const sorted = report.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return { rows, reception: reception.map(outside), returning: returning.map(outside), report: sorted }
}

function noteKind({ content, product, line }: TableLine, role: Role | null, note: NoteOf): void {
  if (!stepKindOf(content, role) && !stepKindOf(product, role))
    note('guess', 'kind-guessed', line, { text: excerpt(flat(content)) })
}

/** Whether the steps add up to what the table says they do. */
function noteTotal(read: readonly ReadRow[], report: readonly TableNote[], note: NoteOf): void {
  const total = report.find(({ code }) => code === 'total-row')
  const stated = Number(total?.params.hours ?? 0)
  const sum = Math.round(read.reduce((hours, { row }) => hours + (row.hours ?? 0), 0) * 100) / 100
  if (total && stated > 0 && Math.abs(stated - sum) > 0.05)
    note('guess', 'total-differs', total.line, { stated, sum })
}

function clipboardOf(
  { html = '', text = '' }: { html?: string; text?: string },
  note: NoteOf,
  told: () => number,
): Clipboard | undefined {
  const fromHtml = /<t(able|r|d)\b/i.test(html.slice(0, 2_000_000))
    ? usable(tablesInHtml(html), note)
    : undefined
  if (fromHtml && fromHtml.grids.length > 0) return fromHtml
  const fromText = text.trim() === '' ? undefined : usable(tableInText(text), note)
  if (fromText && fromText.grids.length > 0) return fromText
  if (told() === 0) note('lost', 'no-table', null)
  return undefined
}

function usable(found: Clipboard | TooMuch, note: NoteOf): Clipboard | undefined {
  if (typeof found !== 'string') return found
  note('lost', found, null)
  return undefined
}

/** The table that looks most like a step table; the others are told of. */
function bestOf({ grids, outside }: Clipboard, note: NoteOf): Grid | undefined {
  const scored = grids.map((grid) => ({ grid, score: scoreOf(grid) }))
  const best = scored.toSorted((a, b) => b.score - a.score)[0]?.grid
  for (const [i, { grid }] of scored.entries())
    if (grid !== best)
      note('lost', 'other-table', null, {
        number: i + 1,
        rows: grid.cells.length,
        text: excerpt(textOf(grid)),
      })
  if (best && best.nested > 0) note('guess', 'nested-table', null, { count: best.nested })
  if (outside !== '') note('lost', 'text-outside', null, { text: excerpt(outside) })
  return best
}

const textOf = (grid: Grid) =>
  [...new Set(grid.cells.flat())]
    .map((cell) => cell?.text ?? '')
    .filter(Boolean)
    .join(' | ')
    .slice(0, 400)

function scoreOf(grid: Grid): number {
  const width = Math.max(0, ...grid.cells.map((cells) => cells.length))
  const known = Math.max(0, ...grid.cells.slice(0, 12).map((cells) => knownHeadings(cells)))
  return known * 1000 + Math.min(width, 6) * 10 + Math.min(grid.cells.length, 9)
}

function rowOf(line: TableLine, note: NoteOf): ReadRow {
  const { name, rest } = titleOf(line.content)
  const role = whoOf(line, note)
  const kind = stepKindOf(line.content, role) ?? stepKindOf(line.product, role) ?? 'work'
  const performer = flat(line.who).slice(0, 200)
  return {
    source: line,
    branchings: branchingsIn(line.content),
    row: {
      id: '',
      name: name || flat(line.product).slice(0, 200),
      note: [rest, ...line.extra].filter(Boolean).join('\n').slice(0, 5000),
      performer,
      role,
      ...placeOfRole(role),
      kind,
      hours: timeOf(line, note),
      product: flat(line.product).slice(0, 1000),
      outcomes: [{ outcome: ordinaryOutcome(kind), to: 'next' }],
    },
  }
}

const flat = (text: string) => text.replaceAll('\n', '; ').replace(/^- /, '').replaceAll('; - ', '; ')
const longestName = 120

/** The first sentence of the content names the step; the rest is kept beside it, all of it when the name is cut. */
function titleOf(content: string): { name: string; rest: string } {
  const [first = '', ...more] = content.split('\n')
  const plain = first.replace(/^[-–+*•\s]+/u, '').replace(/[:;.\s]+$/, '')
  const [sentence = '', ...others] = plain.split(/(?<=\S{2})\.\s+(?=\p{Lu})/u)
  if (sentence.length <= longestName)
    return { name: sentence, rest: [others.join('. '), ...more].filter(Boolean).join('\n') }
  const cut = sentence.slice(0, longestName - 1).replace(/\s+\S*$/, '')
  return { name: `${cut}…`, rest: content }
}

function whoOf({ who, line, whoHeading }: TableLine, note: NoteOf): Role | null {
  if (who === '') {
    note('lost', 'who-missing', line)
    return null
  }
  const found = roleOf(who)
  if (!found) {
    note('lost', 'who-unknown', line, { column: whoHeading, text: excerpt(flat(who)) })
    return null
  }
  if (found.others.length > 0)
    note('guess', 'several-roles', line, { text: excerpt(flat(who)), role: found.role })
  return found.role
}

function timeOf({ time, timeHeading, line, timeShared }: TableLine, note: NoteOf): number | null {
  if (time === '') {
    note('lost', 'hours-missing', line)
    return null
  }
  const found = readHours(time, unitOfHeading(timeHeading))
  if (!found) {
    note('lost', 'hours-unknown', line, { text: excerpt(flat(time)) })
    return null
  }
  const hours = Math.round((found.hours / timeShared) * 100) / 100
  if (timeShared > 1) note('guess', 'hours-shared', line, { text: flat(time), count: timeShared, hours })
  else if (found.guess) note('guess', `hours-${found.guess}`, line, { text: excerpt(flat(time)), hours })
  return hours > 0 ? hours : null
}

/** Takes the steps off that are no part of the model: before acceptance, and returning the result. */
function apart(read: readonly ReadRow[], note: NoteOf) {
  let from = 0
  while (from < read.length && isReception(read[from]!)) from += 1
  let to = read.length
  while (to > from && isReturning(read[to - 1]!)) to -= 1
  const [reception, inside, returning] = [read.slice(0, from), read.slice(from, to), read.slice(to)]
  for (const { source, row } of reception)
    note('info', 'reception-outside', source.line, { name: row.name, hours: row.hours ?? 0 })
  for (const { source, row } of returning)
    note('info', 'return-outside', source.line, { name: row.name, hours: row.hours ?? 0 })
  return { reception, inside, returning }
}

function isReception({ row, source }: ReadRow): boolean {
  const words = searchable(source.content)
  return (
    (row.role === 'reception' || row.role === null || row.role === 'post') &&
    /tiep nhan|nop ho so|nhan ho so|kiem tra (tinh|thanh phan|ho so)|chuyen ho so|quet|so hoa/.test(words)
  )
}

function isReturning({ row, source }: ReadRow): boolean {
  const words = searchable(source.content)
  const returns =
    /tra (lai )?(ket qua|giay|ho so)|giao (tra )?ket qua|nhan ket qua|thong ke|luu ho so|thu phi|thu le phi|danh gia/.test(
      words,
    )
  return (
    returns &&
    (row.role === 'reception' ||
      row.role === 'post' ||
      row.role === 'cashier' ||
      (row.role === null && /^tra /.test(words)))
  )
}

const outside = ({ row, source }: ReadRow): OutsideStep => ({
  name: row.name,
  performer: row.performer,
  hours: row.hours,
  line: source.line,
})
