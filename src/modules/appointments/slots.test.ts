import { expect, test } from 'vitest'
import { makeCalendar } from '../calendar/index.ts'
import { bookableDays, slotsOn } from './slots.ts'

const calendar = makeCalendar({
  ...{ version: 'test', weekdays: [1, 2, 3, 4, 5], years: [2026], saturdayDesk: ['07:30', '11:30'] },
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  days: [
    { date: '2026-11-20', kind: 'statutory_holiday', name: 'Ngày nghỉ', status: 'official', basis: 'thử' },
  ],
})
const opening = { isOpen: true, slotMinutes: 60, capacity: 2, daysAhead: 5, noticeMinutes: 60 }
const now = new Date('2026-11-19T02:10:00.000Z')
const none = new Map<string, number>()

test.each([
  ['a working day: what is left of the afternoon session is no time', '2026-11-19', 7],
  ['a holiday', '2026-11-20', 0],
  ['a Saturday with a desk', '2026-11-21', 4],
  ['a Sunday', '2026-11-22', 0],
  ['a year whose days off nobody published', '2027-01-04', 0],
])('times of %s', (_which, date, count) => {
  expect(slotsOn(calendar, date, opening)).toHaveLength(count)
})

test('today offers only what is still far enough, and full times have no seat', () => {
  const taken = new Map([['2026-11-19T07:30:00.000Z', 2]])
  const [today, ...days] = bookableDays(calendar, opening, { taken, now })
  // It is 9:10: the time of half past ten is the first.
  expect(today!.slots.map(({ startsAt, free }) => [startsAt.slice(11, 16), free])).toEqual([
    ...[
      ['03:30', 2],
      ['06:30', 2],
      ['07:30', 0],
      ['08:30', 2],
    ],
  ])
  expect(days.map(({ date }) => date)).toEqual(['2026-11-21', '2026-11-23', '2026-11-24'])
})

test('a counter that is closed offers nothing', () => {
  expect(bookableDays(calendar, { ...opening, isOpen: false }, { taken: none, now })).toEqual([])
})
