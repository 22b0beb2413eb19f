import type { PublishedDays } from 'motcua/modules/calendar'
import type { CalendarEffect, Recomputation } from 'motcua/modules/dossiers'
import { expect, test } from 'vitest'
import { effectView, missingYears, runView, sectionView } from './calendar.view'
import { calendarProblems, draftOf, fingerprintOf, readCalendarForm, valuesOf } from './calendar-form.view'

const published: PublishedDays = {
  ...{ territory: 'H99', year: 2026, version: 3, source: 'QĐ 12', by: 'officer-1' },
  at: new Date('2026-11-19T02:00:00Z'),
  days: [
    {
      ...{ date: '2026-11-20', kind: 'statutory_holiday', name: 'Nghỉ vì lũ', status: 'official' },
      ...{ basis: 'Công điện 5', note: 'khẩn' },
    },
  ],
}
const place = { territory: 'H99', year: 2026 }

/** The form as a browser posts it, with changes by name and place. */
function posted(changes: Record<string, string> = {}, more: Record<string, string> = {}) {
  const { rows, seen } = valuesOf(published, place)
  const form = new FormData()
  const head = { territory: 'H99', year: '2026', seen: String(seen), source: 'QĐ 13', ...more }
  for (const [name, value] of Object.entries(head)) form.append(name, value)
  rows.forEach((row, i) => {
    for (const name of ['date', 'kind', 'name', 'basis', 'status', 'note'] as const)
      form.append(name, changes[`${name}-${i}`] ?? row[name])
  })
  for (const index of changes.drop?.split(' ') ?? []) form.append('drop', index)
  return form
}
const read = (...given: Parameters<typeof posted>) => readCalendarForm(posted(...given))!

test('the form begins with what is published and some empty rows', () => {
  const values = valuesOf(published, place)
  expect(values).toMatchObject({ seen: 3, source: '' })
  expect(values.rows).toHaveLength(6)
  expect(valuesOf(undefined, place)).toMatchObject({
    seen: null,
    rows: expect.objectContaining({ length: 5 }),
  })
})

test('a posted form is what was typed: empty rows are left out, and a basis left empty is the document', () => {
  const values = read({ 'date-3': '2026-11-23', 'name-3': 'Nghỉ vì bão' })
  expect(values).toMatchObject({ ...place, seen: 3, source: 'QĐ 13' })
  expect(draftOf(values, 'officer-2')).toEqual({
    ...{ ...place, seen: 3, source: 'QĐ 13', by: 'officer-2' },
    days: [
      { ...published.days[0] },
      {
        ...{ date: '2026-11-23', kind: 'statutory_holiday', name: 'Nghỉ vì bão', status: 'official' },
        ...{ basis: 'QĐ 13', note: null },
      },
    ],
  })
})

test('a row marked to be dropped is not published', () => {
  expect(draftOf(read({ drop: '0' }), 'x').days).toEqual([])
})

test('what differs from the preview is seen', () => {
  expect(fingerprintOf(read())).toBe(fingerprintOf(read()))
  expect(fingerprintOf(read())).not.toBe(fingerprintOf(read({ 'date-0': '2026-11-23' })))
  expect(fingerprintOf(read())).not.toBe(fingerprintOf(read({}, { seen: '4' })))
})

test.each<Record<string, string>>([{ year: 'x' }, { territory: '' }, { seen: '-1' }])(
  'a form that is not ours is not read: %o',
  (more) => expect(readCalendarForm(posted({}, more))).toBeUndefined(),
)

test('a form with a column missing is not read', () => {
  const form = posted()
  form.append('date', '2026-11-20')
  expect(readCalendarForm(form)).toBeUndefined()
})

test('each problem is told at the box of its row in the form, not of its place among the days', () => {
  const values = read({ 'name-4': 'Nghỉ', 'date-5': '2027-01-05', 'name-5': 'x' })
  const problems = calendarProblems(
    [
      { field: 'days.1.date', code: 'calendar.input-invalid_format' },
      { field: 'days.2.date', code: 'calendar.day-other-year', params: { date: '2027-01-05', year: 2026 } },
      { field: 'days.0.name', code: 'calendar.input-too_small' },
      { field: 'source', code: 'calendar.input-too_small' },
    ],
    values,
    'vi',
  )
  expect(problems).toEqual([
    { href: '#name-0', text: 'Dòng 1: hãy ghi tên ngày nghỉ.' },
    { href: '#date-4', text: 'Dòng 5: hãy chọn ngày.' },
    { href: '#date-5', text: 'Dòng 6: Ngày 05/01/2027 không thuộc năm 2026.' },
    { href: '#source', text: 'Hãy ghi văn bản công bố.' },
  ])
})

