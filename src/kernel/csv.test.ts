import { expect, test } from 'vitest'
import { parseCsv } from './csv.ts'

test('reads quotes, commas and line breaks inside cells', () => {
  expect(parseCsv('a,b\n"x, ""y""","1\n2"\n,z\n')).toEqual([
    { a: 'x, "y"', b: '1\n2' },
    { a: '', b: 'z' },
  ])
})

test('reads carriage returns and a last line without an end', () => {
  expect(parseCsv('a,b\r\n1,2\r\n3,')).toEqual([
    { a: '1', b: '2' },
    { a: '3', b: '' },
  ])
})

test('refuses a quote that is never closed', () => {
  expect(() => parseCsv('a\n"x')).toThrow('not closed')
})
