import { expect, test } from 'vitest'
import { describeError } from './log.ts'

test('an error of the database is told without the values that it was about', () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint "party_pkey"'), {
    code: '23505',
    constraint: 'party_pkey',
    table: 'party',
    detail: 'Key (personal_id)=(079190000123) already exists.',
    where: 'unnamed portal parameter $1 = Nguyễn Thị Mẫu Đơn',
    parameters: ['079190000123'],
  })
  const told = JSON.stringify(describeError(new Error('could not be written', { cause: error })))
  expect(told).toContain('23505')
  expect(told).toContain('party_pkey')
  expect(told).not.toMatch(/079190000123|Mẫu Đơn/)
})

test.each([
  ['22P02', 'invalid input syntax for type uuid: "Nguyễn Thị Mẫu Đơn"'],
  ['22P02', 'invalid input syntax for type integer: "một\n"Nguyễn Thị Mẫu Đơn"\n079190000123"'],
  ['22003', 'value "079190000123" is out of range for type integer'],
  ['22008', 'date/time field value out of range: "Nguyễn Thị Mẫu Đơn 31/02"'],
])('the value that a text could not be read as is left out: %s %s', (code, message) => {
  const told = JSON.stringify(describeError(Object.assign(new Error(message), { code })))
  expect(told).not.toMatch(/Mẫu Đơn|079190000123/)
  expect(told).toContain(code)
  expect(told).toContain('log.test.ts')
})

test('what is no error is told by its kind alone', () => {
  expect(describeError({ status: 405, data: 'Nguyễn Thị Mẫu Đơn' })).toEqual({ type: 'Object', status: 405 })
})
