import { expect, test } from 'vitest'
import { parseIdCard } from './id-card'

test('reads what a scanner types from the card', () => {
  expect(
    parseIdCard('099195001234|291234567|Nguyễn Thị Mẫu Đơn|14031995|Nữ|8 ngõ 21 đường Hoa Sen|05062023'),
  ).toEqual({
    personalId: '099195001234',
    name: 'Nguyễn Thị Mẫu Đơn',
    dateOfBirth: '1995-03-14',
    sex: 'Nữ',
    address: '8 ngõ 21 đường Hoa Sen',
  })
})

test('the old number may be missing, and accents may come decomposed', () => {
  expect(parseIdCard(`099195001234||${'Lê Thu Trang'.normalize('NFD')}|01012000|Nữ||01012022`)?.name).toBe(
    'Lê Thu Trang',
  )
})

test.each([
  '',
  'H99.12-261119-00412',
  '099195001234|x',
  '99195001234||Tên|01012000|Nam||',
  '099195001234||Tên|31022000|Nam||',
])('says of “%s” that it is no card', (line) => {
  expect(parseIdCard(line)).toBeUndefined()
})
