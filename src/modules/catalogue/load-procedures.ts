import { z } from 'zod'
import { parseCsv } from '../../kernel/csv.ts'
import type { Db, Queryable } from '../../kernel/db.ts'
import { loadWhenChanged, upsertRows } from '../directory/index.ts'
import { catalogueChanged } from './catalogue-store.ts'

const PlainNames = z.object({
  procedures: z.array(
    z.object({
      codes: z.array(z.string()),
      legalName: z.string(),
      plainName: z.string(),
      synonyms: z.array(z.string()),
      events: z.array(z.string()),
    }),
  ),
})
type PlainName = z.infer<typeof PlainNames>['procedures'][number]

const LifeEvents = z.object({
  events: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      nameEn: z.string(),
      synonyms: z.array(z.string()),
      procedures: z.array(z.object({ plainName: z.string(), codes: z.array(z.string()) })),
    }),
  ),
})

const source = 'Cổng Dịch vụ công quốc gia, danh mục thủ tục hành chính, tháng 7/2026'
const asOf = '2026-07-18'

/** Loads the national list with its results, plain names and life events; skips what has not changed. */
export async function loadProcedures(db: Db): Promise<boolean> {
  const names = ['catalogue/procedures.csv', 'catalogue/results.csv', 'plain-names.json', 'life-events.json']
  const loaded = await loadWhenChanged(db, { key: 'catalogue.procedures', edition: 1, names }, loadList)
  if (loaded) await catalogueChanged(db)
  return loaded
}

async function loadList(tx: Queryable, [list, results, plain, events]: readonly string[]): Promise<void> {
  const plainNames = PlainNames.parse(JSON.parse(plain!)).procedures
  const listed = parseCsv(list!).map((row) => listedRow(row, plainNames))
  await upsertRows(tx, 'catalogue.procedure', ['code'], [...listed, ...unlistedRows(listed, plainNames)])
  await tx.query('delete from catalogue.procedure_result')
  await upsertRows(
    tx,
    'catalogue.procedure_result',
    ['procedure_code', 'result_code'],
    parseCsv(results!).map((row) => ({
      procedure_code: row.procedure_code,
      result_code: row.result_code,
      name: row.result_name,
    })),
  )
  await tx.query('delete from catalogue.life_event')
  await upsertRows(
    tx,
    'catalogue.life_event',
    ['key'],
    LifeEvents.parse(JSON.parse(events!)).events.map(eventRow),
  )
}

function listedRow(row: Record<string, string>, plainNames: readonly PlainName[]) {
  const plain = plainNames.find(({ codes }) => codes.includes(row.procedure_code!))
  return {
    code: row.procedure_code!,
    name: row.name!,
    plain_name: plain?.plainName ?? null,
    synonyms: plain?.synonyms ?? [],
    agency_code: row.agency_code || null,
    publisher: row.ministry || null,
    announcing_decision: row.announcing_decision || null,
    levels: parts(row.levels),
    procedure_type: row.procedure_type || null,
    field: row.field || null,
    subjects: parts(row.subjects),
    channels: parts(row.submission_methods).map((channel) => (channel === 'in_person' ? 'direct' : channel)),
    processing_times: parts(row.processing_times).map(processingTime),
    stated_free: row.stated_free === 'yes',
    fee_amounts_vnd: parts(row.fee_amounts_vnd).map(Number),
    source,
    as_of: asOf,
  }
}

// Codes known from other sources: people look for them although the list we have lacks their ministries.
function unlistedRows(listed: readonly { code: string }[], plainNames: readonly PlainName[]) {
  const known = new Set(listed.map(({ code }) => code))
  return plainNames.flatMap((plain) =>
    plain.codes
      .filter((code) => !known.has(code))
      .map((code) => ({
        code,
        name: plain.legalName,
        plain_name: plain.plainName,
        synonyms: plain.synonyms,
        agency_code: null,
        publisher: null,
        announcing_decision: null,
        levels: [],
        procedure_type: null,
        field: null,
        subjects: [],
        channels: [],
        processing_times: [],
        stated_free: false,
        fee_amounts_vnd: [],
        source: 'Nguồn thứ cấp: có mã, chưa có trong danh mục đã nạp',
        as_of: asOf,
      })),
  )
}

function processingTime(text: string) {
  const [channel, ...rest] = text.split(':')
  return { channel: channel === 'in_person' ? 'direct' : channel!, text: rest.join(':').trim() }
}

function parts(text: string | undefined): string[] {
  return (text ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
}

function eventRow(event: z.infer<typeof LifeEvents>['events'][number], position: number) {
  return {
    key: event.key,
    position,
    name: event.name,
    name_en: event.nameEn,
    synonyms: event.synonyms,
    entries: event.procedures,
  }
}
