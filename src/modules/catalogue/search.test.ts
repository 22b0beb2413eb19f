import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseCsv } from '../../kernel/csv.ts'
import type { LifeEvent, ListedProcedure } from './procedure-list.ts'
import { makeSearchIndex } from './search.ts'

const read = (name: string) => readFileSync(new URL(`../../../db/reference/${name}`, import.meta.url), 'utf8')
const filed = new Set([
  '2.000815',
  '1.001193',
  '2.000635',
  '1.004873',
  '1.000656',
  '1.004194',
  '1.013225',
  '1.014028',
])
const index = makeSearchIndex(theList(), theEvents())
const found = (q: string) => index.find(q).items
const first = (q: string, n = 3) => index.find(q, { to: n }).items.map(({ code }) => code)

test.each([
  ['khai sinh', '1.001193'],
  ['khai sing', '1.001193'],
  ['giay khai xinh', '1.001193'],
  ['GIẤY KHAI SINH', '1.001193'],
  ['khaisinh', '1.001193'],
  ['dang ki khai sinh', '1.001193'],
  ['đăng kí khai sinh', '1.001193'],
  ['mat giay khai sinh', '1.004884'],
  ['trich luc khai sinh', '2.000635'],
  ['sao y', '2.000815'],
  ['công chứng', '2.000815'],
  ['giấy độc thân', '1.004873'],
  ['tam tru', '1.004194'],
  ['kt3', '1.004194'],
  ['GPXD', '1.013225'],
  ['xin phep xay nha', '1.013225'],
  ['sang tên sổ đỏ', '1.013831'],
  ['sổ hộ khẩu', '1.010041'],
  ['CCCD', '1.014061'],
  ['doi bang lai', '3.000347'],
  ['GPLX', '3.000347'],
  ['BHYT', '1.001939'],
  ['mai tang phi', '1.014028'],
  ['ket hon', '1.000894'],
  ['khai tu', '1.000656'],
  ['ho chieu', '1.001456'],
  ['ly lich tu phap', '3.000333'],
  ['lltp', '3.000333'],
  ['birth certificate', '1.001193'],
  ['1.001193', '1.001193'],
  ['1001193', '1.001193'],
  ['001193', '1.001193'],
  ['2.0008', '2.000815'],
])('finds "%s" first as %s', (q, code) => {
  expect(first(q, 1)).toEqual([code])
})

test('typed accents are believed: thuế is not thuê', () => {
  expect(found('thuế đất')[0]?.plainName).toBe('Khai thuế khi bán, cho nhà đất')
})

test('every plain name and every synonym finds its procedure among the first three', () => {
  const missed = theList()
    .filter(({ plainName }) => plainName !== null)
    .flatMap(({ plainName, synonyms }) => [plainName!, ...synonyms].map((q) => ({ q, plainName })))
    .filter(
      ({ q, plainName }) =>
        !found(q)
          .slice(0, 3)
          .some((each) => each.plainName === plainName),
    )
  expect(missed).toEqual([])
})

test('a field finds its procedures', () => {
  expect(found('hộ tịch').filter(({ field }) => field === 'Hộ tịch').length).toBeGreaterThan(20)
})

test('a life event finds its procedures', () => {
  expect(first('em be', 20)).toContain('1.001193')
})

test('procedures that can be filed here come first among equals, and first of all when nothing is typed', () => {
  expect(new Set(first('', 8))).toEqual(filed)
})

test('a page is the beginning of the whole answer, and the total counts what is beyond it', () => {
  for (const q of ['giay phep', 'dat dai', 'khai sinh', '', '2.0008', 'ho tich hộ']) {
    const whole = index.find(q)
    expect(index.find(q, { to: 20 })).toEqual({ items: whole.items.slice(0, 20), total: whole.total })
    expect(whole.total).toBe(whole.items.length)
    const some = index.find(q, { to: 5, meets: ({ field }) => field === 'Hộ tịch' })
    const expected = whole.items.filter(({ field }) => field === 'Hộ tịch')
    expect(some).toEqual({ items: expected.slice(0, 5), total: expected.length })
  }
})

test('what nobody offers finds nothing, and is answered with near names', () => {
  expect(found('zzqx wvvk')).toEqual([])
  expect(index.near('giay khai xinh dien tu').map(({ code }) => code)).toContain('1.001193')
  expect(index.publishers[0]).toEqual({ name: 'Bộ Tài chính', count: 706 })
})

test.each(["'; drop table --", '<script>', '\\', '%%%', '🙂', '   ', '.', 'a'.repeat(300)])(
  'survives "%s"',
  (q) => {
    expect(Array.isArray(found(q))).toBe(true)
  },
)

function theList(): ListedProcedure[] {
  const plain = JSON.parse(read('plain-names.json')).procedures as {
    codes: string[]
    legalName: string
    plainName: string
    synonyms: string[]
  }[]
  const rows = parseCsv(read('catalogue/procedures.csv'))
  const listed = rows.map((row) => aListed(row.procedure_code!, row.name!, row.field!, row.ministry!))
  const known = new Set(listed.map(({ code }) => code))
  const others = plain.flatMap(({ codes, legalName }) =>
    codes.filter((code) => !known.has(code)).map((code) => aListed(code, legalName, '', '')),
  )
  return [...listed, ...others].map((procedure) => {
    const names = plain.find(({ codes }) => codes.includes(procedure.code))
    return { ...procedure, plainName: names?.plainName ?? null, synonyms: names?.synonyms ?? [] }
  })
}

function aListed(code: string, name: string, field: string, publisher: string): ListedProcedure {
  return {
    code,
    name,
    field: field || null,
    publisher: publisher || null,
    plainName: null,
    plainNameEn: code === '1.001193' ? 'Register a birth' : null,
    synonyms: [],
    agencyCode: null,
    announcingDecision: null,
    levels: [],
    procedureType: null,
    subjects: [],
    channels: [],
    processingTimes: [],
    statedFree: false,
    feeAmountsVnd: [],
    filedHere: filed.has(code),
    source: 'test',
    asOf: '2026-07-18',
  }
}

function theEvents(): LifeEvent[] {
  const { events } = JSON.parse(read('life-events.json'))
  return events.map((event: LifeEvent & { procedures: LifeEvent['entries'] }) => ({
    ...event,
    entries: event.procedures,
  }))
}
