import { expect, test } from 'vitest'
import { openingView, todayView } from './home.view'

const hours = {
  weekdays: [1, 2, 3, 4, 5],
  sessions: [
    ['07:30', '11:30'],
    ['13:30', '17:30'],
  ],
  saturdayDesk: ['07:30', '11:30'],
} as const

// Friday 20 November 2026 in Hà Nội.
const friday = (time: string) => new Date(`2026-11-20T${time}:00+07:00`)

test.each([
  [friday('14:30'), true, 'đến 17:30'],
  [friday('12:00'), false, 'mở lại 13:30 hôm nay'],
  [friday('17:30'), false, 'mở lại 07:30 thứ Bảy'],
  [new Date('2026-11-21T12:00:00+07:00'), false, 'mở lại 07:30 thứ Hai'],
])('an office says whether it is open and when that changes (%s)', (now, open, text) => {
  expect(openingView(hours, now, 'vi')).toEqual({ open, text })
})

test('while nothing is finished there is no share in time', () => {
  expect(todayView({ received: 3, finished: 0, onTimeShare: null }, friday('08:00'), 'vi').onTime).toBe('–')
})

test('figures are written as people of the language write them', () => {
  const today = { received: 1284, finished: 1107, onTimeShare: 0.973 }
  expect(todayView(today, friday('14:30'), 'vi')).toEqual({
    at: '14:30',
    received: '1.284',
    resolved: '1.107',
    onTime: '97,3\u00a0%',
  })
})
