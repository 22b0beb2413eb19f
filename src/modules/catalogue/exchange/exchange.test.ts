import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { procedureJsons } from '../../../../test/builders/packages.ts'
import { parseCsv } from '../../../kernel/csv.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { missingParts, ProcedureVersion } from '../procedure-version.ts'
import { csvOf } from './csv-export.ts'
import { jsonLdOf } from './json-ld.ts'
import { mostImported, readRecords } from './read-records.ts'

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const read = (value: unknown) => accepted(readRecords(bytes(value), '2026-11-20'))
const versions = procedureJsons.map((json) => ProcedureVersion.parse(json))

const record = {
  id: 'a1',
  code: '1.004194',
  name: 'Đăng ký tạm trú',
  category: { code: 'G01-CA05', name: 'Đăng ký, quản lý cư trú' },
  unitGroupsExecuting: 'Công an cấp xã',
  subjectTypes: ['Công dân Việt Nam', 'Doanh nghiệp'],
  results: ['Cập nhật cơ sở dữ liệu', 'Thông báo kết quả'],
  requirementsAndConditions: 'Không',
  executionMethods: [
    {
      submissionMethod: 'ONLINE',
      processingTime: 3,
      processingTimeUnit: 'WORKING_DAY',
      fees: [{ type: 'FEE', value: 7000, description: 'Lệ phí trực tuyến' }],
    },
    {
      submissionMethod: 'DIRECT',
      processingTime: 3,
      processingTimeUnit: 'OTHER',
      fees: [{ type: 'FEE', value: null, description: 'Theo nghị quyết của Hội đồng nhân dân cấp tỉnh' }],
    },
    {
      submissionMethod: 'DIRECT',
      processingTime: 5,
      processingTimeUnit: 'DAY',
      description: 'Theo danh sách',
    },
    { submissionMethod: 'FAX', processingTime: 1 },
  ],
  cases: [{ code: '1.004194.01', processingDay: 20, unit: 'DAY' }],
  legalBasises: [
    { number: '81/2006/QH11', title: 'Luật Cư trú' },
    { number: '68/2020/QH14', title: 'Luật Cư trú' },
  ],
  executionSteps: [
    { name: 'Bước 2', text: 'Nộp' },
    { name: 'Bước 1', text: 'Chuẩn bị' },
  ],
  executionCases: [
    {
      name: 'Cá nhân',
      profileComponents: [
        {
          name: 'Tờ khai CT01',
          originalQty: 1,
          copyQty: 0,
          code: 'G01-KQ003630',
          hasElectronicForm: true,
          attachments: [{ id: 'x', fileName: 'ct01.docx' }],
        },
      ],
    },
    {
      name: 'Danh sách',
      profileComponents: [{ name: 'Lưu ý: không cần công chứng', originalQty: 0, copyQty: 0 }],
    },
  ],
  state: 'ACTIVE',
  appliedDepartmentIds: ['1', '2'],
}

describe('a record of the national portal', () => {
  const { records } = read([record])
  const { procedure, traits } = records[0]!
  const found = traits.map(({ code }) => code)

  test('becomes a draft whose mandatory parts are there', () => {
    expect(missingParts(procedure)).toEqual([])
    expect(procedure).toMatchObject({
      procedureCode: '1.004194',
      executing: { kind: 'commune-police', text: 'Công an cấp xã' },
      cases: [
        { code: '1.004194.01', limit: { amount: 3, unit: 'working-day' }, channels: ['online', 'direct'] },
      ],
    })
    const edition = {
      ...procedure,
      version: 1,
      validFrom: '2026-12-01',
      validTo: null,
      announcement: { number: null, on: null },
    }
    expect(ProcedureVersion.safeParse(edition).error?.issues ?? []).toEqual([])
  })

  test('tells everything that it does badly, and what was not taken over', () => {
    expect(new Set(found)).toEqual(
      new Set([
        ...['not-taken-over', 'unit-other', 'channel-twice', 'unknown-channel', 'amount-by-province'],
        ...['contradicting-limits', 'obsolete-basis', 'order-shuffled', 'group-of-components'],
        ...['note-as-component', 'several-results'],
      ]),
    )
    expect(traits).toContainEqual({ code: 'not-taken-over', at: 'appliedDepartmentIds', says: '["1","2"]' })
    expect(traits).toContainEqual(expect.objectContaining({ code: 'not-taken-over', says: 'ct01.docx' }))
  })

  test('keeps a fee that a province sets open, and a stated one as it is', () => {
    expect(procedure.cases[0]!.fees.map(({ amountVnd, setBy }) => [amountVnd, setBy])).toEqual([
      [7000, 'national'],
      [null, 'province'],
    ])
  })

  test('is found inside the wrapping of a service, and an empty category is said', () => {
    const { records: wrapped } = read({ status: 'ok', data: { items: [{ ...record, category: null }] } })
    expect(wrapped[0]!.traits.map(({ code }) => code)).toContain('no-field')
  })
})

