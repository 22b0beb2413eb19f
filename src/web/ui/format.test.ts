import { expect, test } from 'vitest'
import { dateText, momentText, moneyText, percentText, sizeText, weekdayText } from './format'

test('dates, times and money are written as people here write them', () => {
  expect(dateText('2026-11-21')).toBe('21/11/2026')
  expect(moneyText(8000)).toBe('8.000\u00a0đ')
  expect(percentText(0.973)).toBe('97,3\u00a0%')
  expect(sizeText(412_300)).toBe('412\u00a0kB')
  expect(sizeText(3_400_000)).toBe('3,4\u00a0MB')
})

test('an instant is told in the time of Hà Nội', () => {
  expect(momentText('2026-11-20T17:30:00Z')).toBe('00:30 ngày 21/11/2026')
  expect(weekdayText('2026-11-20T17:30:00Z')).toBe('thứ Bảy')
})
