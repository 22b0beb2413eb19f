import type { CompiledProcess, ProcedureUse, PublishedVersion } from 'motcua/modules/processes'
import { describe, expect, test } from 'vitest'
import { changeLines, limitLines, phaseOf, processLines, stepLines, versionLines } from './processes.view'

const version = (changes: Partial<PublishedVersion> = {}): PublishedVersion => ({
  ...{ key: 'copies', version: 1, name: 'Chứng thực bản sao', validFrom: '2026-01-01', validTo: null },
  ...{ publishedAt: '2026-01-01T01:00:00Z', publishedBy: null, decision: null, reason: null },
  ...{ replacedTo: null, withdrawn: null, ...changes },
})
const published = {
  publishedBy: 'officer-control-1',
  decision: { number: '45/QĐ-UBND', on: '2026-11-20' },
  reason: 'Bớt một bước',
}
const withdrawn = { at: '2026-11-21T03:00:00Z', by: 'officer-control-1', reason: 'Nhầm ngày' }
const today = '2026-11-22'

test.each<[Partial<PublishedVersion>, string]>([
  [{}, 'inForce'],
  [{ validFrom: today }, 'inForce'],
  [{ validTo: today }, 'inForce'],
  [{ validFrom: '2026-11-23' }, 'coming'],
  [{ validTo: '2026-11-21' }, 'ended'],
  [{ validFrom: '2026-11-23', withdrawn }, 'withdrawn'],
])('a version that is %j is %s', (changes, phase) => {
  expect(phaseOf(version(changes), today)).toBe(phase)
})

describe('the list', () => {
  const uses = [{ code: '1.1', name: 'Sao y', processKey: 'copies', settledBy: 'commune', limits: [] }]
  const lines = (
    versions: PublishedVersion[],
    open: { key: string; version: number; count: number }[] = [],
  ) => processLines({ versions, uses, open, today }, 'vi')

  test('names the version in force, those to come and the dossiers on each', () => {
    const versions = [
      version({ version: 3, validFrom: '2026-12-01', ...published }),
      version({ version: 2, validFrom: '2026-06-01', validTo: '2026-11-30' }),
      version({ version: 1, validTo: '2026-05-31' }),
    ]
    const open = [
      { key: 'copies', version: 1, count: 2 },
      { key: 'copies', version: 2, count: 5 },
      { key: 'other', version: 1, count: 9 },
    ]
    expect(lines(versions, open)).toMatchObject([
      {
        href: '/can-bo/quy-trinh/copies/2',
        procedures: ['Sao y'],
        inForce: { text: 'Phiên bản 2', since: 'từ 01/06/2026' },
        coming: [{ text: 'Phiên bản 3', from: 'từ 01/12/2026' }],
        open: [{ text: '5 ở phiên bản 2' }, { text: '2 ở phiên bản 1' }],
      },
    ])
  })

  test('leaves out what was withdrawn, and stands in the order of names', () => {
    const versions = [
      version({ key: 'b', name: 'Đăng ký' }),
      version({ key: 'a', name: 'Chứng thực' }),
      version({ key: 'gone', name: 'Bỏ', validFrom: '2026-12-01', withdrawn }),
    ]
    expect(lines(versions).map(({ key }) => key)).toEqual(['a', 'b'])
  })
})

test('the history says who published what by which decision, and who took it back', () => {
  const versions = [
    version({ version: 2, validFrom: '2026-12-01', ...published, withdrawn }),
    version({ validTo: '2026-11-30' }),
  ]
  const names = { 'officer-control-1': 'Hồ Minh Quy' }
  expect(versionLines(versions, { shown: 2, today, names }, 'vi')).toMatchObject([
    {
      current: true,
      by: 'Hồ Minh Quy, 08:00 ngày 01/01/2026',
      decision: 'số 45/QĐ-UBND ngày 20/11/2026: Bớt một bước',
      withdrawn: 'Hồ Minh Quy rút lúc 10:00 ngày 21/11/2026: Nhầm ngày',
      state: 'Đã rút',
    },
    {
      current: false,
      by: 'Kèm theo hệ thống',
      decision: '',
      withdrawn: null,
      period: 'Từ 01/01/2026 đến 30/11/2026',
    },
  ])
})

test('steps and waits stand in the order of the drawing, those of a called process where the call is', () => {
  const work = {
    role: 'specialist',
    unitKind: 'division',
    authority: 'competent',
    hours: 4,
    outcomes: ['ok', 'odd'],
  }
  const process = {
    steps: {
      z: { ...work, stepId: 'z', name: 'Ký' },
      'call/a': { ...work, stepId: 'call/a', name: 'Đóng dấu' },
      m: { ...work, stepId: 'm', name: '' },
    },
    waits: { w: { ...work, stepId: 'w', name: 'Chờ Thuế', awaits: { is: 'message', message: 'tax' } } },
    diagram: {
      shapes: [
        { id: 'm', x: 1, y: 0 },
        { id: 'call', x: 9, y: 0 },
        { id: 'w', x: 5, y: 0 },
        { id: 'z', x: 7, y: 0 },
      ],
    },
  } as unknown as CompiledProcess
  expect(stepLines(process, 'vi').map(({ name, who, outcomes }) => [name, who, ...outcomes])).toEqual([
    ['m', 'Chuyên viên thụ lý', 'Đạt, chuyển tiếp', 'odd'],
    ['Chờ Thuế', 'Chuyên viên thụ lý theo dõi', 'Chờ tin “tax”'],
    ['Ký', 'Chuyên viên thụ lý', 'Đạt, chuyển tiếp', 'odd'],
    ['Đóng dấu', 'Chuyên viên thụ lý', 'Đạt, chuyển tiếp', 'odd'],
  ])
})

test.each([
  [24, 'Còn dư 6 giờ', false],
  [18, 'Vừa đủ', false],
  [16.5, 'Vượt 1,5 giờ', true],
])('18 hours beside a limit of %s hours: %s', (hours, said, above) => {
  const use: ProcedureUse = {
    ...{ code: '1.1', name: 'Sao y', processKey: 'copies', settledBy: 'commune' },
    limits: [{ caseName: { vi: 'Thường', en: 'Usual' }, hours }],
  }
  expect(limitLines([use], 18, 'vi')).toMatchObject([{ procedure: 'Sao y', caseName: 'Thường', said, above }])
})

test('changes are told part by part, roles and outcomes in words', () => {
  const parts = [
    { part: 'role', from: 'leader', to: 'head' },
    { part: 'outcomes', from: 'ok,approved', to: 'ok' },
  ] as const
  expect(
    changeLines(
      [
        { stepId: 'a', name: 'Ký', change: 'changed', parts: [...parts] },
        { stepId: 'b', name: '', change: 'removed', parts: [] },
      ],
      'vi',
    ),
  ).toMatchObject([
    {
      change: 'Sửa',
      details: ['vai trò: Lãnh đạo → Trưởng phòng', 'kết quả bước: Đạt, chuyển tiếp, Ký → Đạt, chuyển tiếp'],
    },
    { name: 'b', change: 'Bỏ', tone: 'bad', details: [] },
  ])
})
