import { expect, test } from 'vitest'
import { type WorkloadFacts, weekBegins, workloadRows } from './workload.view'

const load = { role: 'specialist', open: 3, overdue: 1, dueToday: 1, oldest: '2026-11-18T01:00:00Z' }
const facts: WorkloadFacts = {
  workload: {
    loads: [
      { ...load, officerId: 'mai' },
      { ...load, officerId: 'mai', role: 'head', open: 1, overdue: 0, oldest: '2026-11-17T01:00:00Z' },
      { ...load, officerId: null, open: 5, overdue: 2 },
      { ...load, officerId: null, role: 'cashier' },
      { ...load, officerId: 'elsewhere' },
    ],
    finished: { mai: 7 },
    capped: false,
  },
  officers: [
    { officerId: 'tre', name: 'Đinh Công Tre', title: 'Công chức', roles: ['specialist'] },
    { officerId: 'mai', name: 'Lê Mai', title: 'Trưởng phòng', roles: ['head', 'specialist'] },
  ],
  minutes: () => 480,
  now: new Date('2026-11-20T07:30:00Z'),
  locale: 'vi',
}

test('everybody of the unit stands there, with all their roles together; the most loaded first', () => {
  const rows = workloadRows(facts)
  expect(rows.map(({ name }) => name)).toEqual(['Chưa ai giữ: Chuyên môn', 'Lê Mai', 'Đinh Công Tre'])
  expect(rows[1]).toMatchObject({ open: 4, overdue: 1, today: 2, finished: 7 })
  expect(rows[1]?.oldest).toBe('08:00 ngày 17/11/2026 (1 ngày)')
  expect(rows[2]).toMatchObject({ open: 0, overdue: 0, finished: 0, oldest: 'không có' })
})

test('a name leads to what that officer holds', () => {
  expect(workloadRows(facts)[1]?.href).toBe('/can-bo/viec?view=all&assignee=mai')
})

test.each([
  ['2026-11-16', '2026-11-16'],
  ['2026-11-20', '2026-11-16'],
  ['2026-11-22', '2026-11-16'],
  ['2026-11-23', '2026-11-23'],
])('the week of %s began on %s', (day, monday) => {
  expect(weekBegins(day)).toBe(monday)
})