test('a record of the older exchange becomes a draft, with what it lacks left open', () => {
  const { records } = read({
    MATTHC: '2.000635',
    TENTTHC: 'Cấp bản sao trích lục',
    LINHVUCTHUCHIEN: [{ MALINHVUC: 'G15-TP07', TENLINHVUC: 'Hộ tịch' }],
    TRINHTUTHUCHIEN: [
      { TRUONGHOP: '', TRINHTU: [{ TENTRINHTU: 'Nộp hồ sơ' }, { TENTRINHTU: 'Nhận kết quả' }] },
    ],
    CACHTHUCTHUCHIEN: [
      {
        KENH: 'Trực tiếp',
        THOIGIAN: [
          {
            THOIGIANGIAIQUYET: '1',
            DONVITINH: 'Ngày làm việc',
            MOTA: '',
            PHILEPHI: [{ SOTIEN: '8000', MOTA: '8.000 đồng/bản' }],
          },
        ],
      },
    ],
  })
  expect(records[0]).toMatchObject({ format: 'exchange', code: '2.000635', traits: [] })
  expect(missingParts(records[0]!.procedure)).toEqual(['components', 'subjects'])
  expect(records[0]!.procedure.cases[0]!.fees).toMatchObject([{ amountVnd: 8000 }])
})

describe('a table', () => {
  const table = [
    'Mã thủ tục,Tên thủ tục,Lĩnh vực,Đối tượng,Cơ quan thực hiện,Thời hạn,Thành phần hồ sơ,Trình tự thực hiện,Ghi chú',
    '1.000001,"Cấp giấy A, mới",Văn hóa,Công dân,Sở Văn hóa,05 ngày làm việc,Đơn;Bản vẽ,Nộp;Nhận,x',
    '1.000002,=HYPERLINK("http://xau"),,Công dân,UBND xã,không rõ,Đơn,Nộp,',
    'sai mã,Tên,,,,,,,',
  ].join('\n')

  test('gives a procedure a line; columns, cells and lines not understood are told', () => {
    const { records, traits } = read(table)
    expect(records.map(({ code }) => code)).toEqual(['1.000001', '1.000002'])
    expect(records[0]!.procedure.components.map(({ name }) => name)).toEqual(['Đơn', 'Bản vẽ'])
    expect(missingParts(records[0]!.procedure)).toEqual([])
    expect(records[1]!.traits.map(({ code }) => code)).toEqual(['no-limit', 'no-field'])
    expect(traits.map(({ code, at }) => [code, at])).toEqual([
      ['not-taken-over', '1'],
      ['formula', '3'],
      ['line-unreadable', '4'],
    ])
    expect(records[1]!.name).toBe('HYPERLINK("http://xau")')
  })

  test('is read with the marks of spreadsheets, and refused in a broken encoding', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table, 'utf16le')])
    expect(accepted(readRecords(utf16, '2026-11-20')).records).toHaveLength(2)
    expect(read(`\uFEFF${table}`).records).toHaveLength(2)
    const windows = Buffer.from([...Buffer.from('Mã,Tên\n'), 0xd0, 0x41, 0xff])
    expect(readRecords(windows, '2026-11-20')).toMatchObject({ code: 'exchange.unreadable' })
    expect(read('Mã thủ tục,Tên thủ tục\n"1.000001,mở').traits).toMatchObject([{ code: 'line-unreadable' }])
  })
})

test('nothing, too much and what is no record is refused or told', () => {
  expect(readRecords(new Uint8Array(), 'x')).toMatchObject({ code: 'exchange.empty' })
  expect(readRecords(new Uint8Array(mostImported + 1), 'x')).toMatchObject({ code: 'exchange.too-large' })
  expect(readRecords(bytes('{'), 'x')).toMatchObject({ code: 'exchange.unreadable' })
  expect(read([1, null, { code: 1 }]).traits).toHaveLength(3)
  const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`
  expect(() => readRecords(bytes(deep), 'x')).not.toThrow()
})

test('whatever a file says, it is read or refused, never thrown at', () => {
  const strange = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({
        code: fc.string(),
        executionMethods: fc.anything(),
        executionCases: fc.anything(),
        cases: fc.anything(),
      })
      .map((value) => JSON.stringify(value) ?? ''),
  )
  fc.assert(
    fc.property(strange, (text) => {
      const report = readRecords(bytes(text), '2026-11-20')
      return isRefusal(report) || Array.isArray(report.records)
    }),
    { numRuns: 300 },
  )
})

describe('what goes out', () => {
  test.each(versions)('$procedureCode in the words of CPSV-AP, every reference resolved', (version) => {
    const document = jsonLdOf(version, 'https://motcua.example')
    const graph = document['@graph'] as Record<string, unknown>[]
    const ids = new Set(graph.map((node) => node['@id']))
    expect(graph[0]).toMatchObject({ '@type': 'cpsv:PublicService', 'dct:identifier': version.procedureCode })
    const text = JSON.stringify(document)
    const referred = [...text.matchAll(/"@id":"([^"]+#[^"]+)"/g)].map(([, id]) => id!)
    for (const id of referred) expect(ids.has(id), id).toBe(true)
    const prefixes = Object.keys(document['@context'] as object)
    for (const [, prefix] of text.matchAll(/"([a-z]+):[A-Za-z_]+":/g)) expect(prefixes).toContain(prefix)
  })

  test('a table that comes back in as it went out', () => {
    const table = csvOf(versions)
    expect(parseCsv(table)).toHaveLength(versions.length)
    const { records } = read(table)
    expect(records.map(({ code, name }) => [code, name])).toEqual(
      versions.map(({ procedureCode, name }) => [procedureCode, name]),
    )
  })

  test('no cell that a spreadsheet would run', () => {
    const bad = { ...versions[0]!, name: '=1+1', plainName: '@x', source: '-cmd' }
    expect(csvOf([bad])).not.toMatch(/(^|,)"?[=@+-]/m)
  })
})
