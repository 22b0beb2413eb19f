import { limitText } from '../cases.ts'
import { priceText } from '../fees.ts'
import type { ProcedureVersion } from '../procedure-version.ts'

const headings = [
  'Mã thủ tục',
  'Tên thủ tục',
  'Tên thường gọi',
  'Loại',
  'Lĩnh vực',
  'Đối tượng',
  'Cơ quan thực hiện',
  'Mức độ',
  'Thời hạn giải quyết',
  'Phí, lệ phí',
  'Thành phần hồ sơ',
  'Trình tự thực hiện',
  'Kết quả',
  'Căn cứ pháp lý',
  'Yêu cầu, điều kiện',
  'Bản',
  'Áp dụng từ',
  'Nguồn',
] as const

/** Editions as a table for spreadsheets: UTF-8 with a mark, one procedure a line, no cell that a spreadsheet would run. */
export function csvOf(versions: readonly ProcedureVersion[]): string {
  const lines = [headings, ...versions.map(cellsOf)]
  return `\uFEFF${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

function cellsOf(version: ProcedureVersion): string[] {
  const { cases, components, steps, results, legalBases } = version
  return [
    ...[version.procedureCode, version.name, version.plainName],
    version.kind === 'internal' ? 'Thủ tục nội bộ' : 'Thủ tục hành chính',
    ...[version.field.name, version.subjects.join('; '), version.executing.text],
    version.level === 'full' ? 'Toàn trình' : 'Một phần',
    cases.map(({ name, limit }) => `${name.vi}: ${limitText(limit)}`).join('; '),
    cases.flatMap(({ fees }) => fees.map((fee) => `${fee.name.vi}: ${priceText(fee)}`)).join('; '),
    components.map(({ name }) => name).join('; '),
    steps.map(({ name, text }) => `${name}: ${text}`).join('; '),
    results.map(({ name }) => name).join('; '),
    legalBases.map(({ number, title }) => `${number} ${title}`).join('; '),
    version.conditions ?? '',
    ...[String(version.version), version.validFrom, version.source],
  ]
}

/** Spreadsheets run what begins with these signs; a quote in front keeps it text. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
