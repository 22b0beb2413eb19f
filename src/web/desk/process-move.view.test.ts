import type { CompiledProcess } from 'motcua/modules/processes'
import { describe, expect, test } from 'vitest'
import {
  fingerprintOf,
  mapLines,
  moveEffect,
  moveRunView,
  namesIn,
  planProblems,
  readMoveForm,
} from './process-move.view'

const process = (
  steps: Record<string, string>,
  waits: Record<string, 'message' | 'timer'> = {},
  messages: string[] = [],
) =>
  ({
    steps: Object.fromEntries(Object.entries(steps).map(([stepId, name]) => [stepId, { stepId, name }])),
    waits: Object.fromEntries(
      Object.entries(waits).map(([stepId, is]) => [stepId, { stepId, name: stepId, awaits: { is } }]),
    ),
    boundaries: Object.fromEntries(messages.map((id) => [id, { id, name: id, on: { is: 'message' } }])),
    diagram: { shapes: [...Object.keys(steps), ...Object.keys(waits)].map((id, x) => ({ id, x, y: 0 })) },
  }) as unknown as CompiledProcess

const before = process({ check: 'Thẩm tra', sign: 'Ký' }, { tax: 'message', notice: 'timer' }, ['told'])
const after = process({ examine: 'Thẩm định', sign: 'Ký duyệt' }, { tax: 'message' })

test('a step may become any step, a wait only a wait of its kind; what is chosen and gone is left', () => {
  const lines = mapLines(before, after, { sign: 'sign', tax: 'tax', check: 'gone' })
  expect(lines.map(({ id, chosen, options }) => [id, chosen, options.map(({ value }) => value)])).toEqual([
    ['check', '', ['examine', 'sign']],
    ['told', '', []],
    ['sign', 'sign', ['examine', 'sign']],
    ['tax', 'tax', ['tax']],
    ['notice', '', []],
  ])
})

describe('a posted form', () => {
  const form = (entries: [string, string][]) => {
    const data = new FormData()
    for (const [name, value] of entries) data.append(name, value)
    return data
  }
  const versions: [string, string][] = [
    ['from', '1'],
    ['to', '2'],
  ]

  test('names a counterpart for each step that has one', () => {
    const posted = form([
      ...versions,
      ['old', 'a'],
      ['new', 'x'],
      ['old', 'b'],
      ['new', ''],
      ['reason', ' Vì '],
    ])
    expect(readMoveForm(posted)).toEqual({ from: 1, to: 2, mapping: { a: 'x' }, decision: '', reason: 'Vì' })
  })

  test.each([
    [
      'without versions',
      [
        ['old', 'a'],
        ['new', 'x'],
      ],
    ],
    ['with a step too many', [...versions, ['old', 'a']]],
  ] as [string, [string, string][]][])('%s is none of ours', (_, entries) => {
    expect(readMoveForm(form(entries))).toBeUndefined()
  })

  test('is the same plan in any order, whatever its reason', () => {
    const plan = { from: 1, to: 2, decision: '', reason: '' }
    expect(fingerprintOf({ ...plan, mapping: { a: 'x', b: 'y' } })).toBe(
      fingerprintOf({ ...plan, mapping: { b: 'y', a: 'x' }, reason: 'Vì' }),
    )
    expect(fingerprintOf({ ...plan, mapping: {} })).not.toBe(fingerprintOf({ ...plan, mapping: { a: 'x' } }))
  })
})

const stays = { why: 'step-not-mapped', step: 'check', count: 2, codes: ['A', 'B', 'C', 'D', 'E', 'F'] }

test('the effect is told by the names of both versions, with what stays and why', () => {
  const effect = moveEffect(
    {
      ...{ open: 1200, moves: 1198, stays: 2, freed: 1, notBegun: 0, complete: false, reasons: [stays] },
      steps: [
        { step: 'sign', to: 'sign', open: 5, moves: 5 },
        { step: 'check', to: null, open: 2, moves: 0 },
      ],
      examples: [
        {
          ...{ code: 'H99', authority: 'H99.12' },
          tasks: [
            { step: 'sign', to: 'sign', from: '2026-11-20T02:00:00Z', dueAt: null },
            { step: 'check', to: 'examine', from: null, dueAt: null },
          ],
        },
      ],
    },
    { before: namesIn(before), after: namesIn(after) },
    'vi',
  )
  expect(effect).toMatchObject({
    looked: 'Mới xem 1.200 hồ sơ đầu tiên; số thật lớn hơn.',
    steps: [
      { name: 'Ký', to: 'Ký duyệt', open: '5' },
      { name: 'Thẩm tra', to: 'Để lại phiên bản cũ', moves: '0' },
    ],
    reasons: [{ why: '“Thẩm tra”: đang ở bước chưa nêu bước thay thế', codes: ['A', 'B', 'C', 'D', 'E'] }],
    examples: [
      {
        lines: ['Ký duyệt: hạn 09:00 ngày 20/11/2026 → chưa tính', 'Thẩm định: giữ hạn chưa tính'],
      },
    ],
  })
})

test('a problem stands at the step, the reason or the version that mends it', () => {
  const lines = mapLines(before, after, {})
  expect(
    planProblems(
      [
        { field: 'mapping.sign', code: 'no-such-step', params: { step: 'x' } },
        { field: 'reason', code: 'missing' },
        { field: 'to', code: 'not-in-force', params: { validFrom: '2026-12-01' } },
      ],
      lines,
      'vi',
    ).map(({ href, text }) => `${href} ${text}`),
  ).toEqual([
    '#new-2 Ký: Không có bước “x” trong phiên bản được nêu.',
    '#reason Lý do chuyển: Cần ghi mục này.',
    '#sang Phiên bản này có hiệu lực từ ngày 01/12/2026; chưa chuyển hồ sơ trước ngày đó.',
  ])
})

test.each([
  [null, null, 'Chờ bắt đầu', false],
  [new Date(), null, 'Đang chuyển', false],
  [new Date(), new Date(), 'Xong', true],
])('a run begun %s and finished %s is told as %s', (startedAt, finishedAt, state, ended) => {
  const run = {
    ...{ id: 'r', kind: 'process' as const, decision: '7/QĐ', reason: 'Gọn', by: 'o', freed: 0 },
    plan: { key: 'k', from: 1, to: 2, mapping: {}, authorities: null },
    ...{ askedAt: new Date('2026-11-20T02:00:00Z'), startedAt, finishedAt, open: 9, moved: 7, stayed: 2 },
    stays: [{ ...stays, why: 'never-heard-of', step: null }],
  }
  expect(moveRunView(run, { name: 'Hồ Minh Quy', before: namesIn(before) }, 'vi')).toMatchObject({
    ...{ state, ended, what: 'Phiên bản 1 → 2', counts: '7 đã chuyển, 2 ở lại, trong 9 hồ sơ' },
    notes: ['2 hồ sơ: vừa có người xử lý, hoặc lý do khác (never-heard-of)'],
  })
})
