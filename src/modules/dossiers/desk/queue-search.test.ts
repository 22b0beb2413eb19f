import { expect, test } from 'vitest'
import { phoneForms, readAsked } from './queue-search.ts'

test.each([
  ['001 090 000 001', { by: 'person', number: '001090000001' }],
  ['0912 345 678', { by: 'phone', phones: ['0912345678', '+84912345678'] }],
  ['+84912345678', { by: 'phone', phones: ['0912345678', '+84912345678'] }],
  ['h99.12-261119-00412', { by: 'code', code: 'H99.12-261119-00412' }],
  ['00412', { by: 'tail', tail: '00412' }],
  ['261119-00412', { by: 'tail', tail: '261119-00412' }],
  ['  Nguyễn  Thị Hoa ', { by: 'name', words: ['nguyen', 'thi', 'hoa'] }],
  ['Đào 12', { by: 'name', words: ['dao', '12'] }],
  ['12', { by: 'name', words: ['12'] }],
  ["'; --", { by: 'name', words: [] }],
] as const)('%j is understood', (typed, asked) => {
  expect(readAsked(typed)).toEqual(asked)
})

test('what is no phone has no forms', () => {
  expect(phoneForms('12345')).toEqual([])
  expect(phoneForms('')).toEqual([])
})
