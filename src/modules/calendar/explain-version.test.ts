import { expect, test } from 'vitest'
import { calendarInWords } from './explain-version.ts'

test.each([
  [
    'VN-2024.1 VN-2025.1 VN-2026.2 VN-2027.1 H99-2027.1 @12345/07:30-11:30,13:30-17:30',
    'Theo ngày nghỉ đã công bố: cả nước 2024–2025, 2026 (bản 2), 2027; H99 2027. Giờ làm việc 07:30–11:30, 13:30–17:30.',
  ],
  ['VN-2026.1', 'Theo ngày nghỉ đã công bố: cả nước 2026.'],
  ['db/reference/holidays.csv', 'Tính theo lịch làm việc bản db/reference/holidays.csv.'],
])('%s', (version, sentence) => {
  expect(calendarInWords(version, 'vi')).toBe(sentence)
})

test('the same in English', () => {
  expect(calendarInWords('VN-2026.1 VN-2027.3 @12345/07:30-11:30', 'en')).toBe(
    'By the days off published for the whole country 2026, 2027 (edition 3). Working hours 07:30–11:30.',
  )
})
