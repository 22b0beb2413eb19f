import type { Dossier, StuckLine, Task } from 'motcua/modules/dossiers'
import { describe, expect, test } from 'vitest'
import { type StuckFacts, stuckView } from './stuck.view'

const aTask = (stated: Partial<Task> = {}): Task => ({
  ...{ no: 2, kind: 'step', stepId: 'verify', stepKind: 'work', name: 'Thẩm tra', role: 'specialist' },
  ...{ authority: 'H99.12', unitKind: 'division', assignee: null, openedAt: '2026-11-18T01:00:00Z' },
  ...{ dueAt: '2026-11-19T10:00:00Z', closedAt: null, closedBy: null, outcome: null, subject: null },
  ...stated,
})

const line = (code: string, stated: Partial<StuckLine> = {}, task: Partial<Task> = {}): StuckLine => ({
  dossier: {
    ...{ code, sequence: 3, procedureCode: '1.001193', competent: 'H99.12' },
    tasks: [aTask(task)],
  } as Dossier,
  applicantName: 'Ngô Thị Cúc',
  alarms: [
    { reason: 'overdue', since: '2026-11-19T10:00:00Z', taskNo: null },
    { reason: 'unheld', since: '2026-11-18T01:00:00Z', taskNo: 2 },
  ],
  explained: null,
  ...stated,
})

const facts = (changes: Partial<StuckFacts> = {}): StuckFacts => ({
  list: { lines: [line('H99.12-261118-00001')], explained: [], hasMore: false },
  reason: null,
  procedures: { '1.001193': 'Làm giấy khai sinh cho con' },
  officers: { trang: 'Lê Thu Trang' },
  places: { 'H99.12': 'Phường Hoa Sen' },
  minutes: () => 600,
  mayExplain: () => true,
  now: new Date('2026-11-20T07:30:00Z'),
  locale: 'vi',
  ...changes,
})

test('a line says with whom, since when, why, and what to do', () => {
  const [row] = stuckView(facts()).rows
  expect(row).toMatchObject({
    value: 'H99.12-261118-00001~3',
    holder: 'Phường Hoa Sen, Chuyên môn: chưa ai giữ',
    since: '17:00 ngày 19/11/2026',
    span: 'đã 1 ngày 2 giờ',
    reasonText: 'Quá hạn, chưa xin lỗi',
    also: 'và 1 lý do khác',
    todo: 'Xin lỗi và hẹn lại ngày, hoặc giải quyết ngay',
  })
})

describe('with whom it is', () => {
  const holder = (task: Partial<Task>) =>
    stuckView(facts({ list: { lines: [line('a', {}, task)], explained: [], hasMore: false } })).rows[0]!
      .holder

  test.each([
    [{ assignee: 'trang' }, 'Phường Hoa Sen, Chuyên môn: Lê Thu Trang'],
    [{ role: 'applicant', kind: 'supplement' }, 'Người nộp'],
    [{ closedAt: '2026-11-19T00:00:00Z' }, 'chưa ai giữ'],
  ] as const)('%j', (task, text) => {
    expect(holder(task)).toBe(text)
  })
})

test('the tally counts each dossier once, under its gravest reason, and filters by it', () => {
  const silent = { alarms: [{ reason: 'party-silent' as const, since: '2026-11-18T01:00:00Z', taskNo: 2 }] }
  const list = { lines: [line('a'), line('b'), line('c', silent)], explained: [], hasMore: false }
  const all = stuckView(facts({ list }))
  expect(all.tally.map(({ reason, count }) => [reason, count])).toEqual([
    ['overdue', 2],
    ['party-silent', 1],
  ])
  const one = stuckView(facts({ list, reason: 'party-silent' }))
  expect(one.rows.map(({ code }) => code)).toEqual(['c'])
  expect(one.count).toBe(3)
  expect(one.tally.find(({ current }) => current)?.href).toBe('/can-bo/canh-bao')
})

test('what was explained stands apart, with until when and by whom', () => {
  const told = line('d', { explained: { until: '2026-12-04T10:00:00Z', by: 'trang' } })
  const view = stuckView(facts({ list: { lines: [], explained: [told], hasMore: false } }))
  expect(view.rows).toEqual([])
  expect(view.explained[0]?.explained).toBe('đến 04/12/2026, Lê Thu Trang')
})

test('only whose dossier it is marks it, to explain', () => {
  const [row] = stuckView(facts({ mayExplain: () => false })).rows
  expect(row?.value).toBeNull()
})
