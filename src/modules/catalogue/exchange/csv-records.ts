import { parseCsv } from '../../../kernel/csv.ts'
import type { Channel, Limit } from '../procedure-version.ts'
import { caseFrom, type ImportedRecord, procedureFrom } from './imported.ts'
import { limitInText } from './limit-words.ts'
import { text } from './national-record.ts'
import { type Trait, trait } from './trait.ts'

/** Headings that are known, as people write them. */
const columns: Record<string, string> = {
  'mã thủ tục': 'code',
  'mã tthc': 'code',
  code: 'code',
  procedure_code: 'code',
  'tên thủ tục': 'name',
  'tên tthc': 'name',
  name: 'name',
  'lĩnh vực': 'field',
  field: 'field',
  'đối tượng': 'subjects',
  subjects: 'subjects',
  'cơ quan thực hiện': 'executing',
  executing: 'executing',
  'thời hạn': 'limit',
  'thời hạn giải quyết': 'limit',
  limit: 'limit',
  'thành phần hồ sơ': 'components',
  components: 'components',
  'trình tự thực hiện': 'steps',
  steps: 'steps',
  'kết quả': 'results',
  results: 'results',
  'căn cứ pháp lý': 'bases',
  bases: 'bases',
  'yêu cầu, điều kiện': 'conditions',
  conditions: 'conditions',
}

const mostLines = 20_000

/** The text of an uploaded table: UTF-8, or UTF-16 with its mark; what is in another encoding is said. */
export function tableText(bytes: Uint8Array): { text: string } | { trait: Trait } {
  const [first, second] = bytes
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes) }
  } catch {
    return { trait: trait('encoding', '1', 'UTF-8') }
  }
}

/** Procedures from a table, one a line. Lines and columns that are not understood are told, never skipped silently. */
export function readCsvRecords(table: string, asOf: string): { records: ImportedRecord[]; traits: Trait[] } {
  const traits: Trait[] = []
  const rows = rowsOf(table, traits)
  const [first] = rows
  const headings = Object.keys(first ?? {})
  for (const heading of headings) if (!columnOf(heading)) traits.push(trait('not-taken-over', '1', heading))
  const records = rows.slice(0, mostLines).flatMap((row, i) => {
    const at = String(i + 2)
    const said = Object.fromEntries(
      Object.entries(row).flatMap(([heading, cell]) => {
        const column = columnOf(heading)
        return column ? [[column, plainCell(cell, at, traits)]] : []
      }),
    )
    return recordOf(said, at, asOf, traits)
  })
  if (rows.length > mostLines)
    traits.push(trait('not-taken-over', String(mostLines + 2), `${rows.length - mostLines}`))
  return { records, traits }
}

const columnOf = (heading: string) => columns[heading.normalize('NFC').trim().toLowerCase()]

function rowsOf(table: string, traits: Trait[]): Record<string, string>[] {
  try {
    return parseCsv(table)
  } catch (error) {
    traits.push(trait('line-unreadable', '1', (error as Error).message))
    return []
  }
}

/** A cell that a spreadsheet would run is kept as text, without what makes it run. */
function plainCell(cell: string, at: string, traits: Trait[]): string {
  if (!/^\s*[=+@\t]|^\s*-\s*[^\s\d]/.test(cell)) return text(cell)
  traits.push(trait('formula', at, cell))
  return text(cell.replace(/^[\s=+@\t-]+/, ''))
}

function recordOf(said: Record<string, string>, at: string, asOf: string, all: Trait[]): ImportedRecord[] {
  const { code = '', name = '' } = said
  if (!/^\d\.\d{6}$/.test(code) || name === '') {
    all.push(trait('line-unreadable', at, `${code} ${name}`))
    return []
  }
  const traits: Trait[] = []
  const limits = limitsOf(said.limit ?? '', traits)
  const ordinary = caseFrom({ code: `${code}.01`, name: 'Trường hợp chung' }, limits, [])
  const procedure = procedureFrom({
    ...{ code, name, executing: said.executing || '—', conditions: said.conditions || null },
    field: { code: null, name: said.field || '—' },
    subjects: partsOf(said.subjects),
    cases: ordinary ? [ordinary] : [],
    components: partsOf(said.components).map((paper, i) => ({
      ...{ key: `giay-to-${i + 1}`, name: paper, nameEn: paper, code: null, original: 1, copies: 0 },
      ...{ mode: 'submit', required: true, condition: null, replacedBy: null, lookedUpWhen: null },
      ...{ group: null, declaration: false, help: null },
    })),
    steps: partsOf(said.steps).map((step, i) => ({ name: `Bước ${i + 1}`, text: step })),
    results: partsOf(said.results).map((result) => ({ code: null, name: result })),
    legalBases: partsOf(said.bases).map((basis) => ({ number: basis, title: basis })),
    ...{ asOf, source: `Bảng nhập, dòng ${at}` },
  })
  if (!said.field) traits.push(trait('no-field', at, ''))
  return [{ code, name, format: 'csv', procedure, traits }]
}

function limitsOf(words: string, traits: Trait[]): Map<Channel, Limit> {
  const read = limitInText(words)
  if (!read) {
    traits.push(trait('no-limit', 'limit', words))
    return new Map()
  }
  return new Map((['online', 'direct', 'post'] as const).map((channel) => [channel, read.limit]))
}

const partsOf = (cell = '') =>
  cell
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
