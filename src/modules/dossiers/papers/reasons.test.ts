import { expect, test } from 'vitest'
import { computeDue, shippedCalendar } from '../../calendar/index.ts'
import { reasonsFrom } from './reasons.ts'

const calendar = await shippedCalendar()
const reasons = (amount: number, pauses: { from: string; to: string | null; reason: string }[] = []) =>
  reasonsFrom(
    computeDue({
      acceptedAt: '2026-01-05T02:00:00Z',
      limit: { amount, unit: 'working-day' },
      pauses,
      calendar,
    }).explanation,
  )

test('a short count is told step by step, without the two dates that the slip states', () => {
  const told = reasons(1)
  expect(told).toHaveLength(2)
  expect(told[0]).toContain('Ngày tiếp nhận')
  expect(told.join()).not.toMatch(/Nhận đủ hồ sơ|Vậy hạn trả/)
})

test('of a long count a slip tells what is out of the ordinary, and where the rest is', () => {
  const told = reasons(60, [
    { from: '2026-01-20T02:00:00Z', to: '2026-01-26T02:00:00Z', reason: 'supplement' },
  ])
  expect(told.length).toBeLessThanOrEqual(10)
  expect(told.join('; ')).toMatch(/Tết|Nguyên đán/)
  expect(told.join('; ')).toContain('chờ bổ sung giấy tờ')
  expect(told).toContain('Các ngày nghỉ hằng tuần không tính')
  expect(told.at(-1)).toBe('Cách tính từng ngày xem ở trang hồ sơ')
})

test('a clock that stands has no date, and the slip says since when', () => {
  const told = reasons(3, [{ from: '2026-01-06T02:00:00Z', to: null, reason: 'supplement' }])
  expect(told.at(-1)).toContain('Đang tạm dừng từ')
})
