import { type Outcome, refusal } from '../../../kernel/errors.ts'
import { readJson } from '../../../kernel/read-json.ts'
import { readCsvRecords, tableText } from './csv-records.ts'
import { isExchangeRecord, readExchangeRecord } from './exchange-record.ts'
import type { ImportedRecord } from './imported.ts'
import { isNationalRecord, isObject, readNationalRecord } from './national-record.ts'
import { type Trait, trait } from './trait.ts'

/** Everything that was found in a file: records, and what could not be read as one. */
export interface ImportReport {
  records: ImportedRecord[]
  /** Traits of the file itself; those of a record stand with it. */
  traits: Trait[]
}

const megabyte = 1024 * 1024
/** The most that a file may weigh. */
export const mostImported = 20 * megabyte
const mostRecords = 20_000

export const importRefusals = {
  tooLarge: () => refusal('too-large', 'exchange.too-large', { limitMb: mostImported / megabyte }),
  empty: () => refusal('invalid', 'exchange.empty'),
  unreadable: () => refusal('invalid', 'exchange.unreadable'),
}

/**
 * Reads procedures from a file: records of the national portal, of the older exchange, or a table (CSV). Which one it is
 * shows in the content. Refuses what is too large or holds no record at all.
 */
export function readRecords(bytes: Uint8Array, asOf: string): Outcome<ImportReport> {
  if (bytes.length > mostImported) return importRefusals.tooLarge()
  if (bytes.length === 0) return importRefusals.empty()
  const table = tableText(bytes)
  if ('trait' in table) return importRefusals.unreadable()
  const start = table.text.trimStart().charAt(0)
  const report =
    start === '{' || start === '[' ? jsonRecords(table.text, asOf) : readCsvRecords(table.text, asOf)
  if (!report) return importRefusals.unreadable()
  return report.records.length + report.traits.length === 0 ? importRefusals.empty() : report
}

function jsonRecords(table: string, asOf: string): ImportReport | undefined {
  const value = readJson(table)
  if (value === undefined) return undefined
  const traits: Trait[] = []
  const records = unwrapped(value)
    .slice(0, mostRecords)
    .flatMap((record, i) => {
      if (isNationalRecord(record)) return [readNationalRecord(record, asOf)]
      if (isExchangeRecord(record)) return [readExchangeRecord(record, asOf)]
      traits.push(trait('line-unreadable', String(i + 1), record))
      return []
    })
  return { records, traits }
}

/** Services wrap their lists: `{ data: […] }`, `{ result: { items: […] } }`. */
function unwrapped(value: unknown, depth = 0): unknown[] {
  if (Array.isArray(value)) return value
  if (!isObject(value) || isNationalRecord(value) || isExchangeRecord(value)) return [value]
  const inner = Object.values(value).find((each) => Array.isArray(each) || isObject(each))
  return inner === undefined || depth > 5 ? [value] : unwrapped(inner, depth + 1)
}