test('a basis and a document that are both missing are asked for once', () => {
  const values = read({ 'name-4': 'Nghỉ' }, { source: '' })
  const missing = ['days.1.basis', 'source'].map((field) => ({ field, code: 'calendar.input-too_small' }))
  expect(calendarProblems(missing, values, 'vi')).toEqual([
    { href: '#source', text: 'Hãy ghi văn bản công bố.' },
  ])
})

test('published days are told with weekday, kind and whether they count, and who published them', () => {
  const pending = { ...published.days[0]!, date: '2026-11-21', status: 'pending' as const }
  const section = { ...place, place: 'Tỉnh Sông Mai', isCountry: false, by: 'Hồ Minh Quy' }
  const view = sectionView(
    { ...section, published: { ...published, days: [...published.days, pending] } },
    'vi',
  )
  expect(view.title).toBe('Ngày nghỉ của Tỉnh Sông Mai năm 2026')
  expect(view.said).toBe('Bản 3, Hồ Minh Quy công bố lúc 09:00 ngày 19/11/2026: QĐ 12.')
  expect(view.days.map(({ day, kind, counts }) => [day, kind, counts])).toEqual([
    ['thứ Sáu 20/11/2026', 'Nghỉ lễ', true],
    ['thứ Bảy 21/11/2026', 'Nghỉ lễ', false],
  ])
  expect(sectionView({ ...section, published: undefined }, 'vi').said).toContain('theo lịch của cấp trên')
})

test.each([
  [
    '2026-09-30',
    [2025, 2026],
    [
      [2027, false],
      [2028, false],
    ],
  ],
  [
    '2026-10-01',
    [2025, 2026],
    [
      [2027, true],
      [2028, false],
    ],
  ],
  ['2026-11-22', [2026, 2027], [[2028, false]]],
  [
    '2027-01-01',
    [2026],
    [
      [2027, true],
      [2028, false],
      [2029, false],
    ],
  ],
] as const)('on %s with %j published', (today, years, expected) => {
  const missing = missingYears(years, today, 'vi')
  expect(missing.map(({ year, urgent }) => [year, urgent])).toEqual(expected)
})

const effect: CalendarEffect = {
  ...{ open: 20_000, moved: 15, later: 10, earlier: 2, withoutYear: 3, complete: false },
  examples: [{ code: 'H99.12-1', authority: 'H99.12', from: '2026-11-24T10:00:00Z', to: null }],
  missing: [{ code: 'H99.12-2', year: 2028 }],
}

test('the effect tells figures, examples, what needs a missing year, and that it is not all', () => {
  const view = effectView(effect, 'vi')
  expect(view.looked).toContain('20.000')
  expect(view.looked).toContain('số thật lớn hơn')
  expect(view.figures.map(({ count }) => count)).toEqual(['15', '10', '2', '3'])
  expect(view.examples).toEqual([{ code: 'H99.12-1', from: '17:00 ngày 24/11/2026', to: 'đang dừng' }])
  expect(view.missing?.dossiers).toEqual(['H99.12-2 cần năm 2028'])
  expect(effectView({ ...effect, withoutYear: 0, missing: [] }, 'en').missing).toBeNull()
})

const run: Recomputation = {
  ...{ id: '1', territory: 'H99', year: 2026, version: 3, by: 'officer-1', source: 'QĐ 12' },
  ...{ askedAt: new Date('2026-11-19T02:00:00Z'), startedAt: null, finishedAt: null },
  ...{ open: 0, moved: 0, later: 0, earlier: 0, withoutYear: 0, missing: [] },
}
const names = { name: 'Hồ Minh Quy', place: 'Tỉnh Sông Mai' }

test('a run waits, runs and ends, and tells which dossiers stay as they are', () => {
  expect(runView(run, names, 'vi')).toMatchObject({ state: 'Đang chờ', counts: '', ended: false })
  const running = { ...run, startedAt: run.askedAt, open: 12_000, moved: 11_000 }
  expect(runView(running, names, 'vi')).toMatchObject({
    state: 'Đang tính',
    counts: 'Xem 12.000 hồ sơ; đổi 11.000: 0 muộn hơn, 0 sớm hơn.',
  })
  const finished = { ...running, finishedAt: run.askedAt, withoutYear: 7, missing: effect.missing }
  const view = runView(finished, names, 'vi')
  expect(view).toMatchObject({ state: 'Đã xong', ended: true })
  expect(view.notes[1]).toBe('7 hồ sơ giữ nguyên vì thiếu lịch năm: H99.12-2 (2028), ….')
  expect(runView({ ...run, year: null, version: null }, names, 'vi').what).toContain('lịch đang có')
})
