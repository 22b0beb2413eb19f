import { messages } from 'motcua/kernel/i18n'
import type { ShownSnapshot } from 'motcua/modules/indicators'
import { expect, test } from 'vitest'
import { closedOf } from './closed.links'
import { type ClosedFacts, closedLines, closedView, periodName } from './closed.view'

const score = (total: number) => ({ indicators: {}, groups: {}, total, band: null })
const first = {
  ...{ setKey: '766-2026', setVersion: 1, unit: 'H99.14', level: 'commune', period: '2026-10' },
  ...{ from: '2026-10-01', to: '2026-10-31', revision: 1, why: 'closed', asAt: '2026-10-31T17:15:00.000Z' },
  ...{ position: 9, counts: {}, notMeasured: [], withheld: [], notes: [], score: score(60.5), changed: null },
} as unknown as ShownSnapshot
const second = {
  ...{ ...first, revision: 2, why: 'late-facts', asAt: '2026-11-03T17:15:00.000Z', score: score(59.25) },
  changed: {
    satisfied: [
      [9, 10],
      [8, 10],
    ],
    certifiedCopies: [null, true],
  },
} as unknown as ShownSnapshot
const facts: ClosedFacts = {
  ...{ unit: { code: 'H99.14', name: 'xã Tiên Phong' }, period: '2026-10', snapshots: [first, second] },
  ...{ figures: { satisfied: 'Mức độ hài lòng' }, sets: { '766-2026': 'Bộ 766' } },
}

test('each revision says when, why, its total, how far from the one before, and what changed', () => {
  expect(closedView(facts, 'vi').revisions).toMatchObject([
    {
      revision: 1,
      why: 'Hết kỳ',
      when: '00:15 01/11/2026',
      total: '60,50',
      change: '',
      changed: [],
      set: 'Bộ 766',
    },
    {
      ...{ revision: 2, why: 'Có việc ghi muộn', total: '59,25', change: '−1,25' },
      changed: [
        { name: 'Mức độ hài lòng', from: '9 / 10', to: '8 / 10' },
        { name: 'certifiedCopies', from: 'chưa đo', to: 'có' },
      ],
    },
  ])
})

test('what is withheld has no total, no change, and says so', () => {
  const hidden = [first, second].map((each) => ({ ...each, score: null, changed: each.changed && {} }))
  const view = closedView({ ...facts, snapshots: hidden }, 'vi')
  expect(view.isWithheld).toBe(true)
  expect(view.revisions).toMatchObject([
    { total: '–', change: '' },
    { total: '–', change: '', changed: [] },
  ])
})

test('another set is another line of revisions', () => {
  const other = { ...second, setKey: 'h99-766-2026' }
  expect(closedView({ ...facts, snapshots: [first, other] }, 'vi').revisions[1]!.change).toBe('')
})

test('as lines: one for each revision, one for each figure that it changed', () => {
  const [heads, ...lines] = [...closedLines(facts, 'vi')]
  expect(lines.every((line) => line.length === heads!.length)).toBe(true)
  expect(lines.map((line) => line.slice(4, 5).concat(line.slice(7)))).toEqual([
    [1, 60.5, null, null, null, null, null, null],
    [2, 59.25, null, null, null, null, null, null],
    [2, 59.25, 'satisfied', 'Mức độ hài lòng', 9, 10, 8, 10],
    [2, 59.25, 'certifiedCopies', 'certifiedCopies', null, null, 'true', null],
  ])
})

test.each([
  ['2026', 'năm 2026'],
  ['2026-9M', '9 tháng năm 2026'],
  ['2026-H1', 'nửa năm 1/2026'],
  ['2026-Q4', 'quý IV/2026'],
  ['2026-10', 'tháng 10/2026'],
  ['2026-10-05', '05/10/2026'],
])('%s is called %s', (key, name) => {
  expect(periodName(key, messages('vi'))).toBe(name)
})

test.each([
  ['thang', '2026-10-01', '/so-lieu/so-da-chot?co-quan=H99&ky=2026-10'],
  ['quy', '2026-10-01', '/so-lieu/so-da-chot?co-quan=H99&ky=2026-Q4'],
  ['nam', '2026-01-01', '/so-lieu/so-da-chot?co-quan=H99&ky=2026'],
  ['khac', '2026-01-01', '/so-lieu/so-da-chot?co-quan=H99'],
] as const)('the page of a %s leads to what was closed of it', (kind, from, href) => {
  expect(closedOf({ placeCode: 'H99', ask: { kind, from } })).toBe(href)
})
