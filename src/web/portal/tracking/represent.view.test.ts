import { expect, test } from 'vitest'
import { readHelper } from './represent.view'

const now = new Date('2026-11-20T05:30:00.000Z')
const read = (given: Record<string, string>, own = '099195000001') => {
  const form = new FormData()
  const good = {
    name: ' Lò Thị Ban ',
    personalId: '099 204 000 005',
    phone: '+84 912 345 605',
    'until.day': '1',
    'until.month': '12',
    'until.year': '2026',
  }
  for (const [name, value] of Object.entries({ ...good, ...given })) form.set(name, value)
  return readHelper(form, { now, own, locale: 'vi' })
}
const wrong = (given: Record<string, string>) => read(given).problems.map(({ href }) => href)

test('numbers are read as people write them', () => {
  expect(read({})).toMatchObject({
    problems: [],
    who: { name: 'Lò Thị Ban', personalId: '099204000005', phone: '0912345605' },
    until: '2026-12-01',
  })
})

test('everything that is wrong is told at once', () => {
  expect(wrong({ name: '', personalId: '12', phone: '12', 'until.day': '31', 'until.month': '11' })).toEqual([
    '#ho-ten',
    '#so-dinh-danh',
    '#dien-thoai',
    '#den-ngay',
  ])
})

test.each([
  ['yesterday', '19', '11', '2026'],
  ['two years from now', '20', '11', '2028'],
  ['the year 9999', '1', '1', '9999'],
  ['no date', '', '', ''],
])('a power until %s is refused', (_, day, month, year) => {
  expect(wrong({ 'until.day': day, 'until.month': month, 'until.year': year })).toEqual(['#den-ngay'])
})

test('today is long enough', () => {
  expect(wrong({ 'until.day': '20', 'until.month': '11' })).toEqual([])
})

test('nobody helps themselves', () => {
  expect(wrong({ personalId: '099195000001' })).toEqual(['#so-dinh-danh'])
})

test('characters that cannot be stored are refused', () => {
  expect(wrong({ name: 'a\u0000' })).toEqual(['#ho-ten'])
})
