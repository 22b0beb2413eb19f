import { expect, test } from 'vitest'
import { aCalendar } from '../../../test/builders/a-calendar.ts'
import { computeDue } from './due.ts'
import { explainAll, workingTime } from './explain.ts'

const at = (wall: string) => new Date(`${wall}:00+07:00`).toISOString()

test('tells in plain sentences why the date is what it is', () => {
  const limit = { amount: 1, unit: 'working-day' as const }
  const due = computeDue({ acceptedAt: at('2026-11-20T08:05'), limit, calendar: aCalendar() })
  expect(explainAll(due.explanation, 'vi')).toEqual([
    'Nhận đủ hồ sơ hợp lệ lúc 08:05 thứ Sáu 20/11/2026. Thời hạn tính từ lúc này.',
    'Ngày tiếp nhận, thứ Sáu 20/11/2026, không tính; bắt đầu đếm từ ngày kế tiếp.',
    'Thứ Bảy 21/11/2026, Chủ nhật 22/11/2026 là ngày nghỉ.',
    'Thứ Hai 23/11/2026: một ngày làm việc được tính.',
    'Vậy hạn trả là 17:30 thứ Hai 23/11/2026.',
  ])
  expect(explainAll(due.explanation, 'en').at(-1)).toBe('So the result is due at 17:30 on Monday 23/11/2026.')
})

test('says what was paused and for how long', () => {
  const pauses = [{ from: at('2026-11-20T10:30'), to: at('2026-11-23T09:00'), reason: 'chờ bổ sung' }]
  const limit = { amount: 2, unit: 'working-day' as const }
  const due = computeDue({ acceptedAt: at('2026-11-19T08:05'), limit, pauses, calendar: aCalendar() })
  expect(explainAll(due.explanation, 'vi')).toContain(
    'Tạm dừng từ 10:30 thứ Sáu 20/11/2026 đến 09:00 thứ Hai 23/11/2026 (chờ bổ sung); 6 giờ 30 không tính vào thời hạn.',
  )
})

test('the usual reasons of a pause are said in words', () => {
  const pauses = [{ from: at('2026-11-20T10:30'), to: null, reason: 'supplement' }]
  const limit = { amount: 2, unit: 'working-day' as const }
  const due = computeDue({ acceptedAt: at('2026-11-19T08:05'), limit, pauses, calendar: aCalendar() })
  expect(explainAll(due.explanation, 'vi').at(-1)).toContain('(chờ bổ sung giấy tờ)')
  expect(explainAll(due.explanation, 'en').at(-1)).toContain('(waiting for more papers)')
})

test('every step has a sentence in both languages', () => {
  const calendar = aCalendar()
  const pauses = [{ from: at('2026-02-24T10:30'), to: at('2026-02-25T09:00'), reason: 'chờ bổ sung' }]
  const open = [{ from: at('2026-02-13T10:30'), to: null, reason: 'chờ bổ sung' }]
  const limits = [
    { amount: 9, unit: 'working-day' as const },
    { amount: 5, unit: 'day' as const },
    { amount: 30, unit: 'working-hour' as const },
    { amount: 0, unit: 'same-day' as const },
  ]
  for (const limit of limits)
    for (const facts of [
      { pauses },
      { pauses, restart: 'restart' as const },
      { pauses: open },
      { extensionDays: 2 },
      { additions: [{ days: 2, reason: 'law' }] },
      { acceptedAt: at('2026-02-14T09:30') },
    ]) {
      const due = computeDue({
        acceptedAt: at('2026-02-12T19:30'),
        limit,
        calendar,
        cutOff: '15:00',
        ...facts,
      })
      for (const locale of ['vi', 'en'] as const)
        for (const sentence of explainAll(due.explanation, locale)) expect(sentence).toMatch(/^[^{}]+\.$/)
    }
})

test.each([
  [660, '1 ngày 3 giờ'],
  [180, '3 giờ'],
  [225, '3 giờ 45'],
  [65, '1 giờ 05'],
  [35, '35 phút'],
  [960, '2 ngày'],
])('%i working minutes are said as "%s"', (minutes, text) => {
  expect(workingTime(minutes, 480, 'vi')).toBe(text)
})
