import { expect, test } from 'vitest'
import { clockView } from './clock.view'

test.each([
  [{ minutesLeft: 660, minutesOfLimit: 960 }, 'ok', 'Còn 1 ngày 3 giờ'],
  [{ minutesLeft: 35, minutesOfLimit: 480 }, 'soon', 'Còn 35 phút'],
  [{ minutesLeft: -90, minutesOfLimit: 480 }, 'late', 'Quá 1 giờ 30 phút'],
  [{ minutesLeft: 1200, minutesOfLimit: 2400, paused: true }, 'paused', 'Dừng, còn 2 ngày 4 giờ'],
  [{ minutesLeft: 300, minutesOfLimit: 480, done: true }, 'done', 'Xong sớm 5 giờ'],
  [{ minutesLeft: null, minutesOfLimit: 0 }, 'ok', 'Không có thời hạn'],
])('%o is told as "%s: %s"', (facts, tone, text) => {
  expect(clockView(facts, 'vi')).toMatchObject({ tone, text })
})

test('the bar shows how much of the limit is used', () => {
  expect(clockView({ minutesLeft: 120, minutesOfLimit: 480 }, 'vi').usedPercent).toBe(75)
})
