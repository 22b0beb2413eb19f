import { expect, test } from 'vitest'
import { dateInWords, momentInWords } from './slip-data.ts'
import { dateReadAloud, dongInWords, grouped, numberInWords } from './vietnamese-words.ts'

test.each([
  [0, 'không'],
  [15, 'mười lăm'],
  [21, 'hai mươi mốt'],
  [24, 'hai mươi tư'],
  [105, 'một trăm lẻ năm'],
  [1005, 'một nghìn không trăm lẻ năm'],
  [2026, 'hai nghìn không trăm hai mươi sáu'],
  [10_500_000, 'mười triệu năm trăm nghìn'],
  [1_000_000_005, 'một tỷ không trăm lẻ năm'],
])('%i is read %s', (n, words) => expect(numberInWords(n)).toBe(words))

test('money and dates are printed as the forms print them', () => {
  expect(dongInWords(10_000_000)).toBe('Mười triệu đồng')
  expect(grouped(10_000_000)).toBe('10.000.000')
  expect(dateReadAloud('2026-04-03')).toBe('Ngày mùng ba tháng tư năm hai nghìn không trăm hai mươi sáu')
  expect(dateInWords('2026-02-05')).toBe('ngày 05 tháng 02 năm 2026')
  expect(dateInWords('2026-03-05')).toBe('ngày 05 tháng 3 năm 2026')
  expect(momentInWords('2026-11-19T17:05:00Z')).toBe('00 giờ 05 phút, ngày 20 tháng 11 năm 2026')
})
