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

test('the value that a text could not be read as is left out', () => {
  const error = Object.assign(new Error('invalid input syntax for type uuid: "Nguyễn Thị Mẫu Đơn"'), {
    code: '22P02',
  })
  expect(JSON.stringify(describeError(error))).not.toContain('Mẫu Đơn')
})

test('what is no error is told by its kind alone', () => {
  expect(describeError({ status: 405, data: 'Nguyễn Thị Mẫu Đơn' })).toEqual({ type: 'Object', status: 405 })
})
